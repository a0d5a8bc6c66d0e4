import "@/ui/text/account";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { settleAsk } from "@/api/asks";
import type { Challenge, User } from "@/api/types";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { knowsPasskeys } from "@/ui/passkeys";
import { t } from "@/ui/text/text";
import { optionsQuery, proveFactor, proveFactorByPasskey, signIn, signInByPasskey } from "../api";
import type { Way } from "../ways";
import { ProofForm } from "./ProofForm";

const leave = () => settleAsk("signIn", false);

/** The session ended while somebody was at work: they sign in again over the page, or in another tab, and nothing they typed is lost. */
export default function SignInAgainDialog({ user }: { user: User }) {
  const { data: options } = useQuery(optionsQuery());
  const [challenge, setChallenge] = useState<Challenge>();
  const ways: Way[] = options?.passkeys && knowsPasskeys() ? ["password", "passkey"] : ["password"];
  const out = (
    <Button look="plain" onClick={leave}>
      {t("again.leave")}
    </Button>
  );
  return (
    <Dialog open onClose={leave} heading={t("again.heading")} text={t("again.text", { username: user.username })}>
      <div className="mt-4">
        {challenge ? (
          <ProofForm
            key="second"
            ways={challenge.factors}
            submit={t("signIn.submit")}
            prove={(proof) => proveFactor(challenge.challenge, proof)}
            provePasskey={() => proveFactorByPasskey(challenge.challenge)}
            beside={out}
          />
        ) : (
          <ProofForm
            key="first"
            username={user.username}
            ways={ways}
            submit={t("signIn.submit")}
            prove={async ({ password }) => setChallenge(await signIn({ login: user.username, password: password ?? "" }))}
            provePasskey={() => signInByPasskey()}
            beside={out}
          />
        )}
        <a href="/login" target="_blank" rel="noopener" className="link inline-block min-h-6 mt-3">
          {t("again.otherWay")}
        </a>
      </div>
    </Dialog>
  );
}
