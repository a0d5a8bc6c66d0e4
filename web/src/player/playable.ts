import type { Picture } from "@/api/types";

/** What the player needs to know of a track. */
export interface Playable {
  id: string;
  title: string;
  artists: readonly string[];
  /** The address of the first artist's page, where there is one. */
  artistSlug?: string | null;
  /** What it stands on: consecutive tracks of one release are joined without a gap. */
  release?: OfRelease | null;
  /** A cover of about 300 pixels. */
  coverUrl: string | null;
  /** All sizes of it and its colours, where the catalogue keeps them. */
  cover?: Picture | null;
  /** Null while the server has not measured it. */
  durationMs: number | null;
  /** Null for silence. */
  loudness?: Loudness | null;
  /** The peaks of a row's waveform, base64. */
  shape?: string | null;
}

/** A release, as far as one of its tracks has to know it. */
export interface OfRelease {
  id: string;
  slug: string;
  title: string;
  /** How loud it is as a whole. */
  loudnessLufs?: number | null;
}

/** How loud a track is, as the server measured it. */
export interface Loudness {
  integrated_lufs: number;
  true_peak_db: number;
}

/** What a list of tracks is, for people: the queue says "from Slow Weather". */
export interface Context {
  kind: "release" | "artist" | "list" | "search";
  id: string;
  title: string;
}

/** Which of a track's forms is heard: the renditions made for streaming, or the file as it was uploaded. */
export type Source = "hls" | "original";
