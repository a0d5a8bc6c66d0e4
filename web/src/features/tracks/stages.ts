import type { Track } from "@/api/types";
import { asSentence } from "@/ui/text/format";
import { t } from "@/ui/text/text";

/** The way to `ready`, in order. */
export const STAGES = ["received", "probing", "analysing", "transcoding", "packaging", "ready"] as const;

/** Where a track stands on that way. */
export interface Standing {
  /** How many stages are behind it. */
  done: number;
  /** How far the current one is, 0–1. */
  part: number;
  failed: boolean;
  words: string;
}

/** Where `track` stands, in segments and in words. */
export function standingOf(track: Track): Standing {
  const failed = track.state === "failed";
  const stage = failed ? (track.failure?.stage ?? "probing") : track.state;
  const at = Math.max(0, (STAGES as readonly string[]).indexOf(stage));
  const ready = track.state === "ready";
  return { done: ready ? STAGES.length : at, part: failed ? 1 : partOf(track), failed, words: wordsOf(track) };
}

/** Where nothing more will happen by itself. */
export function isSettled(track: Track): boolean {
  return track.state === "ready" || track.state === "failed";
}

/** The server knows what the file holds: its tags, its length, its sound. */
export function isRead({ state }: Track): boolean {
  return state !== "received" && state !== "probing" && state !== "analysing";
}

/** The original plays from the end of its analysis on, before HLS exists. */
export function isPlayable(track: Track): boolean {
  return track.state === "ready" || track.state === "transcoding" || track.state === "packaging";
}

/** Within its stage: transcoding is most of the way and grows with it, the short ones show that they have begun. */
function partOf(track: Track): number {
  if (track.state === "transcoding") return track.progress / 100;
  return track.state === "received" ? 0.5 : 0.35;
}

function wordsOf(track: Track): string {
  if (track.state === "failed") return track.failure?.message ? asSentence(track.failure.message) : t("stage.failed");
  return t(`stage.${track.state}`, { percent: track.progress });
}
