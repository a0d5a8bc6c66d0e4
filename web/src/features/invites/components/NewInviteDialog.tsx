import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { FormProblem } from "@/ui/problem/FormProblem";
import { fieldSentence } from "@/ui/problem/problemSentence";
import { SecretText } from "@/ui/SecretText";
import { TextField } from "@/ui/TextField";
import { t } from "@/ui/text/text";
import { useForm } from "@/ui/useForm";
import { makeInvite, type NewInvite } from "../api";

/** A new invite, and its address to be handed on. */
export function NewInviteDialog({ onClose }: { onClose: () => void }) {
  const [invite, setInvite] = useState<NewInvite>();
  if (invite) {
    return (
      <Dialog open onClose={onClose} heading={t("invites.made")} text={t("invites.madeText")}>
        <div className="mt-4">
          <SecretText secret={invite.url} name={t("invites.address")} />
        </div>
        <footer>
          <Button look="accent" onClick={onClose}>
            {t("invites.done")}
          </Button>
        </footer>
      </Dialog>
    );
  }
  return (
    <Dialog open onClose={onClose} heading={t("invites.add")}>
      <NewInviteForm onMade={setInvite} onClose={onClose} />
    </Dialog>
  );
}

function NewInviteForm({ onMade, onClose }: { onMade: (invite: NewInvite) => void; onClose: () => void }) {
  const cache = useQueryClient();
  const { busy, problem, onSubmit } = useForm(({ note = "", email = "", uses = "", days = "" }) => {
    const draft = {
      ...(note.trim() && { note: note.trim() }),
      ...(email.trim() && { email: email.trim() }),
      ...(uses && { uses: Number(uses) }),
      ...(days && { expires_in_days: Number(days) }),
    };
    return makeInvite(cache, draft);
  }, onMade);
  return (
    <form onSubmit={onSubmit} noValidate className="grid gap-4 mt-4">
      <FormProblem problem={problem} shown={["note", "email", "uses", "expires_in_days"]} />
      <TextField
        label={t("invites.note")}
        hint={t("invites.noteHint")}
        name="note"
        maxLength={100}
        dir="auto"
        autoComplete="off"
        problem={fieldSentence(problem, "note")}
      />
      <TextField
        label={t("invites.email")}
        hint={t("invites.emailHint")}
        name="email"
        type="email"
        dir="ltr"
        autoComplete="off"
        problem={fieldSentence(problem, "email")}
      />
      <div className="grid grid-cols-2 gap-4">
        <TextField
          label={t("invites.useCount")}
          name="uses"
          type="number"
          min={1}
          max={100}
          defaultValue={1}
          problem={fieldSentence(problem, "uses")}
        />
        <TextField
          label={t("invites.days")}
          name="days"
          type="number"
          min={1}
          max={90}
          defaultValue={7}
          problem={fieldSentence(problem, "expires_in_days")}
        />
      </div>
      <footer>
        <Button look="plain" onClick={onClose}>
          {t("edit.cancel")}
        </Button>
        <Button type="submit" look="accent" busy={busy}>
          {t("invites.make")}
        </Button>
      </footer>
    </form>
  );
}
