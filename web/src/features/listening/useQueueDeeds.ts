import { type RefObject, useEffect, useMemo, useRef, useState } from "react";
import { type Entry, move, type Part, type Queue, remove } from "@/player/queue";
import { useEngine, usePlayer } from "@/player/react";
import { t } from "@/ui/text/text";
import { say } from "@/ui/toast/toasts";

/** What one does with places of the queue. Each can be taken back, and none loses the focus. */
export interface QueueDeeds {
  /** What was done last, for those who do not see it. */
  told: string;
  /** Changes what comes and offers to take it back. */
  change: (change: (queue: Queue) => Queue, sentence: string) => void;
  move: (key: number, part: Part, index: number) => void;
  /** One up or down, from one part into the other at its ends. */
  step: (entry: Entry, part: Part, by: 1 | -1) => void;
  remove: (entry: Entry) => void;
}

type Deed = Omit<QueueDeeds, "told">;

/** The deeds, for the rows inside `drawer`. */
export function useQueueDeeds(drawer: RefObject<HTMLElement | null>): QueueDeeds {
  const engine = useEngine();
  const queue = usePlayer((state) => state.queue);
  const [told, tell] = useState("");
  const goal = useRef<string | undefined>(undefined);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a changed queue may have moved or removed what had the focus
  useEffect(() => {
    const element = goal.current && drawer.current?.querySelector<HTMLElement>(goal.current);
    goal.current = undefined;
    if (element) element.focus();
  }, [drawer, queue]);

  const deeds = useMemo<Deed>(() => {
    const now = () => engine.state.get().queue;
    const change: Deed["change"] = (make, sentence) => {
      const before = now();
      goal.current = ".drawer";
      engine.arrange(make);
      say(sentence, { label: t("queue.undo"), act: () => engine.arrange((after) => restored(after, before)) });
    };
    const moveTo: Deed["move"] = (key, part, index) => {
      engine.arrange((current) => move(current, key, part, index));
      const at = now()[part].findIndex((entry) => entry.key === key);
      const title = now()[part][at]?.track.title ?? "";
      tell(t(`queue.moved.${part}`, { title, place: at + 1, count: now()[part].length }));
    };
    return {
      change,
      move: moveTo,
      step: (entry, part, by) => {
        const to = stepFrom(now(), entry.key, part, by);
        const deed = document.activeElement instanceof HTMLElement ? document.activeElement.dataset.deed : undefined;
        goal.current = `[data-key="${entry.key}"] ${deed ? `[data-deed="${deed}"]:enabled` : ".pick"}`;
        if (to) moveTo(entry.key, to.part, to.index);
      },
      remove: (entry) => {
        const coming = [...now().next, ...now().later];
        const at = coming.findIndex(({ key }) => key === entry.key);
        const neighbour = coming[at + 1] ?? coming[at - 1];
        change((current) => remove(current, entry.key), t("queue.removed", { title: entry.track.title }));
        if (neighbour) goal.current = `[data-key="${neighbour.key}"] .pick`;
      },
    };
  }, [engine]);
  return useMemo(() => ({ told, ...deeds }), [told, deeds]);
}

/** Where one step leads: at the ends of a part into the other. */
function stepFrom(queue: Queue, key: number, part: Part, by: 1 | -1): { part: Part; index: number } | undefined {
  const index = queue[part].findIndex((entry) => entry.key === key) + by;
  if (index >= 0 && index < queue[part].length) return { part, index };
  if (part === "later") return index < 0 ? { part: "next", index: queue.next.length } : undefined;
  return index > 0 ? { part: "later", index: 0 } : undefined;
}

/** What came before, unless it is on by now. */
function restored(after: Queue, before: Queue): Queue {
  const others = (entries: readonly Entry[]) => entries.filter(({ key }) => key !== after.now?.key);
  return { ...after, next: others(before.next), later: others(before.later), order: before.order, shuffled: before.shuffled };
}
