import { Link, useRouter, useRouterState } from "@tanstack/react-router";
import type { Session } from "@/api/session";
import { AccountButton } from "@/features/account/components/AccountButton";
import { AppearanceButton } from "@/features/appearance/components/AppearanceButton";
import { t } from "@/ui/text/text";
import { Brand } from "./Brand";
import { TopSearch } from "./TopSearch";

/** Above the page: the search, how it looks, and who is here. */
export function TopBar({ session }: { session: Session }) {
  const router = useRouter();
  const isSearch = useRouterState({ select: (state) => state.location.pathname === "/search" });
  return (
    <header className="top">
      <Brand />
      {!isSearch && <TopSearch />}
      <div className="flex-1" />
      <AppearanceButton />
      {session.is === "signedIn" && (
        <AccountButton
          user={session.user}
          onProfile={() => void router.navigate({ to: "/user/$name", params: { name: session.user.username } })}
          onSettings={() => void router.navigate({ to: "/settings" })}
          onSignedOut={() => void router.navigate({ to: "/" })}
        />
      )}
      {session.is === "anonymous" && (
        <Link to="/login" className="btn btn-ghost btn-s">
          {t("nav.signIn")}
        </Link>
      )}
    </header>
  );
}
