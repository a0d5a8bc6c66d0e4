import { launch } from "chrome-launcher";
import lighthouse, { desktopConfig, type Flags } from "lighthouse";
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

/** As a first visit: Lighthouse empties what the browser keeps. The picture of the whole page is for its report, which nobody reads here. */
async function look(url: string, form: Form, port: number): Promise<Look> {
  const flags: Flags = { port, logLevel: "silent", output: "json", onlyCategories: CATEGORIES, disableFullPageScreenshot: true };
  const result = await lighthouse(url, flags, form === "desktop" ? desktopConfig : undefined);
  if (!result) throw new Error(`Lighthouse saw nothing at ${url}`);
  const { categories, audits } = result.lhr;
  const score = (category: keyof Scores) => Math.round((categories[category]?.score ?? 0) * 100);
  const scores = Object.fromEntries(CATEGORIES.map((category) => [category, score(category)])) as unknown as Scores;
  const lost = Object.values(audits).filter(({ score }) => score !== null && score < 0.9);
  return { scores, losses: lost.map(({ id, displayValue }) => `${id}${displayValue ? ` (${displayValue})` : ""}`) };
}
