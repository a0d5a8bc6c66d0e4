import { getRouteApi } from "@tanstack/react-router";
import { ProfileForm } from "@/features/account/components/ProfileForm";
import { useSession } from "@/features/account/useSession";
import { AppearanceSettings } from "@/features/appearance/components/AppearanceSettings";
import { PlaybackSettings } from "@/features/listening/components/PlaybackSettings";
import { Button } from "@/ui/Button";
import { t } from "@/ui/text/text";
import { useTitle } from "@/ui/useTitle";
import { help } from "../shell/helpStore";
import { Gate } from "./Gate";
import { SettingsTabs } from "./SettingsTabs";

const route = getRouteApi("/settings");

/** Who one is here, how it looks, how it sounds. Strangers have the last two. */
export function SettingsPage() {
  useTitle(t("settings.title"));
  const session = useSession();
  const { tab = session.is === "anonymous" ? "appearance" : "profile" } = route.useSearch();
  return (
    <div className="wide">
      <h1 className="display text-2xl mb-3">{t("settings.title")}</h1>
      <SettingsTabs at={tab} />
      <div className="mt-6">
        {tab === "profile" && <Gate>{session.is === "signedIn" && <ProfileForm user={session.user} />}</Gate>}
        {tab === "appearance" && <AppearanceSettings />}
        {tab === "playback" && (
          <>
            <PlaybackSettings />
            <Button look="ghost" className="mt-8" onClick={() => help.set(true)}>
              {t("settings.keys")}
            </Button>
          </>
        )}
      </div>
    </div>
  );
}
