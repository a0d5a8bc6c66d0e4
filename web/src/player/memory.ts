import { currentSession, subscribeSession } from "@/api/session";
import type { Engine } from "./engine";
import type { Context, Playable } from "./playable";
import { EMPTY, type Entry, forward, type Queue, type Repeat } from "./queue";
import { type Settings, sane } from "./settings";
import type { PlayerState } from "./state";

const SETTINGS = "hathor.player";
const QUEUE = "hathor.queue";
/** A playing sound notes its place so often. */
const NOTE_EVERY_MS = 5_000;
const PARTS = ["next", "later", "history", "order"] as const;

/** The queue as it is written down: each entry once, the rest by key. */
interface Noted extends Record<(typeof PARTS)[number], number[]> {
  entries: [key: number, track: Playable][];
  now: number;
  context?: Context;
  repeat: Repeat;
  shuffled: boolean;
  fresh: number;
  positionMs: number;
}

/** What the last visit left: volume, settings, and the queue, held at its place. */
export function remembered(): Partial<PlayerState> {
  const { volume, ...settings } = read<Partial<Settings> & { volume?: number }>(SETTINGS) ?? {};
  const known = typeof volume === "number" && volume >= 0 && volume <= 1;
  return { ...(known && { volume }), settings: sane(settings), ...rememberedQueue() };
}

/** Writes down what is to outlive the page, and forgets the queue of whoever signs out. */
export function remember(engine: Engine): void {
  let last = "";
  let noted = 0;
  let queue = engine.state.get().queue;
  let mayNote = true;
  const note = () => mayNote && noteQueue(engine);
  engine.state.subscribe(() => {
    const { volume, settings, status, queue: now } = engine.state.get();
    const words = JSON.stringify({ volume, ...settings });
    if (words !== last) write(SETTINGS, words);
    last = words;
    const due = now !== queue || status === "paused" || Date.now() - noted > NOTE_EVERY_MS;
    if (!due) return;
    queue = now;
    noted = Date.now();
    note();
  });
  globalThis.addEventListener("pagehide", note);
  let wasIn = currentSession().is === "signedIn";
  subscribeSession(() => {
    const session = currentSession().is;
    // the sound goes on after signing out, but whoever comes next is not told of it
    if (wasIn && session === "anonymous") localStorage.removeItem(QUEUE);
    mayNote = session === "signedIn" || (mayNote && !wasIn);
    wasIn = session === "signedIn";
  });
}

function rememberedQueue(): Partial<PlayerState> {
  const noted = read<Noted>(QUEUE);
  if (!noted) return {};
  try {
    const tracks = new Map(noted.entries);
    const entry = (key: number): Entry[] => {
      const track = tracks.get(key);
      return track ? [{ key, track }] : [];
    };
    const { context, repeat, shuffled, fresh } = noted;
    const [next = [], later = [], history = [], order = []] = PARTS.map((part) => noted[part].flatMap(entry));
    const queue: Queue = { ...EMPTY, now: entry(noted.now)[0], next, later, history, order, context, repeat, shuffled, fresh };
    const track = queue.now?.track;
    if (!track) return {};
    const hasNext = forward(queue) !== undefined;
    return { queue, track, hasNext, status: "paused", positionMs: noted.positionMs, durationMs: track.durationMs ?? 0 };
  } catch {
    return {};
  }
}

function noteQueue(engine: Engine): void {
  const { queue } = engine.state.get();
  if (!queue.now) {
    localStorage.removeItem(QUEUE);
    return;
  }
  const entries = new Map([queue.now, ...PARTS.flatMap((part) => queue[part])].map(({ key, track }) => [key, track]));
  const keys = (part: (typeof PARTS)[number]) => queue[part].map(({ key }) => key);
  const { context, repeat, shuffled, fresh } = queue;
  const parts = { next: keys("next"), later: keys("later"), history: keys("history"), order: keys("order") };
  const noted: Noted = {
    ...parts,
    entries: [...entries],
    now: queue.now.key,
    context,
    repeat,
    shuffled,
    fresh,
    positionMs: Math.floor(engine.positionMs()),
  };
  write(QUEUE, JSON.stringify(noted));
}

function read<T>(key: string): T | undefined {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "null") ?? undefined;
  } catch {
    return undefined;
  }
}

/** A full or forbidden storage costs the memory, not the music. */
function write(key: string, words: string): void {
  try {
    localStorage.setItem(key, words);
  } catch {
    localStorage.removeItem(key);
  }
}
