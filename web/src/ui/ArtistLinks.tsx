import { Link } from "@tanstack/react-router";
import { Fragment } from "react";
import type { ArtistRef } from "@/api/types";
import { t } from "./text/text";

interface Props {
  artists: readonly { name: string; artist?: ArtistRef | null }[];
}

/** Who made it, in order; a name with a page leads there. */
export function ArtistLinks({ artists }: Props) {
  if (artists.length === 0) return <span>{t("track.noArtist")}</span>;
  return artists.map(({ name, artist }, i) => (
    <Fragment key={`${name}-${i}`}>
      {i > 0 && ", "}
      {artist ? (
        <Link to="/artist/$slug" params={{ slug: artist.slug }} className="quiet-link" dir="auto">
          {name}
        </Link>
      ) : (
        <bdi>{name}</bdi>
      )}
    </Fragment>
  ));
}
