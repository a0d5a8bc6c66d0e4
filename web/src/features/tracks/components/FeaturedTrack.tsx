import { Link } from "@tanstack/react-router";
import { useRef } from "react";
import type { Track } from "@/api/types";
import { usePlayhead } from "@/player/react";
import { Cover } from "@/ui/Cover";
import { coverTint } from "@/ui/coverTint";
import { PlayDisc } from "@/ui/PlayDisc";
import { artistNames } from "@/ui/text/artists";
import { formatTime } from "@/ui/text/format";
import { t } from "@/ui/text/text";
import { Waveform } from "@/ui/waveform/Waveform";
import { usePeaks } from "../usePeaks";
import { usePlayButton } from "../usePlayButton";

interface Props {
  track: Track;
  list: readonly Track[];
}

/** The newest track, on a ground of its cover's colour. */
export function FeaturedTrack({ track, list }: Props) {
  const { isOn, ...button } = usePlayButton(track, list);
  const slab = useRef<HTMLElement>(null);
  const peaks = usePeaks(track);
  usePlayhead(slab, isOn);
  return (
    <section ref={slab} className="slab tint featured" style={coverTint(track.id, track.cover_url ?? null)} aria-labelledby="featured">
      <Cover seed={track.id} url={track.cover_url ?? null} />
      <div className="min-w-0">
        <div className="min-w-0 self-center">
          <p className="soft text-sm truncate" dir="auto">
            {t("home.featured", { name: artistNames(track.artists) })}
          </p>
          <h2 className="display clamp-3" id="featured" dir="auto">
            <Link to="/track/$trackId" params={{ trackId: track.id }} className="quiet-link">
              {track.title}
            </Link>
          </h2>
        </div>
        <Waveform peaks={peaks} shape="mirror" bar={2} gap={2} />
        <div className="acts">
          <PlayDisc large {...button} />
          <p className="soft num ms-auto">{formatTime(track.duration_ms ?? 0)}</p>
        </div>
      </div>
    </section>
  );
}
