import type { Grant } from "./grants";
import type { Quality } from "./settings";

/** One rendition of a track: its media playlist, and how it is joined to its neighbours. */
export interface Rendition {
  readonly name: string;
  readonly mime: string;
  readonly playlistUrl: string;
  /** Length of the music in seconds. */
  readonly lengthS: number;
  /** Where the music begins on the rendition's own time axis, in seconds. */
  readonly leadS: number;
}

/** Bytes `from` up to and without `to` of `url`, sounding for `durationS`. */
export interface Segment {
  readonly url: string;
  readonly from: number;
  readonly to: number;
  readonly durationS: number;
}

const AAC = { name: "aac256", playlist: "aac256.m3u8", mime: 'audio/mp4; codecs="mp4a.40.2"' };
const OPUS = 'audio/mp4; codecs="opus"';
const OPUS_LOW = { name: "opus96", playlist: "opus96.m3u8", mime: OPUS };
const OPUS_HIGH = { name: "opus160", playlist: "opus160.m3u8", mime: OPUS };
const FLAC = { name: "flac", playlist: "flac16.m3u8", mime: 'audio/mp4; codecs="fLaC"' };

/** AAC joins with less residue than Opus, which restarts its codec; the original stays what it is, or becomes FLAC. */
const CHOICES: Record<Quality, readonly (typeof AAC)[]> = {
  auto: [AAC, OPUS_HIGH, OPUS_LOW],
  high: [AAC, OPUS_HIGH, OPUS_LOW],
  saver: [OPUS_LOW, OPUS_HIGH, AAC],
  original: [FLAC],
};

/** The rendition to join by, among those there are and this browser takes; `mime` holds it to one kind. */
export function renditionOf(grant: Grant, quality: Quality, mime?: string): Rendition | undefined {
  const playlists = grant.hls_url;
  if (!playlists) return undefined;
  for (const choice of CHOICES[quality]) {
    const layout = grant.gapless?.[choice.name];
    if (!layout || (mime ? choice.mime !== mime : !MediaSource.isTypeSupported(choice.mime))) continue;
    return {
      name: choice.name,
      mime: choice.mime,
      playlistUrl: playlists.replace(/[^/]+\.m3u8/, choice.playlist),
      lengthS: layout.frames / layout.rate,
      // AAC says in its edit list what is to be skipped; Opus has its pre-skip on the time axis
      leadS: choice.mime === OPUS ? layout.priming / layout.rate : 0,
    };
  }
  return undefined;
}

/** The start of the file and its segments, as the media playlist at `base` lists them. */
export function parsePlaylist(text: string, base: string): { init: Segment; segments: Segment[] } {
  const lines = text.split("\n").map((line) => line.trim());
  const map = lines.find((line) => line.startsWith("#EXT-X-MAP:")) ?? "";
  const initUrl = /URI="([^"]+)"/.exec(map)?.[1];
  const initRange = /BYTERANGE="([^"]+)"/.exec(map)?.[1];
  if (!initUrl || !initRange) throw new Error("a playlist without a start");
  const init = { ...range(initRange), url: new URL(initUrl, base).href, durationS: 0 };
  const segments: Segment[] = [];
  let durationS = 0;
  let bytes = { from: 0, to: 0 };
  for (const line of lines) {
    if (line.startsWith("#EXTINF:")) durationS = Number.parseFloat(line.slice(8));
    else if (line.startsWith("#EXT-X-BYTERANGE:")) bytes = range(line.slice(17));
    else if (line && !line.startsWith("#")) segments.push({ ...bytes, url: new URL(line, base).href, durationS });
  }
  return { init, segments };
}

function range(text: string): { from: number; to: number } {
  const [length = 0, from = 0] = text.split("@").map(Number);
  return { from, to: from + length };
}
