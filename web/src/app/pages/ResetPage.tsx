import "@/ui/text/account";
import { ResetForm } from "@/features/account/components/ResetForm";
import { t } from "@/ui/text/text";
import { useTitle } from "@/ui/useTitle";
import { useSecret } from "./useSecret";

/** Where the letter with a way back in leads to. */
export function ResetPage() {
  useTitle(t("reset.title"));
  const secret = useSecret();
  return <ResetForm key={secret} token={secret} />;
}
