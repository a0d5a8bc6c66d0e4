import assert from "node:assert/strict";
import type { Page } from "playwright-core";

/** Above this a listener hears something: RMS of the full scale. */
export const AUDIBLE_DBFS = -40;

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

/** The same of real music, which may begin softly: listens second by second. */
export async function untilAudible(page: Page, seconds = 20): Promise<void> {
  const levels: number[] = [];
  while (levels.length < seconds) {
    levels.push(await loudness(page));
    if ((levels.at(-1) ?? 0) > AUDIBLE_DBFS) return;
  }
  assert.fail(`heard ${levels.map((level) => level.toFixed(1)).join(", ")} dBFS`);
}

/** What the page is given to listen with: every node that leads to the loudspeaker. */
interface Ears {
  nodes: AudioNode[];
}

/** Runs in the page before the app: notes whatever is led to the loudspeaker, so that a story hears what a person would. */
export function growEars(): void {
  const ears: Ears = { nodes: [] };
  Object.assign(window, { ears });
  const connect = AudioNode.prototype.connect as (this: AudioNode, ...wires: unknown[]) => AudioNode;
  AudioNode.prototype.connect = function (this: AudioNode, ...wires: unknown[]) {
    if (wires[0] instanceof AudioDestinationNode) ears.nodes.push(this);
    return connect.apply(this, wires);
  } as typeof AudioNode.prototype.connect;
}

/** RMS of one second of the sound, in dBFS: of all that is led to the loudspeaker, or of one deck alone. */
export async function loudness(page: Page, deck?: number): Promise<number> {
  await page.evaluate(leadThroughEars);
  return page.evaluate(async (deck) => {
    const { ears } = window as unknown as { ears: Ears };
    const heard = deck === undefined ? ears.nodes : ears.nodes.slice(deck, deck + 1);
    if (!heard[0]) return Number.NEGATIVE_INFINITY;
    const analyser = new AnalyserNode(heard[0].context, { fftSize: 8192 });
    for (const node of heard) node.connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    let squares = 0;
    let count = 0;
    for (let reading = 0; reading < 10; reading += 1) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      analyser.getFloatTimeDomainData(samples);
      for (const sample of samples) squares += sample * sample;
      count += samples.length;
    }
    for (const node of heard) node.disconnect(analyser);
    return 10 * Math.log10(squares / count);
  }, deck);
}

/** Runs in the page: where the app sounds without a graph of its own, the element is led through one. */
async function leadThroughEars(): Promise<void> {
  const { ears } = window as unknown as { ears: Ears };
  const audio = document.querySelector("audio");
  if (ears.nodes.length > 0 || !audio) return;
  const context = new AudioContext();
  context.createMediaElementSource(audio).connect(context.destination);
  await context.resume();
}

/** Sound as it went to the loudspeaker. */
export interface Recording {
  /** Samples a second. */
  rate: number;
  samples: number[];
}

/** The last 0.7 seconds of what the first deck sent to the loudspeaker, sample by sample, once it is `atS` seconds along. */
export async function heardUntil(page: Page, atS: number): Promise<Recording> {
  return page.evaluate(async (atS) => {
    const { ears } = window as unknown as { ears: Ears };
    const [node] = ears.nodes;
    const audio = document.querySelector("audio");
    if (!node || !audio) throw new Error("nothing is led to the loudspeaker");
    const analyser = new AnalyserNode(node.context, { fftSize: 32768 });
    node.connect(analyser);
    const patience = Date.now() + 15_000;
    while (audio.currentTime < atS) {
      if (Date.now() > patience) throw new Error(`the sound stays at ${audio.currentTime}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    const samples = new Float32Array(analyser.fftSize);
    analyser.getFloatTimeDomainData(samples);
    node.disconnect(analyser);
    return { rate: node.context.sampleRate, samples: [...samples] };
  }, atS);
}

/** Where in `sound` (a function of seconds) a piece of the recording stands, searched around `nearS`: seconds at its first sample. */
export function placeOf(
  { rate, samples }: Recording,
  from: number,
  length: number,
  sound: (seconds: number) => number,
  nearS: number,
): number {
  const reach = Math.round(0.5 * rate);
  const start = Math.round(nearS * rate);
  const known = Float64Array.from({ length: 2 * reach + length }, (_, i) => sound((start - reach + i) / rate));
  let best = Number.NEGATIVE_INFINITY;
  let place = 0;
  for (let shift = 0; shift < 2 * reach; shift += 1) {
    let likeness = 0;
    for (let i = 0; i < length; i += 1) likeness += (samples[from + i] ?? 0) * (known[shift + i] ?? 0);
    if (likeness > best) [best, place] = [likeness, shift];
  }
  return (start - reach + place) / rate;
}
