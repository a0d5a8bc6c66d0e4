import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import type { DoorOptions, SignedIn } from "@/api/types";
import { Button } from "@/ui/Button";
import { Loading } from "@/ui/Loading";
import { NewPasswordField } from "@/ui/NewPasswordField";
import { FormProblem } from "@/ui/problem/FormProblem";
import { fieldSentence } from "@/ui/problem/problemSentence";
import { RuledField } from "@/ui/RuledField";
import { Skeleton } from "@/ui/Skeleton";
import { t } from "@/ui/text/text";
import { useForm } from "@/ui/useForm";
import { optionsQuery, signUp } from "../api";
import { emailFault } from "../names";
import { Door } from "./Door";
import { NameFields } from "./NameFields";
import { ClosedNote, NewcomerFields, newcomerOf } from "./NewcomerFields";
import { WaysIn } from "./WaysIn";

interface Props {
  next: string | undefined;
  /** The code of an invite, and what is known of it. */
  invite?: string;
  news?: ReactNode;
  onDone: (signedIn: SignedIn) => void;
}

const FIELDS = ["username", "email", "password", "display_name", "birth_date", "invite"];

/** Coming for the first time, as the instance wants it. */
export function SignUpForm({ next, invite, news, onDone }: Props) {
  const options = useQuery(optionsQuery());
  const closed = options.data?.registration === "closed";
  return (
    <Door heading={t("signUp.heading")} lead={t("signUp.lead")}>
      {news}
      {options.isPending && <FieldsSkeleton />}
      {closed && <ClosedNote />}
      {!options.isPending && !closed && (
        <>
          <WaysIn options={options.data} next={next} />
          <NewAccountForm options={options.data} invite={invite} onDone={onDone} />
        </>
      )}
      <p className="foot">
        {t("signUp.have")}{" "}
        <Link to="/login" search={{ next }} className="link">
          {t("nav.signIn")}
        </Link>
      </p>
    </Door>
  );
}

function NewAccountForm({ options, invite, onDone }: Pick<Props, "invite" | "onDone"> & { options: DoorOptions | undefined }) {
  const [own, setOwn] = useState<Record<string, string>>({});
  const { busy, problem, onSubmit } = useForm(
    (fields) => signUp({ ...newcomerOf(fields), email: (fields.email ?? "").trim(), password: fields.password ?? "" }),
    onDone,
  );
  return (
    <form onSubmit={onSubmit} noValidate>
      <FormProblem problem={problem} shown={FIELDS} />
      <NameFields problem={problem} onUsername={(username) => setOwn({ ...own, username })} />
      <RuledField
        label={t("signUp.email")}
        name="email"
        type="email"
        autoComplete="email"
        required
        dir="ltr"
        rule={emailFault}
        onValue={(email) => setOwn({ ...own, email })}
        problem={fieldSentence(problem, "email")}
      />
      <NewPasswordField label={t("signUp.password")} own={Object.values(own)} problem={fieldSentence(problem, "password")} />
      <NewcomerFields options={options} invite={invite} problem={problem} />
      <Button type="submit" look="accent" size="l" busy={busy}>
        {t("signUp.submit")}
      </Button>
    </form>
  );
}

const LINES = [1, 2, 3, 4];

function FieldsSkeleton() {
  return (
    <Loading>
      <div className="grid gap-4">
        {LINES.map((line) => (
          <Skeleton key={line} className="h-14" />
        ))}
      </div>
    </Loading>
  );
}
