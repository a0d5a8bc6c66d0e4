import type { Grant } from "./grants";
import type { Source } from "./playable";
import type { Quality } from "./settings";

/** A sound bound to an audio element. */
export interface Attachment {
  /** What is really heard: HLS may not exist yet. */
  readonly source: Source;
  /** Where on the element's time axis the track that is on begins, in seconds. */
  readonly startS: number;
  /** There if the next track can be joined to this one without a gap. */
  readonly joiner?: Joiner;
  /** Goes on with a newer grant without a gap; false if this kind has to be attached anew. */
  renew(grant: Grant): boolean;
  detach(): void;
}

/** Puts one track behind another on the same time axis. */
export interface Joiner {
  /** Appends what `grant` opens; false if it does not fit. */
  join(trackId: string, grant: Grant): Promise<boolean>;
  /** Takes back what was joined and is not on yet. */
  unjoin(): void;
  /** Whether the sound has crossed into the joined track; true once for each. */
  crossed(): boolean;
}

/** What is wanted of an attachment. */
export interface Wish {
  trackId: string;
  quality: Quality;
  positionMs: number;
  /** The track is to be joined to its neighbour on the release. */
  joinable: boolean;
  /** A newer grant, once the server refuses the one at hand. */
  refresh: (trackId: string) => Promise<Grant>;
  /** The sound broke off for good. */
  onBroken: () => void;
}

/** Binds what `grant` opens to `audio`: joined by ourselves, HLS by hls.js, else natively, else the original file. */
export async function attach(audio: HTMLAudioElement, grant: Grant, wish: Wish): Promise<Attachment> {
  const { quality, positionMs } = wish;
  const hasMse = typeof MediaSource !== "undefined";
  if (wish.joinable && hasMse && grant.hls_url) {
    const { attachJoined } = await import("./feeder");
    const joined = await attachJoined(audio, grant, wish);
    if (joined) return joined;
  }
  if (quality !== "original" && grant.hls_url) {
    if (hasMse) {
      const { attachHls } = await import("./hls");
      return attachHls(audio, grant.hls_url, wish);
    }
    if (audio.canPlayType("application/vnd.apple.mpegurl")) return attachUrl(audio, grant.hls_url, "hls", positionMs);
  }
  return attachUrl(audio, grant.url, "original", positionMs);
}

function attachUrl(audio: HTMLAudioElement, url: string, source: Source, positionMs: number): Attachment {
  // another origin's sound may enter the audio graph only when it was asked for with CORS
  if (new URL(url, location.href).origin !== location.origin) audio.crossOrigin = "anonymous";
  audio.src = url;
  if (positionMs > 0) audio.currentTime = positionMs / 1000;
  return { source, startS: 0, renew: () => false, detach: () => clearSource(audio) };
}

/** Lets go of what `audio` plays, without the error an empty address would cause. */
export function clearSource(audio: HTMLAudioElement): void {
  audio.pause();
  audio.removeAttribute("src");
  audio.load();
}
