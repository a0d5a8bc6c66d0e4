import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { asProblem } from "@/api/problem";
import { Loading } from "./Loading";
import { FormProblem } from "./problem/FormProblem";
import { RetryButton } from "./problem/RetryButton";
import { Skeleton } from "./Skeleton";

interface Props<T> {
  query: UseQueryResult<T>;
  children: (data: T) => ReactNode;
}

/** Part of a page that is asked for on its own: its shape while it comes, why it did not, or what came. */
export function ListState<T>({ query, children }: Props<T>) {
  if (query.data !== undefined) return children(query.data);
  if (query.isError) {
    const problem = asProblem(query.error);
    return (
      <div className="grid gap-3 justify-items-start">
        <FormProblem problem={problem} />
        {problem.passing && <RetryButton problem={problem} onRetry={() => void query.refetch()} />}
      </div>
    );
  }
  return (
    <Loading>
      <div className="grid gap-2">
        <Skeleton className="h-14" />
        <Skeleton className="h-14" />
      </div>
    </Loading>
  );
}
