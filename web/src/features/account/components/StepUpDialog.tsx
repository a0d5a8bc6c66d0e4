import "@/ui/text/account";
import { useQuery } from "@tanstack/react-query";
import { settleAsk } from "@/api/asks";
import { type Factors, factorsQuery } from "@/api/factors";
import { asProblem } from "@/api/problem";
import type { User } from "@/api/types";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { knowsPasskeys } from "@/ui/passkeys";
import { FormProblem } from "@/ui/problem/FormProblem";
import { Skeleton } from "@/ui/Skeleton";
import { t } from "@/ui/text/text";
import { stepUp, stepUpByPasskey } from "../api";
import type { Way } from "../ways";
import { ProofForm } from "./ProofForm";

const giveUp = () => settleAsk("stepUp", false);

/** Asks for a proof that it is still the same person, and lets the call that waits go through. */
export default function StepUpDialog({ user }: { user: User }) {
  const factors = useQuery(factorsQuery());
  const cancel = (
    <Button look="plain" onClick={giveUp}>
      {t("edit.cancel")}
    </Button>
  );
  return (
    <Dialog open onClose={giveUp} heading={t("stepUp.heading")} text={t("stepUp.text")}>
      <div className="mt-4">
        {factors.isPending && <Skeleton className="h-14" />}
        {factors.isError && (
          <>
            <FormProblem problem={asProblem(factors.error)} />
            <footer>{cancel}</footer>
          </>
        )}
        {factors.data && waysOf(factors.data).length === 0 && (
          <>
            <p>{t("stepUp.noWay")}</p>
            <footer>
              {cancel}
              <a href={`/login?next=${encodeURIComponent(location.pathname + location.search)}`} className="btn btn-accent">
                {t("nav.signIn")}
              </a>
            </footer>
          </>
        )}
        {factors.data && waysOf(factors.data).length > 0 && (
          <ProofForm
            username={user.username}
            ways={waysOf(factors.data)}
            submit={t("stepUp.submit")}
            prove={stepUp}
            provePasskey={stepUpByPasskey}
            onDone={() => settleAsk("stepUp", true)}
            beside={cancel}
          />
        )}
      </div>
    </Dialog>
  );
}

function waysOf({ password, totp, passkeys, recovery_codes_left }: Factors): Way[] {
  const has: [Way, boolean][] = [
    ["password", password],
    ["totp", totp !== null],
    ["passkey", passkeys.length > 0 && knowsPasskeys()],
    ["recovery_code", recovery_codes_left > 0],
  ];
  return has.filter(([, there]) => there).map(([way]) => way);
}
