import { useQuery } from "@tanstack/react-query";
import type { SignedIn } from "@/api/types";
import { Button } from "@/ui/Button";
import { FormProblem } from "@/ui/problem/FormProblem";
import { t } from "@/ui/text/text";
import { useForm } from "@/ui/useForm";
import { finishOnboarding, optionsQuery, type Pending } from "../api";
import { Door } from "./Door";
import { NameFields } from "./NameFields";
import { NewcomerFields, newcomerOf } from "./NewcomerFields";

interface Props {
  newcomer: Extract<Pending, { kind: "onboarding" }>;
  onDone: (signedIn: SignedIn) => void;
}

const FIELDS = ["username", "display_name", "birth_date", "invite"];

/** Somebody who came by a provider chooses what to be called here. */
export function OnboardingForm({ newcomer, onDone }: Props) {
  const { data: options } = useQuery(optionsQuery());
  const { busy, problem, onSubmit } = useForm((fields) => finishOnboarding(newcomerOf(fields)), onDone);
  const provider = options?.providers.find(({ id }) => id === newcomer.provider)?.name ?? newcomer.provider;
  return (
    <Door heading={t("welcome.heading")} lead={t("welcome.lead", { provider, email: newcomer.email })}>
      <form onSubmit={onSubmit} noValidate>
        <FormProblem problem={problem} shown={FIELDS} />
        <NameFields
          problem={problem}
          username={newcomer.suggested_username ?? undefined}
          displayName={newcomer.display_name ?? undefined}
        />
        <NewcomerFields options={options} invite={undefined} problem={problem} />
        <Button type="submit" look="accent" size="l" busy={busy}>
          {t("signUp.submit")}
        </Button>
      </form>
    </Door>
  );
}
