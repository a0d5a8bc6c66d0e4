import { expect, it } from "vitest";
import { aTrack } from "@/testing/tracks";
import { isPlayable, standingOf } from "./stages";

it("counts the stages behind a track", () => {
  expect(standingOf(aTrack({ state: "received" }))).toMatchObject({ done: 0, failed: false });
  expect(standingOf(aTrack({ state: "transcoding", progress: 40 }))).toMatchObject({ done: 3, part: 0.4, words: "Transcoding, 40 %" });
  expect(standingOf(aTrack({ state: "ready" }))).toMatchObject({ done: 6, words: "Ready, plays everywhere" });
});

it("breaks where the track failed and says why as a sentence", () => {
  const failure = {
    stage: "transcoding",
    reason: "truncated",
    message: "ends too early, probably cut off while copying",
    retryable: false,
  };
  const standing = standingOf(aTrack({ state: "failed", failure } as never));
  expect(standing).toMatchObject({ done: 3, failed: true, words: "Ends too early, probably cut off while copying." });
});

it("lets the original play before HLS exists, but not before it is analysed", () => {
  expect(isPlayable(aTrack({ state: "analysing" }))).toBe(false);
  expect(isPlayable(aTrack({ state: "transcoding" }))).toBe(true);
});
