import { Link, useRouter } from "@tanstack/react-router";
import type { Session } from "@/api/session";
import { AccountMenu } from "@/features/account/components/AccountMenu";
import { AppearanceMenu } from "@/features/appearance/components/AppearanceMenu";
import { t } from "@/ui/text/text";
import { Brand } from "./Brand";

/** Above the page: how it looks, and who is here. */
export function TopBar({ session }: { session: Session }) {
  const router = useRouter();
  return (
    <header className="top">
      <Brand />
      <div className="flex-1" />
      <AppearanceMenu />
      {session.is === "signedIn" && <AccountMenu user={session.user} onSignedOut={() => void router.navigate({ to: "/" })} />}
      {session.is === "anonymous" && (
        <Link to="/login" className="btn btn-ghost btn-s">
          {t("nav.signIn")}
        </Link>
      )}
    </header>
  );
}
