import type { CSSProperties } from "react";
import { hashOf } from "./hue";

/** Hues that are pleasant at every lightness; between them lie mud and mustard. */
const HUES = [18, 42, 62, 150, 172, 195, 228, 255, 278, 300, 325, 350];

/** The two numbers a cover gives to what stands around it: hue, and a chroma that the tokens cap. A picture's own colour is not known here, so it gets a quiet ground. */
export function coverTint(seed: string, url: string | null): CSSProperties {
  const hue = url ? 270 : HUES[hashOf(seed) % HUES.length];
  return { "--cover-h": hue, "--cover-c": url ? 0.02 : 0.075 } as CSSProperties;
}
