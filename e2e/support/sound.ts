import assert from "node:assert/strict";
import type { Page } from "playwright-core";

/** Above this a listener hears something: RMS of the full scale. */
const AUDIBLE_DBFS = -40;

/** Waits until the player bar says that sound comes, and from where. */
export async function untilPlaying(page: Page, source?: "hls" | "original"): Promise<void> {
  const heard = source ? `[data-heard="${source}"]` : "";
  await page.locator(`.player[data-status="playing"]${heard}`).waitFor();
}

/** Where the sound is, in seconds. */
export function position(page: Page): Promise<number> {
  return page.locator("audio").evaluate((audio: HTMLAudioElement) => audio.currentTime);
}

/** Fails unless time passes in the sound. */
export async function assertAdvances(page: Page): Promise<void> {
  const before = await position(page);
  await page.waitForFunction((from) => (document.querySelector("audio")?.currentTime ?? 0) > from + 0.5, before);
}

/** Fails unless the loudspeaker would move: the sound itself is measured, not what the page says about it. */
export async function assertAudible(page: Page): Promise<void> {
  const level = await loudness(page);
  assert.ok(level > AUDIBLE_DBFS, `heard ${level.toFixed(1)} dBFS`);
}

/** RMS of one second of the sound, in dBFS, read through an analyser between the element and the loudspeaker. */
function loudness(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const tap = window as unknown as { analyser?: AnalyserNode };
    if (!tap.analyser) {
      const context = new AudioContext();
      const audio = document.querySelector("audio");
      if (!audio) return Number.NEGATIVE_INFINITY;
      tap.analyser = new AnalyserNode(context, { fftSize: 8192 });
      context.createMediaElementSource(audio).connect(tap.analyser).connect(context.destination);
      await context.resume();
    }
    const samples = new Float32Array(tap.analyser.fftSize);
    let squares = 0;
    let count = 0;
    for (let reading = 0; reading < 10; reading += 1) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      tap.analyser.getFloatTimeDomainData(samples);
      for (const sample of samples) squares += sample * sample;
      count += samples.length;
    }
    return 10 * Math.log10(squares / count);
  });
}
