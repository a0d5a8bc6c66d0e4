import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { FormProblem } from "@/ui/problem/FormProblem";
import { fieldSentence } from "@/ui/problem/problemSentence";
import { TextField } from "@/ui/TextField";
import { t } from "@/ui/text/text";
import { useForm } from "@/ui/useForm";

interface Props {
  heading: string;
  text?: string;
  name: string;
  submit: string;
  save: (name: string) => Promise<unknown>;
  /** Closes it, unless something else is to follow. */
  onSaved?: () => void;
  onClose: () => void;
}

/** Asks what to call a thing, and does what follows from it. */
export function NameDialog({ heading, text, name, submit, save, onClose, onSaved = onClose }: Props) {
  const { busy, problem, onSubmit } = useForm((fields) => save((fields.name ?? "").trim()), onSaved);
  return (
    <Dialog open onClose={onClose} heading={heading} text={text}>
      <form onSubmit={onSubmit} noValidate className="grid gap-4 mt-4">
        <FormProblem problem={problem} shown={["name"]} />
        <TextField
          label={t("security.name")}
          name="name"
          defaultValue={name}
          maxLength={100}
          dir="auto"
          autoComplete="off"
          required
          problem={fieldSentence(problem, "name")}
        />
        <footer>
          <Button look="plain" onClick={onClose}>
            {t("edit.cancel")}
          </Button>
          <Button type="submit" look="accent" busy={busy}>
            {submit}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}
