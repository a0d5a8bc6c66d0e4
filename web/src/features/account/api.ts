import { queryOptions } from "@tanstack/react-query";
import { answer } from "@/api/answer";
import {
  deleteApiMeDeletion,
  getApiAuthInvitesByCode,
  getApiAuthOauthPending,
  getApiAuthOptions,
  postApiAuthConfirmEmail,
  postApiAuthFactor,
  postApiAuthFactorPasskey,
  postApiAuthForgot,
  postApiAuthLogin,
  postApiAuthOauthFinish,
  postApiAuthPasskeyBegin,
  postApiAuthPasskeyFinish,
  postApiAuthRefuseEmail,
  postApiAuthRegister,
  postApiAuthReset,
  postApiAuthVerifyEmail,
  postApiAuthVerifyEmailResend,
  postApiMeStepUp,
  postApiMeStepUpPasskey,
} from "@/api/generated/sdk.gen";
import type { GetApiAuthOauthPendingResponse, PostApiAuthOauthFinishData } from "@/api/generated/types.gen";
import { beginSession, changeUser, endSession, expectSession } from "@/api/session";
import type { Challenge, Credentials, NewAccount, Proof, SignedIn } from "@/api/types";
import { provePasskey } from "@/ui/passkeys";

/** Somebody who came by a provider: new here, or with a second factor to prove. */
export type Pending = GetApiAuthOauthPendingResponse;
/** What somebody in the middle of coming in still has to say. */
export type Onboarding = PostApiAuthOauthFinishData["body"];

/** What the instance asks at the door. */
export const optionsQuery = () =>
  queryOptions({
    queryKey: ["door"],
    queryFn: ({ signal }) => answer(getApiAuthOptions({ signal })),
    staleTime: 300_000,
  });

/** Whether an invite still holds. */
export const inviteQuery = (code: string) =>
  queryOptions({
    queryKey: ["door", "invite", code],
    queryFn: ({ signal }) => answer(getApiAuthInvitesByCode({ path: { code }, signal })),
    enabled: code !== "",
  });

/** Who came by a provider and is not in yet. */
export const pendingQuery = () =>
  queryOptions({
    queryKey: ["door", "pending"],
    queryFn: ({ signal }) => answer(getApiAuthOauthPending({ signal })),
    staleTime: 0,
    retry: false,
  });

/** Makes an account and is in. */
export async function signUp(body: NewAccount): Promise<SignedIn> {
  return come(await answer(postApiAuthRegister({ body })));
}

/** Is in again, or is asked for one more proof. */
export async function signIn(body: Credentials): Promise<Challenge | undefined> {
  const told = await answer(postApiAuthLogin({ body }));
  if ("challenge" in told) return told;
  come(told);
  return undefined;
}

/** Is in by one more proof. */
export async function proveFactor(challenge: string, proof: Proof): Promise<void> {
  come(await answer(postApiAuthFactor({ body: { challenge, ...proof } })));
}

/** Has the authenticator give that proof. */
export async function proveFactorByPasskey(challenge: string): Promise<void> {
  const { ceremony, options } = await answer(postApiAuthFactorPasskey({ body: { challenge } }));
  await proveFactor(challenge, { passkey: { ceremony, credential: await provePasskey(options) } });
}

/** Is in by a passkey alone. Quietly: the browser offers it in the list under the field, and waits. */
export async function signInByPasskey(how: { signal?: AbortSignal; quietly?: boolean } = {}): Promise<void> {
  const { ceremony, options } = await answer(postApiAuthPasskeyBegin({ body: {}, signal: how.signal }));
  const credential = await provePasskey(options, how);
  come(await answer(postApiAuthPasskeyFinish({ body: { ceremony, credential } })));
}

/** Where the way in by a provider begins. The page is left for it and comes back with a cookie. */
export function providerDoor(id: string, next: string | undefined): string {
  return `/api/auth/oauth/${encodeURIComponent(id)}/start${next ? `?next=${encodeURIComponent(next)}` : ""}`;
}

/** To be called when somebody goes through such a door. */
export const leaveForProvider = expectSession;

/** Is in for the first time, by a provider. */
export async function finishOnboarding(body: Onboarding): Promise<SignedIn> {
  return come(await answer(postApiAuthOauthFinish({ body })));
}

/** Sends a letter with a way back in, if there is such an account; nobody learns whether there is. */
export async function forgetPassword(login: string): Promise<void> {
  await answer(postApiAuthForgot({ body: { login } }));
}

/** Sets a new password by a letter; every session ends. */
export async function resetPassword(token: string, password: string): Promise<void> {
  await answer(postApiAuthReset({ body: { token, password } }));
}

/** Proves an address by the link or by the code of a letter. */
export async function verifyEmail(by: { token: string } | { code: string }): Promise<string> {
  const { email } = await answer(postApiAuthVerifyEmail({ body: by }));
  changeUser({ email_verified: true });
  return email;
}

/** Asks for another letter. */
export async function resendVerification(): Promise<void> {
  await answer(postApiAuthVerifyEmailResend());
}

/** Proves one of the two addresses of a move. */
export async function confirmEmail(token: string): Promise<{ email: string; state: "half" | "done" }> {
  return answer(postApiAuthConfirmEmail({ body: { token } }));
}

/** The old address says no: the account stays, and every session ends. */
export async function refuseEmail(token: string): Promise<void> {
  await answer(postApiAuthRefuseEmail({ body: { token } }));
}

/** Proves again that it is this person, so that delicate calls pass for a while. */
export async function stepUp(proof: Proof): Promise<void> {
  await answer(postApiMeStepUp({ body: proof }));
}

/** The same by a passkey. */
export async function stepUpByPasskey(): Promise<void> {
  const { ceremony, options } = await answer(postApiMeStepUpPasskey());
  await stepUp({ passkey: { ceremony, credential: await provePasskey(options) } });
}

/** Calls off the erasure of the account. */
export async function callOffDeletion(): Promise<void> {
  await answer(deleteApiMeDeletion());
  changeUser({ deletion_at: null });
}

/** Is out, here and in the other tabs. */
export const signOut = endSession;

function come(signedIn: SignedIn): SignedIn {
  beginSession(signedIn);
  return signedIn;
}
