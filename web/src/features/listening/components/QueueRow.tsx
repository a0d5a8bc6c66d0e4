import { type KeyboardEvent, memo } from "react";
import type { Entry, Part } from "@/player/queue";
import { useEngine } from "@/player/react";
import { Cover } from "@/ui/Cover";
import { Icon } from "@/ui/Icon";
import { IconButton } from "@/ui/IconButton";
import { placeAmong } from "@/ui/rows";
import { artistNames } from "@/ui/text/artists";
import { formatTime } from "@/ui/text/format";
import { t } from "@/ui/text/text";
import type { QueueDeeds } from "../useQueueDeeds";
import type { QueueDrag } from "../useQueueDrag";

interface Props {
  entry: Entry;
  part: Part;
  index: number;
  count: number;
  /** The same, if not all of them are drawn. */
  of: number | undefined;
  deeds: QueueDeeds;
  drag: QueueDrag;
}

/** One place in the queue: press it to hear it now; drag it, or use its buttons or Alt with the arrows, to move it. */
export const QueueRow = memo(function QueueRow({ entry, part, index, count, of, deeds, drag }: Props) {
  const engine = useEngine();
  const { key, track } = entry;
  const up = () => deeds.step(entry, part, -1);
  const down = () => deeds.step(entry, part, 1);
  const keys: Record<string, () => void> = { ArrowUp: up, ArrowDown: down };
  const press = (event: KeyboardEvent) => {
    const deed = event.altKey ? keys[event.key] : event.key === "Delete" ? () => deeds.remove(entry) : undefined;
    if (!deed) return;
    event.preventDefault();
    deed();
  };
  return (
    <li
      className="entry"
      data-key={key}
      data-drag={drag.key === key || undefined}
      data-drop={drag.dropOn(part, index, count)}
      onKeyDown={press}
      {...placeAmong(index, of)}
    >
      <Cover seed={track.id} url={track.coverUrl} picture={track.cover} />
      <span className="drag-handle" aria-hidden="true" onPointerDown={(event) => drag.begin(event, key)}>
        <Icon name="grip" small />
      </span>
      <button type="button" className="pick min-w-0" onClick={() => engine.leap(key)}>
        <span className="sr-only">{t("queue.play")}</span>
        <span className="block truncate font-medium" dir="auto">
          {track.title}
        </span>
        <span className="block truncate text-muted text-sm" dir="auto">
          {artistNames(track.artists)}
        </span>
      </button>
      <span className="length num text-muted text-sm">{formatTime(track.durationMs ?? 0)}</span>
      <span className="deeds">
        <IconButton
          icon="chevronUp"
          small
          name={t("queue.up", { title: track.title })}
          data-deed="up"
          disabled={part === "next" && index === 0}
          onClick={up}
        />
        <IconButton
          icon="chevronDown"
          small
          name={t("queue.down", { title: track.title })}
          data-deed="down"
          disabled={part === "later" && index === count - 1}
          onClick={down}
        />
        <IconButton
          icon="close"
          small
          name={t("queue.remove", { title: track.title })}
          data-deed="remove"
          onClick={() => deeds.remove(entry)}
        />
      </span>
    </li>
  );
});
