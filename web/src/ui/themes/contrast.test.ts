import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

/** Lightness, chroma, hue, as in CSS `oklch()`. */
type Oklch = readonly [number, number, number];
type Theme = Record<string, Oklch>;

const REALMS = ["lapis", "carnelian", "sycamore"];
const TEXT = 4.5;
const PART = 3;
/** What stands on what, and the least contrast it needs (WCAG 2.2: 1.4.3 for text, 1.4.11 for parts of controls). */
const PAIRS: [string, string[], number][] = [
  ["text", ["surface-0", "surface-3"], TEXT],
  ["text-muted", ["surface-0", "surface-1", "surface-2", "surface-3"], TEXT],
  ["accent-contrast", ["accent"], TEXT],
  ["accent-text", ["surface-0", "surface-2"], TEXT],
  ["presence-contrast", ["presence"], TEXT],
  ["presence-text", ["surface-0", "surface-2"], TEXT],
  ["positive", ["surface-0", "surface-2"], TEXT],
  ["warning", ["surface-0", "surface-2"], TEXT],
  ["danger", ["surface-0", "surface-2"], TEXT],
  ["danger-contrast", ["danger-fill"], TEXT],
  ["border-strong", ["surface-0", "surface-2"], PART],
  ["focus", ["surface-0", "surface-2"], PART],
  ["waveform-played", ["surface-0", "surface-1", "surface-2"], PART],
  ["waveform-rest", ["surface-0", "surface-1"], PART],
];

describe.each(REALMS)("the realm %s", (realm) => {
  it.each(["light", "dark"] as const)("can be read by %s", (mode) => {
    const theme = themeOf(realm, mode);
    const tooFaint = PAIRS.flatMap(([ink, grounds, least]) =>
      grounds.filter((ground) => contrast(colour(theme, ink), colour(theme, ground)) < least).map((ground) => `${ink} on ${ground}`),
    );
    expect(tooFaint).toEqual([]);
  });

  it.each(["light", "dark"] as const)("can be read by %s on the colour of any cover", (mode) => {
    const text = colour(themeOf(realm, mode), "text");
    const slabs = Array.from({ length: 120 }, (_, i): Oklch => (mode === "light" ? [0.918, 0.03, i * 3] : [0.295, 0.075, i * 3]));
    expect(Math.min(...slabs.map((slab) => contrast(text, slab)))).toBeGreaterThanOrEqual(TEXT);
  });
});

function colour(theme: Theme, name: string): Oklch {
  const found = theme[name];
  if (!found) throw new Error(`the realm does not set --${name}`);
  return found;
}

function themeOf(realm: string, mode: "light" | "dark"): Theme {
  const css = readFileSync(`src/ui/themes/realm-${realm}.css`, "utf8");
  const tokens = css.matchAll(/--([a-z0-9-]+):\s*(?:light-dark\(\s*oklch\(([^)]*)\),\s*oklch\(([^)]*)\)\s*\)|oklch\(([^)]*)\));/g);
  return Object.fromEntries(
    [...tokens].map(([, name, light, dark, both]) => [name, parse(both ?? (mode === "light" ? light : dark) ?? "")]),
  );
}

function parse(numbers: string): Oklch {
  const [lightness = 0, chroma = 0, hue = 0] = (numbers.split("/")[0] ?? "").trim().split(/\s+/).map(Number);
  return [lightness, chroma, hue];
}

/** WCAG contrast ratio of two colours as a screen shows them. */
function contrast(one: Oklch, other: Oklch): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: Oklch): number {
  const [red = 0, green = 0, blue = 0] = linearRgb(colour).map(asShown);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Björn Ottosson's OKLab to linear sRGB. */
function linearRgb([lightness, chroma, hue]: Oklch): number[] {
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
}

/** Rounded to the 8 bits of a screen and back. */
function asShown(linear: number): number {
  const within = Math.min(1, Math.max(0, linear));
  const encoded = within <= 0.0031308 ? 12.92 * within : 1.055 * within ** (1 / 2.4) - 0.055;
  const stepped = Math.round(encoded * 255) / 255;
  return stepped <= 0.04045 ? stepped / 12.92 : ((stepped + 0.055) / 1.055) ** 2.4;
}
