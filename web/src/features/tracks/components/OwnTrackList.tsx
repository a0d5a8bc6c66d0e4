import type { Track } from "@/api/types";
import { t } from "@/ui/text/text";
import { useSelection } from "../useSelection";
import { BulkBar } from "./BulkBar";
import { OwnTrackRow } from "./OwnTrackRow";
import "../own.css";

/** One's own tracks: each with its menu, many at once with the bar. */
export function OwnTrackList({ tracks }: { tracks: readonly Track[] }) {
  const all = tracks.map(({ id }) => id);
  const selection = useSelection(all);
  const some = selection.ids.size > 0;
  return (
    <div className="own-tracks" data-choosing={some || undefined}>
      <label className="check own-all">
        <input type="checkbox" checked={some && selection.ids.size === all.length} onChange={() => selection.toggleAll(all)} />
        <span className="text-muted text-sm">{t("music.selectAll")}</span>
      </label>
      <ul aria-label={t("music.list")}>
        {tracks.map((track) => (
          <OwnTrackRow
            key={track.id}
            track={track}
            list={tracks}
            chosen={selection.ids.has(track.id)}
            onChoose={() => selection.toggle(track.id)}
          />
        ))}
      </ul>
      {some && <BulkBar tracks={tracks.filter(({ id }) => selection.ids.has(id))} onDone={selection.clear} />}
    </div>
  );
}
