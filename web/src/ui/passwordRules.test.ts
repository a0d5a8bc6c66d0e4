import { expect, it } from "vitest";
import { judgePassword } from "./passwordRules";

const sentence = (text: string, own: string[] = []) => judgePassword(text, own).sentence;
const good = (text: string, own: string[] = []) => judgePassword(text, own).good;

it("takes what the server takes, and refuses what it refuses", () => {
  for (const right of ["Correct7x", "Mu51c-is-", "a phrase of words", "ÄÖÜäöü99", "correct horse battery staple"]) {
    expect([right, good(right)]).toEqual([right, true]);
  }
  for (const wrong of ["", "short", "alllowercase", "ALLUPPER99", "NoDigitsHere", "x".repeat(1025), "é".repeat(513)]) {
    expect([wrong.slice(0, 20), good(wrong)]).toEqual([wrong.slice(0, 20), false]);
  }
});

it("says what is missing while one types", () => {
  expect(sentence("Ab1")).toBe("5 more characters.");
  expect(sentence("Abcdef7")).toBe("1 more character.");
  expect(sentence("abcdefgh")).toBe("Still missing: a capital and a digit. Or go on to 15 characters of anything.");
  expect(sentence("Abcdefg7")).toBe("Good. Four words in a row would be better still.");
  expect(sentence("four words in a row")).toBe("Strong.");
  expect(sentence("aaaaaaaaaaaaaaaa")).toMatch(/same few characters/);
});

it("knows one's own names", () => {
  expect(good("Nina.K99", ["Nina.K"])).toBe(false);
  expect(good("nina.k and the sea", ["nina.k"])).toBe(true);
});
