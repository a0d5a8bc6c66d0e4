import "@/ui/text/account";
import { useQueryClient } from "@tanstack/react-query";
import { meQuery } from "@/api/me";
import { ConfirmEmail } from "@/features/account/components/ConfirmEmail";
import { useSession } from "@/features/account/useSession";
import { t } from "@/ui/text/text";
import { useTitle } from "@/ui/useTitle";
import { useSecret } from "./useSecret";

/** Says yes to a new address, from the old one or from the new; or no. */
export function ConfirmEmailPage() {
  useTitle(t("confirm.title"));
  const cache = useQueryClient();
  const session = useSession();
  const secret = useSecret();
  const refresh = () => {
    if (session.is === "signedIn") void cache.fetchQuery({ ...meQuery(), staleTime: 0 }).catch(() => undefined);
  };
  return <ConfirmEmail key={secret} token={secret} onDone={refresh} />;
}
