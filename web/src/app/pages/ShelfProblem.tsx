import type { ApiProblem } from "@/api/problem";
import { Button } from "@/ui/Button";
import { Note } from "@/ui/Note";
import { problemSentence } from "@/ui/problem/problemSentence";
import { t } from "@/ui/text/text";

/** Where one part of a page did not come, while the rest did. */
export function ShelfProblem({ problem, onRetry }: { problem: ApiProblem; onRetry: () => void }) {
  return (
    <Note icon="alert" look="warn" role="status" className="shelf items-center">
      <div className="flex flex-wrap items-center gap-3">
        <span>{problemSentence(problem)}</span>
        <Button look="ghost" size="s" onClick={onRetry}>
          {t("state.tryAgain")}
        </Button>
      </div>
    </Note>
  );
}
