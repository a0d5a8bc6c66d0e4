import { Link } from "@tanstack/react-router";
import type { Release } from "@/api/types";
import { Cover } from "@/ui/Cover";
import { artistNames } from "@/ui/text/artists";
import { formatExtent } from "@/ui/text/dates";
import { t } from "@/ui/text/text";
import { standingWords } from "../standing";
import "../studio.css";

/** One of one's own releases: where it stands, and the way to change it. */
export function OwnReleaseRow({ release }: { release: Release }) {
  const { id, slug, title, cover, artists, state } = release;
  const tone = state === "live" ? "text-positive" : state === "held" ? "text-danger" : "text-muted";
  return (
    <li className="own-release">
      <Cover seed={id} url={cover?.urls.w96 ?? null} picture={cover} sizes="64px" />
      <div className="min-w-0">
        <Link to="/release/$slug" params={{ slug }} className="font-medium quiet-link clamp-3" dir="auto">
          {title}
        </Link>
        <p className="text-muted text-sm truncate" dir="auto">
          {artistNames(artists.map(({ name }) => name))}
        </p>
        <p className="text-muted text-xs num">{formatExtent(release.track_count, release.duration_ms)}</p>
      </div>
      <p className={`text-sm ${tone}`} data-state={state}>
        {standingWords(release)}
      </p>
      <Link to="/release/$slug/edit" params={{ slug }} className="btn btn-s btn-ghost" aria-label={t("music.editRelease", { title })}>
        {t("track.edit")}
      </Link>
    </li>
  );
}
