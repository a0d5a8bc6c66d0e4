import { useEffect, useRef } from "react";
import type { Rhythm, Shape } from "./bars";
import { paint } from "./paint";
import { watchLook } from "./watchLook";

interface Props {
  /** Loudness over time, 0–255 each. */
  peaks: Uint8Array;
  shape: Shape;
  bar?: number;
  gap?: number;
  className?: string;
}

/** The shape of a sound, drawn twice: at rest and played. The custom property `--p` says where the played one ends. */
export function Waveform({ peaks, shape, bar = 3, gap = 1, className = "" }: Props) {
  const rest = useRef<HTMLCanvasElement>(null);
  const played = useRef<HTMLCanvasElement>(null);

  useEffect(() => {
    const rhythm: Rhythm = { bar, gap };
    const draw = () => {
      for (const canvas of [rest.current, played.current]) {
        if (canvas) paint(canvas, peaks, shape, rhythm);
      }
    };
    draw();
    return rest.current ? watchLook(rest.current, draw) : undefined;
  }, [peaks, shape, bar, gap]);

  return (
    <span className={`wave block ${className}`} aria-hidden="true">
      <canvas ref={rest} className="rest" />
      <canvas ref={played} className="played" />
    </span>
  );
}
