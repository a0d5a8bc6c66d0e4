import { afterEach, expect, it, vi } from "vitest";
import type { Grant } from "./grants";
import { Supply } from "./supply";

const grant = (signature: string) => ({ hls_url: `/media/a/hls/opus.m3u8?s=${signature}` }) as Grant;
const segment = { url: "http://localhost/media/a/hls/opus96.mp4?s=old", from: 2, to: 5, durationS: 1 };
const never = new AbortController().signal;

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

it("asks for a new signature once when the old one is refused, and goes on with it", async () => {
  const asked: string[] = [];
  vi.stubGlobal("fetch", async (url: string) => {
    asked.push(new URL(url).searchParams.get("s") ?? "");
    return url.includes("s=new") ? new Response("cde", { status: 206 }) : new Response(null, { status: 403 });
  });
  const supply = new Supply(grant("old"), async () => grant("new"));
  expect(new TextDecoder().decode(await supply.bytes(segment, never))).toBe("cde");
  expect(asked).toEqual(["old", "new"]);
  const refused = new Supply(grant("old"), async () => grant("older"));
  await expect(refused.bytes(segment, never)).rejects.toThrow("403");
});

it("cuts the piece out where a cache answers the whole", async () => {
  vi.stubGlobal("fetch", async () => new Response("abcdefg", { status: 200 }));
  const bytes = await new Supply(grant("s"), async () => grant("s")).bytes(segment, never);
  expect(new TextDecoder().decode(bytes)).toBe("cde");
});

it("waits ever longer for the network, but no longer than until it is back", async () => {
  vi.useFakeTimers();
  let away = true;
  let tries = 0;
  vi.stubGlobal("fetch", async () => {
    tries += 1;
    if (away) throw new TypeError("gone");
    return new Response("abc", { status: 206 });
  });
  const coming = new Supply(grant("s"), async () => grant("s")).bytes(segment, never);
  await vi.advanceTimersByTimeAsync(1_300);
  expect(tries).toBe(3);
  away = false;
  window.dispatchEvent(new Event("online"));
  expect((await coming).byteLength).toBe(3);
});

it("gives up when nobody wants it any more", async () => {
  vi.stubGlobal("fetch", async () => new Response(null, { status: 503 }));
  const end = new AbortController();
  const coming = new Supply(grant("s"), async () => grant("s")).bytes(segment, end.signal);
  end.abort(new Error("enough"));
  await expect(coming).rejects.toThrow("enough");
});
