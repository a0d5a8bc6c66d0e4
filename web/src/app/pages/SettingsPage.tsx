import "@/ui/text/account";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import type { User } from "@/api/types";
import { optionsQuery } from "@/features/account/api";
import { DoorProblem } from "@/features/account/components/DoorProblem";
import { useSession } from "@/features/account/useSession";
import { AppearanceSettings } from "@/features/appearance/components/AppearanceSettings";
import { InvitesSection } from "@/features/invites/components/InvitesSection";
import { PlaybackSettings } from "@/features/listening/components/PlaybackSettings";
import { FacesSection } from "@/features/profile/components/FacesSection";
import { HandleSection } from "@/features/profile/components/HandleSection";
import { ProfileForm } from "@/features/profile/components/ProfileForm";
import { AppKeysSection } from "@/features/security/components/AppKeysSection";
import { Button } from "@/ui/Button";
import { Note } from "@/ui/Note";
import { SistrumState } from "@/ui/SistrumState";
import { t } from "@/ui/text/text";
import { useTitle } from "@/ui/useTitle";
import { help } from "../shell/helpStore";
import { Gate } from "./Gate";
import { SecuritySettings } from "./SecuritySettings";
import { SETTINGS_TABS, type SettingsTab, SettingsTabs } from "./SettingsTabs";

const route = getRouteApi("/settings");

/** Who one is here, what guards it, how it looks, how it sounds. Strangers have the last two. */
export function SettingsPage() {
  useTitle(t("settings.title"));
  const session = useSession();
  const { data: options } = useQuery(optionsQuery());
  const { tab = session.is === "anonymous" ? "appearance" : "profile", linked, problem } = route.useSearch();
  const mayInvite = options?.registration === "invite" || (session.is === "signedIn" && session.user.role === "admin");
  return (
    <div className="wide">
      <div className="flex flex-wrap items-center gap-4 mb-3">
        <h1 className="display text-2xl">{t("settings.title")}</h1>
        {session.is === "signedIn" && session.user.role === "admin" && (
          <Link to="/admin" className="btn btn-ghost btn-s ms-auto">
            {t("settings.admin")}
          </Link>
        )}
      </div>
      <SettingsTabs at={tab} tabs={SETTINGS_TABS.filter((one) => one !== "invites" || mayInvite || tab === "invites")} />
      <DoorProblem code={problem} />
      {linked && (
        <Note icon="checkCircle" role="status">
          {t("security.linked.done")}
        </Note>
      )}
      {tab === "appearance" && (
        <div className="mt-6">
          <AppearanceSettings />
        </div>
      )}
      {tab === "playback" && (
        <div className="mt-6">
          <PlaybackSettings />
          <Button look="ghost" className="mt-8" onClick={() => help.set(true)}>
            {t("settings.keys")}
          </Button>
        </div>
      )}
      {tab !== "appearance" && tab !== "playback" && (
        <Gate>{session.is === "signedIn" && <Own key={session.user.id} tab={tab} user={session.user} />}</Gate>
      )}
    </div>
  );
}

function Own({ tab, user }: { tab: SettingsTab; user: User }) {
  if (tab === "security") return <SecuritySettings user={user} />;
  if (tab === "apps") return <AppKeysSection />;
  if (tab === "invites") return <InvitesSection />;
  if (tab === "notifications") {
    return <SistrumState figure="empty" heading={t("notifications.heading")} text={t("notifications.text")} level={2} />;
  }
  return (
    <>
      <FacesSection user={user} />
      <ProfileForm user={user} />
      <HandleSection user={user} />
    </>
  );
}
