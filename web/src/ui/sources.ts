import type { Picture } from "@/api/types";

/** The sizes of a picture, for the browser to choose from. */
export function sourcesOf({ urls }: Picture): { src: string; srcSet: string } {
  const sizes = [
    [urls.w96, 96],
    [urls.w300, 300],
    [urls.w600, 600],
    [urls.w1200, 1200],
  ] as const;
  return { src: urls.w300, srcSet: sizes.map(([url, width]) => `${url} ${width}w`).join(", ") };
}
