import type { Playable } from "./playable";

/** What plays after what. A value: every change makes a new one. */
export interface Queue {
  readonly tracks: readonly Playable[];
  /** Which of them is on; −1 when nothing is. */
  readonly at: number;
}

/** Nothing to play. */
export const EMPTY: Queue = { tracks: [], at: -1 };

/** Plays `track` where it stands in `list`, or alone. */
export function startAt(track: Playable, list: readonly Playable[] = [track]): Queue {
  const at = list.findIndex((other) => other.id === track.id);
  return at < 0 ? { tracks: [track], at: 0 } : { tracks: list, at };
}

/** One on or one back; undefined where the list ends. */
export function step(queue: Queue, by: 1 | -1): Queue | undefined {
  const at = queue.at + by;
  return queue.tracks[at] ? { ...queue, at } : undefined;
}

/** What is on. */
export function current(queue: Queue): Playable | undefined {
  return queue.tracks[queue.at];
}

/** Without `id`: what follows moves up, and what is on stays on unless it was the one. */
export function without(queue: Queue, id: string): Queue {
  const at = queue.tracks.findIndex((track) => track.id === id);
  if (at < 0) return queue;
  const tracks = queue.tracks.filter((track) => track.id !== id);
  return { tracks, at: at === queue.at ? -1 : queue.at - (at < queue.at ? 1 : 0) };
}
