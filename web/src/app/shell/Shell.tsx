import { CatchBoundary, Outlet, useRouterState } from "@tanstack/react-router";
import { useSession } from "@/features/account/useSession";
import { PlayerBar } from "@/features/listening/components/PlayerBar";
import { useTrackNews } from "@/features/tracks/useTrackNews";
import { t } from "@/ui/text/text";
import { Toasts } from "@/ui/toast/Toasts";
import { CrashPage } from "../pages/CrashPage";
import { Asks } from "./Asks";
import { Banner } from "./Banner";
import { Help } from "./Help";
import { OfflineNote } from "./OfflineNote";
import { SideNav } from "./SideNav";
import { TabBar } from "./TabBar";
import { TopBar } from "./TopBar";
import { useOneOwner } from "./useOneOwner";
import { usePageFocus } from "./usePageFocus";

/** What stands around every page and outlives it: navigation, the player, passing sentences. */
export function Shell() {
  const session = useSession();
  const pathname = useRouterState({ select: (state) => state.location.pathname });
  const page = usePageFocus(pathname);
  useOneOwner(session);
  useTrackNews(session.is === "signedIn");
  return (
    <div className="app">
      <a className="skip" href="#page">
        {t("app.skip")}
      </a>
      <SideNav />
      <div className="main" id="scroller">
        <TopBar session={session} />
        <OfflineNote />
        <Banner session={session} pathname={pathname} />
        <main className="page" id="page" ref={page} tabIndex={-1}>
          <CatchBoundary getResetKey={() => pathname} errorComponent={CrashPage}>
            <Outlet />
          </CatchBoundary>
        </main>
      </div>
      <PlayerBar />
      <TabBar />
      <Toasts />
      <Help />
      <Asks session={session} />
    </div>
  );
}
