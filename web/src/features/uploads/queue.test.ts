import { afterEach, describe, expect, it, vi } from "vitest";
import { problemFrom } from "@/api/problem";
import { aProblem } from "@/testing/server";
import { estimate } from "./estimate";
import { type Send, UploadQueue } from "./queue";

const file = (name: string, size = 1_000, folder = "", kind: "music" | "picture" = "music") => ({
  file: new File([new Uint8Array(size)], name),
  folder,
  kind,
});

/** A server whose answers come when the test wants, and a clock the test moves. */
function slowServer() {
  const travelling = new Map<string, { land: (id: string) => void; refuse: (error: unknown) => void; progress: (sent: number) => void }>();
  const paths: string[] = [];
  const clock = { now: 0 };
  const send: Send = ({ file: { name }, path }, { onProgress, signal }) =>
    new Promise((resolve, reject) => {
      paths.push(path);
      travelling.set(name, { land: (trackId) => resolve({ trackId }), refuse: reject, progress: onProgress });
      signal.addEventListener("abort", () => reject(signal.reason));
    });
  const queue = new UploadQueue(send, () => clock.now);
  queues.push(queue);
  return { travelling, paths, clock, queue };
}

const queues: UploadQueue[] = [];
afterEach(() => {
  for (const queue of queues.splice(0)) queue.clear();
});

const steps = (queue: UploadQueue) => queue.get().uploads.map(({ step }) => step);
const first = (queue: UploadQueue) => queue.get().uploads[0];

describe("the upload queue", () => {
  it("sends two files at a time, in order, and tells where they lay", async () => {
    const { travelling, paths, queue } = slowServer();
    queue.add([file("a", 1_000, "Salt Hours/CD1"), file("b"), file("c")]);
    expect(steps(queue)).toEqual(["sending", "sending", "waiting"]);
    travelling.get("a")?.land("track-a");
    await vi.waitFor(() => expect(steps(queue)).toEqual(["done", "sending", "sending"]));
    expect(first(queue)?.trackId).toBe("track-a");
    expect(paths).toEqual(["Salt Hours/CD1/a", "b", "c"]);
  });

  it("lets one refused file hurt no other", async () => {
    const { travelling, queue } = slowServer();
    queue.add([file("bad"), file("good")]);
    travelling.get("bad")?.refuse(problemFrom(422, aProblem({ code: "not_audio", title: "this is not audio" })));
    travelling.get("good")?.land("track-good");
    await vi.waitFor(() => expect(steps(queue)).toEqual(["refused", "done"]));
    expect(first(queue)?.problem?.sentence).toBe("this is not audio");
  });

  it("lets those on their way arrive in a pause and starts no other until it is over", async () => {
    const { travelling, queue } = slowServer();
    queue.add(["a", "b", "c"].map((name) => file(name)));
    queue.pause();
    travelling.get("a")?.land("track-a");
    travelling.get("b")?.land("track-b");
    await vi.waitFor(() => expect(steps(queue)).toEqual(["done", "done", "waiting"]));
    queue.resume();
    expect(steps(queue)).toEqual(["done", "done", "sending"]);
  });

  it("tells how much has travelled, how fast, and how long the rest takes", () => {
    const { travelling, clock, queue } = slowServer();
    queue.add([file("a", 4_000), file("b", 1_000)]);
    expect(estimate(queue.get().uploads)).toEqual({ left: 5_000, rate: 0, seconds: null });
    clock.now = 1_000;
    travelling.get("a")?.progress(1_000);
    expect(first(queue)).toMatchObject({ sent: 1_000, rate: 1_000 });
    expect(estimate(queue.get().uploads)).toEqual({ left: 4_000, rate: 1_000, seconds: 4 });
  });

  it("stops one file and goes on with the next", async () => {
    const { queue } = slowServer();
    queue.add(["a", "b", "c"].map((name) => file(name)));
    queue.cancel(first(queue)?.id ?? 0);
    await vi.waitFor(() => expect(steps(queue)).toEqual(["cancelled", "sending", "sending"]));
  });

  it("sends a stopped file again from its start", async () => {
    const { travelling, clock, queue } = slowServer();
    queue.add([file("a")]);
    const id = first(queue)?.id ?? 0;
    clock.now = 1_000;
    travelling.get("a")?.progress(900);
    queue.cancel(id);
    queue.again(id);
    expect(first(queue)).toMatchObject({ step: "sending", sent: 0 });
    travelling.get("a")?.land("track-a");
    await vi.waitFor(() => expect(steps(queue)).toEqual(["done"]));
  });

  it("sends another file in the place of a refused one", async () => {
    const { travelling, queue } = slowServer();
    queue.add([file("bad")]);
    travelling.get("bad")?.refuse(problemFrom(422, aProblem()));
    await vi.waitFor(() => expect(steps(queue)).toEqual(["refused"]));
    queue.replace(first(queue)?.id ?? 0, file("better").file);
    expect(first(queue)).toMatchObject({ name: "better", step: "sending", problem: undefined });
  });

  it("makes the browser ask before a page closes from which something is still on its way", async () => {
    const { travelling, queue } = slowServer();
    const asks = () => !window.dispatchEvent(new Event("beforeunload", { cancelable: true }));
    expect(asks()).toBe(false);
    queue.add([file("a")]);
    expect(asks()).toBe(true);
    travelling.get("a")?.land("track-a");
    await vi.waitFor(() => expect(steps(queue)).toEqual(["done"]));
    expect(asks()).toBe(false);
  });

  it("forgets everything when another person signs in", () => {
    const { queue } = slowServer();
    queue.add([file("a")]);
    queue.clear();
    expect(queue.get().uploads).toEqual([]);
  });
});
