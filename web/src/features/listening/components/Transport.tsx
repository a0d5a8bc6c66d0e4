import { useEngine, usePlayer } from "@/player/react";
import { IconButton } from "@/ui/IconButton";
import { PlayDisc } from "@/ui/PlayDisc";
import { formatTime } from "@/ui/text/format";
import { t } from "@/ui/text/text";

/** Back, play, on; where we are and how long it is. */
export function Transport() {
  const engine = useEngine();
  const status = usePlayer((state) => state.status);
  const positionMs = usePlayer((state) => state.positionMs);
  const durationMs = usePlayer((state) => state.durationMs);
  const hasNext = usePlayer((state) => state.hasNext);
  const playing = status === "playing" || status === "loading";
  return (
    <div className="transport">
      <span className="time num" data-testid="position">
        {formatTime(positionMs)}
      </span>
      <IconButton icon="previous" name={t("player.previous")} filled className="wide-only" onClick={() => engine.previous()} />
      <PlayDisc
        playing={playing}
        busy={status === "loading"}
        name={t(playing ? "player.pause" : "player.play")}
        onClick={() => engine.toggle()}
      />
      <IconButton icon="next" name={t("player.next")} filled className="wide-only" disabled={!hasNext} onClick={() => engine.next()} />
      <span className="time num">{formatTime(durationMs)}</span>
    </div>
  );
}
