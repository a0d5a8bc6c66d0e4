import { Avatar } from "@/ui/Avatar";
import { Menu } from "@/ui/Menu";
import { MenuItem } from "@/ui/MenuItem";
import { t } from "@/ui/text/text";
import { say } from "@/ui/toast/toasts";
import { signOut } from "../api";

interface Props {
  user: { username: string; display_name: string };
  /** After the session has ended. */
  onSignedOut: () => void;
}

/** The signed-in person, and the way out. */
export function AccountMenu({ user, onSignedOut }: Props) {
  const name = user.display_name || user.username;
  const leave = async () => {
    await signOut();
    onSignedOut();
    say(t("account.signedOut"));
  };
  const button = (
    <button type="button" className="iconb" aria-label={t("account.button", { name })}>
      <Avatar name={name} />
    </button>
  );
  return (
    <Menu trigger={button} name={t("account.button", { name })}>
      <p className="menu-label">{t("account.signedInAs", { username: user.username })}</p>
      <MenuItem icon="logOut" label={t("account.signOut")} onSelect={() => void leave()} />
    </Menu>
  );
}
