import { locale, t, tCount } from "./text/text";

const SHORTEST = 8;
const LONGEST = 1024;
/** From so many characters on, any phrase will do. */
const PHRASE = 15;
/** So few characters beside one's own name are none. */
const FEW = 4;
/** A phrase with fewer kinds of characters is quickly guessed. */
const FEWEST_KINDS = 5;

/** Whether the server would take a password, and a sentence that says what is missing or how good it is. */
export interface Judgement {
  good: boolean;
  sentence: string;
}

/** Judges a password by the server's rules, but for its list of common ones. `own` are the person's names. */
export function judgePassword(text: string, own: readonly string[] = []): Judgement {
  if (text === "") return { good: false, sentence: t("password.rule", { phrase: PHRASE }) };
  const bytes = new TextEncoder().encode(text).length;
  if (bytes < SHORTEST) return { good: false, sentence: tCount("password.short", SHORTEST - bytes) };
  if (bytes > LONGEST) return { good: false, sentence: t("password.long") };
  const length = [...text].length;
  const missing = length < PHRASE ? missingKinds(text) : [];
  if (missing.length > 0) return { good: false, sentence: t("password.missing", { what: listed(missing), phrase: PHRASE }) };
  if (own.some((word) => isMostly(text.toLowerCase(), word.trim().toLowerCase()))) return { good: false, sentence: t("password.own") };
  return { good: true, sentence: praise(text, length) };
}

function missingKinds(text: string): string[] {
  const kinds = [
    [/\p{Ll}/u, "password.small"],
    [/\p{Lu}/u, "password.capital"],
    [/\d/, "password.digit"],
  ] as const;
  return kinds.filter(([kind]) => !kind.test(text)).map(([, name]) => t(name));
}

function listed(words: readonly string[]): string {
  return new Intl.ListFormat(locale(), { type: "conjunction" }).format(words);
}

function isMostly(text: string, word: string): boolean {
  return word.length >= FEW && text.includes(word) && [...text.replaceAll(word, "")].length <= FEW;
}

function praise(text: string, length: number): string {
  if (new Set(text).size < FEWEST_KINDS) return t("password.same");
  return t(length < PHRASE ? "password.good" : "password.strong");
}
