import { useRef } from "react";
import type { Track } from "@/api/types";
import type { Context } from "@/player/playable";
import { Icon } from "@/ui/Icon";
import { t } from "@/ui/text/text";
import { useRowKeys } from "@/ui/useRowKeys";
import { useWindowed } from "@/ui/useWindowed";
import { TrackRow, type TrackRowLook } from "./TrackRow";

interface Props {
  tracks: readonly Track[];
  /** What plays on after a row, where that is more than these rows. */
  list?: readonly Track[];
  /** What that list is, for the queue. */
  context?: Context;
  name: string;
  look: TrackRowLook;
  /** Who looks: their own tracks may be edited. */
  viewerId: string | undefined;
  /** Who made all of it: a row names only the others. */
  madeBy?: readonly string[];
  head?: boolean;
}

/** Of a row with a cover, and of one with a number, in pixels. */
const HEIGHT = { pictured: 56, numbered: 48 };

/** Tracks one below the other. Arrow keys walk from row to row. */
export function TrackTable({ tracks, list = tracks, context, name, look, viewerId, madeBy, head = false }: Props) {
  const rows = useRef<HTMLOListElement>(null);
  const windowed = useWindowed(rows, tracks.length, HEIGHT[look]);
  const onKeyDown = useRowKeys({ count: tracks.length, reach: windowed.reach });
  return (
    <div className="tracks" data-look={look}>
      {head && <TableHead />}
      <ol ref={rows} aria-label={name} onKeyDown={onKeyDown} style={windowed.style}>
        {windowed.rows.map((i) => {
          const track = tracks[i];
          return (
            track && (
              <TrackRow
                key={track.id}
                track={track}
                list={list}
                context={context}
                look={look}
                index={i}
                of={windowed.of}
                own={track.owner.id === viewerId}
                madeBy={madeBy}
              />
            )
          );
        })}
      </ol>
    </div>
  );
}

/** What the columns hold; the rows say it again to those who do not see columns. */
function TableHead() {
  return (
    <div className="tr-head" aria-hidden="true">
      <span>#</span>
      <span>{t("track.column.title")}</span>
      <span className="roomy">{t("track.column.shape")}</span>
      <span className="end">
        <Icon name="clock" small />
      </span>
      <span />
    </div>
  );
}
