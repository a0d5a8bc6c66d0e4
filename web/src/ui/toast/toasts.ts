/** A passing sentence. */
export interface Toast {
  id: number;
  sentence: string;
}

const LIFE_MS = 5_000;
let toasts: readonly Toast[] = [];
let next = 1;
const listeners = new Set<() => void>();

/** Says a sentence for five seconds. */
export function say(sentence: string): void {
  const toast = { id: next++, sentence };
  publish([...toasts, toast]);
  setTimeout(() => publish(toasts.filter((other) => other.id !== toast.id)), LIFE_MS);
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
