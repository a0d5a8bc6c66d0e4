import { useRef } from "react";
import { useEngine, usePlayer, usePlayhead } from "@/player/react";
import { SeekBar } from "@/ui/SeekBar";
import { formatTime } from "@/ui/text/format";
import { t } from "@/ui/text/text";
import { FLAT } from "@/ui/waveform/still";
import { Waveform } from "@/ui/waveform/Waveform";

/** The waveform of what plays over the full width, a skyline; a small disc travels along it. */
export function Horizon() {
  const engine = useEngine();
  const bar = useRef<HTMLDivElement>(null);
  const peaks = usePlayer((state) => state.peaks);
  const positionMs = usePlayer((state) => state.positionMs);
  const durationMs = usePlayer((state) => state.durationMs);
  usePlayhead(bar);
  return (
    <SeekBar
      barRef={bar}
      className="horizon"
      name={t("player.seek")}
      positionMs={positionMs}
      durationMs={durationMs}
      valueText={t("player.seekText", { position: formatTime(positionMs), duration: formatTime(durationMs) })}
      onSeek={(ms) => engine.seek(ms)}
    >
      <Waveform peaks={peaks ?? FLAT} shape="sky" bar={3} gap={1} />
      <span className="sun" />
    </SeekBar>
  );
}
