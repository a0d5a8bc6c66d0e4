import type { CSSProperties } from "react";
import type { Picture } from "@/api/types";
import { hueOf } from "./hue";
import { sourcesOf } from "./sources";

interface Props {
  name: string;
  picture?: Picture | null;
  /** How wide it is drawn, in pixels. */
  size?: 32 | 40 | 96 | 160;
}

/** A person: a circle with their picture, or two letters in a colour that stays theirs. Decoration, since the name stands beside it; so the letters are drawn by CSS. */
export function Avatar({ name, picture, size = 32 }: Props) {
  const look = size === 32 ? "avatar" : `avatar avatar-${size}`;
  if (picture) return <img {...sourcesOf(picture)} sizes={`${size}px`} className={look} alt="" decoding="async" />;
  return <span className={look} style={{ "--h": hueOf(name) } as CSSProperties} data-letters={initials(name)} aria-hidden="true" />;
}

/** First letters of the first two words, or the first two letters of the only one. */
function initials(name: string): string {
  const [first = "", second] = name.trim().split(/\s+/);
  const letters = second ? [[...first][0], [...second][0]] : [...first].slice(0, 2);
  return letters.join("").toLocaleUpperCase();
}
