import { queryOptions } from "@tanstack/react-query";
import { call } from "./call";

/** A key that an authenticator holds. */
export interface Passkey {
  id: string;
  name: string;
  created_at: string;
  last_used_at: string | null;
}

/** How a person can prove that it is them. */
export interface Factors {
  password: boolean;
  totp: { created_at: string } | null;
  recovery_codes_left: number;
  passkeys: Passkey[];
  /** Whether this server, at this address, can take passkeys. */
  passkeys_offered: boolean;
}

/** How the signed-in person can prove that it is them. */
export const factorsQuery = () =>
  queryOptions({
    queryKey: ["me", "factors"],
    queryFn: ({ signal }) => call<Factors>("get", "/api/me/factors", { signal }),
  });
