import "@/ui/text/account";
import { ForgotForm } from "@/features/account/components/ForgotForm";
import { t } from "@/ui/text/text";
import { useTitle } from "@/ui/useTitle";

/** Somebody does not remember their password. */
export function ForgotPage() {
  useTitle(t("forgot.title"));
  return <ForgotForm />;
}
