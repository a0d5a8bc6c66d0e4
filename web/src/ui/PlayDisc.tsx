import type { ComponentProps } from "react";
import { Icon } from "./Icon";

interface Props extends ComponentProps<"button"> {
  playing: boolean;
  /** The sound is on its way. */
  busy?: boolean;
  large?: boolean;
  name: string;
}

/** The disc: the one sign for play. */
export function PlayDisc({ playing, busy, large, name, className = "", ...rest }: Props) {
  return (
    <button
      type="button"
      {...rest}
      aria-label={name}
      aria-busy={busy || undefined}
      data-on={playing || undefined}
      className={`disc ${large ? "disc-l" : ""} ${className}`}
    >
      <Icon name={playing ? "pause" : "play"} filled />
    </button>
  );
}
