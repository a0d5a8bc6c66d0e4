import { useMutation } from "@tanstack/react-query";
import { asProblem } from "@/api/problem";
import { Button } from "@/ui/Button";
import { FormProblem } from "@/ui/problem/FormProblem";
import { t } from "@/ui/text/text";
import { useCountdown } from "@/ui/useCountdown";

/** A second letter so soon would only cross the first. */
const PAUSE_S = 60;

/** Asks for another letter, at most once a minute. */
export function ResendButton({ send, justSent = false }: { send: () => Promise<void>; justSent?: boolean }) {
  const sending = useMutation({ mutationFn: send });
  const problem = sending.error && asProblem(sending.error);
  const pause = problem ? (problem.retryAfterS ?? 0) : sending.isSuccess || justSent ? PAUSE_S : 0;
  const left = useCountdown(pause, sending.submittedAt);
  return (
    <div className="grid gap-3 justify-items-start">
      <FormProblem problem={problem} />
      <p className="sr-only" role="status">
        {sending.isSuccess && t("resend.sent")}
      </p>
      <Button look="ghost" busy={sending.isPending || left > 0} onClick={() => sending.mutate()}>
        <span className="num">{left > 0 ? t("resend.in", { seconds: left }) : t("resend.again")}</span>
      </Button>
    </div>
  );
}
