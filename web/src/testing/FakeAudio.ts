/** An audio element that plays nothing and does as it is told. */
export class FakeAudio extends EventTarget {
  src = "";
  currentTime = 0;
  duration = Number.NaN;
  volume = 1;
  muted = false;
  plays = 0;

  async play(): Promise<void> {
    this.plays += 1;
    this.dispatchEvent(new Event("playing"));
  }

  pause(): void {
    this.dispatchEvent(new Event("pause"));
  }

  load(): void {}

  removeAttribute(): void {
    this.src = "";
    this.currentTime = 0;
  }

  canPlayType(): string {
    return "";
  }

  /** The element the engine thinks it has. */
  asElement(): HTMLAudioElement {
    return this as unknown as HTMLAudioElement;
  }

  /** Lets time pass to `seconds`. */
  reach(seconds: number): void {
    this.currentTime = seconds;
    this.dispatchEvent(new Event("timeupdate"));
  }
}
