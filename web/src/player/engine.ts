import { ApiProblem, asProblem } from "@/api/problem";
import type { Wish } from "./attach";
import { Deck } from "./deck";
import { Crossfade } from "./fade";
import { type Grant, Grants, lifeLeft } from "./grants";
import { Graph } from "./graph";
import { levelOf } from "./levelling";
import { loadPeaks } from "./peaks";
import type { Context, Playable, Source } from "./playable";
import { add, back, EMPTY, following, forward, leap, type Queue, start, withoutTrack } from "./queue";
import type { Settings } from "./settings";
import { type Sleep, SleepTimer } from "./sleep";
import { type PlayerState, SILENT } from "./state";
import { Store } from "./store";
import { joins, Upcoming } from "./upcoming";

/** How long before a grant's end a playing sound gets the next one. */
const RENEW_MS = 30_000;
/** How long to wait before a sound that broke is attached anew, attempt by attempt; then the listener hears of it. */
const BACK_OFF_MS = [0, 1_000, 2_000, 4_000, 8_000];
/** Pressing "previous" later than this goes back to the start instead. */
const RESTART_MS = 3_000;

/** What a test may put in the place of the browser. */
export interface Parts {
  grants?: Grants;
  /** What the last visit left. */
  start?: Partial<PlayerState>;
  graph?: Graph;
  /** Makes the second element, once it is needed. */
  secondAudio?: () => HTMLAudioElement;
}

/** Plays a queue of tracks, one after another or across each other. Knows nothing of the page around it. */
export class Engine {
  readonly state: Store<PlayerState>;
  readonly #grants: Grants;
  readonly #graph: Graph;
  readonly #sleep = new SleepTimer();
  readonly #fade = new Crossfade();
  readonly #upcoming: Upcoming;
  readonly #secondAudio: () => HTMLAudioElement;
  #deck: Deck;
  /** The other one: loads what comes next, or fades out what was. */
  #spare: Deck | undefined;
  #renewal: ReturnType<typeof setTimeout> | undefined;
  #mending: ReturnType<typeof setTimeout> | undefined;
  /** Rises with every new track or source: answers to older questions are dropped. */
  #turn = 0;
  #attempts = 0;
  /** A joined sound that broke is not joined again: plain HLS copes with more. */
  #plain = false;
  #wish: "play" | "pause" = "pause";

  constructor(audio: HTMLAudioElement, parts: Parts = {}) {
    this.#grants = parts.grants ?? new Grants();
    this.#graph = parts.graph ?? new Graph();
    this.#secondAudio = parts.secondAudio ?? (() => Object.assign(document.createElement("audio"), { preload: "auto" }));
    this.state = new Store<PlayerState>({ ...SILENT, ...parts.start });
    this.#deck = this.#makeDeck(audio);
    this.#upcoming = new Upcoming(this.#grants, () => this.#otherDeck());
    globalThis.addEventListener("online", () => this.state.get().problem?.code === "offline" && void this.resume());
  }

  /** Plays `track` from `positionMs` on, and after it what follows in `list`. */
  play(track: Playable, list: readonly Playable[] = [track], positionMs = 0): void {
    const at = list.findIndex((other) => other.id === track.id);
    if (at < 0) this.playList([track], 0, undefined, positionMs);
    else this.playList(list, at, undefined, positionMs);
  }

  /** Plays `tracks` from `index` on; `context` says what they are. */
  playList(tracks: readonly Playable[], index: number, context?: Context, positionMs = 0): void {
    if (tracks.length > 0) this.#turnTo(start(this.#queue, tracks, index, context), positionMs);
  }

  /** Puts `tracks` into the queue; where nothing is on they begin. */
  add(tracks: readonly Playable[], where: "first" | "last"): void {
    if (this.#queue.now) this.arrange((queue) => add(queue, tracks, where));
    else this.playList(tracks, 0);
  }

  /** Changes what comes, but not what is on. */
  arrange(change: (queue: Queue) => Queue): void {
    const queue = change(this.#queue);
    this.#patch({ queue, hasNext: forward(queue) !== undefined });
    this.#recheckUpcoming();
  }

  /** Straight to a place of the queue. */
  leap(key: number): void {
    const queue = leap(this.#queue, key);
    if (queue !== this.#queue) this.#turnTo(queue);
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
    this.#fade.end();
    clearTimeout(this.#mending);
    this.#deck.audio.pause();
    if (this.state.get().status === "loading") this.#patch({ status: "paused" });
  }

  /** Goes on where the sound was held, with a new grant if the old one has run out. */
  async resume(): Promise<void> {
    if (!this.state.get().track) return;
    this.#attempts = 0;
    const { attachment, grant } = this.#deck;
    if (!attachment || !grant || lifeLeft(grant) <= 0) return this.#start(this.positionMs(), "play");
    this.#wish = "play";
    await this.#sound();
  }

  /** Goes to `ms` in the track that is on. */
  seek(ms: number): void {
    const target = Math.min(Math.max(0, ms), this.state.get().durationMs);
    this.#fade.end();
    this.#deck.seek(target);
    this.#patch({ positionMs: wholeSeconds(target) });
  }

  /** What comes next; nothing where the queue ends. */
  next(): void {
    const queue = forward(this.#queue);
    if (queue) this.#turnTo(queue);
  }

  /** The track before, or this one from its start. */
  previous(): void {
    const queue = back(this.#queue);
    if (queue && this.positionMs() <= RESTART_MS) this.#turnTo(queue);
    else this.seek(0);
  }

  /** Loudness, 0–1; a touch of it ends muting. */
  setVolume(volume: number): void {
    this.#patch({ volume, muted: false });
    this.#showVolume();
  }

  /** Silence without a pause, and back. */
  toggleMute(): void {
    this.#patch({ muted: !this.state.get().muted });
    this.#showVolume();
  }

  /** Changes some settings; what is on goes on at its position. */
  set(change: Partial<Settings>): void {
    const before = this.state.get().settings;
    const settings = { ...before, ...change };
    this.#patch({ settings });
    void this.#wakeGraph();
    this.#showLevel();
    if (settings.quality !== before.quality && this.#deck.attachment) void this.#start(this.positionMs(), this.#wish);
    else this.#recheckUpcoming();
  }

  /** Chooses between HLS and the original. */
  choose(source: Source): void {
    const { quality } = this.state.get().settings;
    if ((source === "original") !== (quality === "original")) this.set({ quality: source === "original" ? "original" : "auto" });
  }

  /** Falls asleep then; undefined stays awake. */
  sleepAt(sleep: Sleep): void {
    this.#patch({ sleep });
    this.#sleep.set(sleep, () => this.#fallAsleep());
    this.#recheckUpcoming();
  }

  /** Takes the track `id` out: it was deleted. If it is on, the sound ends. */
  drop(id: string): void {
    const wasOn = this.#queue.now?.track.id === id;
    this.arrange((queue) => withoutTrack(queue, id));
    if (wasOn) this.stop();
  }

  /** Ends the sound and forgets what was open to whom. */
  stop(): void {
    this.#turn += 1;
    this.#release();
    this.#grants.clear();
    this.#sleep.set(undefined, () => undefined);
    const { volume, muted, settings } = this.state.get();
    this.state.set({ ...SILENT, volume, muted, settings, queue: { ...EMPTY, repeat: this.#queue.repeat, shuffled: this.#queue.shuffled } });
  }

  /** Where the sound is, exactly. */
  positionMs(): number {
    return this.#deck.positionMs() ?? this.state.get().positionMs;
  }

  /** The shape of `trackId`, whether it plays or not. */
  async peaksOf(trackId: string): Promise<Uint8Array | undefined> {
    return loadPeaks(trackId, await this.#grants.get(trackId));
  }

  get #queue(): Queue {
    return this.state.get().queue;
  }

  #turnTo(queue: Queue, positionMs = 0): void {
    this.#attempts = 0;
    this.#plain = false;
    const ready = this.#upcoming.takeDeck(queue.now?.key);
    this.#patch({ queue });
    if (ready && positionMs === 0) this.#handOver(ready, 0);
    else void this.#start(positionMs, "play");
  }

  async #start(positionMs: number, wish: "play" | "pause", renewed = false): Promise<void> {
    const track = this.#queue.now?.track;
    if (!track) return;
    const turn = ++this.#turn;
    this.#release();
    this.#wish = wish;
    this.#showTrack(track, positionMs);
    try {
      const grant = await (renewed ? this.#grants.renew(track.id) : this.#grants.get(track.id));
      if (turn !== this.#turn) return;
      if (!(await this.#deck.open(grant, this.#wishFor(this.#queue, track, positionMs))) || turn !== this.#turn) return;
      this.#adopt(track, grant);
      await this.#sound();
    } catch (error) {
      if (turn === this.#turn) this.#refused(asProblem(error));
    }
  }

  #wishFor(queue: Queue, track: Playable, positionMs = 0): Wish {
    const key = queue.now?.key;
    return {
      trackId: track.id,
      quality: this.state.get().settings.quality,
      positionMs,
      joinable: !this.#plain && joins(queue, following(queue)),
      refresh: (id) => this.#grants.renew(id),
      onBroken: () => (this.#queue.now?.key === key ? this.#mend() : this.#upcoming.drop(this.#deck)),
    };
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
      hasNext: forward(this.#queue) !== undefined,
    });
  }

  /** The deck holds `track` now: keep its grant alive, show its shape, level it. */
  #adopt(track: Playable, grant: Grant): void {
    this.#patch({ heard: this.#deck.attachment?.source });
    this.#planRenewal(track.id, grant);
    this.#showLevel();
    this.#showVolume();
    loadPeaks(track.id, grant)?.then(
      (peaks) => this.state.get().track?.id === track.id && this.#patch({ peaks }),
      () => undefined,
    );
  }

  async #sound(): Promise<void> {
    if (this.#wish === "pause") return this.#patch({ status: "paused" });
    this.#patch({ status: "loading" });
    void this.#wakeGraph();
    try {
      await this.#deck.audio.play();
    } catch (error) {
      // The browser wants a gesture first, or a newer wish overtook this one: neither is a failure.
      const name = error instanceof DOMException ? error.name : "";
      if (name === "NotAllowedError") this.#patch({ status: "paused" });
    }
  }

  /** HLS goes on with a new signature, unheard; the original is asked for anew once the old address is refused. */
  #planRenewal(trackId: string, grant: Grant): void {
    clearTimeout(this.#renewal);
    const deck = this.#deck;
    const turn = this.#turn;
    const renew = async () => {
      const next = await this.#grants.renew(trackId).catch(() => undefined);
      if (!next || turn !== this.#turn || !deck.attachment?.renew(next)) return;
      deck.grant = next;
      this.#planRenewal(trackId, next);
    };
    this.#renewal = setTimeout(renew, Math.max(1_000, lifeLeft(grant) - RENEW_MS));
  }

  /** The sound broke off: attach it anew at the same place, ever more patiently. */
  #mend(): void {
    const wait = BACK_OFF_MS[this.#attempts];
    this.#attempts += 1;
    this.#plain = true;
    if (wait === undefined) {
      this.#fail(new ApiProblem(0));
      return;
    }
    const turn = this.#turn;
    const positionMs = this.positionMs();
    if (wait > 0) this.#patch({ status: this.#wish === "play" ? "loading" : "paused" });
    clearTimeout(this.#mending);
    this.#mending = setTimeout(() => turn === this.#turn && void this.#start(positionMs, this.#wish, true), wait);
  }

  /** The server did not answer while the sound was being mended: that is patience's business too. Anything else is final. */
  #refused(problem: ApiProblem): void {
    if (problem.code === "offline" && this.#attempts > 0) this.#mend();
    else this.#fail(problem);
  }

  #fail(problem: ApiProblem): void {
    const positionMs = wholeSeconds(this.positionMs());
    this.#release();
    this.#patch({ status: "failed", problem, positionMs });
  }

  /** Lets go of everything that sounds or loads. */
  #release(): void {
    clearTimeout(this.#renewal);
    clearTimeout(this.#mending);
    this.#fade.end();
    this.#upcoming.drop(this.#deck);
    this.#deck.close();
    this.#spare?.close();
  }

  #makeDeck(audio: HTMLAudioElement): Deck {
    const deck = new Deck(audio);
    const { volume, muted } = this.state.get();
    audio.muted = muted;
    deck.turn({ volume });
    const on = (name: keyof HTMLMediaElementEventMap, react: () => void) =>
      audio.addEventListener(name, () => deck === this.#deck && deck.attachment && react());
    on("playing", () => this.#patch({ status: "playing" }));
    on("pause", () => this.#wish === "pause" && this.#patch({ status: "paused" }));
    on("waiting", () => this.#wish === "play" && this.#patch({ status: "loading" }));
    on("timeupdate", () => this.#tick());
    on("durationchange", () => this.#measure());
    on("ended", () => this.#ended());
    on("error", () => this.#mend());
    return deck;
  }

  #otherDeck(): Deck {
    this.#spare ??= this.#makeDeck(this.#secondAudio());
    void this.#wakeGraph();
    return this.#spare;
  }

  #tick(): void {
    if (this.#deck.attachment?.joiner?.crossed()) this.#cross();
    const positionMs = this.positionMs();
    this.#patch({ positionMs: wholeSeconds(positionMs) });
    if (this.state.get().status !== "playing") return;
    if (positionMs > 1_000) this.#attempts = 0;
    this.#lookAhead(this.state.get().durationMs - positionMs);
  }

  /** Readies what comes in time, and lets it in early where tracks fade into each other. */
  #lookAhead(leftMs: number): void {
    const queue = this.#next();
    if (!queue?.now || this.#fade.active) return;
    const fadeMs = this.state.get().settings.crossfadeS * 1000;
    const wish = this.#wishFor(queue, queue.now.track);
    this.#upcoming.ready(queue, leftMs - fadeMs, this.#deck, wish, joins(this.#queue, queue));
    if (fadeMs === 0 || leftMs > fadeMs || this.#upcoming.joined) return;
    const deck = this.#upcoming.takeDeck(queue.now.key);
    if (!deck) return;
    this.#patch({ queue });
    this.#handOver(deck, Math.min(fadeMs, leftMs));
  }

  /** What plays after this by itself; nothing before sleep. */
  #next(): Queue | undefined {
    const { queue, sleep } = this.state.get();
    const next = sleep === "trackEnd" ? undefined : following(queue);
    return next === queue ? undefined : next;
  }

  #recheckUpcoming(): void {
    this.#upcoming.keepOnly(this.#next()?.now?.key, this.#deck);
  }

  /** The sound has crossed into the next track by itself. */
  #cross(): void {
    const taken = this.#upcoming.takeJoined();
    const track = taken?.queue.now?.track;
    if (!taken || !track) return;
    this.#turn += 1;
    this.#patch({ queue: taken.queue });
    this.#showTrack(track, 0);
    this.#deck.grant = taken.grant;
    this.#adopt(track, taken.grant);
    this.#patch({ status: this.#deck.audio.paused ? "paused" : "playing" });
  }

  /** `deck` takes over, at once or within `fadeMs`. */
  #handOver(deck: Deck, fadeMs: number): void {
    const before = this.#deck;
    const track = this.#queue.now?.track;
    if (!track || !deck.grant) return;
    this.#turn += 1;
    this.#fade.end();
    this.#spare = before;
    this.#deck = deck;
    this.#wish = "play";
    this.#showTrack(track, 0);
    this.#adopt(track, deck.grant);
    if (fadeMs > 0) this.#fade.begin(before, deck, fadeMs);
    else before.close();
    void this.#sound();
  }

  #measure(): void {
    const { duration } = this.#deck.audio;
    if (this.#deck.attachment?.joiner) return;
    if (Number.isFinite(duration) && duration > 0) this.#patch({ durationMs: duration * 1000 });
  }

  #ended(): void {
    const { queue, sleep } = this.state.get();
    this.#wish = "pause";
    this.#patch({ status: "paused", positionMs: wholeSeconds(this.positionMs()) });
    const next = following(queue);
    if (sleep === "trackEnd") this.#fallAsleepBefore(next);
    else if (next) this.#turnTo(next);
  }

  #fallAsleep(): void {
    this.pause();
    this.#patch({ sleep: undefined });
  }

  /** Rests at the start of what would have come. */
  #fallAsleepBefore(next: Queue | undefined): void {
    this.#patch({ sleep: undefined });
    if (!next) return;
    this.#patch({ queue: next });
    void this.#start(0, "pause");
  }

  async #wakeGraph(): Promise<void> {
    const { levelling, crossfadeS } = this.state.get().settings;
    if (levelling === "off" && crossfadeS === 0) return;
    if (await this.#graph.wake()) for (const deck of [this.#deck, this.#spare]) deck?.route(this.#graph);
  }

  #showVolume(): void {
    const { volume, muted } = this.state.get();
    for (const deck of [this.#deck, this.#spare]) {
      deck?.turn({ volume });
      if (deck) deck.audio.muted = muted;
    }
  }

  /** A track without a measured loudness may have one in its grant by now. */
  #showLevel(): void {
    const { settings, queue, track } = this.state.get();
    if (!track) return;
    const measured = { ...track, loudness: track.loudness ?? this.#deck.grant?.loudness };
    const album = queue.order.map((entry) => entry.track);
    this.#deck.turn({ level: levelOf(measured, settings.levelling, album) });
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
