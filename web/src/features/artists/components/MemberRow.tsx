import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { asProblem } from "@/api/problem";
import type { Artist } from "@/api/types";
import { Avatar } from "@/ui/Avatar";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { Icon } from "@/ui/Icon";
import { IconButton } from "@/ui/IconButton";
import { problemSentence } from "@/ui/problem/problemSentence";
import "@/ui/select.css";
import { t } from "@/ui/text/text";
import { say } from "@/ui/toast/toasts";
import { changeMember, type Member, type MemberRole, removeMember } from "../members";

interface Props {
  artist: Artist;
  member: Member;
  /** Whoever looks may always leave. */
  isSelf: boolean;
  /** The roles that whoever looks may give and take. */
  roles: readonly MemberRole[];
}

/** One of an artist's people: what they may do, and the end of it. */
export function MemberRow({ artist, member: { user_id, username, display_name, role }, isSelf, roles }: Props) {
  const cache = useQueryClient();
  const [asking, setAsking] = useState(false);
  const name = display_name || username;
  const change = useMutation({
    mutationFn: (to: MemberRole) => changeMember(cache, artist.id, user_id, to),
    onError: (error) => say(problemSentence(asProblem(error))),
  });
  const mayChange = roles.includes(role);
  return (
    <li className="thing">
      <Avatar name={name} size={40} />
      <div className="min-w-0">
        <Link to="/user/$name" params={{ name: username }} className="quiet-link block truncate font-medium" dir="auto">
          {name}
        </Link>
        <p className="text-muted text-sm truncate">
          <bdi dir="ltr">{`@${username}`}</bdi>
        </p>
      </div>
      <div className="acts">
        {mayChange ? (
          <div className="select">
            <select
              className="input"
              value={change.isPending ? change.variables : role}
              aria-label={t("members.roleOf", { name })}
              onChange={(event) => change.mutate(event.target.value as MemberRole)}
            >
              {roles.map((value) => (
                <option key={value} value={value}>
                  {t(`members.role.${value}`)}
                </option>
              ))}
            </select>
            <Icon name="chevronDown" small />
          </div>
        ) : (
          <span className="badge">{t(`members.role.${role}`)}</span>
        )}
        {(mayChange || isSelf) && (
          <IconButton
            icon={isSelf ? "logOut" : "trash"}
            small
            name={isSelf ? t("members.leave") : t("members.remove", { name })}
            onClick={() => setAsking(true)}
          />
        )}
      </div>
      {asking && (
        <ConfirmDialog
          heading={isSelf ? t("members.leaveHeading", { artist: artist.name }) : t("members.removeHeading", { name, artist: artist.name })}
          text={t("members.removeText")}
          confirm={isSelf ? t("members.leave") : t("members.removeButton")}
          act={() => removeMember(cache, artist.id, user_id)}
          onDone={() => say(t("members.removed", { name, artist: artist.name }))}
          onClose={() => setAsking(false)}
        />
      )}
    </li>
  );
}
