import { useRef } from "react";
import { useWindowed } from "@/ui/useWindowed";
import type { TrackRowLook } from "./TrackRow";
import { type TableProps, TrackRows } from "./TrackRows";

/** Of a row with a cover, and of one with a number, in pixels. */
const HEIGHT: Record<TrackRowLook, number> = { pictured: 56, numbered: 48 };

/** The rows of a long list that are near what is seen. */
export default function LongTrackRows(table: TableProps) {
  const list = useRef<HTMLOListElement>(null);
  const windowed = useWindowed(list, table.tracks.length, HEIGHT[table.look]);
  return <TrackRows {...table} ref={list} windowed={windowed} />;
}
