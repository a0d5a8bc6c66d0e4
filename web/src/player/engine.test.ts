import { describe, expect, it, vi } from "vitest";
import { problemFrom } from "@/api/problem";
import { FakeAudio } from "@/testing/FakeAudio";
import { aProblem } from "@/testing/server";
import { Engine } from "./engine";
import { type Grant, Grants } from "./grants";
import type { Playable } from "./playable";

const song = (id: string): Playable => ({ id, title: `Song ${id}`, artists: ["Nina"], coverUrl: null, durationMs: 200_000 });

function aPlayer({ lifeMs = 600_000, mint = undefined as ((id: string) => Promise<Grant>) | undefined } = {}) {
  const audio = new FakeAudio();
  const spare = new FakeAudio();
  let minted = 0;
  const grant = async (id: string) => {
    minted += 1;
    const expires_at = new Date(Date.now() + lifeMs).toISOString();
    return {
      url: `/media/${id}/orig?s=${minted}`,
      hls_url: null,
      expires_at,
      mime: "audio/flac",
      size: 1,
      peaks_url: null,
      duration_ms: 200_000,
    } as Grant;
  };
  const engine = new Engine(audio.asElement(), { grants: new Grants(mint ?? grant), secondAudio: () => spare.asElement() });
  return { audio, spare, engine, state: () => engine.state.get(), minted: () => minted };
}

const settled = () => vi.waitFor(() => undefined);

describe("the player", () => {
  it("plays the original where there is no HLS yet", async () => {
    const { audio, engine, state } = aPlayer();
    engine.play(song("a"));
    expect(state().status).toBe("loading");
    await vi.waitFor(() => expect(state().status).toBe("playing"));
    expect(audio.src).toBe("/media/a/orig?s=1");
    expect(state().heard).toBe("original");
  });

  it("plays HLS natively where Media Source Extensions are missing", async () => {
    const mint = async () => ({ url: "/orig", hls_url: "/hls.m3u8", expires_at: new Date(Date.now() + 600_000).toISOString() }) as Grant;
    const { audio, engine, state } = aPlayer({ mint });
    audio.canPlayType = () => "maybe";
    engine.play(song("a"));
    await vi.waitFor(() => expect(state().status).toBe("playing"));
    expect(audio.src).toBe("/hls.m3u8");
    expect(state().heard).toBe("hls");
    engine.choose("original");
    await vi.waitFor(() => expect(audio.src).toBe("/orig"));
  });

  it("goes on to the next song of the list when one ends, and rests at the last", async () => {
    const { audio, engine, state } = aPlayer();
    engine.play(song("a"), [song("a"), song("b")]);
    await vi.waitFor(() => expect(state().status).toBe("playing"));
    audio.dispatchEvent(new Event("ended"));
    await vi.waitFor(() => expect(state().track?.id).toBe("b"));
    await vi.waitFor(() => expect(state().status).toBe("playing"));
    audio.dispatchEvent(new Event("ended"));
    expect(state()).toMatchObject({ status: "paused", hasNext: false });
    expect(state().track?.id).toBe("b");
  });

  it("goes back to the start of a song first, and to the song before when pressed again", async () => {
    const { audio, engine, state } = aPlayer();
    engine.play(song("b"), [song("a"), song("b")]);
    await vi.waitFor(() => expect(state().status).toBe("playing"));
    audio.reach(40);
    engine.previous();
    expect(audio.currentTime).toBe(0);
    expect(state().track?.id).toBe("b");
    engine.previous();
    await vi.waitFor(() => expect(state().track?.id).toBe("a"));
  });

  it("asks for a new link when the old one is refused, and goes on at the same place", async () => {
    const { audio, engine, state, minted } = aPlayer();
    engine.play(song("a"));
    await vi.waitFor(() => expect(state().status).toBe("playing"));
    audio.reach(63);
    audio.dispatchEvent(new Event("error"));
    await vi.waitFor(() => expect(audio.src).toBe("/media/a/orig?s=2"));
    expect(minted()).toBe(2);
    expect(audio.currentTime).toBe(63);
    await vi.waitFor(() => expect(state().status).toBe("playing"));
  });

  it("asks for a new link when it was paused for longer than the old one lives", async () => {
    const { audio, engine, state } = aPlayer({ lifeMs: 40 });
    engine.play(song("a"));
    await vi.waitFor(() => expect(state().status).toBe("playing"));
    audio.reach(12);
    engine.pause();
    expect(state().status).toBe("paused");
    await new Promise((resolve) => setTimeout(resolve, 60));
    await engine.resume();
    await vi.waitFor(() => expect(state().status).toBe("playing"));
    expect(audio.src).not.toBe("/media/a/orig?s=1");
    expect(audio.currentTime).toBe(12);
  });

  it("gives up after ever longer waits and says why", async () => {
    vi.useFakeTimers();
    const { audio, engine, state, minted } = aPlayer();
    engine.play(song("a"));
    await vi.advanceTimersByTimeAsync(0);
    for (const wait of [0, 1_000, 2_000, 4_000, 8_000]) {
      expect(state().status).toBe("playing");
      audio.dispatchEvent(new Event("error"));
      await vi.advanceTimersByTimeAsync(wait);
    }
    expect(minted()).toBe(6);
    audio.dispatchEvent(new Event("error"));
    expect(state()).toMatchObject({ status: "failed", problem: { code: "offline" } });
    vi.useRealTimers();
  });

  it("goes on by itself when the network is back", async () => {
    vi.useFakeTimers();
    const { audio, engine, state } = aPlayer();
    engine.play(song("a"));
    await vi.advanceTimersByTimeAsync(0);
    audio.reach(0.5);
    for (const wait of [0, 1_000, 2_000, 4_000, 8_000, 0]) {
      audio.dispatchEvent(new Event("error"));
      await vi.advanceTimersByTimeAsync(wait);
    }
    expect(state().status).toBe("failed");
    window.dispatchEvent(new Event("online"));
    await vi.advanceTimersByTimeAsync(0);
    expect(state()).toMatchObject({ status: "playing", problem: undefined });
    vi.useRealTimers();
  });

  it("shows the server's refusal and can be tried again", async () => {
    let ready = false;
    const mint = async () => {
      if (!ready) throw problemFrom(409, aProblem({ code: "not_playable_yet", status: 409 }));
      return { url: "/x", hls_url: null, expires_at: new Date(Date.now() + 600_000).toISOString() } as Grant;
    };
    const { engine, state } = aPlayer({ mint });
    engine.play(song("a"));
    await vi.waitFor(() => expect(state().problem?.code).toBe("not_playable_yet"));
    ready = true;
    engine.toggle();
    await vi.waitFor(() => expect(state().status).toBe("playing"));
    expect(state().problem).toBeUndefined();
  });

  it("ignores the answer about a song that is no longer wanted", async () => {
    const waiting = new Map<string, (grant: Grant) => void>();
    const mint = (id: string) => new Promise<Grant>((resolve) => waiting.set(id, resolve));
    const { audio, engine } = aPlayer({ mint });
    const grant = (id: string) => ({ url: `/${id}`, hls_url: null, expires_at: new Date(Date.now() + 600_000).toISOString() }) as Grant;
    engine.play(song("a"));
    engine.play(song("b"));
    waiting.get("b")?.(grant("b"));
    waiting.get("a")?.(grant("a"));
    await vi.waitFor(() => expect(audio.src).toBe("/b"));
    await settled();
    expect(audio.src).toBe("/b");
  });

  it("falls silent when the song that plays is deleted", async () => {
    const { engine, state } = aPlayer();
    engine.play(song("a"));
    await vi.waitFor(() => expect(state().status).toBe("playing"));
    engine.drop("b");
    expect(state().status).toBe("playing");
    engine.drop("a");
    expect(state()).toMatchObject({ status: "idle", track: undefined });
  });

  it("keeps volume and mute apart: touching the volume ends muting", () => {
    const { audio, engine, state } = aPlayer();
    engine.toggleMute();
    expect(audio.muted).toBe(true);
    engine.setVolume(0.3);
    expect(audio).toMatchObject({ muted: false, volume: 0.3 });
    expect(state()).toMatchObject({ muted: false, volume: 0.3 });
  });

  it("readies the next song before it is needed, and hands over to it without asking again", async () => {
    const { audio, spare, engine, state, minted } = aPlayer();
    engine.play(song("a"), [song("a"), song("b")]);
    await vi.waitFor(() => expect(state().status).toBe("playing"));
    audio.reach(150);
    expect(minted()).toBe(1);
    audio.reach(185);
    await vi.waitFor(() => expect(spare.src).toBe("/media/b/orig?s=2"));
    expect(spare.plays).toBe(0);
    audio.dispatchEvent(new Event("ended"));
    await vi.waitFor(() => expect(state()).toMatchObject({ status: "playing", track: { id: "b" } }));
    expect(spare.plays).toBe(1);
    expect(audio.src).toBe("");
    expect(minted()).toBe(2);
  });

  it("readies something else when the queue is changed meanwhile", async () => {
    const { audio, spare, engine, state } = aPlayer();
    engine.play(song("a"), [song("a"), song("b")]);
    await vi.waitFor(() => expect(state().status).toBe("playing"));
    audio.reach(185);
    await vi.waitFor(() => expect(spare.src).toContain("/media/b/"));
    engine.add([song("c")], "first");
    expect(spare.src).toBe("");
    audio.reach(186);
    await vi.waitFor(() => expect(spare.src).toContain("/media/c/"));
  });

  it("crosses two songs with equal power where that is wished", async () => {
    vi.useFakeTimers();
    const { audio, spare, engine, state } = aPlayer();
    engine.setVolume(1);
    engine.set({ crossfadeS: 8, levelling: "off" });
    engine.play(song("a"), [song("a"), song("b")]);
    await vi.advanceTimersByTimeAsync(0);
    audio.reach(185);
    await vi.advanceTimersByTimeAsync(0);
    audio.reach(192);
    await vi.advanceTimersByTimeAsync(4_000);
    expect(state().track?.id).toBe("b");
    expect(audio.volume ** 2 + spare.volume ** 2).toBeCloseTo(1, 5);
    expect(audio.volume).toBeCloseTo(Math.SQRT1_2, 1);
    await vi.advanceTimersByTimeAsync(4_100);
    expect(spare.volume).toBe(1);
    expect(audio.src).toBe("");
    vi.useRealTimers();
  });

  it("falls asleep in time, and stays asleep at a track's end", async () => {
    vi.useFakeTimers();
    const { audio, engine, state } = aPlayer();
    engine.play(song("a"), [song("a"), song("b")]);
    engine.sleepAt({ at: Date.now() + 15 * 60_000 });
    await vi.advanceTimersByTimeAsync(14 * 60_000);
    expect(state().status).toBe("playing");
    await vi.advanceTimersByTimeAsync(61_000);
    expect(state()).toMatchObject({ status: "paused", sleep: undefined, track: { id: "a" } });
    await engine.resume();
    await vi.advanceTimersByTimeAsync(0);
    engine.sleepAt("trackEnd");
    audio.dispatchEvent(new Event("ended"));
    await vi.advanceTimersByTimeAsync(0);
    expect(state()).toMatchObject({ status: "paused", sleep: undefined, track: { id: "b" }, positionMs: 0 });
    vi.useRealTimers();
  });

  it("repeats one song and the whole list", async () => {
    const { audio, engine, state } = aPlayer();
    engine.play(song("b"), [song("a"), song("b")]);
    await vi.waitFor(() => expect(state().status).toBe("playing"));
    engine.arrange((queue) => ({ ...queue, repeat: "all" }));
    expect(state().hasNext).toBe(true);
    engine.next();
    await vi.waitFor(() => expect(state()).toMatchObject({ status: "playing", track: { id: "a" } }));
    engine.arrange((queue) => ({ ...queue, repeat: "one" }));
    audio.dispatchEvent(new Event("ended"));
    await vi.waitFor(() => expect(state()).toMatchObject({ status: "playing", track: { id: "a" } }));
  });

  it("turns a loud recording down to the common loudness, and the listener's volume stays what it was", async () => {
    const { audio, engine, state } = aPlayer();
    engine.setVolume(1);
    const release = { id: "r", slug: "r", title: "R", loudnessLufs: -10 };
    engine.play({ ...song("a"), release, loudness: { integrated_lufs: -22, true_peak_db: -3 } });
    await vi.waitFor(() => expect(state().status).toBe("playing"));
    expect(audio.volume).toBeCloseTo(10 ** (-6 / 20), 4);
    engine.set({ levelling: "track" });
    expect(audio.volume).toBe(1);
    engine.set({ levelling: "off" });
    expect(audio.volume).toBe(1);
    expect(state().volume).toBe(1);
  });
});
