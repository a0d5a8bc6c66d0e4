import { Link } from "@tanstack/react-router";
import type { Release } from "@/api/types";
import { ArtistLinks } from "@/ui/ArtistLinks";
import { Cover } from "@/ui/Cover";
import { PlayDisc } from "@/ui/PlayDisc";
import { yearOf } from "../kinds";

/** What the disc on a card shows and does. */
export interface CardButton {
  isOn: boolean;
  playing: boolean;
  busy: boolean;
  name: string;
  onClick: () => void;
}

interface Props {
  release: Release;
  button: CardButton;
  /** The year instead of the artist: on the artist's own page. */
  byYear?: boolean;
}

/** A release as a square. */
export function ReleaseCard({ release, button: { isOn, ...button }, byYear = false }: Props) {
  return (
    <div className="card" data-playing={isOn || undefined}>
      <div className="relative">
        <Link to="/release/$slug" params={{ slug: release.slug }} className="frame" tabIndex={-1} aria-hidden="true">
          <Cover seed={release.id} url={null} picture={release.cover} sizes="(max-width: 760px) 148px, 240px" />
        </Link>
        <PlayDisc {...button} />
      </div>
      <div className="lines">
        <Link to="/release/$slug" params={{ slug: release.slug }} className="name truncate quiet-link" dir="auto">
          {release.title}
        </Link>
        <p className="text-muted truncate" dir="auto">
          {byYear ? yearOf(release) : <ArtistLinks artists={release.artists} />}
        </p>
      </div>
    </div>
  );
}
