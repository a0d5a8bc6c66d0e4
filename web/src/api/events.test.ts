import { expect, it } from "vitest";
import { readEvents, type ServerEvent } from "./events";

function streamOf(...pieces: string[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (const piece of pieces) controller.enqueue(new TextEncoder().encode(piece));
      controller.close();
    },
  });
}

async function eventsOf(...pieces: string[]): Promise<ServerEvent[]> {
  const events: ServerEvent[] = [];
  await readEvents(streamOf(...pieces), (event) => events.push(event));
  return events;
}

it("reads events that arrive in pieces", async () => {
  expect(await eventsOf("event: track.prog", 'ress\ndata: {"a"', ":1}\n", "\ndata: two\n\n")).toEqual([
    { name: "track.progress", data: '{"a":1}' },
    { name: "message", data: "two" },
  ]);
});

it("joins lines of data and passes over comments and keep-alives", async () => {
  expect(await eventsOf(": keep-alive\n\n", "data: one\r\ndata: two\r\n\r\n")).toEqual([{ name: "message", data: "one\ntwo" }]);
});

it("does not report an event that was cut off", async () => {
  expect(await eventsOf("data: half")).toEqual([]);
});
