import { useEffect } from "react";
import type { Picture } from "@/api/types";
import { coverTint } from "./coverTint";

/** Lets the bar above the page take on the colour of the page's cover, for as long as the page is open. */
export function usePageTint(seed: string, picture: Picture | null | undefined): void {
  const tint = coverTint(seed, null, picture) as Record<string, number>;
  const [hue, chroma] = [tint["--cover-h"], tint["--cover-c"]];
  useEffect(() => {
    const ground = document.querySelector<HTMLElement>("#scroller");
    if (!ground) return;
    ground.classList.add("tint", "tinted");
    ground.style.setProperty("--cover-h", String(hue));
    ground.style.setProperty("--cover-c", String(chroma));
    return () => {
      ground.classList.remove("tint", "tinted");
      ground.style.removeProperty("--cover-h");
      ground.style.removeProperty("--cover-c");
    };
  }, [hue, chroma]);
}
