import { expect, it } from "vitest";
import { current, startAt, step, without } from "./queue";

const song = (id: string) => ({ id, title: id, artists: [], coverUrl: null, durationMs: 1 });
const list = ["a", "b", "c"].map(song);

it("starts in the middle of a list and ends at its end", () => {
  const queue = startAt(song("b"), list);
  expect(current(queue)?.id).toBe("b");
  const last = step(queue, 1);
  expect(last && current(last)?.id).toBe("c");
  expect(last && step(last, 1)).toBeUndefined();
});

it("plays a song alone when the list does not hold it", () => {
  expect(startAt(song("z"), list).tracks).toHaveLength(1);
});

it("keeps what is on when something before it is taken out", () => {
  const queue = without(startAt(song("c"), list), "a");
  expect(current(queue)?.id).toBe("c");
});

it("has nothing on when what is on is taken out", () => {
  expect(current(without(startAt(song("b"), list), "b"))).toBeUndefined();
});
