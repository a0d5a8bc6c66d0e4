import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { Button } from "@/ui/Button";
import { NewPasswordField } from "@/ui/NewPasswordField";
import { FormProblem } from "@/ui/problem/FormProblem";
import { fieldSentence } from "@/ui/problem/problemSentence";
import { t } from "@/ui/text/text";
import { useForm } from "@/ui/useForm";
import { resetPassword } from "../api";
import { Door } from "./Door";

/** A new password by a letter. */
export function ResetForm({ token }: { token: string }) {
  const [done, setDone] = useState(false);
  const { busy, problem, onSubmit } = useForm(
    ({ password = "" }) => resetPassword(token, password),
    () => setDone(true),
  );
  if (done) {
    return (
      <Door heading={t("reset.doneHeading")} lead={t("reset.doneLead")}>
        <div className="acts" role="status">
          <Link to="/login" className="btn btn-accent">
            {t("nav.signIn")}
          </Link>
        </div>
      </Door>
    );
  }
  const spent = token === "" || problem?.code === "proof_invalid" || problem?.code === "proof_expired";
  return (
    <Door heading={t("reset.heading")} lead={t(spent ? "link.failedLead" : "reset.lead")}>
      <FormProblem problem={problem} shown={["password"]} />
      {spent ? (
        <div className="acts">
          <Link to="/forgot" className="btn btn-accent">
            {t("reset.another")}
          </Link>
        </div>
      ) : (
        <form onSubmit={onSubmit} noValidate>
          <NewPasswordField label={t("reset.password")} problem={fieldSentence(problem, "password")} />
          <Button type="submit" look="accent" size="l" busy={busy}>
            {t("reset.submit")}
          </Button>
        </form>
      )}
    </Door>
  );
}
