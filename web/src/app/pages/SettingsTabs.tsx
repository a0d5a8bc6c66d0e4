import { Link } from "@tanstack/react-router";
import { PageTabs } from "@/ui/PageTabs";
import { t } from "@/ui/text/text";

export const SETTINGS_TABS = ["profile", "security", "apps", "invites", "notifications", "appearance", "playback"] as const;
export type SettingsTab = (typeof SETTINGS_TABS)[number];

/** The parts of the settings. Each has an address, so that one can be sent there. */
export function SettingsTabs({ at, tabs }: { at: SettingsTab; tabs: readonly SettingsTab[] }) {
  return (
    <PageTabs name={t("settings.parts")}>
      {tabs.map((tab) => (
        <Link key={tab} to="/settings" search={{ tab }} replace aria-current={tab === at ? "page" : undefined}>
          {t(`settings.tab.${tab}`)}
        </Link>
      ))}
    </PageTabs>
  );
}
