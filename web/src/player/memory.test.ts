import { expect, it, vi } from "vitest";
import { FakeAudio } from "@/testing/FakeAudio";
import { Engine } from "./engine";
import { type Grant, Grants } from "./grants";
import { remember, remembered } from "./memory";
import { add, shuffle } from "./queue";

const song = (id: string) => ({ id, title: id, artists: [], coverUrl: null, durationMs: 200_000 });
const expires_at = new Date(Date.now() + 600_000).toISOString();
const grants = () => new Grants(async (id) => ({ url: `/media/${id}/orig`, hls_url: null, expires_at }) as Grant);

function aVisit() {
  const audio = new FakeAudio();
  const engine = new Engine(audio.asElement(), { grants: grants(), start: remembered() });
  remember(engine);
  return { audio, engine, state: () => engine.state.get() };
}

it("holds the queue at its place over a reload, in any order, and plays on from there", async () => {
  const { audio, engine, state } = aVisit();
  engine.playList([song("a"), song("b"), song("c"), song("d")], 1, { kind: "release", id: "r", title: "Slow Weather" });
  await vi.waitFor(() => expect(state().status).toBe("playing"));
  engine.arrange((queue) => add(shuffle(queue), [song("x")], "last"));
  audio.reach(63.2);
  engine.pause();
  const before = state().queue;

  const after = aVisit();
  expect(after.state()).toMatchObject({ status: "paused", track: { id: "b" }, positionMs: 63_200, hasNext: true });
  expect(after.state().queue).toEqual(before);
  await after.engine.resume();
  await vi.waitFor(() => expect(after.state().status).toBe("playing"));
  expect(after.audio.currentTime).toBeCloseTo(63.2);
});

it("keeps volume and settings, and mistrusts what makes no sense", () => {
  const { engine } = aVisit();
  engine.setVolume(0.3);
  engine.set({ quality: "saver", crossfadeS: 6, singleKeys: false });
  expect(remembered()).toMatchObject({ volume: 0.3, settings: { quality: "saver", crossfadeS: 6, singleKeys: false } });
  localStorage.setItem("hathor.player", JSON.stringify({ volume: 7, quality: "loud", crossfadeS: 99 }));
  expect(remembered()).toEqual({ settings: { quality: "auto", levelling: "album", crossfadeS: 0, singleKeys: true } });
  localStorage.setItem("hathor.queue", '{"entries":[[1,{}]],"now":1}');
  expect(remembered()).not.toHaveProperty("queue");
  localStorage.setItem("hathor.player", "{");
  expect(remembered().settings?.quality).toBe("auto");
});

it("remembers nothing where nothing is on", async () => {
  const { engine, state } = aVisit();
  engine.play(song("a"));
  await vi.waitFor(() => expect(state().status).toBe("playing"));
  engine.stop();
  expect(remembered()).not.toHaveProperty("queue");
});
