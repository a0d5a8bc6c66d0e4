import { lazy, Suspense } from "react";
import type { Session } from "@/api/session";

const AccountBanner = lazy(() => import("@/features/account/components/AccountBanner"));

/** What the signed-in person should settle soon, over every page but the one where they do. */
export function Banner({ session, pathname }: { session: Session; pathname: string }) {
  if (session.is !== "signedIn" || pathname === "/verify-email") return null;
  const { deletion_at, must_verify, email_verified } = session.user;
  if (!deletion_at && (!must_verify || email_verified !== false)) return null;
  return (
    <Suspense>
      <AccountBanner user={session.user} />
    </Suspense>
  );
}
