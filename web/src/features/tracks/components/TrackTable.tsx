import { lazy, Suspense, useRef } from "react";
import { Icon } from "@/ui/Icon";
import { rowOf, WHOLE } from "@/ui/rows";
import { t } from "@/ui/text/text";
import { type TableProps, TrackRows } from "./TrackRows";

const LongTrackRows = lazy(() => import("./LongTrackRows"));

interface Props extends TableProps {
  head?: boolean;
}

/** Tracks one below the other. Arrow keys walk from row to row. */
export function TrackTable({ head = false, ...table }: Props) {
  return (
    <div className="tracks" data-look={table.look}>
      {head && <TableHead />}
      {table.tracks.length > WHOLE ? (
        <Suspense fallback={<WholeTrackRows {...table} />}>
          <LongTrackRows {...table} />
        </Suspense>
      ) : (
        <WholeTrackRows {...table} />
      )}
    </div>
  );
}

/** All rows of a short list, and the first of a long one until it is known which of them are seen. */
function WholeTrackRows(table: TableProps) {
  const list = useRef<HTMLOListElement>(null);
  const rows = Array.from({ length: Math.min(table.tracks.length, WHOLE) }, (_, index) => index);
  const reach = async (index: number) => rowOf(list.current, index);
  return <TrackRows {...table} ref={list} windowed={{ rows, style: undefined, of: undefined, reach }} />;
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
