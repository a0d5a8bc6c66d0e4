import type { ReactElement } from "react";
import { Menu } from "@/ui/Menu";
import { MenuItem } from "@/ui/MenuItem";
import { t } from "@/ui/text/text";
import { say } from "@/ui/toast/toasts";
import { signOut } from "../api";

interface Props {
  button: ReactElement;
  username: string;
  onProfile: () => void;
  onSettings: () => void;
  /** After the session has ended. */
  onSignedOut: () => void;
}

/** The signed-in person, their settings, and the way out. */
export default function AccountMenu({ button, username, onProfile, onSettings, onSignedOut }: Props) {
  const leave = async () => {
    await signOut();
    onSignedOut();
    say(t("account.signedOut"));
  };
  return (
    <Menu trigger={button} name={t("account.signedInAs", { username })} startsOpen>
      <p className="menu-label">{t("account.signedInAs", { username })}</p>
      <MenuItem icon="person" label={t("account.profile")} onSelect={onProfile} />
      <MenuItem icon="settings" label={t("settings.title")} onSelect={onSettings} />
      <MenuItem icon="logOut" label={t("account.signOut")} onSelect={() => void leave()} />
    </Menu>
  );
}
