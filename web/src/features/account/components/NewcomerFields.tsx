import type { ApiProblem } from "@/api/problem";
import type { DoorOptions } from "@/api/types";
import { Note } from "@/ui/Note";
import { fieldSentence } from "@/ui/problem/problemSentence";
import { TextField } from "@/ui/TextField";
import { t } from "@/ui/text/text";

interface Props {
  options: DoorOptions | undefined;
  /** The code of an invite, where one led here. */
  invite: string | undefined;
  problem: ApiProblem | null;
}

/** What only some instances ask of newcomers: an age, an invite. */
export function NewcomerFields({ options, invite, problem }: Props) {
  return (
    <>
      {options?.minimum_age && (
        <TextField
          label={t("signUp.birthDate")}
          hint={t("signUp.birthDateHint", { age: options.minimum_age })}
          name="birth_date"
          type="date"
          autoComplete="bday"
          max={new Date().toISOString().slice(0, 10)}
          required
          problem={fieldSentence(problem, "birth_date")}
        />
      )}
      {(options?.registration === "invite" || invite) && (
        <TextField
          label={t("signUp.invite")}
          hint={invite ? undefined : t("signUp.inviteHint")}
          name="invite"
          defaultValue={invite}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          dir="ltr"
          required
          problem={fieldSentence(problem, "invite")}
        />
      )}
    </>
  );
}

/** What these fields and their neighbours give, without the empty ones. */
export function newcomerOf(fields: Record<string, string>): {
  username: string;
  display_name?: string;
  birth_date?: string;
  invite?: string;
} {
  const filled = (name: string) => fields[name]?.trim() || undefined;
  const [display_name, birth_date, invite] = [filled("display_name"), filled("birth_date"), filled("invite")];
  return {
    username: filled("username") ?? "",
    ...(display_name && { display_name }),
    ...(birth_date && { birth_date }),
    ...(invite && { invite }),
  };
}

/** Says that nobody new comes in here. */
export function ClosedNote() {
  return (
    <Note icon="lock" role="status">
      {t("signUp.closed")}
    </Note>
  );
}
