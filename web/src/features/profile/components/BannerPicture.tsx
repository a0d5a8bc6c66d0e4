import type { Picture } from "@/api/types";
import "@/ui/account.css";
import { coverTint } from "@/ui/coverTint";
import { sourcesOf } from "@/ui/sources";

interface Props {
  /** Chooses the colour where there is no picture. */
  seed: string;
  picture: Picture | null | undefined;
  sizes: string;
  className?: string;
}

/** The wide picture behind a person, or a ground in their colour. Decoration. */
export function BannerPicture({ seed, picture, sizes, className = "" }: Props) {
  return (
    <span className={`banner-picture tint ${className}`} style={coverTint(seed, null, picture)} aria-hidden="true">
      {picture && <img {...sourcesOf(picture)} sizes={sizes} alt="" decoding="async" />}
    </span>
  );
}
