import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { asProblem } from "@/api/problem";
import { Button } from "@/ui/Button";
import { Icon } from "@/ui/Icon";
import { IconButton } from "@/ui/IconButton";
import { ListState } from "@/ui/ListState";
import { problemSentence } from "@/ui/problem/problemSentence";
import { Section } from "@/ui/Section";
import { SistrumState } from "@/ui/SistrumState";
import { formatDate } from "@/ui/text/format";
import { t } from "@/ui/text/text";
import { say } from "@/ui/toast/toasts";
import { type Invite, invitesQuery, removeInvite } from "../api";
import { NewInviteDialog } from "./NewInviteDialog";

/** Invites one has out, and the way to make more. */
export function InvitesSection() {
  const invites = useQuery(invitesQuery());
  const [making, setMaking] = useState(false);
  if (invites.isError && asProblem(invites.error).trouble === "forbidden") {
    return <SistrumState figure="empty" heading={t("invites.forbidden")} text={t("invites.forbiddenText")} level={2} />;
  }
  return (
    <Section heading={t("invites.heading")} text={t("invites.text")}>
      <ListState query={invites}>
        {(items) =>
          items.length === 0 ? (
            <p className="text-muted">{t("invites.none")}</p>
          ) : (
            <ul className="things" aria-label={t("invites.heading")}>
              {items.map((invite) => (
                <InviteRow key={invite.id} invite={invite} />
              ))}
            </ul>
          )
        }
      </ListState>
      <Button look="ghost" onClick={() => setMaking(true)}>
        {t("invites.add")}
      </Button>
      {making && <NewInviteDialog onClose={() => setMaking(false)} />}
    </Section>
  );
}

function InviteRow({ invite: { id, note, uses, used, state, created_at, expires_at } }: { invite: Invite }) {
  const cache = useQueryClient();
  const remove = useMutation({
    mutationFn: () => removeInvite(cache, id),
    onSuccess: () => say(t("invites.removed")),
    onError: (error) => say(problemSentence(asProblem(error))),
  });
  const name = note ?? t("invites.unnamed", { date: formatDate(created_at) });
  const standing = state === "open" ? t("invites.until", { date: formatDate(expires_at) }) : t(`invites.state.${state}`);
  return (
    <li className="thing">
      <Icon name="mail" />
      <div className="min-w-0">
        <p className="font-medium truncate" dir="auto">
          {name}
        </p>
        <p className="text-muted text-sm">{t("invites.about", { used, uses, standing })}</p>
      </div>
      {state === "open" && (
        <IconButton icon="trash" small name={t("invites.remove", { name })} disabled={remove.isPending} onClick={() => remove.mutate()} />
      )}
    </li>
  );
}
