import "@/ui/text/account";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Artist } from "@/api/types";
import { Button } from "@/ui/Button";
import { ListState } from "@/ui/ListState";
import { FormProblem } from "@/ui/problem/FormProblem";
import { fieldSentence } from "@/ui/problem/problemSentence";
import { Section } from "@/ui/Section";
import { SelectField } from "@/ui/SelectField";
import { TextField } from "@/ui/TextField";
import { t } from "@/ui/text/text";
import { say } from "@/ui/toast/toasts";
import { useForm } from "@/ui/useForm";
import { addMember, type MemberRole, mayGive, membersQuery } from "../members";
import { MemberRow } from "./MemberRow";

/** Who may act for an artist: the people, and the way to let more in. */
export function MembersSection({ artist, viewerId }: { artist: Artist; viewerId: string | undefined }) {
  const members = useQuery(membersQuery(artist.id));
  const roles = mayGive(artist.role);
  return (
    <>
      <Section heading={t("members.heading")} text={t("members.text", { name: artist.name })}>
        <ListState query={members}>
          {(items) => (
            <ul className="things" aria-label={t("members.heading")}>
              {items.map((member) => (
                <MemberRow key={member.user_id} artist={artist} member={member} isSelf={member.user_id === viewerId} roles={roles} />
              ))}
            </ul>
          )}
        </ListState>
      </Section>
      {roles.length > 0 && (
        <Section heading={t("members.add")} text={t("members.addText")}>
          <AddForm artist={artist} roles={roles} />
        </Section>
      )}
    </>
  );
}

function AddForm({ artist, roles }: { artist: Artist; roles: readonly MemberRole[] }) {
  const cache = useQueryClient();
  const [role, setRole] = useState<MemberRole>("editor");
  const [round, setRound] = useState(0);
  const { busy, problem, onSubmit } = useForm(
    async ({ username = "" }) => {
      await addMember(cache, artist.id, { username: username.trim(), role });
      return username.trim();
    },
    (name) => {
      setRound(round + 1);
      say(t("members.added", { name, artist: artist.name }));
    },
  );
  return (
    <form onSubmit={onSubmit} noValidate>
      <FormProblem problem={problem} shown={["username", "role"]} />
      <TextField
        key={round}
        label={t("members.username")}
        name="username"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={50}
        dir="ltr"
        required
        problem={fieldSentence(problem, "username")}
      />
      <SelectField
        label={t("members.role")}
        value={role}
        choices={roles.map((value) => ({ value, label: t(`members.role.${value}`) }))}
        problem={fieldSentence(problem, "role")}
        onChange={setRole}
      />
      <p className="hint">{t(`members.roleHint.${role}`)}</p>
      <div className="acts">
        <Button type="submit" look="accent" busy={busy}>
          {t("members.addButton")}
        </Button>
      </div>
    </form>
  );
}
