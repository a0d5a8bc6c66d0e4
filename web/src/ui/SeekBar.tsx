import { type KeyboardEvent, type PointerEvent, type ReactNode, type Ref, useRef } from "react";
import { seekTarget } from "./seekKeys";

interface Props {
  name: string;
  /** Where the sound is and how long it is, in milliseconds. A length of 0 switches the bar off. */
  positionMs: number;
  durationMs: number;
  valueText: string;
  onSeek: (ms: number) => void;
  /** Where the pointer hovers, or null when it left. */
  onHover?: (ms: number | null) => void;
  className: string;
  barRef?: Ref<HTMLDivElement>;
  children: ReactNode;
}

/** A time axis one can press, drag and walk by keyboard: arrows 5 s, page keys 30 s, Home and End. */
export function SeekBar({ name, positionMs, durationMs, valueText, onSeek, onHover, className, barRef, children }: Props) {
  const dragging = useRef(false);
  const off = durationMs <= 0;

  const at = (event: PointerEvent<HTMLDivElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    return Math.min(1, Math.max(0, (event.clientX - box.left) / box.width)) * durationMs;
  };
  const press = (event: PointerEvent<HTMLDivElement>) => {
    if (off || event.button !== 0) return;
    event.currentTarget.setPointerCapture?.(event.pointerId);
    dragging.current = true;
    onSeek(at(event));
  };
  const move = (event: PointerEvent<HTMLDivElement>) => {
    if (off) return;
    onHover?.(at(event));
    if (dragging.current) onSeek(at(event));
  };
  const key = (event: KeyboardEvent<HTMLDivElement>) => {
    const target = off ? undefined : seekTarget(event.key, positionMs, durationMs);
    if (target === undefined) return;
    event.preventDefault();
    onSeek(target);
  };

  return (
    <div
      ref={barRef}
      className={`seek ${className}`}
      role="slider"
      tabIndex={0}
      aria-label={name}
      aria-valuemin={0}
      aria-valuemax={Math.round(durationMs / 1000)}
      aria-valuenow={Math.round(positionMs / 1000)}
      aria-valuetext={valueText}
      aria-disabled={off || undefined}
      onPointerDown={press}
      onPointerMove={move}
      onPointerUp={() => {
        dragging.current = false;
      }}
      onPointerCancel={() => {
        dragging.current = false;
      }}
      onPointerLeave={() => onHover?.(null)}
      onKeyDown={key}
    >
      {children}
    </div>
  );
}
