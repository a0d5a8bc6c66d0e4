import "@/ui/text/account";
import { getRouteApi } from "@tanstack/react-router";
import { InviteNote } from "@/features/account/components/InviteNote";
import { SignUpForm } from "@/features/account/components/SignUpForm";
import { t } from "@/ui/text/text";
import { useTitle } from "@/ui/useTitle";
import { useArrival } from "./useArrival";
import { useSecret } from "./useSecret";

const route = getRouteApi("/register");

/** Coming for the first time. */
export function SignUpPage() {
  useTitle(t("signUp.title"));
  const { next } = route.useSearch();
  const invite = useSecret("invite") || undefined;
  return <SignUpForm key={invite} next={next} invite={invite} news={invite && <InviteNote code={invite} />} onDone={useArrival(next)} />;
}
