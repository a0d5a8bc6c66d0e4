import type { Context, Playable } from "./playable";

/** One place in the queue. The same track may stand at several; the key tells them apart. */
export interface Entry {
  readonly key: number;
  readonly track: Playable;
}

export type Repeat = "off" | "all" | "one";
/** The two parts of what comes: what somebody put there by hand, and the rest of the context. */
export type Part = "next" | "later";

/** What plays after what. A value: every change makes a new one. */
export interface Queue {
  readonly now: Entry | undefined;
  readonly next: readonly Entry[];
  readonly later: readonly Entry[];
  /** What was on before, newest last. */
  readonly history: readonly Entry[];
  /** The whole context in its own order. */
  readonly order: readonly Entry[];
  readonly context: Context | undefined;
  readonly repeat: Repeat;
  readonly shuffled: boolean;
  /** The key of the next new entry. */
  readonly fresh: number;
}

/** Nothing to play. */
export const EMPTY: Queue = {
  now: undefined,
  next: [],
  later: [],
  history: [],
  order: [],
  context: undefined,
  repeat: "off",
  shuffled: false,
  fresh: 1,
};

/** How much of what was heard is kept to go back to. */
const HISTORY = 500;

/** Gives numbers from 0 on and below `count`; injectable for tests. */
export type Chance = (count: number) => number;
const anyOf: Chance = (count) => Math.floor(Math.random() * count);

/** Plays `tracks` from `index` on. What was put next by hand stays next. */
export function start(queue: Queue, tracks: readonly Playable[], index: number, context?: Context, chance = anyOf): Queue {
  const at = Math.min(Math.max(0, index), tracks.length - 1);
  const order = tracks.map((track, i) => ({ key: queue.fresh + i, track }));
  const begun = {
    ...queue,
    order,
    context,
    now: order[at],
    later: order.slice(at + 1),
    history: order.slice(0, Math.max(0, at)),
    fresh: queue.fresh + order.length,
  };
  return queue.shuffled ? shuffle({ ...begun, shuffled: false, history: [] }, chance) : begun;
}

/** One on, as somebody asks for it: `repeat: one` does not hold them back. Undefined where the queue ends. */
export function forward(queue: Queue): Queue | undefined {
  const [handed, ...next] = queue.next;
  if (handed) return turnTo(queue, handed, { next });
  const [following, ...later] = queue.later;
  if (following) return turnTo(queue, following, { later });
  const [first, ...rest] = queue.repeat === "off" ? [] : queue.shuffled ? mixed(queue.order, roundOf(queue)) : queue.order;
  return first && turnTo(queue, first, { later: rest });
}

/** What plays when what is on ends by itself. */
export function following(queue: Queue): Queue | undefined {
  return queue.repeat === "one" && queue.now ? queue : forward(queue);
}

/** To what was on before; what is on comes again after it. */
export function back(queue: Queue): Queue | undefined {
  const before = queue.history.at(-1);
  if (!before) return undefined;
  const cleared = without(queue, before.key);
  const { now } = queue;
  const history = queue.history.slice(0, -1);
  if (!now || now.key === before.key) return { ...cleared, now: before, history };
  return ofContext(queue, now)
    ? { ...cleared, now: before, history, later: [now, ...cleared.later] }
    : { ...cleared, now: before, history, next: [now, ...cleared.next] };
}

/** Straight to `key`. What of the context is leapt over counts as heard, so that "previous" walks back through it. */
export function leap(queue: Queue, key: number): Queue {
  const handed = queue.next.find((entry) => entry.key === key);
  if (handed) return turnTo(queue, handed, { next: queue.next.filter((entry) => entry !== handed) });
  const at = queue.later.findIndex((entry) => entry.key === key);
  const entry = queue.later[at];
  if (!entry) return queue;
  const leapt = turnTo(queue, entry, { later: queue.later.slice(at + 1) });
  return { ...leapt, history: capped([...leapt.history, ...queue.later.slice(0, at)]) };
}

/** Puts `tracks` before everything else that comes, or behind what was put there by hand. */
export function add(queue: Queue, tracks: readonly Playable[], where: "first" | "last"): Queue {
  const added = tracks.map((track, i) => ({ key: queue.fresh + i, track }));
  const next = where === "first" ? [...added, ...queue.next] : [...queue.next, ...added];
  return { ...queue, next, fresh: queue.fresh + added.length };
}

/** Takes `key` out of what comes. */
export function remove(queue: Queue, key: number): Queue {
  if (queue.now?.key === key) return queue;
  return { ...without(queue, key), order: queue.order.filter((entry) => entry.key !== key) };
}

/** Puts `key` at `index` of `part`. What leaves the context belongs to it no longer; what is moved into it does. */
export function move(queue: Queue, key: number, part: Part, index: number): Queue {
  const entry = [...queue.next, ...queue.later].find((other) => other.key === key);
  if (!entry) return queue;
  const rest = remove(queue, key);
  if (part === "next") return { ...rest, next: inserted(rest.next, entry, index) };
  const later = inserted(rest.later, entry, index);
  const order = queue.shuffled ? [...rest.order, entry] : [...rest.order.filter((other) => !later.includes(other)), ...later];
  return { ...rest, later, order };
}

/** Empties a part, or all that comes. */
export function clear(queue: Queue, part?: Part): Queue {
  const gone = new Set((part ? queue[part] : [...queue.next, ...queue.later]).map((entry) => entry.key));
  const order = queue.order.filter((entry) => !gone.has(entry.key));
  return { ...queue, order, next: part === "later" ? queue.next : [], later: part === "next" ? queue.later : [] };
}

/** Mixes the rest of the context, or gives it its own order back. What is on stays on. */
export function shuffle(queue: Queue, chance = anyOf): Queue {
  if (!queue.shuffled) {
    const { now } = queue;
    const rest = queue.history.length > 0 || !now ? queue.later : queue.order.filter((entry) => entry.key !== now.key);
    return { ...queue, shuffled: true, later: mixed(rest, chance) };
  }
  const taken = new Set([queue.now, ...queue.next].map((entry) => entry?.key));
  const later = queue.order.slice(anchor(queue) + 1).filter((entry) => !taken.has(entry.key));
  return { ...queue, shuffled: false, later };
}

/** Off, all, one, and off again. */
export function repeatNext(queue: Queue): Queue {
  const turns: Record<Repeat, Repeat> = { off: "all", all: "one", one: "off" };
  return { ...queue, repeat: turns[queue.repeat] };
}

/** Without the track `id` wherever it stands: it was deleted. */
export function withoutTrack(queue: Queue, id: string): Queue {
  const others = (entries: readonly Entry[]) => entries.filter(({ track }) => track.id !== id);
  return {
    ...queue,
    now: queue.now?.track.id === id ? undefined : queue.now,
    next: others(queue.next),
    later: others(queue.later),
    history: others(queue.history),
    order: others(queue.order),
  };
}

function turnTo(queue: Queue, now: Entry, change: Partial<Queue>): Queue {
  const history = queue.now ? capped([...queue.history, queue.now]) : queue.history;
  return { ...queue, ...change, now, history };
}

function without(queue: Queue, key: number): Queue {
  const others = (entries: readonly Entry[]) => entries.filter((entry) => entry.key !== key);
  return { ...queue, next: others(queue.next), later: others(queue.later) };
}

function ofContext(queue: Queue, { key }: Entry): boolean {
  return queue.order.some((entry) => entry.key === key);
}

/** Where in the context we are: at what is on, or at the last of it that was. */
function anchor(queue: Queue): number {
  const last = [...queue.history, ...(queue.now ? [queue.now] : [])].findLast((entry) => ofContext(queue, entry));
  return queue.order.findIndex((entry) => entry.key === last?.key);
}

function inserted(entries: readonly Entry[], entry: Entry, index: number): Entry[] {
  return entries.toSpliced(Math.min(Math.max(0, index), entries.length), 0, entry);
}

function capped(history: readonly Entry[]): readonly Entry[] {
  return history.slice(-HISTORY);
}

/** The same queue begins its next round the same way, however often it is asked: what comes next is loaded ahead. */
function roundOf({ now, fresh }: Queue): Chance {
  let seed = (now?.key ?? 0) * 7919 + fresh;
  return (count) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((seed / 2_147_483_648) * count);
  };
}

function mixed(entries: readonly Entry[], chance: Chance): Entry[] {
  const bag = [...entries];
  return entries.flatMap(() => bag.splice(chance(bag.length), 1));
}
