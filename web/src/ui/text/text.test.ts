import { afterEach, expect, it } from "vitest";
import { account } from "./account";
import { admin } from "./admin";
import { en } from "./en";
import { asSentence, formatBytes, formatDecibels, formatTime } from "./format";
import { turns } from "./pseudo";
import { studio } from "./studio";
import { speak, t, tCount } from "./text";

afterEach(() => speak("en"));

it("fills in what a sentence leaves open", () => {
  expect(t("app.title", { page: "Upload" })).toBe("Upload · Hathor");
});

it("chooses the form that fits the count", () => {
  expect(tCount("upload.files", 1)).toBe("1 file");
  expect(tCount("upload.files", 1234)).toBe("1,234 files");
});

it("has every sentence in the pseudo languages, with the same braces", () => {
  const braces = (sentence: string) => [...sentence.matchAll(/\{\w+\}/g)].map(String).sort();
  for (const turn of Object.values(turns)) {
    for (const sentence of Object.values({ ...en, ...studio, ...account, ...admin })) {
      expect(braces(turn(sentence))).toEqual(braces(sentence));
      expect(turn(sentence).length).toBeGreaterThan(sentence.length);
    }
  }
});

it("keeps the sentences of its parts apart", () => {
  const keys = [en, studio, account, admin].flatMap((part) => Object.keys(part));
  expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([]);
});

it("turns the page around for a right-to-left language", async () => {
  await speak("pseudo-rtl");
  expect(document.documentElement.dir).toBe("rtl");
  await speak("en");
  expect(document.documentElement.dir).toBe("ltr");
});

it("writes times, sizes and levels as people read them", () => {
  expect([formatTime(0), formatTime(248_900), formatTime(3_723_000)]).toEqual(["0:00", "4:08", "1:02:03"]);
  expect([formatBytes(999), formatBytes(48_120_000), formatBytes(512_000_000)]).toEqual(["999 byte", "48.1 MB", "512 MB"]);
  expect(formatDecibels(-14.23)).toBe("−14.2");
  expect([asSentence("sign in first"), asSentence("Done.")]).toEqual(["Sign in first.", "Done."]);
});
