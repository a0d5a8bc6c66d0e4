import { IconButton } from "@/ui/IconButton";
import { t } from "@/ui/text/text";
import { toggleQueue, usePanel } from "../panel";

/** Opens and closes the queue. */
export function QueueButton() {
  const open = usePanel() === "queue";
  return (
    <IconButton icon="queue" name={t("queue.button")} aria-expanded={open} aria-pressed={open} onClick={toggleQueue} data-queue-button />
  );
}
