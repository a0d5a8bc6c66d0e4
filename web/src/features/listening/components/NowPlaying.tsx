import type { Playable } from "@/player/playable";
import { Cover } from "@/ui/Cover";
import { Titles } from "./Titles";

/** What is on: its cover and its names. */
export function NowPlaying({ track }: { track: Playable }) {
  return (
    <div className="now">
      <Cover seed={track.id} url={track.coverUrl} picture={track.cover} />
      <Titles track={track} />
    </div>
  );
}
