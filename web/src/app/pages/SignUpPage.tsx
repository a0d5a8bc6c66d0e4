import { getRouteApi, Link, useRouter } from "@tanstack/react-router";
import { SignUpForm } from "@/features/account/components/SignUpForm";
import { Sky } from "@/features/account/components/Sky";
import { t } from "@/ui/text/text";
import { useTitle } from "@/ui/useTitle";

const route = getRouteApi("/register");

/** Coming for the first time. */
export function SignUpPage() {
  useTitle(t("signUp.title"));
  const { next } = route.useSearch();
  const router = useRouter();
  return (
    <div className="sign">
      <SignUpForm
        onDone={() => router.history.push(next ?? "/upload")}
        otherWay={
          <Link to="/login" search={{ next }} className="link">
            {t("nav.signIn")}
          </Link>
        }
      />
      <Sky />
    </div>
  );
}
