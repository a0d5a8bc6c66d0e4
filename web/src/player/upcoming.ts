import type { Joiner, Wish } from "./attach";
import type { Deck } from "./deck";
import type { Grant, Grants } from "./grants";
import type { Queue } from "./queue";

/** How long before the end of a track the next one is made ready. */
const READY_MS = 20_000;

/** What comes next, loaded before it is needed: joined to the sound that is on, or on a deck of its own. */
export class Upcoming {
  readonly #grants: Grants;
  readonly #spare: () => Deck;
  #key: number | undefined;
  #queue: Queue | undefined;
  #grant: Grant | undefined;
  #deck: Deck | undefined;
  #joined = false;

  constructor(grants: Grants, spare: () => Deck) {
    this.#grants = grants;
    this.#spare = spare;
  }

  /** Whether it follows without a gap. */
  get joined(): boolean {
    return this.#joined;
  }

  /** Begins to load what is on in `queue`, once little is left of `playing`, and joins it there if it can be. Does it once. */
  ready(queue: Queue, leftMs: number, playing: Deck, wish: Wish, joins: boolean): void {
    const key = queue.now?.key;
    if (leftMs > READY_MS || key === undefined || key === this.#key) return;
    this.drop(playing);
    this.#key = key;
    this.#queue = queue;
    // what cannot be loaded early is loaded, or refused, when its turn comes
    this.#load(key, joins ? playing.attachment?.joiner : undefined, wish).catch(() => undefined);
  }

  /** The loaded deck, if it holds `key`; from now on it is somebody else's. */
  takeDeck(key: number | undefined): Deck | undefined {
    if (key === undefined || key !== this.#key || !this.#deck?.attachment || this.#deck.audio.error) return undefined;
    const deck = this.#deck;
    this.#forget();
    return deck;
  }

  /** The joined track, once the sound has crossed into it. */
  takeJoined(): { queue: Queue; grant: Grant } | undefined {
    const taken = this.#queue && this.#grant && { queue: this.#queue, grant: this.#grant };
    this.#forget();
    return taken;
  }

  /** Something else may come now: what was loaded stays only if it is `key`. */
  keepOnly(key: number | undefined, playing: Deck): void {
    if (this.#key !== undefined && key !== this.#key) this.drop(playing);
  }

  /** Lets go of what was loaded. */
  drop(playing: Deck): void {
    if (this.#joined) playing.attachment?.joiner?.unjoin();
    this.#deck?.close();
    this.#forget();
  }

  async #load(key: number, joiner: Joiner | undefined, wish: Wish): Promise<void> {
    const grant = await this.#grants.get(wish.trackId);
    if (key !== this.#key) return;
    this.#grant = grant;
    if (joiner && (await joiner.join(wish.trackId, grant))) {
      if (key === this.#key) this.#joined = true;
      else joiner.unjoin();
      return;
    }
    if (key !== this.#key) return;
    this.#deck = this.#spare();
    await this.#deck.open(grant, wish);
  }

  #forget(): void {
    this.#key = undefined;
    this.#queue = undefined;
    this.#grant = undefined;
    this.#deck = undefined;
    this.#joined = false;
  }
}

/** Whether the two are neighbours on one release, to be heard as its maker cut them. */
export function joins(before: Queue, after: Queue | undefined): boolean {
  const release = before.now?.track.release;
  return !before.shuffled && before !== after && release != null && release.id === after?.now?.track.release?.id;
}
