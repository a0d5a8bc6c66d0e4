import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { asProblem } from "@/api/problem";
import { Loading } from "@/ui/Loading";
import { FormProblem } from "@/ui/problem/FormProblem";
import { RetryButton } from "@/ui/problem/RetryButton";
import { Skeleton } from "@/ui/Skeleton";
import { t } from "@/ui/text/text";
import { useOnce } from "../useOnce";
import { Door } from "./Door";

interface Words {
  heading: string;
  lead: string;
  /** Where to go from here. */
  onward: ReactNode;
}

interface Props<T> {
  /** What the letter's link is good for. */
  redeem: () => Promise<T>;
  done: (answer: T) => Words;
  /** How to come by another letter. */
  another: ReactNode;
}

/** A page that a letter leads to: it redeems the link and says what came of it. */
export function LinkResult<T>({ redeem, done, another }: Props<T>) {
  const redeeming = useMutation({ mutationFn: redeem });
  useOnce(() => redeeming.mutate());
  const problem = redeeming.error && asProblem(redeeming.error);
  if (problem) {
    return (
      <Door heading={t("link.failed")} lead={t("link.failedLead")}>
        <FormProblem problem={problem} />
        <div className="acts">
          {problem.passing && <RetryButton problem={problem} onRetry={() => redeeming.mutate()} />}
          {!problem.passing && another}
          <Link to="/" className="btn btn-plain">
            {t("state.home")}
          </Link>
        </div>
      </Door>
    );
  }
  if (!redeeming.isSuccess) {
    return (
      <Door heading={t("link.coming")}>
        <Loading>
          <Skeleton className="h-5 w-3/5" />
        </Loading>
      </Door>
    );
  }
  const { heading, lead, onward } = done(redeeming.data);
  return (
    <Door heading={heading} lead={lead}>
      <div className="acts" role="status">
        {onward}
      </div>
    </Door>
  );
}
