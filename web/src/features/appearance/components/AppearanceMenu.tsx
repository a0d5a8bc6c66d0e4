import { useSyncExternalStore } from "react";
import { IconButton } from "@/ui/IconButton";
import type { IconName } from "@/ui/icons";
import { Menu } from "@/ui/Menu";
import { MenuChoices } from "@/ui/MenuChoices";
import type { TextKey } from "@/ui/text/en";
import { t } from "@/ui/text/text";
import { changeAppearance, currentAppearance, MODES, type Mode, REALMS, subscribeAppearance } from "../appearance";
import { RealmChoices } from "./RealmChoices";

const ICONS: Record<Mode, IconName> = { system: "system", light: "day", dark: "night" };

/** Realm and light. */
export function AppearanceMenu() {
  const { realm, mode } = useSyncExternalStore(subscribeAppearance, currentAppearance);
  const modes = MODES.map((value) => ({ value, label: t(`look.mode.${value}` satisfies TextKey), icon: ICONS[value] }));
  return (
    <Menu trigger={<IconButton icon="look" name={t("look.button")} />} name={t("look.button")}>
      <RealmChoices value={realm} realms={REALMS} onChoose={(next) => changeAppearance({ realm: next })} />
      <div className="menu-line" />
      <MenuChoices label={t("look.mode")} value={mode} choices={modes} onChoose={(next) => changeAppearance({ mode: next })} />
    </Menu>
  );
}
