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
import { makeAppKey, SCOPES } from "../api";

/** A new password for a program; it is shown once. */
export function NewAppKeyDialog({ onClose }: { onClose: () => void }) {
  const [secret, setSecret] = useState<string>();
  if (secret) {
    return (
      <Dialog open onClose={onClose} heading={t("apps.made")} text={t("apps.madeText")}>
        <div className="mt-4">
          <SecretText secret={secret} name={t("apps.secret")} />
        </div>
        <footer>
          <Button look="accent" onClick={onClose}>
            {t("apps.kept")}
          </Button>
        </footer>
      </Dialog>
    );
  }
  return (
    <Dialog open onClose={onClose} heading={t("apps.add")} text={t("apps.addText")}>
      <NewAppKeyForm onSecret={setSecret} onClose={onClose} />
    </Dialog>
  );
}

function NewAppKeyForm({ onSecret, onClose }: { onSecret: (secret: string) => void; onClose: () => void }) {
  const cache = useQueryClient();
  const { busy, problem, onSubmit } = useForm(({ name = "" }, form) => {
    const chosen = new Set(form.getAll("scope"));
    return makeAppKey(cache, { name: name.trim(), scopes: SCOPES.filter((scope) => chosen.has(scope)) });
  }, onSecret);
  return (
    <form onSubmit={onSubmit} noValidate className="grid gap-4 mt-4">
      <FormProblem problem={problem} shown={["name", "scopes"]} />
      <TextField
        label={t("security.name")}
        hint={t("apps.nameHint")}
        name="name"
        maxLength={100}
        dir="auto"
        autoComplete="off"
        required
        problem={fieldSentence(problem, "name")}
      />
      <fieldset>
        <legend className="legend">{t("apps.scopes")}</legend>
        {SCOPES.map((scope) => (
          <label key={scope} className="check">
            <input type="checkbox" name="scope" value={scope} defaultChecked={scope === "read" || scope === "stream"} />
            <span>
              <span className="block font-medium">{t(`apps.scope.${scope}`)}</span>
              <span className="hint">{t(`apps.scopeHint.${scope}`)}</span>
            </span>
          </label>
        ))}
        {fieldSentence(problem, "scopes") && <p className="err">{fieldSentence(problem, "scopes")}</p>}
      </fieldset>
      <footer>
        <Button look="plain" onClick={onClose}>
          {t("edit.cancel")}
        </Button>
        <Button type="submit" look="accent" busy={busy}>
          {t("apps.make")}
        </Button>
      </footer>
    </form>
  );
}
