import { expect, it, vi } from "vitest";
import { FakeAudio } from "@/testing/FakeAudio";
import { Engine } from "./engine";
import { type Grant, Grants } from "./grants";
import { reportPlayed } from "./played";

const song = (id: string, durationMs = 200_000) => ({ id, title: id, artists: [], coverUrl: null, durationMs });
const expires_at = new Date(Date.now() + 600_000).toISOString();

async function aListener(durationMs?: number) {
  const audio = new FakeAudio();
  const grants = new Grants(async () => ({ url: "/x", hls_url: null, expires_at }) as Grant);
  const engine = new Engine(audio.asElement(), { grants, secondAudio: () => new FakeAudio().asElement() });
  const told: string[] = [];
  reportPlayed(engine, async (id) => void told.push(id));
  engine.play(song("a", durationMs));
  await vi.waitFor(() => expect(engine.state.get().status).toBe("playing"));
  const hear = (from: number, to: number) => {
    for (let second = from; second <= to; second += 1) audio.reach(second);
  };
  return { engine, told, hear };
}

it("tells of a track once, after thirty seconds", async () => {
  const { told, hear } = await aListener();
  hear(1, 29);
  expect(told).toEqual([]);
  hear(30, 90);
  expect(told).toEqual(["a"]);
});

it("tells of a short one after half of it", async () => {
  const { told, hear } = await aListener(20_000);
  hear(1, 10);
  expect(told).toEqual(["a"]);
});

it("does not count what was leapt over", async () => {
  const { engine, told, hear } = await aListener();
  hear(1, 20);
  engine.seek(150_000);
  hear(151, 159);
  expect(told).toEqual([]);
  hear(160, 162);
  expect(told).toEqual(["a"]);
});
