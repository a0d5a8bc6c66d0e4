/** What the player needs to know of a track. */
export interface Playable {
  id: string;
  title: string;
  artists: readonly string[];
  coverUrl: string | null;
  /** Null while the server has not measured it. */
  durationMs: number | null;
}

/** Which of a track's forms is heard: adaptive HLS, or the file as it was uploaded. */
export type Source = "hls" | "original";
