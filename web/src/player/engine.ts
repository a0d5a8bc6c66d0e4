import { ApiProblem, asProblem } from "@/api/problem";
import { type Attachment, attach, clearSource } from "./attach";
import { type Grant, Grants, lifeLeft } from "./grants";
import { loadPeaks } from "./peaks";
import type { Playable, Source } from "./playable";
import { current, EMPTY, type Queue, startAt, step, without } from "./queue";
import { type PlayerState, SILENT } from "./state";
import { Store } from "./store";

/** How long before a grant's end a playing sound gets the next one. */
const RENEW_MS = 30_000;
/** A sound that broke is attached anew so often before the listener hears of it. */
const ATTEMPTS = 3;
/** Pressing "previous" later than this goes back to the start instead. */
const RESTART_MS = 3_000;

/** Plays one track after another through one audio element. Knows nothing of the page around it. */
export class Engine {
  readonly state: Store<PlayerState>;
  readonly #audio: HTMLAudioElement;
  readonly #grants: Grants;
  #queue: Queue = EMPTY;
  #attachment: Attachment | undefined;
  #grant: Grant | undefined;
  #renewal: ReturnType<typeof setTimeout> | undefined;
  /** Rises with every new track or source: answers to older questions are dropped. */
  #turn = 0;
  #attempts = 0;
  #wish: "play" | "pause" = "pause";

  constructor(audio: HTMLAudioElement, grants: Grants = new Grants(), start: Partial<PlayerState> = {}) {
    this.#audio = audio;
    this.#grants = grants;
    this.state = new Store<PlayerState>({ ...SILENT, ...start });
    audio.volume = this.state.get().volume;
    this.#listen();
  }

  /** Plays `track` from `positionMs` on, and after it what follows in `list`. */
  play(track: Playable, list?: readonly Playable[], positionMs = 0): void {
    this.#queue = startAt(track, list);
    this.#attempts = 0;
    void this.#start(positionMs, "play");
  }

  /** Play or pause, whichever is not. A broken sound is tried again. */
  toggle(): void {
    const { status } = this.state.get();
    if (status === "playing" || (status === "loading" && this.#wish === "play")) this.pause();
    else void this.resume();
  }

  /** Holds the sound where it is. */
  pause(): void {
    this.#wish = "pause";
    this.#audio.pause();
    if (this.state.get().status === "loading") this.#patch({ status: "paused" });
  }

  /** Goes on where the sound was held, with a new grant if the old one has run out. */
  async resume(): Promise<void> {
    if (!this.state.get().track) return;
    this.#attempts = 0;
    const stale = !this.#attachment || !this.#grant || lifeLeft(this.#grant) <= 0;
    if (stale) return this.#start(this.positionMs(), "play");
    this.#wish = "play";
    await this.#sound();
  }

  /** Goes to `ms` in the track that is on. */
  seek(ms: number): void {
    const target = Math.min(Math.max(0, ms), this.state.get().durationMs);
    if (this.#attachment) this.#audio.currentTime = target / 1000;
    this.#patch({ positionMs: wholeSeconds(target) });
  }

  /** The next track of the list; silence where it ends. */
  next(): void {
    const queue = step(this.#queue, 1);
    if (!queue) return;
    this.#queue = queue;
    void this.#start(0, "play");
  }

  /** The track before, or this one from its start. */
  previous(): void {
    const queue = step(this.#queue, -1);
    if (queue && this.positionMs() <= RESTART_MS) {
      this.#queue = queue;
      void this.#start(0, "play");
    } else {
      this.seek(0);
    }
  }

  /** Loudness, 0–1; a touch of it ends muting. */
  setVolume(volume: number): void {
    this.#audio.volume = volume;
    this.#audio.muted = false;
    this.#patch({ volume, muted: false });
  }

  /** Silence without a pause, and back. */
  toggleMute(): void {
    const muted = !this.state.get().muted;
    this.#audio.muted = muted;
    this.#patch({ muted });
  }

  /** Chooses between HLS and the original; what is on goes on at its position. */
  choose(wanted: Source): void {
    if (wanted === this.state.get().wanted) return;
    this.#patch({ wanted });
    if (this.#attachment) void this.#start(this.positionMs(), this.#wish);
  }

  /** Takes `id` out: it was deleted. If it is on, the sound ends. */
  drop(id: string): void {
    const wasOn = current(this.#queue)?.id === id;
    this.#queue = without(this.#queue, id);
    if (wasOn) this.stop();
  }

  /** Ends the sound and forgets what was open to whom. */
  stop(): void {
    this.#turn += 1;
    this.#detach();
    this.#queue = EMPTY;
    this.#grants.clear();
    const { volume, muted, wanted } = this.state.get();
    this.state.set({ ...SILENT, volume, muted, wanted });
  }

  /** Where the sound is, exactly. */
  positionMs(): number {
    return this.#attachment ? this.#audio.currentTime * 1000 : this.state.get().positionMs;
  }

  /** The shape of `trackId`, whether it plays or not. */
  async peaksOf(trackId: string): Promise<Uint8Array | undefined> {
    return loadPeaks(trackId, await this.#grants.get(trackId));
  }

  async #start(positionMs: number, wish: "play" | "pause", renewed = false): Promise<void> {
    const track = current(this.#queue);
    if (!track) return;
    const turn = ++this.#turn;
    this.#detach();
    this.#wish = wish;
    this.#showTrack(track, positionMs);
    try {
      const grant = await (renewed ? this.#grants.renew(track.id) : this.#grants.get(track.id));
      if (turn !== this.#turn) return;
      const attachment = await attach(this.#audio, grant, this.state.get().wanted, positionMs, () => this.#mend());
      if (turn !== this.#turn) return attachment.detach();
      this.#adopt(track, grant, attachment);
      await this.#sound();
    } catch (error) {
      if (turn === this.#turn) this.#fail(asProblem(error));
    }
  }

  #showTrack(track: Playable, positionMs: number): void {
    const same = this.state.get().track?.id === track.id;
    this.#patch({
      status: "loading",
      track,
      positionMs: wholeSeconds(positionMs),
      durationMs: track.durationMs ?? 0,
      problem: undefined,
      heard: undefined,
      peaks: same ? this.state.get().peaks : undefined,
      hasNext: step(this.#queue, 1) !== undefined,
      hasPrevious: step(this.#queue, -1) !== undefined,
    });
  }

  #adopt(track: Playable, grant: Grant, attachment: Attachment): void {
    this.#attachment = attachment;
    this.#grant = grant;
    this.#patch({ heard: attachment.source });
    this.#planRenewal(track.id, grant);
    loadPeaks(track.id, grant)?.then(
      (peaks) => this.state.get().track?.id === track.id && this.#patch({ peaks }),
      () => undefined,
    );
  }

  async #sound(): Promise<void> {
    if (this.#wish === "pause") return this.#patch({ status: "paused" });
    this.#patch({ status: "loading" });
    try {
      await this.#audio.play();
    } catch (error) {
      // The browser wants a gesture first, or a newer wish overtook this one: neither is a failure.
      const name = error instanceof DOMException ? error.name : "";
      if (name === "NotAllowedError") this.#patch({ status: "paused" });
    }
  }

  /** HLS goes on with a new signature, unheard; the original is asked for anew once the old address is refused. */
  #planRenewal(trackId: string, grant: Grant): void {
    clearTimeout(this.#renewal);
    const turn = this.#turn;
    const renew = async () => {
      const next = await this.#grants.renew(trackId).catch(() => undefined);
      if (!next || turn !== this.#turn || !this.#attachment?.renew(next)) return;
      this.#grant = next;
      this.#planRenewal(trackId, next);
    };
    this.#renewal = setTimeout(renew, Math.max(1_000, lifeLeft(grant) - RENEW_MS));
  }

  /** The sound broke off: attach it anew at the same place, a few times. */
  #mend(): void {
    this.#attempts += 1;
    if (this.#attempts > ATTEMPTS) this.#fail(new ApiProblem(0));
    else void this.#start(this.positionMs(), this.#wish, true);
  }

  #fail(problem: ApiProblem): void {
    const positionMs = wholeSeconds(this.positionMs());
    this.#detach();
    this.#patch({ status: "failed", problem, positionMs });
  }

  #detach(): void {
    clearTimeout(this.#renewal);
    this.#attachment?.detach();
    if (this.#attachment) clearSource(this.#audio);
    this.#attachment = undefined;
    this.#grant = undefined;
  }

  #listen(): void {
    const on = (name: keyof HTMLMediaElementEventMap, react: () => void) =>
      this.#audio.addEventListener(name, () => this.#attachment && react());
    on("playing", () => this.#patch({ status: "playing" }));
    on("pause", () => this.#wish === "pause" && this.#patch({ status: "paused" }));
    on("waiting", () => this.#wish === "play" && this.#patch({ status: "loading" }));
    on("timeupdate", () => this.#tick());
    on("durationchange", () => this.#measure());
    on("ended", () => this.#ended());
    on("error", () => this.#mend());
  }

  #tick(): void {
    this.#patch({ positionMs: wholeSeconds(this.positionMs()) });
    if (this.state.get().status === "playing" && this.#audio.currentTime > 1) this.#attempts = 0;
  }

  #measure(): void {
    const { duration } = this.#audio;
    if (Number.isFinite(duration) && duration > 0) this.#patch({ durationMs: duration * 1000 });
  }

  #ended(): void {
    this.#wish = "pause";
    this.#patch({ status: "paused", positionMs: wholeSeconds(this.positionMs()) });
    this.next();
  }

  #patch(change: Partial<PlayerState>): void {
    const now = this.state.get();
    const news = Object.entries(change).some(([key, value]) => !Object.is(now[key as keyof PlayerState], value));
    if (news) this.state.set({ ...now, ...change });
  }
}

function wholeSeconds(ms: number): number {
  return Math.floor(ms / 1000) * 1000;
}
