import { useEngine, usePlayer } from "@/player/react";
import { IconButton } from "@/ui/IconButton";
import { formatTime } from "@/ui/text/format";
import { t } from "@/ui/text/text";
import { RepeatButton, ShuffleButton } from "./ModeButtons";
import { PlayButton } from "./PlayButton";

/** Back, play, on; in which order; where we are and how long it is. */
export function Transport() {
  const engine = useEngine();
  const positionMs = usePlayer((state) => state.positionMs);
  const durationMs = usePlayer((state) => state.durationMs);
  const hasNext = usePlayer((state) => state.hasNext);
  return (
    <div className="transport">
      <span className="time num" data-testid="position">
        {formatTime(positionMs)}
      </span>
      <ShuffleButton />
      <IconButton icon="previous" name={t("player.previous")} filled onClick={() => engine.previous()} />
      <PlayButton />
      <IconButton icon="next" name={t("player.next")} filled disabled={!hasNext} onClick={() => engine.next()} />
      <RepeatButton />
      <span className="time num">{formatTime(durationMs)}</span>
    </div>
  );
}
