import type { Grant } from "./grants";
import type { Source } from "./playable";

/** A sound bound to an audio element. */
export interface Attachment {
  /** What is really heard: HLS may not exist yet. */
  readonly source: Source;
  /** Goes on with a newer grant without a gap; false if this kind has to be attached anew. */
  renew(grant: Grant): boolean;
  detach(): void;
}

/** Called when the sound breaks off for good. */
export type OnBroken = () => void;

/** Binds what `grant` opens to `audio`, at `positionMs`: HLS by hls.js, else natively, else the original file. */
export async function attach(
  audio: HTMLAudioElement,
  grant: Grant,
  wanted: Source,
  positionMs: number,
  onBroken: OnBroken,
): Promise<Attachment> {
  if (wanted === "hls" && grant.hls_url) {
    if (typeof MediaSource !== "undefined") {
      const { attachHls } = await import("./hls");
      return attachHls(audio, grant.hls_url, positionMs, onBroken);
    }
    if (audio.canPlayType("application/vnd.apple.mpegurl")) return attachUrl(audio, grant.hls_url, "hls", positionMs);
  }
  return attachUrl(audio, grant.url, "original", positionMs);
}

function attachUrl(audio: HTMLAudioElement, url: string, source: Source, positionMs: number): Attachment {
  audio.src = url;
  if (positionMs > 0) audio.currentTime = positionMs / 1000;
  return { source, renew: () => false, detach: () => clearSource(audio) };
}

/** Lets go of what `audio` plays, without the error an empty address would cause. */
export function clearSource(audio: HTMLAudioElement): void {
  audio.pause();
  audio.removeAttribute("src");
  audio.load();
}
