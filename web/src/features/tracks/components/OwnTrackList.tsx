import { useRef } from "react";
import type { Track } from "@/api/types";
import { t } from "@/ui/text/text";
import { useWindowed } from "@/ui/useWindowed";
import { useSelection } from "../useSelection";
import { BulkBar } from "./BulkBar";
import { OwnTrackRow } from "./OwnTrackRow";
import "../own.css";

/** Of a row, in pixels. */
const HEIGHT = 60;

/** One's own tracks: each with its menu, many at once with the bar. */
export function OwnTrackList({ tracks }: { tracks: readonly Track[] }) {
  const all = tracks.map(({ id }) => id);
  const selection = useSelection(all);
  const list = useRef<HTMLUListElement>(null);
  const windowed = useWindowed(list, tracks.length, HEIGHT);
  const some = selection.ids.size > 0;
  return (
    <div className="own-tracks" data-choosing={some || undefined}>
      <label className="check own-all">
        <input type="checkbox" checked={some && selection.ids.size === all.length} onChange={() => selection.toggleAll(all)} />
        <span className="text-muted text-sm">{t("music.selectAll")}</span>
      </label>
      <ul ref={list} aria-label={t("music.list")} style={windowed.style}>
        {windowed.rows.map((index) => {
          const track = tracks[index];
          return (
            track && (
              <OwnTrackRow
                key={track.id}
                track={track}
                list={tracks}
                index={index}
                of={windowed.of}
                chosen={selection.ids.has(track.id)}
                onChoose={() => selection.toggle(track.id)}
              />
            )
          );
        })}
      </ul>
      {some && <BulkBar tracks={tracks.filter(({ id }) => selection.ids.has(id))} onDone={selection.clear} />}
    </div>
  );
}
