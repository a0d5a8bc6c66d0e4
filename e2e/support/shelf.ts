import type { Page } from "playwright-core";

/** A track as the server tells of it, as far as stories care. */
export interface Track {
  id: string;
  title: string;
  artists: string[];
  duration_ms: number;
  loudness: { integrated_lufs: number; true_peak_db: number } | null;
}

/** What the player is to find when the page opens: a queue held at a place, and how it plays. */
interface Kept {
  tracks: readonly Track[];
  positionMs?: number;
  /** They are neighbours on one release. */
  asRelease?: boolean;
  settings?: { quality?: string; levelling?: string; crossfadeS?: number };
}

/** The tracks of whoever is signed in, by title. */
export async function ownTracks(page: Page): Promise<Track[]> {
  const { items } = await page.evaluate(async () => {
    const session = await (await fetch("/api/auth/refresh", { method: "POST" })).json();
    const answer = await fetch("/api/tracks?mine=true", { headers: { authorization: `Bearer ${session.access_token}` } });
    return (await answer.json()) as { items: Track[] };
  });
  return items.toSorted((a, b) => a.title.localeCompare(b.title));
}

/** Opens the app as it is after an earlier visit that left this behind, and plays on from there. */
export async function playOn(page: Page, kept: Kept): Promise<void> {
  await comeBackTo(page, kept);
  await page.getByRole("region", { name: "Player" }).getByRole("button", { name: "Play", exact: true }).click();
}

/** The same, but only to look. */
export async function comeBackTo(page: Page, { tracks, positionMs = 0, asRelease = false, settings = {} }: Kept): Promise<void> {
  const release = asRelease ? { id: "r", slug: "rise", title: "Rise" } : null;
  const entries = tracks.map((track, i) => {
    const { id, title, artists, duration_ms, loudness } = track;
    return [i + 1, { id, title, artists, coverUrl: null, durationMs: duration_ms, release, loudness }];
  });
  const keys = tracks.map((_, i) => i + 1);
  const queue = { entries, now: 1, next: [], later: keys.slice(1), history: [], order: keys, repeat: "off", shuffled: false };
  // a page without the app, which writes its own memory down when it is left, where the worker does not answer either
  await page.route("**/media/blank", (route) => route.fulfill({ contentType: "text/html", body: "" }));
  await page.goto("/media/blank");
  await page.evaluate(
    ([settings, queue]) => {
      localStorage.setItem("hathor.player", JSON.stringify({ volume: 1, ...settings }));
      localStorage.setItem("hathor.queue", JSON.stringify(queue));
    },
    [settings, { ...queue, fresh: tracks.length + 1, positionMs }] as const,
  );
  await page.goto("/nowhere");
}
