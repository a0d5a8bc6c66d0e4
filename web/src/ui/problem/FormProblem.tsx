import type { ApiProblem } from "@/api/problem";
import { Note } from "../Note";
import { problemSentence } from "./problemSentence";
import { RequestId } from "./RequestId";

interface Props {
  problem: ApiProblem | null;
  /** Fields that show their own message: a problem about them alone is not repeated here. */
  shown?: readonly string[];
}

/** Why a form was not taken, where no field can say it. */
export function FormProblem({ problem, shown = [] }: Props) {
  if (!problem) return null;
  const fields = Object.keys(problem.fields);
  if (fields.length > 0 && fields.every((field) => shown.includes(field))) return null;
  return (
    <Note icon="alert" look="bad" role="alert">
      {problemSentence(problem)}
      <RequestId id={problem.requestId} />
    </Note>
  );
}
