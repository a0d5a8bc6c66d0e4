import { answer } from "./answer";
import { client } from "./generated/client.gen";

interface Sent {
  /** What fills the braces of the address. */
  path?: Record<string, string>;
  query?: Record<string, string | number | boolean | undefined>;
  /** Sent as JSON, unless it is a form. */
  body?: unknown;
  signal?: AbortSignal;
}

/** Asks the API for `T` at `address`; a refusal is thrown as ApiProblem. */
export function call<T>(method: "get" | "post" | "put" | "patch" | "delete", address: string, { body, ...sent }: Sent = {}): Promise<T> {
  const form = body instanceof FormData ? { bodySerializer: null, headers: { "Content-Type": null } } : {};
  const json = body !== undefined && !(body instanceof FormData) ? { headers: { "Content-Type": "application/json" } } : {};
  const asked = client[method]({ url: address, ...sent, ...(body !== undefined && { body }), ...form, ...json });
  return answer(asked as unknown as Promise<{ data: T }>) as Promise<T>;
}
