import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ArtistRef } from "@/api/types";
import { artistReleasesQuery } from "@/features/artists/api";
import { Shelf } from "@/ui/Shelf";
import { t } from "@/ui/text/text";
import { ReleaseTile } from "./ReleaseTile";

/** What else they made; nothing where this is all. */
export function MoreBy({ artist, except }: { artist: ArtistRef; except: string | undefined }) {
  const { data = [] } = useInfiniteQuery(artistReleasesQuery(artist.slug));
  const others = data.filter(({ id }) => id !== except);
  if (others.length === 0) return null;
  return (
    <Shelf
      heading={t("release.moreBy", { name: artist.name })}
      more={
        <Link to="/artist/$slug" params={{ slug: artist.slug }} className="more-link">
          {t("list.all")}
        </Link>
      }
      items={others}
      keyOf={({ id }) => id}
      renderItem={(release) => <ReleaseTile release={release} byYear />}
    />
  );
}
