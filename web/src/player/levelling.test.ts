import { expect, it } from "vitest";
import { gainDb, levelOf } from "./levelling";

const release = { id: "r", slug: "r", title: "R", loudnessLufs: -20 };
const song = (lufs: number, peak: number, different = {}) => ({
  id: "a",
  title: "A",
  artists: [],
  coverUrl: null,
  durationMs: 1,
  loudness: { integrated_lufs: lufs, true_peak_db: peak },
  ...different,
});
const decibels = (factor: number) => 20 * Math.log10(factor);

it("turns what is loud down to the target, whatever its peak", () => {
  expect(gainDb(-8, 1.5)).toBe(-8);
});

it("turns what is quiet up only as far as its true peak leaves room", () => {
  expect(gainDb(-22, -12)).toBe(6);
  expect(gainDb(-22, -4)).toBe(3);
  expect(gainDb(-22, -0.5)).toBe(0);
});

it("levels a release as one, by its loudest peak", () => {
  const quiet = song(-30, -20, { release });
  expect(decibels(levelOf(quiet, "album"))).toBeCloseTo(4);
  expect(decibels(levelOf(quiet, "album", [quiet, song(-10, -3, { release, id: "b" })]))).toBeCloseTo(2);
  expect(decibels(levelOf(quiet, "track"))).toBeCloseTo(14);
});

it("leaves alone what is not measured, silent, or not to be levelled", () => {
  expect(levelOf(song(-8, 0), "off")).toBe(1);
  expect(levelOf({ ...song(-8, 0), loudness: null }, "album")).toBe(1);
});

it("takes a track by itself where it is on no release", () => {
  expect(decibels(levelOf(song(-10, 0), "album"))).toBeCloseTo(-6);
});

it("weighs the tracks of a release by their length where nobody measured it as a whole", () => {
  const unmeasured = { id: "r", slug: "r", title: "R" };
  const loud = song(-10, 0, { release: unmeasured, durationMs: 1_000 });
  const quiet = song(-10, 0, { release: unmeasured, id: "b", durationMs: 9_000 });
  expect(decibels(levelOf(loud, "album", [loud, quiet]))).toBeCloseTo(-6);
  const mixed = [song(-10, 0, { release: unmeasured }), song(-40, -30, { release: unmeasured, id: "b" })];
  expect(decibels(levelOf(mixed[1] ?? loud, "album", mixed))).toBeCloseTo(-16 - (-10 + 10 * Math.log10(0.5005)), 1);
});
