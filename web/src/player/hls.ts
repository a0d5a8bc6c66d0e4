import Hls from "hls.js/light";
import type { Attachment, OnBroken } from "./attach";
import type { Grant } from "./grants";

/** The part of a media address that says who may open it. */
const SIGNATURE = "s";

/** Plays HLS through Media Source Extensions. Without a worker: its blob address breaks the content policy. */
export function attachHls(audio: HTMLAudioElement, url: string, positionMs: number, onBroken: OnBroken): Attachment {
  let signature = signatureOf(url);
  const hls = new Hls({
    enableWorker: false,
    maxBufferLength: 30,
    // by size alone it would fetch ten minutes of sound ahead
    maxMaxBufferLength: 60,
    backBufferLength: 30,
    startPosition: positionMs / 1000,
    xhrSetup: (request, address) => request.open("GET", resigned(address, signature), true),
  });
  let mended = false;
  hls.on(Hls.Events.ERROR, (_, trouble) => {
    if (!trouble.fatal) return;
    if (trouble.type !== Hls.ErrorTypes.MEDIA_ERROR || mended) return onBroken();
    mended = true;
    hls.recoverMediaError();
  });
  hls.loadSource(url);
  hls.attachMedia(audio);
  return {
    source: "hls",
    renew(grant: Grant) {
      if (!grant.hls_url) return false;
      signature = signatureOf(grant.hls_url);
      return true;
    },
    detach: () => hls.destroy(),
  };
}

/** `address` with the newest signature: playlists carry the one they were made with. */
export function resigned(address: string, signature: string | null): string {
  const url = new URL(address, location.href);
  if (signature && url.searchParams.has(SIGNATURE)) url.searchParams.set(SIGNATURE, signature);
  return url.href;
}

function signatureOf(address: string): string | null {
  return new URL(address, location.href).searchParams.get(SIGNATURE);
}
