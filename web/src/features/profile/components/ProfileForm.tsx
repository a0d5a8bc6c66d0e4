import { useQueryClient } from "@tanstack/react-query";
import type { Place, User } from "@/api/types";
import { Button } from "@/ui/Button";
import { LinksField, linksOf } from "@/ui/LinksField";
import { FormProblem } from "@/ui/problem/FormProblem";
import { fieldSentence } from "@/ui/problem/problemSentence";
import { Section } from "@/ui/Section";
import { TextArea } from "@/ui/TextArea";
import { TextField } from "@/ui/TextField";
import { t } from "@/ui/text/text";
import { say } from "@/ui/toast/toasts";
import { useForm } from "@/ui/useForm";
import { changeProfile, type ProfileChange } from "../api";

const FIELDS = ["display_name", "bio", "location", "links"];

/** What others read about one. */
export function ProfileForm({ user }: { user: User }) {
  const cache = useQueryClient();
  const { busy, problem, onSubmit } = useForm(
    (_, form) => changeProfile(cache, changeOf(form, user)),
    () => say(t("profile.saved")),
  );
  return (
    <Section heading={t("profile.about")} text={t("profile.aboutText")}>
      <form onSubmit={onSubmit} noValidate>
        <FormProblem problem={problem} shown={FIELDS} />
        <TextField
          label={t("signUp.displayName")}
          hint={t("profile.nameHint")}
          problem={fieldSentence(problem, "display_name")}
          name="display_name"
          autoComplete="nickname"
          maxLength={100}
          dir="auto"
          defaultValue={user.display_name}
        />
        <TextArea
          label={t("profile.bio")}
          name="bio"
          rows={4}
          maxLength={1000}
          dir="auto"
          defaultValue={user.bio ?? ""}
          problem={fieldSentence(problem, "bio")}
        />
        <TextField
          label={t("profile.location")}
          hint={t("profile.locationHint")}
          name="location"
          maxLength={100}
          dir="auto"
          autoComplete="off"
          defaultValue={user.location ?? ""}
          problem={fieldSentence(problem, "location")}
        />
        <LinksField links={user.links ?? []} problem={fieldSentence(problem, "links")} />
        <div className="acts">
          <Button type="submit" look="accent" busy={busy}>
            {t("edit.save")}
          </Button>
        </div>
      </form>
    </Section>
  );
}

/** Only what differs: the rest stays as it is, whoever changed it meanwhile. */
function changeOf(form: FormData, user: User): ProfileChange {
  const typed = (name: string) => String(form.get(name) ?? "").trim();
  const [name, bio, location, links] = [typed("display_name"), typed("bio") || null, typed("location") || null, linksOf(form).map(named)];
  return {
    ...(name !== user.display_name && { display_name: name }),
    ...(bio !== (user.bio ?? null) && { bio }),
    ...(location !== (user.location ?? null) && { location }),
    ...(JSON.stringify(links) !== JSON.stringify(user.links ?? []) && { links }),
  };
}

/** A link without words is called after its host. */
function named({ label, url }: Place): Place {
  return { label: label || (URL.canParse(url) ? new URL(url).hostname : url), url };
}
