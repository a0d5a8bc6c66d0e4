import { useSyncExternalStore } from "react";

const KEY = "hathor.searches";
const MOST = 8;
const listeners = new Set<() => void>();
let kept: readonly string[] | undefined;

/** What was searched for lately on this device, newest first. It stays here. */
export function useRecentSearches(): readonly string[] {
  return useSyncExternalStore(subscribe, current);
}

/** Keeps `q`; a longer form of the newest takes its place, as when typing goes on. */
export function rememberSearch(q: string): void {
  const wish = q.trim();
  if (wish === "") return;
  const others = current().filter((other) => other.toLowerCase() !== wish.toLowerCase());
  const [newest = "", ...older] = others;
  const grown = newest !== "" && wish.toLowerCase().startsWith(newest.toLowerCase());
  publish([wish, ...(grown ? older : others)].slice(0, MOST));
}

/** Forgets all of them. */
export function forgetSearches(): void {
  publish([]);
}

function current(): readonly string[] {
  kept ??= read();
  return kept;
}

function read(): readonly string[] {
  try {
    const list: unknown = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(list) ? list.filter((word) => typeof word === "string").slice(0, MOST) : [];
  } catch {
    return [];
  }
}

function publish(now: readonly string[]): void {
  kept = now;
  if (now.length > 0) localStorage.setItem(KEY, JSON.stringify(now));
  else localStorage.removeItem(KEY);
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
