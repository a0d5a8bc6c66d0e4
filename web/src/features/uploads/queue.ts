import { type ApiProblem, asProblem } from "@/api/problem";
import type { Picture } from "@/api/types";
import { Meter } from "./meter";
import { type Parcel, send } from "./send";

/** One file on its way. */
export interface Upload {
  readonly id: number;
  readonly kind: Parcel["kind"];
  readonly name: string;
  /** Where it lay in what was dropped, `Salt Hours/CD1`; empty for a single file. */
  readonly folder: string;
  readonly size: number;
  /** `done`: the server has it, and `trackId` or `picture` says as what. */
  readonly step: "waiting" | "sending" | "done" | "refused" | "cancelled";
  /** Bytes on the wire; more than `size`, since the wrapping counts. */
  readonly sent: number;
  /** Bytes a second while it travels. */
  readonly rate: number;
  readonly trackId?: string;
  readonly picture?: Picture;
  readonly problem?: ApiProblem;
}

/** A file to be sent, with the folder it lay in. */
export interface Found {
  readonly file: File;
  readonly folder: string;
  readonly kind: Parcel["kind"];
}

/** All files of this visit in the order they came, and whether the next ones wait. */
export interface Standing {
  readonly uploads: readonly Upload[];
  readonly paused: boolean;
}

/** How one file is sent; injectable for tests. */
export type Send = typeof send;

/** So many files travel at once. */
const AT_ONCE = 2;
const NOTHING: Standing = { uploads: [], paused: false };

/** Sends files two at a time. Each is a request of its own, so that one failure hurts no other; it outlives the page that started it. */
export class UploadQueue {
  readonly #send: Send;
  readonly #now: () => number;
  readonly #files = new Map<number, File>();
  readonly #stops = new Map<number, AbortController>();
  readonly #listeners = new Set<() => void>();
  #standing = NOTHING;
  #next = 1;

  constructor(sendOne: Send = send, now: () => number = () => performance.now()) {
    this.#send = sendOne;
    this.#now = now;
  }

  /** Everything as it stands. */
  get = (): Standing => this.#standing;

  /** The files of this visit, to know them again. */
  files(): File[] {
    return [...this.#files.values()];
  }

  /** Calls `listener` on each change; the answer ends that. */
  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Puts files at the end. */
  add(found: Iterable<Found>): void {
    const added = [...found].map(({ file, folder, kind }): Upload => {
      const id = this.#next++;
      this.#files.set(id, file);
      return { id, kind, name: file.name, folder, size: file.size, step: "waiting", sent: 0, rate: 0 };
    });
    this.#publish({ uploads: [...this.#standing.uploads, ...added] });
    this.#advance();
  }

  /** Lets those on their way arrive and starts no other. */
  pause(): void {
    this.#publish({ paused: true });
  }

  /** Goes on after a pause. */
  resume(): void {
    this.#publish({ paused: false });
    this.#advance();
  }

  /** Stops one that has not arrived yet. */
  cancel(id: number): void {
    this.#stops.get(id)?.abort();
    this.#patch(id, { step: "cancelled", rate: 0 });
    this.#advance();
  }

  /** Sends one again that was refused or stopped. */
  again(id: number): void {
    this.#patch(id, { step: "waiting", sent: 0, problem: undefined });
    this.#advance();
  }

  /** Sends another file in the place of one that was refused. */
  replace(id: number, file: File): void {
    this.#files.set(id, file);
    this.#patch(id, { name: file.name, size: file.size, trackId: undefined });
    this.again(id);
  }

  /** Takes settled ones off the list. */
  remove(...ids: number[]): void {
    for (const id of ids) this.#files.delete(id);
    this.#publish({ uploads: this.#standing.uploads.filter(({ id }) => !ids.includes(id)) });
  }

  /** Stops everything and forgets it: somebody else is here now. */
  clear(): void {
    for (const stop of this.#stops.values()) stop.abort();
    this.#files.clear();
    this.#publish(NOTHING);
  }

  #advance(): void {
    const { uploads, paused } = this.#standing;
    if (paused) return;
    const travelling = uploads.filter(({ step }) => step === "sending").length;
    const waiting = uploads.filter(({ step }) => step === "waiting");
    for (const upload of waiting.slice(0, Math.max(0, AT_ONCE - travelling))) void this.#carry(upload);
  }

  async #carry({ id, kind, folder }: Upload): Promise<void> {
    const file = this.#files.get(id);
    if (!file) return;
    const stop = new AbortController();
    const meter = new Meter(this.#now);
    const onProgress = (sent: number) => {
      if (meter.read(sent) || sent >= file.size) this.#patch(id, { sent, rate: meter.rate });
    };
    this.#stops.set(id, stop);
    this.#patch(id, { step: "sending" });
    try {
      const path = folder ? `${folder}/${file.name}` : file.name;
      const landed = await this.#send({ kind, file, path }, { signal: stop.signal, onProgress });
      this.#patch(id, { step: "done", sent: file.size, rate: 0, ...landed });
    } catch (error) {
      if (!stop.signal.aborted) this.#patch(id, { step: "refused", rate: 0, problem: asProblem(error) });
    }
    if (this.#stops.get(id) === stop) this.#stops.delete(id);
    this.#advance();
  }

  #patch(id: number, change: Partial<Upload>): void {
    this.#publish({ uploads: this.#standing.uploads.map((upload) => (upload.id === id ? { ...upload, ...change } : upload)) });
  }

  #publish(change: Partial<Standing>): void {
    this.#standing = { ...this.#standing, ...change };
    if (this.#standing.uploads.some(isUnderWay)) window.addEventListener("beforeunload", askFirst);
    else window.removeEventListener("beforeunload", askFirst);
    for (const listener of this.#listeners) listener();
  }
}

/** The browser asks before it closes a page from which something is still on its way. */
function askFirst(event: Event): void {
  event.preventDefault();
}

/** Not yet with the server, and not given up. */
export function isUnderWay({ step }: Upload): boolean {
  return step === "waiting" || step === "sending";
}
