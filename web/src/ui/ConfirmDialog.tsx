import { useMutation } from "@tanstack/react-query";
import { asProblem } from "@/api/problem";
import { Button } from "./Button";
import { Dialog } from "./Dialog";
import { FormProblem } from "./problem/FormProblem";
import { t } from "./text/text";

interface Props {
  heading: string;
  /** What is lost, and what is not. */
  text: string;
  confirm: string;
  act: () => Promise<unknown>;
  onDone?: () => void;
  onClose: () => void;
}

/** Names a loss before it happens. */
export function ConfirmDialog({ heading, text, confirm, act, onDone, onClose }: Props) {
  const acting = useMutation({
    mutationFn: act,
    onSuccess: () => {
      onClose();
      onDone?.();
    },
  });
  return (
    <Dialog open onClose={onClose} heading={heading} text={text}>
      <FormProblem problem={acting.error && asProblem(acting.error)} />
      <footer>
        <Button look="plain" onClick={onClose}>
          {t("edit.cancel")}
        </Button>
        <Button look="danger" busy={acting.isPending} onClick={() => acting.mutate()}>
          {confirm}
        </Button>
      </footer>
    </Dialog>
  );
}
