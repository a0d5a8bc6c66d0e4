import type { CSSProperties } from "react";
import { hueOf } from "./hue";

/** The two numbers a cover gives to what stands around it: hue, and a chroma that the tokens cap. */
export function coverTint(seed: string): CSSProperties {
  return { "--cover-h": hueOf(seed), "--cover-c": 0.075 } as CSSProperties;
}
