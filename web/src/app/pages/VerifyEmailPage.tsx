import "@/ui/text/account";
import { getRouteApi, Link, useRouter } from "@tanstack/react-router";
import { verifyEmail } from "@/features/account/api";
import { Door } from "@/features/account/components/Door";
import { LinkResult } from "@/features/account/components/LinkResult";
import { VerifyCode } from "@/features/account/components/VerifyCode";
import { useSession } from "@/features/account/useSession";
import { t } from "@/ui/text/text";
import { useTitle } from "@/ui/useTitle";
import { Gate } from "./Gate";
import { useSecret } from "./useSecret";

const route = getRouteApi("/verify-email");

/** Proves an address: by the letter's link, or by its six digits. */
export function VerifyEmailPage() {
  useTitle(t("verify.title"));
  const secret = useSecret();
  return secret ? <ByLink key={secret} secret={secret} /> : <ByCode />;
}

function ByLink({ secret }: { secret: string }) {
  const onward = (
    <Link to="/" className="btn btn-accent">
      {t("verify.onward")}
    </Link>
  );
  const another = (
    <Link to="/verify-email" className="btn btn-accent" reloadDocument>
      {t("verify.another")}
    </Link>
  );
  return (
    <LinkResult
      redeem={() => verifyEmail({ token: secret })}
      done={(email) => ({ heading: t("verify.done"), lead: t("verify.doneLead", { email }), onward })}
      another={another}
    />
  );
}

function ByCode() {
  const { next } = route.useSearch();
  const session = useSession();
  const router = useRouter();
  const goOn = () => router.history.push(next ?? "/");
  if (session.is !== "signedIn") return <Gate>{null}</Gate>;
  if (session.user.email_verified) {
    return (
      <Door heading={t("verify.done")} lead={t("verify.doneLead", { email: session.user.email })}>
        <div className="acts">
          <Link to={next ?? "/"} className="btn btn-accent">
            {t("verify.onward")}
          </Link>
        </div>
      </Door>
    );
  }
  const later = (
    <button type="button" className="link" onClick={goOn}>
      {t("verify.later")}
    </button>
  );
  return <VerifyCode user={session.user} onDone={goOn} later={later} />;
}
