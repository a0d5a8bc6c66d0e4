import { lazy } from "react";
import type { User } from "@/api/types";
import { Avatar } from "@/ui/Avatar";
import { LateMenu } from "@/ui/LateMenu";
import { t } from "@/ui/text/text";

const fetchMenu = () => import("./AccountMenu");
const AccountMenu = lazy(fetchMenu);

interface Props {
  user: User;
  onProfile: () => void;
  onSettings: () => void;
  /** After the session has ended. */
  onSignedOut: () => void;
}

/** The signed-in person: leads to what is theirs. */
export function AccountButton({ user, onProfile, onSettings, onSignedOut }: Props) {
  const button = (
    <button type="button" className="iconb" aria-label={t("account.button", { name: user.display_name || user.username })}>
      <Avatar name={user.display_name || user.username} picture={user.avatar} />
    </button>
  );
  return (
    <LateMenu button={button} fetchMenu={fetchMenu}>
      <AccountMenu button={button} username={user.username} onProfile={onProfile} onSettings={onSettings} onSignedOut={onSignedOut} />
    </LateMenu>
  );
}
