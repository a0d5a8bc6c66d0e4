import { answer } from "@/api/answer";
import { patchApiMe, postApiAuthLogin, postApiAuthRegister } from "@/api/generated/sdk.gen";
import { beginSession, changeUser, endSession } from "@/api/session";
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

/** Is called something else from now on. */
export async function changeProfile(displayName: string): Promise<void> {
  const { display_name } = await answer(patchApiMe({ body: { display_name: displayName } }));
  changeUser({ display_name });
}
