import { type Catalogue, en, type TextKey } from "./en";

/** What fills the braces of a sentence. */
export type Fill = Record<string, string | number>;
/** The languages we ship. The two pseudo languages exist to find text that escaped the catalogue and layouts that break. */
export type Language = "en" | "pseudo-long" | "pseudo-rtl";
/** Keys that come in a singular and a plural form. */
export type CountedKey = { [K in TextKey]: K extends `${infer Stem}_one` ? Stem : never }[TextKey];

/** What turns English into the language spoken. */
type Turn = (sentence: string) => string;

const same: Turn = (sentence) => sentence;
let known: Catalogue = en;
let turn = same;
let language: Language = "en";

/** The sentence called `key`, filled in. */
export function t(key: TextKey, fill: Fill = {}): string {
  return turn(known[key] ?? key).replace(/\{(\w+)\}/g, (whole, name: string) => String(fill[name] ?? whole));
}

/** The form of `stem` that fits `count`. */
export function tCount(stem: CountedKey, count: number): string {
  const form = new Intl.PluralRules(locale()).select(count) === "one" ? "one" : "other";
  return t(`${stem}_${form}` as TextKey, { count: new Intl.NumberFormat(locale()).format(count) });
}

/** The BCP 47 tag numbers and dates are written in. */
export function locale(): string {
  return "en";
}

/** Adds the sentences of a part of the app that is loaded later. */
export function learn(sentences: Catalogue): void {
  known = { ...known, ...sentences };
}

/** Prepares the language called `wanted` and turns the page's direction to fit. Called once, before the first render. */
export async function speak(wanted: Language, root: HTMLElement = document.documentElement): Promise<void> {
  language = wanted;
  turn = wanted === "en" ? same : (await import("./pseudo")).turns[wanted];
  root.dir = language === "pseudo-rtl" ? "rtl" : "ltr";
}

/** The language asked for by `?language=` or remembered; English otherwise. */
export function wantedLanguage(search: string): Language {
  const asked = new URLSearchParams(search).get("language");
  return asked === "pseudo-long" || asked === "pseudo-rtl" ? asked : "en";
}
