import { type ReactElement, useSyncExternalStore } from "react";
import type { IconName } from "@/ui/icons";
import { Menu } from "@/ui/Menu";
import { MenuChoices } from "@/ui/MenuChoices";
import type { TextKey } from "@/ui/text/en";
import { t } from "@/ui/text/text";
import { changeAppearance, currentAppearance, MODES, type Mode, REALMS, subscribeAppearance } from "../appearance";
import { RealmChoices } from "./RealmChoices";

const ICONS: Record<Mode, IconName> = { system: "system", light: "day", dark: "night" };

/** Realm and light, opened by `button`. */
export default function AppearanceMenu({ button }: { button: ReactElement }) {
  const { realm, mode } = useSyncExternalStore(subscribeAppearance, currentAppearance);
  const modes = MODES.map((value) => ({ value, label: t(`look.mode.${value}` satisfies TextKey), icon: ICONS[value] }));
  return (
    <Menu trigger={button} name={t("look.button")} startsOpen>
      <RealmChoices value={realm} realms={REALMS} onChoose={(next) => changeAppearance({ realm: next })} />
      <div className="menu-line" />
      <MenuChoices label={t("look.mode")} value={mode} choices={modes} onChoose={(next) => changeAppearance({ mode: next })} />
    </Menu>
  );
}
