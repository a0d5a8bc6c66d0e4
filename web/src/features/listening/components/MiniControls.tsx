import type { Playable } from "@/player/playable";
import { Cover } from "@/ui/Cover";
import { artistNames } from "@/ui/text/artists";
import { t } from "@/ui/text/text";
import { openPanel } from "../panel";
import { PlayButton } from "./PlayButton";
import { QueueButton } from "./QueueButton";

/** The player under the thumb: a tap on what is on opens the sheet. */
export function MiniControls({ track }: { track: Playable }) {
  return (
    <div className="controls">
      <button type="button" className="now open-sheet" aria-haspopup="dialog" onClick={() => openPanel("sheet")}>
        <span className="sr-only">{t("player.open")}</span>
        <Cover seed={track.id} url={track.coverUrl} picture={track.cover} />
        <span className="min-w-0">
          <span className="block truncate font-medium" dir="auto">
            {track.title}
          </span>
          <span className="block text-muted text-sm truncate" dir="auto">
            {artistNames(track.artists)}
          </span>
        </span>
      </button>
      <QueueButton />
      <div className="transport">
        <PlayButton />
      </div>
    </div>
  );
}
