import { type CSSProperties, useRef, useState } from "react";
import type { Track } from "@/api/types";
import { useEngine, usePlayer, usePlayhead } from "@/player/react";
import { SeekBar } from "@/ui/SeekBar";
import { formatTime } from "@/ui/text/format";
import { t } from "@/ui/text/text";
import { Waveform } from "@/ui/waveform/Waveform";
import { toPlayable } from "../playable";
import { usePeaks } from "../usePeaks";

interface Props {
  track: Track;
  /** Where it begins when it is played: a shared moment. */
  startMs?: number;
}

/** The whole track as a landscape over water: press it to hear that place. */
export function TrackWave({ track, startMs = 0 }: Props) {
  const engine = useEngine();
  const peaks = usePeaks(track);
  const bar = useRef<HTMLDivElement>(null);
  const [hover, setHover] = useState<number | null>(null);
  const isOn = usePlayer((state) => state.track?.id === track.id);
  const positionMs = usePlayer((state) => (state.track?.id === track.id ? state.positionMs : startMs));
  const durationMs = track.duration_ms ?? 0;
  usePlayhead(bar, isOn);

  const seek = (ms: number) => {
    if (!isOn) engine.play(toPlayable(track), undefined, ms);
    else engine.seek(ms);
  };
  return (
    <SeekBar
      barRef={bar}
      className="lake"
      name={t("track.wave", { title: track.title })}
      positionMs={positionMs}
      durationMs={durationMs}
      valueText={t("player.seekText", { position: formatTime(positionMs), duration: formatTime(durationMs) })}
      onSeek={seek}
      onHover={setHover}
    >
      <Waveform peaks={peaks} shape="lake" bar={3} gap={2} />
      {!isOn && startMs > 0 && hover === null && <HoverTime ms={startMs} durationMs={durationMs} />}
      {hover !== null && <HoverTime ms={hover} durationMs={durationMs} />}
    </SeekBar>
  );
}

/** Where a press would lead. */
function HoverTime({ ms, durationMs }: { ms: number; durationMs: number }) {
  const part = ms / durationMs;
  return (
    <div
      className="hover-time"
      data-late={part > 0.9 || undefined}
      style={{ "--at": `${part * 100}%` } as CSSProperties}
      aria-hidden="true"
    >
      <span className="num">{formatTime(ms)}</span>
    </div>
  );
}
