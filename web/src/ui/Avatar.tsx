import type { CSSProperties } from "react";
import { hueOf } from "./hue";

interface Props {
  name: string;
}

/** A person: a circle with two letters, in a colour that stays theirs. The letters are decoration, so they are drawn by CSS. */
export function Avatar({ name }: Props) {
  return <span className="avatar" style={{ "--h": hueOf(name) } as CSSProperties} data-letters={initials(name)} aria-hidden="true" />;
}

/** First letters of the first two words, or the first two letters of the only one. */
function initials(name: string): string {
  const [first = "", second] = name.trim().split(/\s+/);
  const letters = second ? [[...first][0], [...second][0]] : [...first].slice(0, 2);
  return letters.join("").toLocaleUpperCase();
}
