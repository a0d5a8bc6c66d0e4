import type { ReactNode } from "react";
import type { ApiProblem, Trouble } from "@/api/problem";
import { SistrumState } from "../SistrumState";
import type { TextKey } from "../text/en";
import { asSentence } from "../text/format";
import { t } from "../text/text";
import { RequestId } from "./RequestId";
import { RetryButton } from "./RetryButton";

interface Props {
  problem: ApiProblem;
  /** Asks again; without it there is no such button. */
  onRetry?: () => void;
  level?: 1 | 2;
  /** More ways on, beside "try again". */
  children?: ReactNode;
}

type Words = { heading: TextKey; text: TextKey };

const FAILED: Words = { heading: "state.error.heading", text: "state.error.text" };
const WORDS: Partial<Record<Trouble, Words>> = {
  notFound: { heading: "state.notFound.heading", text: "state.notFound.text" },
  forbidden: { heading: "state.forbidden.heading", text: "state.forbidden.text" },
  limited: { heading: "state.limited.heading", text: "state.limited.text" },
  offline: { heading: "state.offline.heading", text: "state.offline.text" },
};

/** A page that could not be shown: why, what is safe, what to do, and the request's name for the log. */
export function ProblemState({ problem, onRetry, level, children }: Props) {
  const words = WORDS[problem.trouble] ?? FAILED;
  const text = problem.status === 503 && problem.sentence ? asSentence(problem.sentence) : t(words.text);
  return (
    <SistrumState figure="broken" heading={t(words.heading)} text={text} level={level}>
      <div className="acts">
        {onRetry && problem.passing && <RetryButton problem={problem} onRetry={onRetry} />}
        {children}
      </div>
      <RequestId id={problem.requestId} />
    </SistrumState>
  );
}
