import "@/ui/text/account";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useRouter } from "@tanstack/react-router";
import { asProblem } from "@/api/problem";
import { pendingQuery } from "@/features/account/api";
import { Door } from "@/features/account/components/Door";
import { FactorForm } from "@/features/account/components/FactorForm";
import { OnboardingForm } from "@/features/account/components/OnboardingForm";
import { Loading } from "@/ui/Loading";
import { FormProblem } from "@/ui/problem/FormProblem";
import { RetryButton } from "@/ui/problem/RetryButton";
import { Skeleton } from "@/ui/Skeleton";
import { t } from "@/ui/text/text";
import { useTitle } from "@/ui/useTitle";
import { useArrival } from "./useArrival";

/** Somebody who came by a provider and is not in yet: new here, or with a second factor to prove. */
export function WelcomePage() {
  useTitle(t("welcome.title"));
  const pending = useQuery(pendingQuery());
  const navigate = useNavigate();
  const router = useRouter();
  const onDone = useArrival(pending.data?.next);
  if (pending.isError) {
    const problem = asProblem(pending.error);
    return (
      <Door heading={t("welcome.gone")} lead={t("welcome.goneLead")}>
        {problem.passing && <FormProblem problem={problem} />}
        <div className="acts">
          {problem.passing && <RetryButton problem={problem} onRetry={() => void pending.refetch()} />}
          <Link to="/login" className="btn btn-accent">
            {t("nav.signIn")}
          </Link>
        </div>
      </Door>
    );
  }
  if (!pending.data) {
    return (
      <Door heading={t("welcome.heading")}>
        <Loading>
          <Skeleton className="h-24" />
        </Loading>
      </Door>
    );
  }
  if (pending.data.kind === "onboarding") return <OnboardingForm newcomer={pending.data} onDone={onDone} />;
  return (
    <FactorForm
      challenge={pending.data}
      onDone={() => router.history.push(pending.data.next)}
      onRestart={() => void navigate({ to: "/login" })}
    />
  );
}
