import type { Grant } from "./grants";

const kept = new Map<string, Promise<Uint8Array>>();

/** The measured shape of a track, or nothing where the server has none. Kept for the visit: it never changes. */
export function loadPeaks(trackId: string, grant: Grant): Promise<Uint8Array> | undefined {
  const url = grant.peaks_url;
  if (!url) return undefined;
  const known = kept.get(trackId);
  if (known) return known;
  const coming = fetchPeaks(url);
  kept.set(trackId, coming);
  coming.catch(() => kept.delete(trackId));
  return coming;
}

async function fetchPeaks(url: string): Promise<Uint8Array> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`peaks: ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}
