import type { CSSProperties } from "react";
import { hueOf } from "./hue";

/** The two numbers a cover gives to what stands around it: hue, and a chroma that the tokens cap. A picture's own colour is not known here, so it gets a quiet ground. */
export function coverTint(seed: string, url: string | null): CSSProperties {
  return { "--cover-h": url ? 270 : hueOf(seed), "--cover-c": url ? 0.02 : 0.075 } as CSSProperties;
}
