import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { asProblem } from "@/api/problem";
import { Avatar } from "@/ui/Avatar";
import { Button } from "@/ui/Button";
import { Icon } from "@/ui/Icon";
import { problemSentence } from "@/ui/problem/problemSentence";
import "@/ui/select.css";
import { formatAgo } from "@/ui/text/dates";
import { formatDate } from "@/ui/text/format";
import { t } from "@/ui/text/text";
import { say } from "@/ui/toast/toasts";
import { type AdminUser, changeAccount } from "../api";
import { BanDialog } from "./BanDialog";

const ROLES = ["user", "artist", "moderator", "admin"] as const satisfies readonly AdminUser["role"][];

/** One account: who it is, what it may do, and whether it may do anything at all. */
export function UserRow({ user, isSelf }: { user: AdminUser; isSelf: boolean }) {
  const cache = useQueryClient();
  const [banning, setBanning] = useState(false);
  const change = useMutation({
    mutationFn: (body: Parameters<typeof changeAccount>[2]) => changeAccount(cache, user.id, body),
    onSuccess: () => say(t("admin.saved")),
    onError: (error) => say(problemSentence(asProblem(error))),
  });
  const name = user.display_name || user.username;
  return (
    <li className="thing">
      <Avatar name={name} size={40} />
      <div className="min-w-0">
        <p className="flex items-center gap-2">
          <Link to="/user/$name" params={{ name: user.username }} className="quiet-link truncate font-medium" dir="auto">
            {user.username}
          </Link>
          {user.banned_at && <span className="badge badge-bad">{t("admin.banned")}</span>}
        </p>
        <p className="text-muted text-sm truncate">
          {t("admin.users.about", {
            email: user.email,
            since: formatDate(user.created_at),
            used: user.last_used_at ? formatAgo(user.last_used_at) : t("admin.never"),
          })}
        </p>
        {user.ban_reason && <p className="text-sm">{user.ban_reason}</p>}
      </div>
      <div className="acts">
        <div className="select">
          <select
            className="input"
            value={change.variables?.role && change.isPending ? change.variables.role : user.role}
            aria-label={t("admin.roleOf", { name: user.username })}
            onChange={(event) => change.mutate({ role: event.target.value as AdminUser["role"] })}
          >
            {ROLES.map((role) => (
              <option key={role} value={role}>
                {t(`admin.role.${role}`)}
              </option>
            ))}
          </select>
          <Icon name="chevronDown" small />
        </div>
        {!isSelf && (
          <Button
            look="plain"
            size="s"
            busy={change.isPending}
            aria-label={t(user.banned_at ? "admin.unbanOne" : "admin.banOne", { name: user.username })}
            onClick={() => (user.banned_at ? change.mutate({ banned: false }) : setBanning(true))}
          >
            {t(user.banned_at ? "admin.unban" : "admin.ban")}
          </Button>
        )}
      </div>
      {banning && <BanDialog user={user} onClose={() => setBanning(false)} />}
    </li>
  );
}
