/** When the player falls asleep: at a time (milliseconds of the clock), or when the track that is on ends. */
export type Sleep = { readonly at: number } | "trackEnd" | undefined;

/** What the menu offers, in minutes. */
export const SLEEP_MINUTES: readonly number[] = [15, 30, 45, 60, 90];

/** Whole minutes until `sleep`, rounded up; undefined where no time is set. */
export function minutesLeft(sleep: Sleep, now: number = Date.now()): number | undefined {
  return typeof sleep === "object" ? Math.max(0, Math.ceil((sleep.at - now) / 60_000)) : undefined;
}

/** Calls back when the time of the last {@link set} has come; a machine that slept meanwhile catches up. */
export class SleepTimer {
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Waits for `sleep` instead of what was set before. */
  set(sleep: Sleep, onDue: () => void): void {
    clearTimeout(this.#timer);
    if (typeof sleep !== "object") return;
    const left = sleep.at - Date.now();
    this.#timer = setTimeout(() => (sleep.at <= Date.now() ? onDue() : this.set(sleep, onDue)), Math.min(Math.max(0, left), 60_000));
  }
}
