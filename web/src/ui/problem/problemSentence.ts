import type { ApiProblem } from "@/api/problem";
import { asSentence } from "../text/format";
import { t } from "../text/text";

/** One sentence about a problem: the server's own where it gave one. */
export function problemSentence(problem: ApiProblem): string {
  const [field] = Object.values(problem.fields);
  const words = field ?? problem.sentence;
  if (words) return asSentence(words);
  return t(problem.trouble === "offline" ? "problem.offline" : "problem.unreadable");
}

/** What is wrong with one field, or nothing. */
export function fieldSentence(problem: ApiProblem | null, field: string): string | undefined {
  const words = problem?.fields[field];
  return words && asSentence(words);
}
