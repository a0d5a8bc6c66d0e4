import { type ApiProblem, asProblem } from "@/api/problem";
import { sendFile } from "@/api/sendFile";

/** One file on its way. */
export interface Upload {
  readonly id: number;
  readonly name: string;
  readonly size: number;
  /** `done`: the server has it, and `trackId` says as what. */
  readonly step: "waiting" | "sending" | "done" | "refused" | "cancelled";
  /** Bytes on the wire; more than `size`, since the wrapping counts. */
  readonly sent: number;
  readonly trackId?: string;
  readonly problem?: ApiProblem;
}

/** How one file is sent; injectable for tests. */
export type Send = typeof sendFile;

/** So many files travel at once. */
const AT_ONCE = 2;

/** Sends files two at a time. Each is a request of its own, so that one failure hurts no other; it outlives the page that started it. */
export class UploadQueue {
  readonly #send: Send;
  readonly #files = new Map<number, File>();
  readonly #stops = new Map<number, AbortController>();
  readonly #listeners = new Set<() => void>();
  #uploads: readonly Upload[] = [];
  #next = 1;

  constructor(send: Send = sendFile) {
    this.#send = send;
  }

  /** All files of this visit, in the order they came. */
  get = (): readonly Upload[] => this.#uploads;

  /** Calls `listener` on each change; the answer ends that. */
  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Puts files at the end. */
  add(files: Iterable<File>): void {
    const added = [...files].map((file): Upload => {
      const id = this.#next++;
      this.#files.set(id, file);
      return { id, name: file.name, size: file.size, step: "waiting", sent: 0 };
    });
    this.#publish([...this.#uploads, ...added]);
    this.#advance();
  }

  /** Stops one that has not arrived yet. */
  cancel(id: number): void {
    this.#stops.get(id)?.abort();
    this.#patch(id, { step: "cancelled" });
    this.#advance();
  }

  /** Sends one again that was refused or stopped. */
  again(id: number): void {
    this.#patch(id, { step: "waiting", sent: 0, problem: undefined });
    this.#advance();
  }

  /** Takes a settled one off the list. */
  remove(id: number): void {
    this.#files.delete(id);
    this.#publish(this.#uploads.filter((upload) => upload.id !== id));
  }

  /** Takes several settled ones off the list. */
  removeAll(uploads: readonly Upload[]): void {
    for (const { id } of uploads) this.remove(id);
  }

  /** Stops everything and forgets it: somebody else is here now. */
  clear(): void {
    for (const stop of this.#stops.values()) stop.abort();
    this.#files.clear();
    this.#publish([]);
  }

  #advance(): void {
    const travelling = this.#uploads.filter(({ step }) => step === "sending").length;
    const waiting = this.#uploads.filter(({ step }) => step === "waiting");
    for (const { id } of waiting.slice(0, AT_ONCE - travelling)) void this.#carry(id);
  }

  async #carry(id: number): Promise<void> {
    const file = this.#files.get(id);
    if (!file) return;
    const stop = new AbortController();
    this.#stops.set(id, stop);
    this.#patch(id, { step: "sending" });
    try {
      const track = await this.#send(file, { signal: stop.signal, onProgress: (sent) => this.#patch(id, { sent }) });
      this.#files.delete(id);
      this.#patch(id, { step: "done", sent: file.size, trackId: track.id ?? undefined });
    } catch (error) {
      if (!stop.signal.aborted) this.#patch(id, { step: "refused", problem: asProblem(error) });
    }
    if (this.#stops.get(id) === stop) this.#stops.delete(id);
    this.#advance();
  }

  #patch(id: number, change: Partial<Upload>): void {
    this.#publish(this.#uploads.map((upload) => (upload.id === id ? { ...upload, ...change } : upload)));
  }

  #publish(uploads: readonly Upload[]): void {
    this.#uploads = uploads;
    for (const listener of this.#listeners) listener();
  }
}
