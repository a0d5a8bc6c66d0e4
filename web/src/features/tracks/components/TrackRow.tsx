import { Link } from "@tanstack/react-router";
import { memo, useRef } from "react";
import type { Track } from "@/api/types";
import type { Context } from "@/player/playable";
import { usePlayhead } from "@/player/react";
import { ArtistLinks } from "@/ui/ArtistLinks";
import { Cover } from "@/ui/Cover";
import { ExplicitBadge } from "@/ui/ExplicitBadge";
import { Icon } from "@/ui/Icon";
import { PlayingBars } from "@/ui/PlayingBars";
import { placeAmong } from "@/ui/rows";
import { formatTime } from "@/ui/text/format";
import { t } from "@/ui/text/text";
import { RowWave } from "@/ui/waveform/RowWave";
import { featuredOn, mainsOf } from "../credits";
import { isPlayable, standingOf } from "../stages";
import { usePlayButton } from "../usePlayButton";
import { TrackMenu } from "./TrackMenu";

/** On its release a row begins with its number, anywhere else with its cover. */
export type TrackRowLook = "numbered" | "pictured";

interface Props {
  track: Track;
  list: readonly Track[];
  context?: Context;
  look: TrackRowLook;
  /** Where it stands in its table, which has `of` rows if not all of them are drawn. */
  index: number;
  of?: number;
  own: boolean;
  madeBy?: readonly string[];
}

type Button = ReturnType<typeof usePlayButton>;

/** One track among others: hear it, see its shape, go where it leads. */
export const TrackRow = memo(function TrackRow({ track, list, context, look, index, of, own, madeBy }: Props) {
  const row = useRef<HTMLLIElement>(null);
  const button = usePlayButton(track, list, context);
  usePlayhead(row, button.isOn);
  return (
    <li ref={row} className="tr" data-playing={button.isOn || undefined} data-off={button.disabled || undefined} {...placeAmong(index, of)}>
      {look === "numbered" ? (
        <NumberCell number={track.track_number ?? index + 1} button={button} />
      ) : (
        <CoverCell track={track} button={button} />
      )}
      {look === "numbered" ? <TitleLine track={track} madeBy={madeBy} /> : <TitleBlock track={track} button={button} />}
      {look === "pictured" && <ReleaseCell track={track} />}
      <RowWave shape={track.shape} played={button.isOn} />
      <span className="end num">{track.duration_ms ? formatTime(track.duration_ms) : ""}</span>
      <TrackMenu track={track} own={own} quiet />
    </li>
  );
});

/** The number, which turns to play when pointed at. */
function NumberCell({ number, button }: { number: number; button: Button }) {
  return (
    <div className="number">
      <span className="num">{button.playing ? <PlayingBars /> : number}</span>
      <button type="button" disabled={button.disabled} aria-label={button.name} onClick={button.onClick}>
        <Icon name={button.playing ? "pause" : "play"} small filled />
      </button>
    </div>
  );
}

/** The cover, which turns to play when pointed at. */
function CoverCell({ track, button }: { track: Track; button: Button }) {
  return (
    <div className="thumb">
      <Cover seed={track.id} url={track.cover_url ?? null} picture={track.cover} sizes="44px" />
      {!button.disabled && (
        <button type="button" className="over" aria-label={button.name} data-on={button.isOn || undefined} onClick={button.onClick}>
          <Icon name={button.playing ? "pause" : "play"} filled />
        </button>
      )}
    </div>
  );
}

/** Title and guests in one line. */
function TitleLine({ track, madeBy }: { track: Track; madeBy?: readonly string[] }) {
  const mains = mainsOf(track);
  const others = madeBy && mains.some(({ name }) => !madeBy.includes(name)) ? mains : [];
  const featured = featuredOn(track);
  return (
    <div className="titles">
      <TitleLink track={track} />
      {track.explicit && <ExplicitBadge />}
      {others.length > 0 && (
        <span className="with truncate">
          <ArtistLinks artists={others} />
        </span>
      )}
      {featured.length > 0 && (
        <span className="with truncate">
          {t("track.with")} <ArtistLinks artists={featured} />
        </span>
      )}
      {!isPlayable(track) && <span className="with truncate">{standingOf(track).words}</span>}
    </div>
  );
}

/** Title over everybody who made it. */
function TitleBlock({ track, button }: { track: Track; button: Button }) {
  return (
    <div className="lines min-w-0">
      <div className="titles">
        <TitleLink track={track} />
        {track.explicit && <ExplicitBadge />}
        {button.playing && <PlayingBars />}
      </div>
      <p className="text-muted truncate" dir="auto">
        {isPlayable(track) ? <ArtistLinks artists={[...mainsOf(track), ...featuredOn(track)]} /> : standingOf(track).words}
      </p>
    </div>
  );
}

function TitleLink({ track }: { track: Track }) {
  return (
    <Link to="/track/$trackId" params={{ trackId: track.id }} className="name truncate quiet-link" dir="auto">
      {track.title}
    </Link>
  );
}

/** Where it is from. */
function ReleaseCell({ track: { on_release: release, release: tagged } }: { track: Track }) {
  if (!release) return <span className="roomy text-muted text-sm truncate">{tagged ?? ""}</span>;
  return (
    <Link to="/release/$slug" params={{ slug: release.slug }} className="roomy text-muted text-sm truncate quiet-link" dir="auto">
      {release.title}
    </Link>
  );
}
