import type { ApiProblem } from "@/api/problem";
import { CreditsEditor } from "@/ui/CreditsEditor";
import { LICENCES } from "@/ui/licences";
import { fieldSentence } from "@/ui/problem/problemSentence";
import { SelectField } from "@/ui/SelectField";
import { TextArea } from "@/ui/TextArea";
import { TextField } from "@/ui/TextField";
import { t } from "@/ui/text/text";
import type { TrackForm } from "../trackForm";
import { VisibilityChoice } from "./VisibilityChoice";

interface Props {
  form: TrackForm;
  problem: ApiProblem | null;
  onChange: (change: Partial<TrackForm>) => void;
}

type TextName = "title" | "genre" | "isrc" | "track_number" | "disc_number" | "year";

/** The fields of one track. */
export function TrackFields({ form, problem, onChange }: Props) {
  /** What every line of text has in common. */
  const line = (name: TextName, maxLength: number) => ({
    name,
    maxLength,
    value: form[name],
    problem: fieldSentence(problem, name),
    onChange: (event: { target: { value: string } }) => onChange({ [name]: event.target.value }),
  });
  const number = (name: "track_number" | "disc_number" | "year") => ({ ...line(name, 4), inputMode: "numeric" as const });
  return (
    <>
      <TextField label={t("edit.title")} required dir="auto" {...line("title", 255)} />
      <CreditsEditor credits={form.credits} problem={fieldSentence(problem, "credits")} onChange={(credits) => onChange({ credits })} />
      <div className="grid grid-cols-3 gap-4">
        <TextField label={t("edit.number")} {...number("track_number")} />
        <TextField label={t("edit.disc")} {...number("disc_number")} />
        <TextField label={t("edit.year")} {...number("year")} />
      </div>
      <div className="grid grid-cols-2 gap-4">
        <TextField label={t("edit.genre")} dir="auto" {...line("genre", 50)} />
        <TextField label={t("edit.isrc")} {...line("isrc", 15)} />
      </div>
      <SelectField
        label={t("edit.licence")}
        value={form.licence}
        choices={LICENCES.map((licence) => ({ value: licence, label: t(`licence.${licence}`) }))}
        problem={fieldSentence(problem, "licence")}
        onChange={(licence) => onChange({ licence })}
      />
      <label className="check">
        <input type="checkbox" checked={form.explicit} onChange={() => onChange({ explicit: !form.explicit })} />
        {t("edit.explicit")}
      </label>
      <TextArea
        label={t("edit.lyrics")}
        rows={4}
        maxLength={20_000}
        dir="auto"
        value={form.lyrics}
        problem={fieldSentence(problem, "lyrics")}
        onChange={(event) => onChange({ lyrics: event.target.value })}
      />
      <VisibilityChoice value={form.visibility} onChange={(visibility) => onChange({ visibility })} />
    </>
  );
}
