/** How the page looks: which realm's colours, and whose light. */
export interface Appearance {
  realm: Realm;
  mode: Mode;
}

/** The realms, in the order they are offered. */
export const REALMS = ["lapis", "carnelian", "sycamore"] as const;
export type Realm = (typeof REALMS)[number];
/** Whose light. */
export const MODES = ["system", "light", "dark"] as const;
export type Mode = (typeof MODES)[number];

/** Also read by the first script of index.html, before anything is painted. */
const KEY = "hathor.appearance";
const DEFAULT: Appearance = { realm: "lapis", mode: "system" };
let appearance: Appearance = remembered();
const listeners = new Set<() => void>();

/** How the page looks, now. */
export const currentAppearance = (): Appearance => appearance;

/** Calls `listener` on each change; the answer ends that. */
export function subscribeAppearance(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Changes the look, at once and for later visits. */
export function changeAppearance(change: Partial<Appearance>, root: HTMLElement = document.documentElement): void {
  appearance = { ...appearance, ...change };
  root.dataset.realm = appearance.realm;
  if (appearance.mode === "system") delete root.dataset.mode;
  else root.dataset.mode = appearance.mode;
  localStorage.setItem(KEY, JSON.stringify(appearance));
  for (const listener of listeners) listener();
}

function remembered(): Appearance {
  try {
    const { realm, mode } = JSON.parse(localStorage.getItem(KEY) ?? "{}") as Partial<Appearance>;
    return {
      realm: REALMS.find((known) => known === realm) ?? DEFAULT.realm,
      mode: MODES.find((known) => known === mode) ?? DEFAULT.mode,
    };
  } catch {
    return DEFAULT;
  }
}
