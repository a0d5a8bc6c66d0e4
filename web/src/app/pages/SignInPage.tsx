import { getRouteApi, Link, useRouter } from "@tanstack/react-router";
import { SignInForm } from "@/features/account/components/SignInForm";
import { Sky } from "@/features/account/components/Sky";
import { t } from "@/ui/text/text";
import { useTitle } from "@/ui/useTitle";

const route = getRouteApi("/login");

/** Coming back. */
export function SignInPage() {
  useTitle(t("signIn.title"));
  const { next } = route.useSearch();
  const router = useRouter();
  return (
    <div className="sign">
      <SignInForm
        onDone={() => router.history.push(next ?? "/")}
        otherWay={
          <Link to="/register" search={{ next }} className="link">
            {t("signIn.create")}
          </Link>
        }
      />
      <Sky />
    </div>
  );
}
