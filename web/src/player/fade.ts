import type { Deck } from "./deck";

/** How often a crossfade takes a step. */
const STEP_MS = 40;

/** Two decks across each other. */
export class Crossfade {
  #timer: ReturnType<typeof setInterval> | undefined;
  #out: Deck | undefined;
  #into: Deck | undefined;

  /** Whether one is under way. */
  get active(): boolean {
    return this.#timer !== undefined;
  }

  /** Turns `out` down and `into` up with equal power: the sum stays as loud as either. */
  begin(out: Deck, into: Deck, lengthMs: number): void {
    this.end();
    const begun = performance.now();
    const step = () => {
      const part = Math.min(1, (performance.now() - begun) / lengthMs);
      out.turn({ fade: Math.cos((part * Math.PI) / 2) });
      into.turn({ fade: Math.sin((part * Math.PI) / 2) });
      if (part === 1) this.end();
    };
    this.#out = out;
    this.#into = into;
    this.#timer = setInterval(step, STEP_MS);
    step();
  }

  /** What came in is there at once, and what went out is gone. */
  end(): void {
    if (!this.active) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#out?.close();
    this.#into?.turn({ fade: 1 });
  }
}
