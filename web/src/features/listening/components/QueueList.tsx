import { useRef } from "react";
import { clear, type Entry, type Part } from "@/player/queue";
import { Button } from "@/ui/Button";
import { t } from "@/ui/text/text";
import { useWindowed } from "@/ui/useWindowed";
import type { QueueDeeds } from "../useQueueDeeds";
import type { QueueDrag } from "../useQueueDrag";
import { QueueRow } from "./QueueRow";

interface Props {
  part: Part;
  entries: readonly Entry[];
  heading: string;
  deeds: QueueDeeds;
  drag: QueueDrag;
}

/** Of a row, in pixels. */
const HEIGHT = 56;

/** One part of what comes. */
export function QueueList({ part, entries, heading, deeds, drag }: Props) {
  const list = useRef<HTMLUListElement>(null);
  const windowed = useWindowed(list, entries.length, HEIGHT);
  const id = `queue-${part}`;
  return (
    <section aria-labelledby={id}>
      <div className="part">
        <h3 id={id}>{heading}</h3>
        {part === "next" && entries.length > 0 && (
          <Button look="plain" size="s" onClick={() => deeds.change((queue) => clear(queue, part), t("queue.cleared"))}>
            {t("queue.clearNext")}
          </Button>
        )}
      </div>
      <ul ref={list} data-part={part} data-count={entries.length} aria-labelledby={id} style={windowed.style}>
        {windowed.rows.map((index) => {
          const entry = entries[index];
          const place = { part, index, count: entries.length, of: windowed.of };
          return entry && <QueueRow key={entry.key} entry={entry} {...place} deeds={deeds} drag={drag} />;
        })}
        {entries.length === 0 && <li className="landing text-muted">{t("queue.dropHere")}</li>}
      </ul>
    </section>
  );
}
