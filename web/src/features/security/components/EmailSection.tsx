import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { asProblem } from "@/api/problem";
import type { User } from "@/api/types";
import { Button } from "@/ui/Button";
import { Note } from "@/ui/Note";
import { FormProblem } from "@/ui/problem/FormProblem";
import { fieldSentence } from "@/ui/problem/problemSentence";
import { Section } from "@/ui/Section";
import { TextField } from "@/ui/TextField";
import { t } from "@/ui/text/text";
import { say } from "@/ui/toast/toasts";
import { useForm } from "@/ui/useForm";
import { callOffEmail, changeEmail } from "../api";

/** Where letters go, whether it is proved, and the move to another address. */
export function EmailSection({ user }: { user: User }) {
  const [open, setOpen] = useState(false);
  return (
    <Section heading={t("security.email")} text={t("security.email.text")}>
      <p className="flex flex-wrap items-center gap-3">
        <span dir="ltr">{user.email}</span>
        {user.email_verified === true && <span className="badge">{t("security.email.verified")}</span>}
        {user.email_verified === false && (
          <Link to="/verify-email" className="link">
            {t("security.email.verify")}
          </Link>
        )}
      </p>
      {user.pending_email && <PendingMove to={user.pending_email} />}
      {open ? (
        <NewEmailForm onClose={() => setOpen(false)} />
      ) : (
        <Button look="ghost" onClick={() => setOpen(true)}>
          {t("security.email.change")}
        </Button>
      )}
    </Section>
  );
}

function NewEmailForm({ onClose }: { onClose: () => void }) {
  const { busy, problem, onSubmit } = useForm(
    ({ email = "" }) => changeEmail(email.trim()),
    () => {
      onClose();
      say(t("security.email.sent"));
    },
  );
  return (
    <form onSubmit={onSubmit} noValidate>
      <FormProblem problem={problem} shown={["email"]} />
      <TextField
        label={t("security.email.new")}
        name="email"
        type="email"
        autoComplete="email"
        dir="ltr"
        required
        autoFocus
        hint={t("security.email.newHint")}
        problem={fieldSentence(problem, "email")}
      />
      <div className="acts">
        <Button type="submit" look="accent" busy={busy}>
          {t("security.email.save")}
        </Button>
        <Button look="plain" onClick={onClose}>
          {t("edit.cancel")}
        </Button>
      </div>
    </form>
  );
}

function PendingMove({ to }: { to: string }) {
  const callOff = useMutation({ mutationFn: callOffEmail, onSuccess: () => say(t("security.email.calledOff")) });
  return (
    <Note icon="mail" role="status">
      <p>{t("security.email.pending", { email: to })}</p>
      <FormProblem problem={callOff.error && asProblem(callOff.error)} />
      <Button look="ghost" size="s" className="mt-2" busy={callOff.isPending} onClick={() => callOff.mutate()}>
        {t("security.email.callOff")}
      </Button>
    </Note>
  );
}
