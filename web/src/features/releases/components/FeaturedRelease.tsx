import { Link } from "@tanstack/react-router";
import { type ReactNode, useMemo } from "react";
import type { Release, Track } from "@/api/types";
import { Cover } from "@/ui/Cover";
import { coverTint } from "@/ui/coverTint";
import { IconButton } from "@/ui/IconButton";
import { PlayDisc } from "@/ui/PlayDisc";
import { formatExtent } from "@/ui/text/dates";
import { t } from "@/ui/text/text";
import { Waveform } from "@/ui/waveform/Waveform";
import { landscapeOf } from "../landscape";
import type { CardButton } from "./ReleaseCard";

interface Props {
  release: Release;
  /** Its tracks, once they are here: their shapes make its landscape. */
  tracks: readonly Track[] | undefined;
  button: CardButton;
  onEnqueue: () => void;
  /** Who made it, as the line above the title says. */
  by: ReactNode;
}

/** The newest release, on a ground of its cover's colour, with the shape of all of it. */
export function FeaturedRelease({ release, tracks, button: { isOn: _, ...button }, onEnqueue, by }: Props) {
  const peaks = useMemo(() => landscapeOf(tracks ?? []), [tracks]);
  return (
    <section
      className="slab tint featured"
      style={coverTint(release.id, null, release.cover)}
      aria-labelledby="featured"
      data-on={button.playing || undefined}
    >
      <Link to="/release/$slug" params={{ slug: release.slug }} tabIndex={-1} aria-hidden="true">
        <Cover seed={release.id} url={null} picture={release.cover} sizes="(max-width: 760px) 124px, 264px" first />
      </Link>
      <div className="min-w-0">
        <div className="min-w-0 self-center">
          <p className="soft text-sm truncate" dir="auto">
            {by}
          </p>
          <h2 className="display clamp-3" id="featured" dir="auto">
            <Link to="/release/$slug" params={{ slug: release.slug }} className="quiet-link">
              {release.title}
            </Link>
          </h2>
          {release.description && (
            <p className="soft blurb" dir="auto">
              {release.description}
            </p>
          )}
        </div>
        <Waveform peaks={peaks} shape="mirror" bar={2} gap={1} />
        <div className="acts">
          <PlayDisc large {...button} />
          <IconButton icon="queue" name={t("track.enqueue")} onClick={onEnqueue} />
          <p className="soft num ms-auto text-sm">{formatExtent(release.track_count, release.duration_ms)}</p>
        </div>
      </div>
    </section>
  );
}
