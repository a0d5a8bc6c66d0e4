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
  const engine = new Engine(audio.asElement(), new Grants(mint ?? grant));
  return { audio, engine, state: () => engine.state.get(), minted: () => minted };
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

  it("gives up after a few broken attempts and says why", async () => {
    const { audio, engine, state } = aPlayer();
    engine.play(song("a"));
    for (let attempt = 2; attempt <= 4; attempt += 1) {
      await vi.waitFor(() => expect(state().status).toBe("playing"));
      audio.dispatchEvent(new Event("error"));
      await vi.waitFor(() => expect(audio.src).toBe(`/media/a/orig?s=${attempt}`));
    }
    await vi.waitFor(() => expect(state().status).toBe("playing"));
    audio.dispatchEvent(new Event("error"));
    expect(state()).toMatchObject({ status: "failed", problem: { code: "offline" } });
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
});
