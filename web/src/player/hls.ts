import Hls from "hls.js/light";
import type { Attachment, Wish } from "./attach";
import type { Grant } from "./grants";
import { resigned, signatureOf } from "./signature";

/** Plays HLS through Media Source Extensions. Without a worker: its blob address breaks the content policy. */
export function attachHls(audio: HTMLAudioElement, url: string, { positionMs, quality, onBroken }: Wish): Attachment {
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
  hls.on(Hls.Events.MANIFEST_PARSED, () => {
    if (quality === "saver") hls.currentLevel = 0;
    if (quality === "high") hls.currentLevel = hls.levels.length - 1;
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
    startS: 0,
    renew(grant: Grant) {
      if (!grant.hls_url) return false;
      signature = signatureOf(grant.hls_url);
      return true;
    },
    detach: () => hls.destroy(),
  };
}
