import { answer } from "@/api/answer";
import { postApiAuthLogin, postApiAuthRegister } from "@/api/generated/sdk.gen";
import { beginSession, endSession } from "@/api/session";
import type { Credentials, NewAccount } from "@/api/types";

/** Makes an account and is in. */
export async function signUp(body: NewAccount): Promise<void> {
  beginSession(await answer(postApiAuthRegister({ body })));
}

/** Is in again. */
export async function signIn(body: Credentials): Promise<void> {
  beginSession(await answer(postApiAuthLogin({ body })));
}

/** Is out, here and in the other tabs. */
export const signOut = endSession;
