import type { ApiProblem } from "@/api/problem";
import type { Playable, Source } from "./playable";
import { EMPTY, type Queue } from "./queue";
import { DEFAULTS, type Settings } from "./settings";
import type { Sleep } from "./sleep";

/** What the player shows. */
export interface PlayerState {
  /** `loading`: wanted, but not heard yet. */
  readonly status: "idle" | "loading" | "playing" | "paused" | "failed";
  readonly track: Playable | undefined;
  readonly queue: Queue;
  readonly durationMs: number;
  /** Whole seconds, in milliseconds; the exact position is asked of the engine. */
  readonly positionMs: number;
  /** 0–1. */
  readonly volume: number;
  readonly muted: boolean;
  readonly settings: Settings;
  readonly sleep: Sleep;
  /** What is heard. */
  readonly heard: Source | undefined;
  readonly peaks: Uint8Array | undefined;
  readonly hasNext: boolean;
  /** Why `failed`. */
  readonly problem: ApiProblem | undefined;
}

/** A silent player. */
export const SILENT: PlayerState = {
  status: "idle",
  track: undefined,
  queue: EMPTY,
  durationMs: 0,
  positionMs: 0,
  volume: 0.8,
  muted: false,
  settings: DEFAULTS,
  sleep: undefined,
  heard: undefined,
  peaks: undefined,
  hasNext: false,
  problem: undefined,
};
