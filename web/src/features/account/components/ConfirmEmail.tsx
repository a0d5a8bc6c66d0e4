import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { asProblem } from "@/api/problem";
import { Button } from "@/ui/Button";
import { FormProblem } from "@/ui/problem/FormProblem";
import { t } from "@/ui/text/text";
import { confirmEmail, refuseEmail } from "../api";
import { Door } from "./Door";

interface Props {
  token: string;
  /** After the address has moved, half or whole. */
  onDone: () => void;
}

/** A move to another address: both have to agree, and the old one may say no. */
export function ConfirmEmail({ token, onDone }: Props) {
  const confirm = useMutation({ mutationFn: () => confirmEmail(token), onSuccess: onDone });
  const refuse = useMutation({ mutationFn: () => refuseEmail(token) });
  const error = confirm.error ?? refuse.error;
  const problem = error && asProblem(error);
  if (confirm.data) {
    const { state, email } = confirm.data;
    return <Answer heading={t(`confirm.${state}`)} lead={t(`confirm.${state}Lead`, { email })} />;
  }
  if (refuse.isSuccess) return <Answer heading={t("confirm.refused")} lead={t("confirm.refusedLead")} />;
  if (token === "" || problem?.passing === false) return <Answer heading={t("link.failed")} lead={t("link.failedLead")} />;
  return (
    <Door heading={t("confirm.heading")} lead={t("confirm.lead")}>
      <FormProblem problem={problem} />
      <div className="ways">
        <Button look="accent" size="l" busy={confirm.isPending} onClick={() => confirm.mutate()}>
          {t("confirm.yes")}
        </Button>
        <Button look="plain" size="l" busy={refuse.isPending} onClick={() => refuse.mutate()}>
          {t("confirm.no")}
        </Button>
      </div>
    </Door>
  );
}

function Answer({ heading, lead }: { heading: string; lead: string }) {
  return (
    <Door heading={heading} lead={lead}>
      <div className="acts" role="status">
        <Link to="/" className="btn btn-accent">
          {t("state.home")}
        </Link>
      </div>
    </Door>
  );
}
