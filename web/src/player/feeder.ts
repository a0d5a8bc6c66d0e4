import type { Attachment, Joiner, Wish } from "./attach";
import type { Grant } from "./grants";
import { parsePlaylist, type Rendition, renditionOf, type Segment } from "./rendition";
import { Supply } from "./supply";

/** Sound is kept ready so far ahead, and so far behind, in seconds. */
const AHEAD_S = 30;
const BEHIND_S = 30;
/** A playhead this close to a join has crossed it. */
const NEAR_S = 0.01;

/** One track on the time axis of the element. */
interface Part {
  readonly trackId: string;
  readonly supply: Supply;
  readonly init: Segment;
  readonly segments: readonly Segment[];
  /** Where the music begins and ends: nothing outside is let in, so that neighbours meet at a sample. */
  readonly fromS: number;
  readonly toS: number;
  /** What is added to the rendition's own times. */
  readonly offsetS: number;
}

/** Feeds the tracks of a release into one SourceBuffer, so that they join without a gap. Undefined where a track cannot be. */
export async function attachJoined(audio: HTMLAudioElement, grant: Grant, wish: Wish): Promise<Attachment | undefined> {
  const rendition = renditionOf(grant, wish.quality);
  if (!rendition) return undefined;
  const feeder = new Feeder(audio, rendition, wish);
  await feeder.begin(grant, wish.trackId);
  return feeder;
}

class Feeder implements Attachment, Joiner {
  readonly source = "hls";
  readonly joiner = this;
  readonly #audio: HTMLAudioElement;
  readonly #rendition: Rendition;
  readonly #wish: Wish;
  readonly #media = new MediaSource();
  readonly #end = new AbortController();
  readonly #kick = () => void this.#feed();
  #buffer: SourceBuffer | undefined;
  #parts: Part[] = [];
  /** Which part is heard. */
  #on = 0;
  /** What is to be appended next. */
  #part = 0;
  #segment = 0;
  /** Which part's start the buffer has been given last. */
  #primed: Part | undefined;
  #feeding = false;
  #fetching: AbortController | undefined;
  /** Work that waits for the buffer to be free. */
  #chores: (() => Promise<void>)[] = [];

  constructor(audio: HTMLAudioElement, rendition: Rendition, wish: Wish) {
    this.#audio = audio;
    this.#rendition = rendition;
    this.#wish = wish;
  }

  get startS(): number {
    return this.#parts[this.#on]?.fromS ?? 0;
  }

  /** Opens the element for the first track. */
  async begin(grant: Grant, trackId: string): Promise<void> {
    const part = await this.#load(trackId, grant, this.#rendition);
    const opened = new Promise((resolve) => this.#media.addEventListener("sourceopen", resolve, { once: true }));
    const url = URL.createObjectURL(this.#media);
    this.#audio.src = url;
    await opened;
    URL.revokeObjectURL(url);
    this.#buffer = this.#media.addSourceBuffer(this.#rendition.mime);
    this.#parts = [part];
    this.#media.duration = part.toS;
    const positionS = part.fromS + this.#wish.positionMs / 1000;
    this.#aim(positionS);
    if (positionS > 0) this.#audio.currentTime = positionS;
    for (const name of ["timeupdate", "waiting", "playing"]) this.#audio.addEventListener(name, this.#kick);
    this.#audio.addEventListener("seeking", this.#leap);
    this.#kick();
  }

  async join(trackId: string, grant: Grant): Promise<boolean> {
    const rendition = renditionOf(grant, this.#wish.quality, this.#rendition.mime);
    const last = this.#parts.at(-1);
    if (!rendition || !last) return false;
    const part = await this.#load(trackId, grant, rendition, last);
    this.#chores.push(async () => {
      this.#parts.push(part);
      if (this.#media.readyState === "open") this.#media.duration = part.toS;
    });
    this.#kick();
    return true;
  }

  unjoin(): void {
    this.#chores.push(async () => {
      const end = this.#parts[this.#on]?.toS;
      if (end === undefined || this.#parts.length <= this.#on + 1) return;
      this.#parts.length = this.#on + 1;
      if (this.#part > this.#on) [this.#part, this.#segment] = [this.#parts.length, 0];
      await this.#change((buffer) => buffer.remove(end, Number.POSITIVE_INFINITY));
      if (this.#media.readyState === "open") this.#media.duration = end;
    });
    this.#fetching?.abort();
    this.#kick();
  }

  crossed(): boolean {
    const { toS = Number.POSITIVE_INFINITY } = this.#parts[this.#on] ?? {};
    if (!this.#parts[this.#on + 1] || this.#audio.currentTime < toS - NEAR_S) return false;
    this.#on += 1;
    return true;
  }

  renew(grant: Grant): boolean {
    this.#parts[this.#on]?.supply.renew(grant);
    return grant.hls_url != null;
  }

  detach(): void {
    this.#end.abort();
    this.#fetching?.abort();
    for (const name of ["timeupdate", "waiting", "playing"]) this.#audio.removeEventListener(name, this.#kick);
    this.#audio.removeEventListener("seeking", this.#leap);
  }

  async #load(trackId: string, grant: Grant, rendition: Rendition, before?: Part): Promise<Part> {
    const supply = new Supply(grant, () => this.#wish.refresh(trackId));
    const base = new URL(rendition.playlistUrl, location.href).href;
    const { init, segments } = parsePlaylist(await supply.text(base, this.#end.signal), base);
    const fromS = before ? before.toS : rendition.leadS;
    const offsetS = before ? before.toS - rendition.leadS : 0;
    return { trackId, supply, init, segments, fromS, toS: fromS + rendition.lengthS, offsetS };
  }

  /** A seek outside of what is buffered begins anew there. */
  readonly #leap = () => {
    if (!this.#has(this.#audio.currentTime)) {
      this.#fetching?.abort();
      this.#chores.push(async () => {
        // further seeks may have come meanwhile
        if (this.#has(this.#audio.currentTime)) return;
        await this.#change((buffer) => buffer.remove(0, Number.POSITIVE_INFINITY));
        this.#aim(this.#audio.currentTime);
      });
    }
    this.#kick();
  };

  /** Whether `timeS` is here, or comes next anyway. */
  #has(timeS: number): boolean {
    const [part, segment] = this.#placeOf(timeS);
    return this.#isBuffered(timeS) || (part === this.#part && segment === this.#segment);
  }

  #isBuffered(timeS: number): boolean {
    const ranges = this.#audio.buffered;
    for (let i = 0; i < ranges.length; i += 1) if (ranges.start(i) <= timeS && timeS < ranges.end(i)) return true;
    return false;
  }

  /** The next thing to append is what sounds at `timeS`. */
  #aim(timeS: number): void {
    [this.#part, this.#segment] = this.#placeOf(timeS);
  }

  /** Which segment of which part sounds at `timeS`. */
  #placeOf(timeS: number): [part: number, segment: number] {
    const found = this.#parts.findIndex(({ toS }) => timeS < toS);
    const at = found < 0 ? this.#parts.length - 1 : found;
    const { segments = [], offsetS = 0 } = this.#parts[at] ?? {};
    let endS = offsetS;
    const segment = segments.findIndex(({ durationS }) => {
      endS += durationS;
      return timeS < endS;
    });
    return [at, segment < 0 ? segments.length - 1 : segment];
  }

  /** Appends until enough is ready; one at a time. */
  async #feed(): Promise<void> {
    if (this.#feeding || !this.#buffer) return;
    this.#feeding = true;
    try {
      while (!this.#end.signal.aborted && (await this.#step()));
    } catch {
      if (!this.#end.signal.aborted) this.#wish.onBroken();
    } finally {
      this.#feeding = false;
    }
  }

  /** One piece of work; false if there is none. */
  async #step(): Promise<boolean> {
    const chore = this.#chores.shift();
    if (chore) {
      await chore();
      return true;
    }
    const part = this.#parts[this.#part];
    const segment = part?.segments[this.#segment];
    if (!part || !segment) return this.#finish();
    const startsS = part.segments.slice(0, this.#segment).reduce((sum, { durationS }) => sum + durationS, part.offsetS);
    if (startsS > this.#audio.currentTime + AHEAD_S) return false;
    const bytes = await this.#fetch(part, segment);
    if (!bytes) return true;
    await this.#append(part, bytes);
    this.#advance(part);
    await this.#forgetPast();
    return true;
  }

  #advance(part: Part): void {
    this.#segment += 1;
    if (this.#segment < part.segments.length) return;
    this.#part += 1;
    this.#segment = 0;
  }

  /** Everything is appended: say so, or the element would wait for more at the end. */
  #finish(): boolean {
    if (this.#media.readyState === "open") this.#media.endOfStream();
    return false;
  }

  /** Undefined if something came in between. */
  async #fetch(part: Part, segment: Segment): Promise<ArrayBuffer[] | undefined> {
    this.#fetching = new AbortController();
    const signal = AbortSignal.any([this.#fetching.signal, this.#end.signal]);
    try {
      const starts = this.#primed === part ? [] : [part.supply.bytes(part.init, signal)];
      return await Promise.all([...starts, part.supply.bytes(segment, signal)]);
    } catch (error) {
      if (signal.aborted) return undefined;
      throw error;
    }
  }

  /** The window cuts priming and padding off, to the sample. */
  async #append(part: Part, pieces: readonly ArrayBuffer[]): Promise<void> {
    if (this.#primed !== part && this.#buffer) {
      if (this.#media.readyState === "open") this.#buffer.abort();
      this.#buffer.timestampOffset = part.offsetS;
      this.#buffer.appendWindowEnd = Number.POSITIVE_INFINITY;
      this.#buffer.appendWindowStart = part === this.#parts[0] && part.offsetS === 0 ? 0 : part.fromS;
      this.#buffer.appendWindowEnd = part.toS;
      this.#primed = part;
    }
    for (const piece of pieces) await this.#change((buffer) => buffer.appendBuffer(piece));
  }

  async #forgetPast(): Promise<void> {
    const from = this.#audio.buffered.length > 0 ? this.#audio.buffered.start(0) : 0;
    const to = this.#audio.currentTime - BEHIND_S;
    if (to - from > BEHIND_S) await this.#change((buffer) => buffer.remove(from, to));
  }

  /** Does something to the buffer and waits until it is done. */
  async #change(work: (buffer: SourceBuffer) => void): Promise<void> {
    const buffer = this.#buffer;
    if (!buffer || this.#media.readyState === "closed") return;
    await new Promise<void>((resolve, reject) => {
      const refused = () => reject(new Error("the buffer refused"));
      const done = () => {
        buffer.removeEventListener("error", refused);
        resolve();
      };
      buffer.addEventListener("error", refused, { once: true });
      buffer.addEventListener("updateend", done, { once: true });
      work(buffer);
    });
  }
}
