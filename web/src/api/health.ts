import type { GetApiHealthResponse } from "./generated/types.gen";
import { ApiProblem, problemFrom } from "./problem";

export type Health = GetApiHealthResponse;

/** What the server says of itself. That a part fails is an answer too, so 503 is read like 200. */
export async function askHealth(): Promise<Health> {
  const response = await fetch(new URL("/api/health", location.origin)).catch(() => undefined);
  if (!response) throw new ApiProblem(0);
  const body: unknown = await response.json().catch(() => undefined);
  if (!isHealth(body)) throw problemFrom(response.status, body, response.headers);
  return body;
}

function isHealth(body: unknown): body is Health {
  return typeof body === "object" && body !== null && "checks" in body;
}
