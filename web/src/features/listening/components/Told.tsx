import type { Playable } from "@/player/playable";
import { artistNames } from "@/ui/text/artists";
import { t } from "@/ui/text/text";

/** A change of track, told politely to those who do not see it. */
export function Told({ track }: { track: Playable }) {
  return (
    <p className="sr-only" role="status">
      {t("player.nowPlaying", { title: track.title, artists: artistNames(track.artists) })}
    </p>
  );
}
