import { type ApiProblem, asProblem } from "@/api/problem";
import type { Track } from "@/api/types";
import type { UploadQueue } from "./queue";
import { type Tags, type Write, writeTags } from "./tags";

/** Tags somebody typed for one file. */
export interface Note {
  readonly typed: Partial<Tags>;
  /** What the person saw before they typed. */
  readonly base: Partial<Tags>;
  /** `kept`: the file has not arrived. `clash`: somebody else changed the same fields, see `theirs`. */
  readonly is: "kept" | "saving" | "saved" | "clash" | "refused";
  readonly theirs?: Track;
  readonly problem?: ApiProblem;
}

/** Which file a note is about: one of the queue, or a track the server has. */
export type NoteKey = number | string;

/** Keeps what is typed about files until the server has them, then writes it there. Like the queue it outlives the page that started it. */
export class TagDesk {
  readonly #queue: UploadQueue;
  readonly #write: Write;
  readonly #listeners = new Set<() => void>();
  readonly #ends = new Map<NoteKey, AbortController>();
  #notes: ReadonlyMap<NoteKey, Note> = new Map();
  #onSaved: (track: Track) => void = () => undefined;

  constructor(queue: UploadQueue, write: Write = writeTags) {
    this.#queue = queue;
    this.#write = write;
    queue.subscribe(() => this.#follow());
  }

  /** All notes. */
  get = (): ReadonlyMap<NoteKey, Note> => this.#notes;

  /** Calls `listener` on each change; the answer ends that. */
  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Tells where saved tracks go. */
  set onSaved(take: (track: Track) => void) {
    this.#onSaved = take;
  }

  /** Takes what was typed; writes it at once if the server has the file. */
  jot(key: NoteKey, typed: Partial<Tags>, base: Partial<Tags>): void {
    if (Object.keys(typed).length === 0) return;
    const before = this.#notes.get(key);
    const open = before && before.is !== "saved" ? before : undefined;
    this.#set(key, { typed: { ...open?.typed, ...typed }, base: { ...base, ...open?.base }, is: "kept" });
    this.#follow();
  }

  /** Writes mine over theirs. */
  insist(key: NoteKey): void {
    const note = this.#notes.get(key);
    if (!note) return;
    this.#set(key, { typed: note.typed, base: {}, is: "kept" });
    this.#follow();
  }

  /** Lets theirs stand. */
  yield(key: NoteKey): void {
    const theirs = this.#notes.get(key)?.theirs;
    this.#drop(key);
    if (theirs) this.#onSaved(theirs);
  }

  #follow(): void {
    const { uploads } = this.#queue.get();
    for (const [key, note] of this.#notes) {
      if (typeof key === "string") {
        if (note.is === "kept") void this.#save(key, key, note);
        continue;
      }
      const upload = uploads.find(({ id }) => id === key);
      if (!upload && note.is === "kept") this.#drop(key);
      else if (upload?.trackId && note.is === "kept") void this.#save(key, upload.trackId, note);
    }
  }

  async #save(key: NoteKey, trackId: string, note: Note): Promise<void> {
    this.#ends.get(key)?.abort();
    const end = new AbortController();
    this.#ends.set(key, end);
    this.#set(key, { ...note, is: "saving" });
    try {
      const written = await this.#write(trackId, note.typed, note.base, end.signal);
      if (end.signal.aborted) return;
      if (written.is === "saved") this.#onSaved(written.track);
      this.#set(key, written.is === "saved" ? { ...note, is: "saved" } : { ...note, is: "clash", theirs: written.track });
    } catch (error) {
      if (!end.signal.aborted) this.#set(key, { ...note, is: "refused", problem: asProblem(error) });
    }
  }

  #set(key: NoteKey, note: Note): void {
    this.#publish(new Map(this.#notes).set(key, note));
  }

  #drop(key: NoteKey): void {
    this.#ends.get(key)?.abort();
    const notes = new Map(this.#notes);
    notes.delete(key);
    this.#publish(notes);
  }

  #publish(notes: ReadonlyMap<NoteKey, Note>): void {
    this.#notes = notes;
    for (const listener of this.#listeners) listener();
  }
}
