import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { User } from "@/api/types";
import { Button } from "@/ui/Button";
import { FormProblem } from "@/ui/problem/FormProblem";
import { fieldSentence } from "@/ui/problem/problemSentence";
import { Section } from "@/ui/Section";
import { TextField } from "@/ui/TextField";
import { t } from "@/ui/text/text";
import { say } from "@/ui/toast/toasts";
import { useForm } from "@/ui/useForm";
import { changeUsername } from "../api";

/** The unique name and the address it makes. */
export function HandleSection({ user }: { user: User }) {
  const [open, setOpen] = useState(false);
  return (
    <Section heading={t("profile.handle")} text={t("profile.handleText")}>
      {open ? (
        <HandleForm user={user} onClose={() => setOpen(false)} />
      ) : (
        <>
          <p>
            <Address name={user.username} />
          </p>
          <Button look="ghost" onClick={() => setOpen(true)}>
            {t("profile.handleChange")}
          </Button>
        </>
      )}
    </Section>
  );
}

function HandleForm({ user, onClose }: { user: User; onClose: () => void }) {
  const cache = useQueryClient();
  const [name, setName] = useState(user.username);
  const { busy, problem, onSubmit } = useForm(
    ({ username = "" }) => changeUsername(cache, username.trim()),
    () => {
      onClose();
      say(t("profile.handleSaved"));
    },
  );
  return (
    <form onSubmit={onSubmit} noValidate>
      <FormProblem problem={problem} shown={["username"]} />
      <TextField
        label={t("signUp.username")}
        hint={t("signUp.usernameHint")}
        name="username"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={50}
        dir="ltr"
        autoFocus
        defaultValue={user.username}
        onChange={(event) => setName(event.target.value.trim())}
        problem={fieldSentence(problem, "username")}
      />
      <p className="text-muted" aria-live="polite">
        {t("profile.handlePreview")} <Address name={name} />
      </p>
      <div className="acts">
        <Button type="submit" look="accent" busy={busy}>
          {t("profile.handleSave")}
        </Button>
        <Button look="plain" onClick={onClose}>
          {t("edit.cancel")}
        </Button>
      </div>
    </form>
  );
}

function Address({ name }: { name: string }) {
  return <strong dir="ltr">{`${location.host}/user/${name}`}</strong>;
}
