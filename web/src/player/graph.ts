/** Turns elements up and down more finely than their own volume can, and above 1. Until it may sound, elements sound without it. */
export class Graph {
  #context: AudioContext | undefined;

  /** To be called from a gesture: browsers let no sound begin without one. Answers whether the graph sounds. */
  async wake(): Promise<boolean> {
    // where Media Source Extensions are missing, native HLS would fall silent in a graph
    if (typeof AudioContext === "undefined" || typeof MediaSource === "undefined") return false;
    if (!this.#context && navigator.userActivation?.isActive === false) return false;
    this.#context ??= new AudioContext({ latencyHint: "playback" });
    if (this.#context.state !== "running") await this.#context.resume().catch(() => undefined);
    return this.#context.state === "running";
  }

  /** Leads `audio` through a gain of its own; for good, since an element has one way out. */
  route(audio: HTMLAudioElement): GainNode | undefined {
    if (this.#context?.state !== "running") return undefined;
    const gain = this.#context.createGain();
    this.#context.createMediaElementSource(audio).connect(gain).connect(this.#context.destination);
    return gain;
  }
}
