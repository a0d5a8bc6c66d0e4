import type { CSSProperties } from "react";
import { useEngine, usePlayer } from "@/player/react";
import { IconButton } from "@/ui/IconButton";
import { t } from "@/ui/text/text";

/** How loud. */
export function Volume() {
  const engine = useEngine();
  const volume = usePlayer((state) => state.volume);
  const muted = usePlayer((state) => state.muted);
  const percent = Math.round((muted ? 0 : volume) * 100);
  return (
    <div className="volume">
      <IconButton
        icon={percent === 0 ? "volumeOff" : percent < 50 ? "volumeLow" : "volume"}
        name={t(muted ? "player.unmute" : "player.mute")}
        onClick={() => engine.toggleMute()}
      />
      <input
        type="range"
        className="slider"
        min={0}
        max={100}
        value={percent}
        style={{ "--v": `${percent}%` } as CSSProperties}
        aria-label={t("player.volume")}
        aria-valuetext={t("player.volumeText", { percent })}
        onChange={(event) => engine.setVolume(event.target.valueAsNumber / 100)}
      />
    </div>
  );
}
