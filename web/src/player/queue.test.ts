import { describe, expect, it } from "vitest";
import {
  add,
  back,
  clear,
  EMPTY,
  following,
  forward,
  leap,
  move,
  type Queue,
  remove,
  repeatNext,
  shuffle,
  start,
  withoutTrack,
} from "./queue";

const song = (id: string) => ({ id, title: id, artists: [], coverUrl: null, durationMs: 1 });
const songs = (letters: string) => [...letters].map(song);
const names = (entries: Queue["next"]) => entries.map(({ track }) => track.id).join("");
const on = (queue: Queue | undefined) => queue?.now?.track.id;
const album = (from = 0) => start(EMPTY, songs("abcde"), from, { kind: "release", id: "r", title: "Slow Weather" });
const keyOf = (queue: Queue, id: string) => [...queue.next, ...queue.later].find(({ track }) => track.id === id)?.key ?? -1;

/** The same numbers for the same seed. */
function dice(seed: number) {
  let state = seed;
  return (count: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * count);
  };
}

describe("the queue", () => {
  it("starts in the middle of a list, ends at its end, and goes back through it", () => {
    const queue = album(3);
    expect([on(queue), names(queue.later), names(queue.history)]).toEqual(["d", "e", "abc"]);
    const last = forward(queue);
    expect(on(last)).toBe("e");
    expect(last && forward(last)).toBeUndefined();
    expect(on(back(queue))).toBe("c");
    expect(back(album())).toBeUndefined();
  });

  it("plays what was put there by hand before the rest of the context", () => {
    let queue = add(add(add(album(), songs("x"), "last"), songs("y"), "last"), songs("z"), "first");
    expect(names(queue.next)).toBe("zxy");
    queue = forward(queue) as Queue;
    expect([on(queue), names(queue.next), names(queue.later)]).toEqual(["z", "xy", "bcde"]);
    const before = back(queue) as Queue;
    expect([on(before), names(before.next), names(before.later)]).toEqual(["a", "zxy", "bcde"]);
  });

  it("keeps what was put next when another list is started", () => {
    expect(names(start(add(album(), songs("x"), "last"), songs("pq"), 0).next)).toBe("x");
  });

  it("leaps over a part of the context and walks back through it", () => {
    const queue = leap(album(), keyOf(album(), "d"));
    expect([on(queue), names(queue.later), names(queue.history)]).toEqual(["d", "e", "abc"]);
    const handed = add(album(), songs("xy"), "last");
    const leapt = leap(handed, keyOf(handed, "y"));
    expect([on(leapt), names(leapt.next), names(leapt.later)]).toEqual(["y", "x", "bcde"]);
  });

  it("repeats nothing, everything, one, and nothing again", () => {
    const last = album(4);
    expect(following(last)).toBeUndefined();
    const all = repeatNext(last);
    expect([on(following(all)), names(following(all)?.later ?? [])]).toEqual(["a", "bcde"]);
    const one = repeatNext(all);
    expect(following(one)).toBe(one);
    expect(on(forward(one))).toBe("a");
    expect(repeatNext(one).repeat).toBe("off");
  });

  it("begins a shuffled round the same way however often it is asked", () => {
    const queue = { ...shuffle(album(), dice(3)), later: [], repeat: "all" as const };
    expect(forward(queue)?.now?.key).toBe(forward(queue)?.now?.key);
  });

  it("moves between the two parts", () => {
    let queue = add(album(), songs("x"), "last");
    queue = move(queue, keyOf(queue, "d"), "next", 0);
    expect([names(queue.next), names(queue.later)]).toEqual(["dx", "bce"]);
    queue = move(queue, keyOf(queue, "x"), "later", 1);
    expect([names(queue.next), names(queue.later), names(queue.order)]).toEqual(["d", "bxce", "abxce"]);
  });

  it("keeps the listener's own order of the context through a shuffle", () => {
    const moved = move(album(), keyOf(album(), "e"), "later", 0);
    expect(names(shuffle(shuffle(moved, dice(5))).later)).toBe("ebcd");
  });

  it("clears one part or all, but never what is on", () => {
    const queue = add(album(), songs("xy"), "last");
    expect([names(clear(queue, "next").next), names(clear(queue, "next").later)]).toEqual(["", "bcde"]);
    expect([names(clear(queue, "later").next), names(clear(queue, "later").later)]).toEqual(["xy", ""]);
    expect([on(clear(queue)), forward(clear(queue))]).toEqual(["a", undefined]);
  });

  it("takes a deleted track out wherever it stands", () => {
    const queue = withoutTrack(add(album(1), songs("ba"), "last"), "b");
    expect([on(queue), names(queue.next), names(queue.order)]).toEqual([undefined, "a", "acde"]);
  });
});

describe("whatever is done to the queue", () => {
  const deeds: ((queue: Queue, roll: (count: number) => number) => Queue)[] = [
    (queue) => forward(queue) ?? queue,
    (queue) => back(queue) ?? queue,
    (queue, roll) => shuffle(queue, roll),
    (queue) => repeatNext(queue),
    (queue, roll) => add(queue, songs(roll(2) ? "x" : "yz"), roll(2) ? "first" : "last"),
    (queue, roll) => remove(queue, roll(queue.fresh)),
    (queue, roll) => move(queue, roll(queue.fresh), roll(2) ? "next" : "later", roll(8)),
    (queue, roll) => leap(queue, roll(queue.fresh)),
    (queue, roll) => (roll(9) ? queue : clear(queue, roll(2) ? "next" : "later")),
  ];

  for (let seed = 1; seed <= 60; seed += 1) {
    it(`stays sound (${seed})`, () => {
      const roll = dice(seed * 7919);
      let queue = album(roll(5));
      for (let turn = 0; turn < 60; turn += 1) {
        const deed = deeds[roll(deeds.length)];
        const after = deed?.(queue, roll) ?? queue;
        const present = [after.now, ...after.next, ...after.later].map((entry) => entry?.key);
        expect(new Set(present).size).toBe(present.length);
        expect(after.now).toBeDefined();
        expect(new Set(after.order).size).toBe(after.order.length);
        if (after.shuffled !== queue.shuffled) expect(after.now).toBe(queue.now);
        if (queue.shuffled && !after.shuffled) expect(names(after.later)).toBe(restOfOrder(after));
        queue = after;
      }
    });
  }
});

/** What of the context comes after where we are. */
function restOfOrder(queue: Queue): string {
  const keys = queue.order.map(({ key }) => key);
  const last = [...queue.history, queue.now].findLast((entry) => entry && keys.includes(entry.key));
  return names(queue.order.slice(keys.indexOf(last?.key ?? -1) + 1).filter((entry) => !queue.next.includes(entry)));
}
