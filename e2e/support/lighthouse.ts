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

export type Form = "mobile" | "desktop";

const CATEGORIES: (keyof Scores)[] = ["performance", "accessibility", "best-practices", "seo"];

/** Looks at a page a few times, each in a new browser; the middle score of each kind, and why points are missing. */
export async function judge(url: string, form: Form, times: number): Promise<Look> {
  const looks: Look[] = [];
  for (let i = 0; i < times; i += 1) looks.push(await look(url, form));
  const middle = (category: keyof Scores) => looks.map(({ scores }) => scores[category]).toSorted((a, b) => a - b)[times >> 1] ?? 0;
  const scores = Object.fromEntries(CATEGORIES.map((category) => [category, middle(category)])) as unknown as Scores;
  return { scores, losses: looks[0]?.losses ?? [] };
}

async function look(url: string, form: Form): Promise<Look> {
  const chrome = await launch({ chromePath: CHROMIUM, chromeFlags: FLAGS, logLevel: "silent" });
  try {
    const flags: Flags = { port: chrome.port, logLevel: "silent", output: "json", onlyCategories: CATEGORIES };
    const result = await lighthouse(url, flags, form === "desktop" ? desktopConfig : undefined);
    if (!result) throw new Error(`Lighthouse saw nothing at ${url}`);
    const { categories, audits } = result.lhr;
    const score = (category: keyof Scores) => Math.round((categories[category]?.score ?? 0) * 100);
    const scores = Object.fromEntries(CATEGORIES.map((category) => [category, score(category)])) as unknown as Scores;
    const lost = Object.values(audits).filter(({ score }) => score !== null && score < 0.9);
    return { scores, losses: lost.map(({ id, displayValue }) => `${id}${displayValue ? ` (${displayValue})` : ""}`) };
  } finally {
    chrome.kill();
  }
}
