import { type ReactNode, useState } from "react";
import { t } from "@/ui/text/text";
import type { Faults } from "../faults";
import { changed, discsOf, moveTo, step } from "../order";
import { numbered, type SheetTrack } from "../sheet";
import { TrackLine } from "./TrackLine";

interface Props {
  tracks: readonly SheetTrack[];
  faults: Faults;
  onChange: (tracks: SheetTrack[]) => void;
  /** What else can be done with a track, for its menu. */
  actions: (track: SheetTrack, place: number) => ReactNode;
  /** Another table's track was dropped here. */
  onArrive?: (id: string) => void;
}

/** The track that is being dragged, also from one table to another. */
let dragged: string | null = null;

/** Tracks in order: drag the handle, press the arrow keys on it, or use the menu. */
export function TrackTable({ tracks, faults, onChange, actions, onArrive }: Props) {
  const [target, setTarget] = useState<string | null>(null);
  const [said, setSaid] = useState("");
  const rows = numbered(tracks);
  const many = discsOf(tracks) > 1;

  const tell = (title: string, place: number) => setSaid(t("review.moved", { title, place: place + 1, count: tracks.length }));
  const walk = (track: SheetTrack, by: -1 | 1) => {
    const next = step(tracks, track.id, by);
    onChange(next);
    tell(
      track.title,
      next.findIndex(({ id }) => id === track.id),
    );
  };
  const drop = (to: number) => {
    const id = dragged;
    setTarget(null);
    if (!id) return;
    const own = tracks.find((track) => track.id === id);
    if (!own) return onArrive?.(id);
    onChange(moveTo(tracks, id, to));
    tell(own.title, to);
  };
  return (
    <div className="track-table">
      <p className="sr-only" role="status">
        {said}
      </p>
      <ol onDragLeave={() => setTarget(null)}>
        {rows.map((row, place) => (
          <TrackLine
            key={row.id}
            row={row}
            disc={many && row.disc !== rows[place - 1]?.disc ? row.disc : undefined}
            problem={faults[`tracks.${place}`]}
            target={target === row.id}
            onChange={(change) => onChange(changed(tracks, row.id, change))}
            onStep={(by) => walk(row, by)}
            onGrab={() => {
              dragged = row.id;
            }}
            onLeave={() => {
              dragged = null;
              setTarget(null);
            }}
            onOver={() => setTarget(row.id)}
            onDrop={() => drop(place)}
          >
            {actions(row, place)}
          </TrackLine>
        ))}
      </ol>
    </div>
  );
}
