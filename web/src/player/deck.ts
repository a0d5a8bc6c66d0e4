import { type Attachment, attach, clearSource, type Wish } from "./attach";
import type { Grant } from "./grants";
import type { Graph } from "./graph";

/** How fast a gain follows, in seconds: too slow to click, too fast to hear. */
const GLIDE_S = 0.015;

/** One audio element and what is bound to it. A player has two, so that one track can begin before another ends. */
export class Deck {
  readonly audio: HTMLAudioElement;
  attachment: Attachment | undefined;
  grant: Grant | undefined;
  #gain: GainNode | undefined;
  #volume = 1;
  #level = 1;
  #fade = 1;
  /** Rises with each opening and closing: a late answer to an older one is dropped. */
  #turn = 0;

  constructor(audio: HTMLAudioElement) {
    this.audio = audio;
  }

  /** Where the track is, in milliseconds; undefined while nothing is bound. */
  positionMs(): number | undefined {
    return this.attachment && Math.max(0, (this.audio.currentTime - this.attachment.startS) * 1000);
  }

  /** Goes to `ms` in the track. */
  seek(ms: number): void {
    if (this.attachment) this.audio.currentTime = this.attachment.startS + ms / 1000;
  }

  /** Binds what `grant` opens; false if something newer overtook it. */
  async open(grant: Grant, wish: Wish): Promise<boolean> {
    this.close();
    const turn = this.#turn;
    const attachment = await attach(this.audio, grant, { ...wish, onBroken: () => turn === this.#turn && wish.onBroken() });
    if (turn !== this.#turn) {
      attachment.detach();
      return false;
    }
    this.attachment = attachment;
    this.grant = grant;
    return true;
  }

  /** Falls silent and lets go of what is bound. */
  close(): void {
    this.#turn += 1;
    this.attachment?.detach();
    if (this.attachment) clearSource(this.audio);
    this.attachment = undefined;
    this.grant = undefined;
    this.#fade = 1;
  }

  /** Sounds through `graph` from now on, if that sounds. */
  route(graph: Graph): void {
    if (this.#gain) return;
    this.#gain = graph.route(this.audio);
    // at once, not gliding down from full: whatever comes in may be meant to come in softly
    if (this.#gain) this.#gain.gain.value = this.#level * this.#fade;
    this.#apply();
  }

  /** How loud: by the listener's hand, by the recording's own loudness, and on the way in or out. */
  turn({ volume = this.#volume, level = this.#level, fade = this.#fade }): void {
    this.#volume = volume;
    this.#level = level;
    this.#fade = fade;
    this.#apply();
  }

  /** Without a graph the element does what it can: it cannot go above 1. */
  #apply(): void {
    const gain = this.#level * this.#fade;
    this.audio.volume = this.#gain ? this.#volume : Math.min(1, this.#volume * gain);
    this.#gain?.gain.setTargetAtTime(gain, this.#gain.context.currentTime, GLIDE_S);
  }
}
