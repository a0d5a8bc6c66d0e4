import type { CSSProperties } from "react";
import { hueOf } from "./hue";

interface Props {
  name: string;
}

/** A person: a circle with two letters, in a colour that stays theirs. */
export function Avatar({ name }: Props) {
  const letters = [...name.trim()].slice(0, 2).join("").toLocaleUpperCase();
  return (
    <span className="avatar" style={{ "--h": hueOf(name) } as CSSProperties} aria-hidden="true">
      {letters}
    </span>
  );
}
