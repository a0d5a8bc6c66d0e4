import type { ReactNode } from "react";
import type { Release } from "@/api/types";
import { ArtistLinks } from "@/ui/ArtistLinks";
import { Cover } from "@/ui/Cover";
import { coverTint } from "@/ui/coverTint";
import { ExplicitBadge } from "@/ui/ExplicitBadge";
import { formatExtent } from "@/ui/text/dates";
import { titleSize } from "@/ui/titleSize";
import { usePageTint } from "@/ui/usePageTint";
import { kindAndYear } from "../kinds";

interface Props {
  release: Release;
  /** The face of who made it, where one is known. */
  face?: ReactNode;
}

/** Cover and title on a ground of the cover's colour. */
export function ReleaseHead({ release, face }: Props) {
  usePageTint(release.id, release.cover);
  return (
    <header className="head tint" style={coverTint(release.id, null, release.cover)}>
      <div className="inner">
        <Cover seed={release.id} url={null} picture={release.cover} sizes="(max-width: 760px) 260px, 288px" first />
        <div className="words">
          <p className="soft text-sm">{kindAndYear(release)}</p>
          <h1 className={`display clamp-3 ${titleSize(release.title)}`} dir="auto">
            {release.title}
          </h1>
          <div className="by">
            {face}
            <strong>
              <ArtistLinks artists={release.artists} />
            </strong>
            <span className="num">{formatExtent(release.track_count, release.duration_ms)}</span>
            {release.label && (
              <span className="truncate max-md:hidden" dir="auto">
                {release.label}
              </span>
            )}
            {release.explicit && <ExplicitBadge />}
          </div>
        </div>
      </div>
    </header>
  );
}
