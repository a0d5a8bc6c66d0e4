import type { Factor, Proof } from "@/api/types";

/** Ways to prove that it is you. */
export type Way = "password" | Factor;

/** What a form called `way` holds, as the API takes it. */
export function proofOf(way: Way, typed: string): Proof {
  if (way === "totp") return { totp: typed };
  if (way === "recovery_code") return { recovery_code: typed.trim() };
  return { password: typed };
}
