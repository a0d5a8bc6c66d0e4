import { queryOptions } from "@tanstack/react-query";
import { answer } from "@/api/answer";
import { call } from "@/api/call";
import { postApiAuthLogin, postApiAuthRegister } from "@/api/generated/sdk.gen";
import { beginSession, changeUser, endSession, expectSession } from "@/api/session";
import type { Ceremony, Challenge, Credentials, DoorOptions, Factor, NewAccount, Proof, SignedIn } from "@/api/types";
import { provePasskey } from "@/ui/passkeys";

/** What a newcomer fills in. */
export type Newcomer = NewAccount & { birth_date?: string; invite?: string };

/** Somebody who came by a provider: new here, or with a second factor to prove. */
export type Pending =
  | { kind: "onboarding"; provider: string; suggested_username: string | null; email: string; display_name: string | null; next: string }
  | { kind: "factor"; challenge: string; factors: Factor[]; expires_in: number; next: string };

/** What somebody in the middle of coming in still has to say. */
export interface Onboarding {
  username: string;
  display_name?: string;
  birth_date?: string;
  invite?: string;
}

/** Whether an invite still holds, and who sent it. */
export interface InviteNews {
  valid: boolean;
  from: string | null;
  expires_at: string | null;
}

/** What the instance asks at the door. */
export const optionsQuery = () =>
  queryOptions({
    queryKey: ["door"],
    queryFn: ({ signal }) => call<DoorOptions>("get", "/api/auth/options", { signal }),
    staleTime: 300_000,
  });

/** Whether an invite still holds. */
export const inviteQuery = (code: string) =>
  queryOptions({
    queryKey: ["door", "invite", code],
    queryFn: ({ signal }) => call<InviteNews>("get", "/api/auth/invites/{code}", { path: { code }, signal }),
    enabled: code !== "",
  });

/** Who came by a provider and is not in yet. */
export const pendingQuery = () =>
  queryOptions({
    queryKey: ["door", "pending"],
    queryFn: ({ signal }) => call<Pending>("get", "/api/auth/oauth/pending", { signal }),
    staleTime: 0,
    retry: false,
  });

/** Makes an account and is in. */
export async function signUp(body: Newcomer): Promise<SignedIn> {
  return come(await answer(postApiAuthRegister({ body })));
}

/** Is in again, or is asked for one more proof. */
export async function signIn(body: Credentials): Promise<Challenge | undefined> {
  const told = (await answer(postApiAuthLogin({ body }))) as SignedIn | Challenge;
  if ("challenge" in told) return told;
  come(told);
  return undefined;
}

/** Is in by one more proof. */
export async function proveFactor(challenge: string, proof: Proof): Promise<void> {
  come(await call<SignedIn>("post", "/api/auth/factor", { body: { challenge, ...proof } }));
}

/** Has the authenticator give that proof. */
export async function proveFactorByPasskey(challenge: string): Promise<void> {
  const { ceremony, options } = await call<Ceremony>("post", "/api/auth/factor/passkey", { body: { challenge } });
  await proveFactor(challenge, { passkey: { ceremony, credential: await provePasskey(options) } });
}

/** Is in by a passkey alone. Quietly: the browser offers it in the list under the field, and waits. */
export async function signInByPasskey(how: { signal?: AbortSignal; quietly?: boolean } = {}): Promise<void> {
  const { ceremony, options } = await call<Ceremony>("post", "/api/auth/passkey/begin", { body: {}, signal: how.signal });
  const credential = await provePasskey(options, how);
  come(await call<SignedIn>("post", "/api/auth/passkey/finish", { body: { ceremony, credential } }));
}

/** Where the way in by a provider begins. The page is left for it and comes back with a cookie. */
export function providerDoor(id: string, next: string | undefined): string {
  return `/api/auth/oauth/${encodeURIComponent(id)}/start${next ? `?next=${encodeURIComponent(next)}` : ""}`;
}

/** To be called when somebody goes through such a door. */
export const leaveForProvider = expectSession;

/** Is in for the first time, by a provider. */
export async function finishOnboarding(body: Onboarding): Promise<SignedIn> {
  return come(await call<SignedIn>("post", "/api/auth/oauth/finish", { body }));
}

/** Sends a letter with a way back in, if there is such an account; nobody learns whether there is. */
export async function forgetPassword(login: string): Promise<void> {
  await call("post", "/api/auth/forgot", { body: { login } });
}

/** Sets a new password by a letter; every session ends. */
export async function resetPassword(token: string, password: string): Promise<void> {
  await call("post", "/api/auth/reset", { body: { token, password } });
}

/** Proves an address by the link or by the code of a letter. */
export async function verifyEmail(by: { token: string } | { code: string }): Promise<string> {
  const { email } = await call<{ email: string }>("post", "/api/auth/verify-email", { body: by });
  changeUser({ email_verified: true });
  return email;
}

/** Asks for another letter. */
export async function resendVerification(): Promise<void> {
  await call("post", "/api/auth/verify-email/resend");
}

/** Proves one of the two addresses of a move. */
export async function confirmEmail(token: string): Promise<{ email: string; state: "half" | "done" }> {
  return call("post", "/api/auth/confirm-email", { body: { token } });
}

/** The old address says no: the account stays, and every session ends. */
export async function refuseEmail(token: string): Promise<void> {
  await call("post", "/api/auth/refuse-email", { body: { token } });
}

/** Proves again that it is this person, so that delicate calls pass for a while. */
export async function stepUp(proof: Proof): Promise<void> {
  await call("post", "/api/me/step-up", { body: proof });
}

/** The same by a passkey. */
export async function stepUpByPasskey(): Promise<void> {
  const { ceremony, options } = await call<Ceremony>("post", "/api/me/step-up/passkey", { body: {} });
  await stepUp({ passkey: { ceremony, credential: await provePasskey(options) } });
}

/** Calls off the erasure of the account. */
export async function callOffDeletion(): Promise<void> {
  await call("delete", "/api/me/deletion");
  changeUser({ deletion_at: null });
}

/** Is out, here and in the other tabs. */
export const signOut = endSession;

function come(signedIn: SignedIn): SignedIn {
  beginSession(signedIn);
  return signedIn;
}
