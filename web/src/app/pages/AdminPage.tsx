import "@/ui/text/admin";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useSession } from "@/features/account/useSession";
import { AuditTable } from "@/features/admin/components/AuditTable";
import { Outbox } from "@/features/admin/components/Outbox";
import { UsersTable } from "@/features/admin/components/UsersTable";
import { PageTabs } from "@/ui/PageTabs";
import { SistrumState } from "@/ui/SistrumState";
import "@/ui/account.css";
import { t } from "@/ui/text/text";
import { useTitle } from "@/ui/useTitle";
import { useViewerId } from "../useViewerId";
import { Gate } from "./Gate";

const TABS = ["users", "audit", "letters"] as const;
const PARTS = { audit: AuditTable, letters: Outbox };
const route = getRouteApi("/admin");

/** What administrators look after: the accounts, what happened, and letters that nobody got. */
export function AdminPage() {
  useTitle(t("admin.title"));
  return (
    <Gate>
      <Inside />
    </Gate>
  );
}

function Inside() {
  const session = useSession();
  const viewerId = useViewerId();
  const { tab = "users" } = route.useSearch();
  const Part = tab === "users" ? undefined : PARTS[tab];
  if (session.is === "signedIn" && session.user.role !== "admin") {
    return <SistrumState figure="broken" heading={t("state.forbidden.heading")} text={t("admin.forbidden")} />;
  }
  return (
    <>
      <h1 className="display text-2xl mb-3">{t("admin.title")}</h1>
      <PageTabs name={t("admin.parts")}>
        {TABS.map((one) => (
          <Link key={one} to="/admin" search={{ tab: one }} replace aria-current={one === tab ? "page" : undefined}>
            {t(`admin.${one}`)}
          </Link>
        ))}
      </PageTabs>
      {Part ? <Part /> : <UsersTable viewerId={viewerId} />}
    </>
  );
}
