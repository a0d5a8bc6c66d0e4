import { useState } from "react";

/** What the server thought of a value, for as long as the value is the one it judged. */
export function useJudged(problem: string | undefined, value: string): string | undefined {
  const [judged, setJudged] = useState({ problem, value });
  if (judged.problem !== problem) setJudged({ problem, value });
  return judged.value === value ? problem : undefined;
}
