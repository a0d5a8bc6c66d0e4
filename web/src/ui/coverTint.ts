import type { CSSProperties } from "react";
import type { Picture } from "@/api/types";
import { hashOf } from "./hue";

/** Hues that are pleasant at every lightness; between them lie mud and mustard. */
const HUES = [18, 42, 62, 150, 172, 195, 228, 255, 278, 300, 325, 350];

/** The two numbers a cover gives to what stands around it: hue, and a chroma that the tokens cap. A link without measured colour gets a quiet ground. */
export function coverTint(seed: string, url: string | null, picture?: Picture | null): CSSProperties {
  if (picture) return ground(picture.hue, picture.chroma);
  return url ? ground(270, 0.02) : ground(HUES[hashOf(seed) % HUES.length] ?? 270, 0.075);
}

function ground(hue: number, chroma: number): CSSProperties {
  return { "--cover-h": hue, "--cover-c": chroma } as CSSProperties;
}
