import type { RefObject } from "react";
import type { Track } from "@/api/types";
import type { Context } from "@/player/playable";
import type { Windowed } from "@/ui/rows";
import { useRowKeys } from "@/ui/useRowKeys";
import { TrackRow, type TrackRowLook } from "./TrackRow";

export interface TableProps {
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
}

interface Props extends TableProps {
  ref: RefObject<HTMLOListElement | null>;
  windowed: Windowed;
}

/** The rows of a table that are drawn. */
export function TrackRows({ ref, windowed, tracks, list = tracks, context, name, look, viewerId, madeBy }: Props) {
  const onKeyDown = useRowKeys({ count: tracks.length, reach: windowed.reach });
  return (
    <ol ref={ref} aria-label={name} onKeyDown={onKeyDown} style={windowed.style}>
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
  );
}
