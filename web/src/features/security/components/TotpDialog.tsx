import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/ui/Button";
import { CodeField } from "@/ui/CodeField";
import { Dialog } from "@/ui/Dialog";
import { ListState } from "@/ui/ListState";
import { FormProblem } from "@/ui/problem/FormProblem";
import { problemSentence } from "@/ui/problem/problemSentence";
import { SecretText } from "@/ui/SecretText";
import { t } from "@/ui/text/text";
import { useForm } from "@/ui/useForm";
import { beginTotp, confirmTotp, type NewTotp } from "../api";
import { CodesDialog } from "./CodesDialog";

/** Sets an authenticator app up: scan, type a code, keep the recovery codes. */
export function TotpDialog({ onClose }: { onClose: () => void }) {
  const [codes, setCodes] = useState<string[]>();
  // one secret for as long as the dialog is open, and none is kept after
  const drawn = useQuery({
    queryKey: ["me", "new-totp"],
    queryFn: beginTotp,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
  });
  if (codes) return <CodesDialog codes={codes} onClose={onClose} />;
  return (
    <Dialog open onClose={onClose} heading={t("security.totp.heading")} text={t("security.totp.lead")}>
      <div className="mt-4">
        <ListState query={drawn}>{(totp) => <ConfirmForm totp={totp} onCodes={setCodes} onClose={onClose} />}</ListState>
      </div>
    </Dialog>
  );
}

function ConfirmForm({ totp, onCodes, onClose }: { totp: NewTotp; onCodes: (codes: string[]) => void; onClose: () => void }) {
  const cache = useQueryClient();
  const { busy, problem, onSubmit } = useForm(({ code = "" }) => confirmTotp(cache, code), onCodes);
  const wrong = problem && (problem.code === "bad_factor" || problem.fields.code) ? problemSentence(problem) : undefined;
  return (
    <form onSubmit={onSubmit} noValidate className="grid gap-4">
      {!wrong && <FormProblem problem={problem} />}
      <img className="qr" src={`data:image/svg+xml,${encodeURIComponent(totp.qr_svg)}`} alt={t("security.totp.qr")} />
      <div className="grid gap-1">
        <p className="text-muted text-sm">{t("security.totp.byHand")}</p>
        <SecretText secret={totp.secret} shown={inFours(totp.secret)} name={t("security.totp.secret")} />
        <a href={totp.uri} className="link text-sm min-h-6">
          {t("security.totp.here")}
        </a>
      </div>
      <CodeField label={t("proof.totp")} hint={t("security.totp.codeHint")} problem={wrong} />
      <footer>
        <Button look="plain" onClick={onClose}>
          {t("edit.cancel")}
        </Button>
        <Button type="submit" look="accent" busy={busy}>
          {t("security.totp.confirm")}
        </Button>
      </footer>
    </form>
  );
}

function inFours(secret: string): string {
  return secret.replaceAll(/(.{4})(?=.)/g, "$1 ");
}
