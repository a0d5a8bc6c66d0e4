import { lazy, Suspense, useSyncExternalStore } from "react";
import { currentAsk, subscribeAsks } from "@/api/asks";
import type { Session } from "@/api/session";

const StepUpDialog = lazy(() => import("@/features/account/components/StepUpDialog"));
const SignInAgainDialog = lazy(() => import("@/features/account/components/SignInAgainDialog"));

/** What a waiting call needs of the person, asked over whatever page they are on. */
export function Asks({ session }: { session: Session }) {
  const ask = useSyncExternalStore(subscribeAsks, currentAsk);
  if (!ask || session.is !== "signedIn") return null;
  return <Suspense>{ask === "stepUp" ? <StepUpDialog user={session.user} /> : <SignInAgainDialog user={session.user} />}</Suspense>;
}
