import type { ApiProblem } from "@/api/problem";
import { fieldSentence } from "@/ui/problem/problemSentence";
import { RuledField } from "@/ui/RuledField";
import { TextField } from "@/ui/TextField";
import { t } from "@/ui/text/text";
import { usernameFault } from "../names";

interface Props {
  problem: ApiProblem | null;
  username?: string;
  displayName?: string;
  onUsername?: (name: string) => void;
}

/** What one is called: the unique name, and the one others see. */
export function NameFields({ problem, username, displayName, onUsername }: Props) {
  return (
    <>
      <RuledField
        label={t("signUp.username")}
        name="username"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        required
        maxLength={50}
        dir="ltr"
        defaultValue={username}
        hint={t("signUp.usernameHint")}
        rule={usernameFault}
        onValue={onUsername}
        problem={fieldSentence(problem, "username")}
      />
      <TextField
        label={t("signUp.displayName")}
        name="display_name"
        autoComplete="name"
        maxLength={100}
        dir="auto"
        defaultValue={displayName}
        hint={t("signUp.displayNameHint")}
        problem={fieldSentence(problem, "display_name")}
      />
    </>
  );
}
