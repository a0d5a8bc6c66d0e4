import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";

const ARTEFACTS = fileURLToPath(new URL("../artefacts", import.meta.url));
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

interface Violation {
  id: string;
  nodes: { html: string; failureSummary?: string }[];
}

/** Keeps a picture of the page, of whichever browser, among the artefacts. */
export async function keepPicture(page: { screenshot: (how: { path: `${string}.png` }) => Promise<unknown> }, name: string): Promise<void> {
  const path = `${join(ARTEFACTS, name)}.png` as const;
  await mkdir(dirname(path), { recursive: true });
  await page.screenshot({ path });
}

/** Waits until fonts and pictures are here. */
export async function settle(page: Page): Promise<void> {
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  await page.waitForFunction(() => [...document.images].every((image) => image.loading === "lazy" || image.complete));
}

/** Runs in the page: whether the waveform of the track that is shown has anything on it. */
export function isDrawn(): boolean {
  const canvas = document.querySelector<HTMLCanvasElement>(".lake canvas");
  const pixels = canvas?.getContext("2d")?.getImageData(0, 0, canvas.width, Math.floor(canvas.height * 0.5)).data;
  return pixels?.some((value, i) => i % 4 === 3 && value > 0) ?? false;
}

/** Waits until the waveform of the track that is shown is drawn. */
export async function untilDrawn(page: Page): Promise<void> {
  await page.waitForFunction(isDrawn);
}

/** Fails on anything that keeps people out, as far as a machine can tell. */
export async function assertAccessible(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  // through the debugger, since the page's content policy rightly refuses a script from elsewhere
  await devtools.send("Runtime.evaluate", { expression: AXE });
  await devtools.detach();
  const violations = await page.evaluate(async (runOnly) => {
    const { axe } = window as unknown as { axe: { run: (where: Document, how: object) => Promise<{ violations: Violation[] }> } };
    return (await axe.run(document, { runOnly })).violations;
  }, RULES);
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 120)).join(" | ")}`);
  assert.deepEqual(found, [], `axe on ${page.url()}`);
}

/** Fails if the page has to be pushed sideways to be read. */
export async function assertFits(page: Page): Promise<void> {
  const excess = await page.evaluate(() => {
    const page = document.querySelector("#scroller");
    return Math.max(document.documentElement.scrollWidth - window.innerWidth, page ? page.scrollWidth - page.clientWidth : 0);
  });
  assert.ok(excess <= 0, `${excess} px too wide at ${page.url()}`);
}

/** Fails on words that did not come from the catalogue: those of the long pseudo language all stand in brackets. */
export async function assertTranslated(page: Page): Promise<void> {
  const strays = await page.evaluate(() => {
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT, (node) =>
      node.parentElement?.closest("script, style") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
    );
    const words: string[] = [];
    while (texts.nextNode()) words.push(texts.currentNode.textContent ?? "");
    for (const named of document.querySelectorAll("[aria-label]")) words.push(named.getAttribute("aria-label") ?? "");
    return words.filter((word) => /\p{L}/u.test(word) && !word.includes("⟦"));
  });
  assert.deepEqual(strays, [], `words outside the catalogue at ${page.url()}`);
}
