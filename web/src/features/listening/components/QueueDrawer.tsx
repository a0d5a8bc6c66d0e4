import { type RefObject, useEffect, useRef } from "react";
import { clear, type Part, type Queue } from "@/player/queue";
import { usePlayer } from "@/player/react";
import { Button } from "@/ui/Button";
import { Cover } from "@/ui/Cover";
import { IconButton } from "@/ui/IconButton";
import { formatTime } from "@/ui/text/format";
import { t } from "@/ui/text/text";
import { openPanel } from "../panel";
import "../queue.css";
import { useQueueDeeds } from "../useQueueDeeds";
import { useQueueDrag } from "../useQueueDrag";
import { QueueList } from "./QueueList";
import { Titles } from "./Titles";

const close = () => openPanel(undefined);

/** What plays, what was put next by hand, and the rest: to be read, reordered and cleared. */
export default function QueueDrawer() {
  const drawer = useRef<HTMLElement>(null);
  const queue = usePlayer((state) => state.queue);
  const deeds = useQueueDeeds(drawer);
  const drag = useQueueDrag(drawer, deeds.move);
  useFocusInside(drawer);
  const empty = queue.next.length + queue.later.length === 0;
  const part = (name: Part) => <QueueList part={name} entries={queue[name]} heading={headingOf(name, queue)} deeds={deeds} drag={drag} />;
  return (
    <aside
      ref={drawer}
      className="drawer"
      aria-label={t("queue.title")}
      tabIndex={-1}
      onKeyDown={(event) => event.key === "Escape" && !event.defaultPrevented && close()}
    >
      <header>
        <h2>{t("queue.title")}</h2>
        {!empty && (
          <Button look="plain" size="s" onClick={() => deeds.change(clear, t("queue.cleared"))}>
            {t("queue.clear")}
          </Button>
        )}
        <IconButton icon="close" name={t("queue.close")} onClick={close} />
      </header>
      <div className="parts">
        <Now />
        {queue.next.length > 0 || drag.active ? part("next") : null}
        {queue.later.length > 0 ? part("later") : null}
        {empty && <p className="empty text-muted">{t("queue.empty")}</p>}
      </div>
      <p className="sr-only" role="status">
        {deeds.told}
      </p>
    </aside>
  );
}

function headingOf(part: Part, { context }: Queue): string {
  if (part === "next") return t("queue.next");
  return context ? t("queue.laterFrom", { context: context.title }) : t("queue.later");
}

/** What is on, and how much of it is left. */
function Now() {
  const track = usePlayer((state) => state.track);
  const leftMs = usePlayer((state) => state.durationMs - state.positionMs);
  if (!track) return null;
  return (
    <div className="entry" data-playing>
      <Cover seed={track.id} url={track.coverUrl} picture={track.cover} />
      <Titles track={track} />
      <span className="num text-muted text-sm">{t("player.left", { time: formatTime(leftMs) })}</span>
    </div>
  );
}

/** Whoever opened the queue lands in it, and back on its button when it closes. */
function useFocusInside(drawer: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const before = document.activeElement;
    const inside = drawer.current;
    inside?.focus({ preventScroll: true });
    return () => {
      const lost = document.activeElement === document.body || inside?.contains(document.activeElement);
      if (lost && before instanceof HTMLElement) before.focus();
    };
  }, [drawer]);
}
