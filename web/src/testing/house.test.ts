import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

let folder: string;

/** What the house rules say of these sources. */
function judge(sources: Record<string, string>): { fails: boolean; breaches: string[] } {
  const all = { "ui/text/en.ts": "export const en = {};", "ui/text/studio.ts": "export const studio = {};", ...sources };
  for (const [path, source] of Object.entries(all)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), source);
  }
  const { status, stderr } = spawnSync(process.execPath, [resolve("scripts/house.mjs"), folder], { encoding: "utf8" });
  return { fails: status === 1, breaches: stderr.split("\n").filter(Boolean) };
}

describe("the house rules", () => {
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "hathor-house-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("find every text that stands in a component instead of a catalogue", () => {
    const source = 'export const A = () => <p title="Hear it">\n  Good day\n  {"or night"}\n  {`at sea`}\n  <img alt="A gull" />\n</p>;';
    const { fails, breaches } = judge({ "app/A.tsx": source });
    expect(fails).toBe(true);
    for (const text of ["Hear it", "Good day", "or night", "at sea", "A gull"]) {
      expect(breaches.filter((breach) => breach.startsWith("app/A.tsx:") && breach.includes(text))).toHaveLength(1);
    }
  });

  it("leave signs, words for programs and the catalogue's own sentences alone", () => {
    const source = 'export const A = () => <p className="row">{t("a.b")} · <input name="title" aria-hidden="true" /></p>;';
    const catalogue = 'export const en = {\n  "a.b": "Good day",\n};';
    expect(judge({ "app/A.tsx": source, "ui/text/en.ts": catalogue })).toEqual({ fails: false, breaches: [] });
  });

  it("find sentences nobody says, and a feature that visits another", () => {
    const { breaches } = judge({
      "ui/text/en.ts": 'export const en = {\n  "a.b": "Good day",\n};',
      "features/one/a.ts": 'import { b } from "@/features/two/b";\nexport const a = b;',
    });
    expect(breaches).toEqual(["features/one/a.ts: feature one visits feature two", "ui/text: nobody says a.b"]);
  });
});
