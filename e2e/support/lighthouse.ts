import { launch } from "chrome-launcher";
import lighthouse, { desktopConfig, type Flags, type Result } from "lighthouse";
import { CHROMIUM, FLAGS } from "./browser.ts";

/** Scores from 0 to 100, as Lighthouse gives them. */
export interface Scores {
  performance: number;
  accessibility: number;
  "best-practices": number;
  seo: number;
}

/** What one look found. */
export interface Look {
  scores: Scores;
  losses: string[];
}

/** What the looks at a page come to. */
export interface Verdict {
  good: boolean;
  looks: Look[];
}

export type Form = "mobile" | "desktop";

const CATEGORIES: (keyof Scores)[] = ["performance", "accessibility", "best-practices", "seo"];

/** Looks at a page until two looks agree, which is how the middle one of three would judge: a third is taken only where the first two differ. */
export async function judge(url: string, form: Form, isGood: (scores: Scores) => boolean): Promise<Verdict> {
  const chrome = await launch({ chromePath: CHROMIUM, chromeFlags: FLAGS, logLevel: "silent" });
  try {
    const looks: Look[] = [];
    for (;;) {
      looks.push(await look(url, form, chrome.port));
      const good = looks.filter(({ scores }) => isGood(scores)).length;
      if (good === 2 || looks.length - good === 2) return { good: good === 2, looks };
    }
  } finally {
    chrome.kill();
  }
}

/** How often a look that saw nothing is taken again. */
const TRIES = 3;

/** One look at a page. Now and then the browser's trace lacks what a figure is made of: that says nothing about the page. */
async function look(url: string, form: Form, port: number): Promise<Look> {
  let blind: string | undefined;
  for (let tries = 0; tries < TRIES; tries += 1) {
    const { categories, audits } = await report(url, form, port);
    blind = Object.values(audits).find(({ scoreDisplayMode }) => scoreDisplayMode === "error")?.errorMessage;
    if (!blind) return lookOf(categories, audits);
  }
  throw new Error(`Lighthouse saw nothing at ${url}: ${blind}`);
}

/** As a first visit: Lighthouse empties what the browser keeps. The picture of the whole page is for its report, which nobody reads here. */
async function report(url: string, form: Form, port: number): Promise<Result> {
  const flags: Flags = { port, logLevel: "silent", output: "json", onlyCategories: CATEGORIES, disableFullPageScreenshot: true };
  const result = await lighthouse(url, flags, form === "desktop" ? desktopConfig : undefined);
  if (!result) throw new Error(`Lighthouse gave no report of ${url}`);
  return result.lhr;
}

function lookOf(categories: Result["categories"], audits: Result["audits"]): Look {
  const score = (category: keyof Scores) => Math.round((categories[category]?.score ?? 0) * 100);
  const scores = Object.fromEntries(CATEGORIES.map((category) => [category, score(category)])) as unknown as Scores;
  const lost = Object.values(audits).filter(({ score }) => score !== null && score < 0.9);
  return { scores, losses: lost.map(({ id, displayValue }) => `${id}${displayValue ? ` (${displayValue})` : ""}`) };
}
