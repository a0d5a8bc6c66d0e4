import type { Challenge } from "@/api/types";
import { knowsPasskeys } from "@/ui/passkeys";
import { t } from "@/ui/text/text";
import { proveFactor, proveFactorByPasskey } from "../api";
import { Door } from "./Door";
import { ProofForm } from "./ProofForm";

interface Props {
  challenge: Pick<Challenge, "challenge" | "factors">;
  onDone: () => void;
  /** Back to the first proof. */
  onRestart: () => void;
}

/** The second step of coming in. */
export function FactorForm({ challenge: { challenge, factors }, onDone, onRestart }: Props) {
  const ways = factors.filter((factor) => factor !== "passkey" || knowsPasskeys());
  return (
    <Door heading={t("factor.heading")} lead={t("factor.lead")}>
      <ProofForm
        ways={ways}
        submit={t("signIn.submit")}
        prove={(proof) => proveFactor(challenge, proof)}
        provePasskey={() => proveFactorByPasskey(challenge)}
        onDone={onDone}
      />
      <p className="foot">
        <button type="button" className="link" onClick={onRestart}>
          {t("factor.restart")}
        </button>
      </p>
    </Door>
  );
}
