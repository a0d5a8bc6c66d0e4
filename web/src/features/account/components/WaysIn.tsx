import { useMutation } from "@tanstack/react-query";
import { asProblem } from "@/api/problem";
import type { DoorOptions } from "@/api/types";
import { Button } from "@/ui/Button";
import { Icon } from "@/ui/Icon";
import { knowsPasskeys } from "@/ui/passkeys";
import { FormProblem } from "@/ui/problem/FormProblem";
import { t } from "@/ui/text/text";
import { leaveForProvider, providerDoor, signInByPasskey } from "../api";

interface Props {
  options: DoorOptions | undefined;
  next: string | undefined;
  /** Sign-in has passkeys; sign-up has not, since there is no account yet. */
  passkeys?: { onBefore: () => void; onDone: () => void };
}

/** Ways in without a password: a passkey, or an account elsewhere. */
export function WaysIn({ options, next, passkeys }: Props) {
  const byPasskey = useMutation({ mutationFn: () => signInByPasskey(), onMutate: passkeys?.onBefore, onSuccess: passkeys?.onDone });
  const withPasskeys = passkeys && options?.passkeys && knowsPasskeys();
  if (!withPasskeys && !options?.providers.length) return null;
  return (
    <>
      <div className="ways">
        {withPasskeys && (
          <Button look="ghost" size="l" busy={byPasskey.isPending} onClick={() => byPasskey.mutate()}>
            <Icon name="key" small />
            {t("passkey.use")}
          </Button>
        )}
        {options?.providers.map(({ id, name }) => (
          <a key={id} href={providerDoor(id, next)} className="btn btn-ghost btn-l" onClick={leaveForProvider}>
            {t("door.provider", { name })}
          </a>
        ))}
      </div>
      <FormProblem problem={byPasskey.error && asProblem(byPasskey.error)} />
      <p className="or">{t("door.or")}</p>
    </>
  );
}
