import "@/ui/text/account";
import { getRouteApi } from "@tanstack/react-router";
import { InviteNote } from "@/features/account/components/InviteNote";
import { SignUpForm } from "@/features/account/components/SignUpForm";
import { t } from "@/ui/text/text";
import { useTitle } from "@/ui/useTitle";
import { useArrival } from "./useArrival";

const route = getRouteApi("/invite/$code");

/** Coming because somebody asked one in. */
export function InvitePage() {
  useTitle(t("invite.title"));
  const { code } = route.useParams();
  return <SignUpForm next={undefined} invite={code} news={<InviteNote code={code} />} onDone={useArrival(undefined)} />;
}
