import { describe, expect, it, vi } from "vitest";
import { problemFrom } from "@/api/problem";
import { aProblem } from "@/testing/server";
import { type Send, UploadQueue } from "./queue";

const file = (name: string, size = 1_000) => new File([new Uint8Array(size)], name);

/** A server whose answers come when the test wants. */
function slowServer() {
  const travelling = new Map<string, { land: (id: string) => void; refuse: (error: unknown) => void; progress: (sent: number) => void }>();
  const send: Send = ({ name }, { onProgress, signal }) =>
    new Promise((resolve, reject) => {
      const land = (id: string) => resolve({ file_name: name, id, state: "received" } as never);
      travelling.set(name, { land, refuse: reject, progress: onProgress });
      signal.addEventListener("abort", () => reject(signal.reason));
    });
  return { travelling, queue: new UploadQueue(send) };
}

const steps = (queue: UploadQueue) => queue.get().map(({ step }) => step);

describe("the upload queue", () => {
  it("sends two files at a time, in order", async () => {
    const { travelling, queue } = slowServer();
    queue.add(["a", "b", "c"].map((name) => file(name)));
    expect(steps(queue)).toEqual(["sending", "sending", "waiting"]);
    travelling.get("a")?.land("track-a");
    await vi.waitFor(() => expect(steps(queue)).toEqual(["done", "sending", "sending"]));
    expect(queue.get()[0]?.trackId).toBe("track-a");
  });

  it("lets one refused file hurt no other", async () => {
    const { travelling, queue } = slowServer();
    queue.add([file("bad"), file("good")]);
    travelling.get("bad")?.refuse(problemFrom(422, aProblem({ code: "not_audio", title: "this is not audio" })));
    travelling.get("good")?.land("track-good");
    await vi.waitFor(() => expect(steps(queue)).toEqual(["refused", "done"]));
    expect(queue.get()[0]?.problem?.sentence).toBe("this is not audio");
  });

  it("tells how much of a file has travelled", () => {
    const { travelling, queue } = slowServer();
    queue.add([file("a")]);
    travelling.get("a")?.progress(400);
    expect(queue.get()[0]?.sent).toBe(400);
  });

  it("stops one file and goes on with the next", async () => {
    const { queue } = slowServer();
    queue.add(["a", "b", "c"].map((name) => file(name)));
    queue.cancel(queue.get()[0]?.id ?? 0);
    await vi.waitFor(() => expect(steps(queue)).toEqual(["cancelled", "sending", "sending"]));
  });

  it("sends a stopped file again from its start", async () => {
    const { travelling, queue } = slowServer();
    queue.add([file("a")]);
    const id = queue.get()[0]?.id ?? 0;
    travelling.get("a")?.progress(900);
    queue.cancel(id);
    queue.again(id);
    expect(queue.get()[0]).toMatchObject({ step: "sending", sent: 0 });
    travelling.get("a")?.land("track-a");
    await vi.waitFor(() => expect(steps(queue)).toEqual(["done"]));
  });

  it("forgets everything when another person signs in", () => {
    const { queue } = slowServer();
    queue.add([file("a")]);
    queue.clear();
    expect(queue.get()).toEqual([]);
  });
});
