import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Grant } from "./grants";
import { parsePlaylist, renditionOf } from "./rendition";

const PLAYLIST = `#EXTM3U
#EXT-X-VERSION:7
#EXT-X-TARGETDURATION:5
#EXT-X-MAP:URI="opus96.mp4?s=abc",BYTERANGE="734@0"
#EXTINF:4.793500,
#EXT-X-BYTERANGE:60147@1386
opus96.mp4?s=abc
#EXTINF:1.250000,
#EXT-X-BYTERANGE:100@61533
opus96.mp4?s=abc
#EXT-X-ENDLIST
`;
const grant = (gapless: object) => ({ hls_url: "/media/a/hls/opus.m3u8?s=abc", gapless }) as unknown as Grant;
const layout = { frames: 48_000, rate: 48_000, priming: 312 };

beforeEach(() => vi.stubGlobal("MediaSource", { isTypeSupported: (mime: string) => !mime.includes("fLaC") }));
afterEach(() => vi.unstubAllGlobals());

it("finds the start of the file and every segment in a playlist", () => {
  const { init, segments } = parsePlaylist(PLAYLIST, "http://localhost/media/a/hls/opus96.m3u8?s=abc");
  expect(init).toMatchObject({ url: "http://localhost/media/a/hls/opus96.mp4?s=abc", from: 0, to: 734 });
  expect(segments.map(({ from, to, durationS }) => [from, to, durationS])).toEqual([
    [1386, 61_533, 4.7935],
    [61_533, 61_633, 1.25],
  ]);
  expect(() => parsePlaylist("#EXTM3U", "http://localhost/")).toThrow();
});

it("joins by AAC where it can, and knows where the music of each rendition begins", () => {
  const both = grant({ aac256: { ...layout, priming: 1024 }, opus160: layout });
  expect(renditionOf(both, "auto")).toMatchObject({ name: "aac256", leadS: 0, lengthS: 1, playlistUrl: "/media/a/hls/aac256.m3u8?s=abc" });
  expect(renditionOf(grant({ opus160: layout }), "high")).toMatchObject({ name: "opus160", leadS: 0.0065 });
  expect(renditionOf(grant({ opus96: layout, aac256: layout }), "saver")?.name).toBe("opus96");
});

it("joins nothing that the browser does not take, and nothing of another kind", () => {
  expect(renditionOf(grant({ flac: layout }), "original")).toBeUndefined();
  expect(renditionOf(grant({ opus160: layout }), "auto", 'audio/mp4; codecs="mp4a.40.2"')).toBeUndefined();
  expect(renditionOf({ ...grant({ aac256: layout }), hls_url: null }, "auto")).toBeUndefined();
});
