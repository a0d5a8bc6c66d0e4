import { clear, type Entry, type Part } from "@/player/queue";
import { Button } from "@/ui/Button";
import { t } from "@/ui/text/text";
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

/** One part of what comes. */
export function QueueList({ part, entries, heading, deeds, drag }: Props) {
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
      <ul data-part={part} aria-labelledby={id}>
        {entries.map((entry, index) => (
          <QueueRow key={entry.key} entry={entry} part={part} index={index} count={entries.length} deeds={deeds} drag={drag} />
        ))}
        {entries.length === 0 && <li className="landing text-muted">{t("queue.dropHere")}</li>}
      </ul>
    </section>
  );
}
