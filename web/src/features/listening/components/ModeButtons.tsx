import { repeatNext, shuffle } from "@/player/queue";
import { useEngine, usePlayer } from "@/player/react";
import { IconButton } from "@/ui/IconButton";
import { t } from "@/ui/text/text";

/** Whether the rest of the context comes in its own order. */
export function ShuffleButton() {
  const engine = useEngine();
  const shuffled = usePlayer((state) => state.queue.shuffled);
  return (
    <IconButton
      icon="shuffle"
      name={t("player.shuffle")}
      aria-pressed={shuffled}
      className="mode"
      onClick={() => engine.arrange((queue) => shuffle(queue))}
    />
  );
}

/** What happens at the end: nothing, all of it again, or the same track again. */
export function RepeatButton() {
  const engine = useEngine();
  const repeat = usePlayer((state) => state.queue.repeat);
  return (
    <IconButton
      icon={repeat === "one" ? "repeatOne" : "repeat"}
      name={t(`player.repeat.${repeat}`)}
      aria-pressed={repeat !== "off"}
      className="mode"
      onClick={() => engine.arrange(repeatNext)}
    />
  );
}
