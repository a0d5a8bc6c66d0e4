import type { ApiProblem } from "@/api/problem";
import { Button } from "../Button";
import { Icon } from "../Icon";
import { t } from "../text/text";
import { useCountdown } from "../useCountdown";

interface Props {
  problem: ApiProblem;
  onRetry: () => void;
}

/** Asks again, but not before the time the server asked for. */
export function RetryButton({ problem, onRetry }: Props) {
  const left = useCountdown(problem.retryAfterS ?? 0, problem);
  return (
    <Button look="accent" busy={left > 0} onClick={onRetry}>
      <Icon name="retry" small />
      <span className="num">{left > 0 ? t("state.tryAgainIn", { seconds: left }) : t("state.tryAgain")}</span>
    </Button>
  );
}
