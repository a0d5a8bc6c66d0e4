import { Link } from "@tanstack/react-router";
import type { ApiProblem } from "@/api/problem";
import { ProblemState } from "@/ui/problem/ProblemState";
import { t } from "@/ui/text/text";
import { useTitle } from "@/ui/useTitle";

/** In place of something that could not be opened: why, and the way home. */
export function NothingHere({ problem, onRetry }: { problem: ApiProblem; onRetry: () => void }) {
  useTitle(problem.trouble === "notFound" ? t("state.notFound.title") : undefined);
  return (
    <ProblemState problem={problem} onRetry={onRetry}>
      <Link to="/" className="btn btn-plain">
        {t("state.home")}
      </Link>
    </ProblemState>
  );
}
