import { useBlocker } from "@tanstack/react-router";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { t } from "@/ui/text/text";

/** Asks before changes are lost: within the app with words of ours, when the page closes with the browser's. */
export function LeaveGuard({ active }: { active: boolean }) {
  const { status, proceed, reset } = useBlocker({ shouldBlockFn: () => active, enableBeforeUnload: active, withResolver: true });
  if (status !== "blocked") return null;
  return (
    <Dialog open onClose={reset} heading={t("editor.leave.heading")} text={t("editor.leave.text")}>
      <footer>
        <Button look="plain" onClick={proceed}>
          {t("editor.leave.go")}
        </Button>
        <Button look="accent" onClick={reset}>
          {t("editor.leave.stay")}
        </Button>
      </footer>
    </Dialog>
  );
}
