import "@/ui/text/account";
import { getRouteApi, useRouter } from "@tanstack/react-router";
import { SignInForm } from "@/features/account/components/SignInForm";
import { t } from "@/ui/text/text";
import { useTitle } from "@/ui/useTitle";

const route = getRouteApi("/login");

/** Coming back. */
export function SignInPage() {
  useTitle(t("signIn.title"));
  const { next, problem } = route.useSearch();
  const router = useRouter();
  return <SignInForm next={next} trouble={problem} onDone={() => router.history.push(next ?? "/")} />;
}
