import type { ApiProblem } from "@/api/problem";
import type { Playable, Source } from "./playable";

/** What the player shows. */
export interface PlayerState {
  /** `loading`: wanted, but not heard yet. */
  readonly status: "idle" | "loading" | "playing" | "paused" | "failed";
  readonly track: Playable | undefined;
  readonly durationMs: number;
  /** Whole seconds, in milliseconds; the exact position is asked of the engine. */
  readonly positionMs: number;
  /** 0–1. */
  readonly volume: number;
  readonly muted: boolean;
  /** What the listener chose. */
  readonly wanted: Source;
  /** What is heard. */
  readonly heard: Source | undefined;
  readonly peaks: Uint8Array | undefined;
  readonly hasNext: boolean;
  readonly hasPrevious: boolean;
  /** Why `failed`. */
  readonly problem: ApiProblem | undefined;
}

/** A silent player. */
export const SILENT: PlayerState = {
  status: "idle",
  track: undefined,
  durationMs: 0,
  positionMs: 0,
  volume: 0.8,
  muted: false,
  wanted: "hls",
  heard: undefined,
  peaks: undefined,
  hasNext: false,
  hasPrevious: false,
  problem: undefined,
};
