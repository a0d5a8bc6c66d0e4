import { type ReactNode, useMemo, useRef } from "react";
import { useEngine, usePlayer, usePlayhead } from "@/player/react";
import { SeekBar } from "@/ui/SeekBar";
import { formatTime } from "@/ui/text/format";
import { t } from "@/ui/text/text";
import type { Shape } from "@/ui/waveform/bars";
import { decodeShape } from "@/ui/waveform/shape";
import { FLAT } from "@/ui/waveform/still";
import { Waveform } from "@/ui/waveform/Waveform";

interface Props {
  className: string;
  shape: Shape;
  gap: number;
  children?: ReactNode;
}

/** The shape of what plays, as a seek bar. */
export function PlayingWave({ className, shape, gap, children }: Props) {
  const engine = useEngine();
  const bar = useRef<HTMLDivElement>(null);
  const peaks = usePlayer((state) => state.peaks);
  const positionMs = usePlayer((state) => state.positionMs);
  const durationMs = usePlayer((state) => state.durationMs);
  const shape96 = usePlayer((state) => state.track?.shape);
  // until the measured peaks are here, and after a reload before the sound is asked for, the row's shape stands in
  const rough = useMemo(() => (shape96 ? Uint8Array.from(decodeShape(shape96, 96), (height) => height * 255) : FLAT), [shape96]);
  usePlayhead(bar);
  return (
    <SeekBar
      barRef={bar}
      className={className}
      name={t("player.seek")}
      positionMs={positionMs}
      durationMs={durationMs}
      valueText={t("player.seekText", { position: formatTime(positionMs), duration: formatTime(durationMs) })}
      onSeek={(ms) => engine.seek(ms)}
    >
      <Waveform peaks={peaks ?? rough} shape={shape} bar={3} gap={gap} />
      {children}
    </SeekBar>
  );
}
