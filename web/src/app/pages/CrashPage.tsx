import { ApiProblem } from "@/api/problem";
import { Button } from "@/ui/Button";
import { ProblemState } from "@/ui/problem/ProblemState";
import { SistrumState } from "@/ui/SistrumState";
import { t } from "@/ui/text/text";

/** A mistake of ours inside a page, or a page that could not be fetched: the shell and the sound around it go on. */
export function CrashPage() {
  if (!navigator.onLine) return <ProblemState problem={new ApiProblem(0)} onRetry={() => location.reload()} />;
  return (
    <SistrumState figure="broken" heading={t("state.crash.heading")} text={t("state.crash.text")}>
      <div className="acts">
        <Button look="accent" onClick={() => location.reload()}>
          {t("state.reload")}
        </Button>
      </div>
    </SistrumState>
  );
}
