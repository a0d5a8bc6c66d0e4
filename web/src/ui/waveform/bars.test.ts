import { expect, it } from "vitest";
import { barCount, barHeights } from "./bars";

it("fits whole bars only", () => {
  expect(barCount(100, { bar: 3, gap: 1 })).toBe(25);
  expect(barCount(0, { bar: 3, gap: 1 })).toBe(0);
});

it("shows the loudest peak under each bar", () => {
  expect([...barHeights(Uint8Array.of(0, 255, 51, 0), 2)].map((height) => Number(height.toFixed(2)))).toEqual([1, 0.2]);
});

it("lets one peak serve several bars, and draws nothing of nothing", () => {
  expect([...barHeights(Uint8Array.of(255), 3)]).toEqual([1, 1, 1]);
  expect([...barHeights(new Uint8Array(), 2)]).toEqual([0, 0]);
});
