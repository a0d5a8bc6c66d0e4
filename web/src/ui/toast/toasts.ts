/** A passing sentence. */
export interface Toast {
  id: number;
  sentence: string;
  /** What can still be done about it, such as taking it back. */
  deed?: Deed;
}

interface Deed {
  label: string;
  act: () => void;
}

const LIFE_MS = 5_000;
const LIFE_WITH_DEED_MS = 10_000;
let toasts: readonly Toast[] = [];
let next = 1;
const listeners = new Set<() => void>();

/** Says a sentence for five seconds, or longer where something can be done about it. */
export function say(sentence: string, deed?: Deed): void {
  const toast = { id: next++, sentence, deed };
  publish([...toasts, toast]);
  setTimeout(() => hush(toast.id), deed ? LIFE_WITH_DEED_MS : LIFE_MS);
}

/** Takes a sentence back before its time. */
export function hush(id: number): void {
  publish(toasts.filter((other) => other.id !== id));
}

/** What is being said now. */
export const currentToasts = (): readonly Toast[] => toasts;

/** Calls `listener` on each change; the answer ends that. */
export function subscribeToasts(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function publish(now: readonly Toast[]): void {
  toasts = now;
  for (const listener of listeners) listener();
}
