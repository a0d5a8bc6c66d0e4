/** How much the newest stretch counts against all before it. */
const NEWEST = 0.3;
/** Shorter stretches say more about the clock than about the line. */
const STRETCH_MS = 250;

/** Measures how fast one file travels, in bytes a second. */
export class Meter {
  readonly #now: () => number;
  #at: number;
  #sent = 0;
  #rate = 0;

  constructor(now: () => number) {
    this.#now = now;
    this.#at = now();
  }

  /** Bytes a second; 0 until the first stretch is over. */
  get rate(): number {
    return this.#rate;
  }

  /** Takes a reading; true when it told something new. */
  read(sent: number): boolean {
    const elapsed = this.#now() - this.#at;
    if (elapsed < STRETCH_MS) return false;
    const rate = ((sent - this.#sent) * 1000) / elapsed;
    this.#rate = this.#rate === 0 ? rate : this.#rate * (1 - NEWEST) + rate * NEWEST;
    this.#at += elapsed;
    this.#sent = sent;
    return true;
  }
}
