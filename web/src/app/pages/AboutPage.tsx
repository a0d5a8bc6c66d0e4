import { useQuery } from "@tanstack/react-query";
import { askHealth, type Health } from "@/api/health";
import { asProblem } from "@/api/problem";
import { Icon } from "@/ui/Icon";
import { Loading } from "@/ui/Loading";
import { Note } from "@/ui/Note";
import { ProblemState } from "@/ui/problem/ProblemState";
import { Skeleton } from "@/ui/Skeleton";
import { t, tCount } from "@/ui/text/text";
import { useTitle } from "@/ui/useTitle";

/** How often the server is asked while somebody looks. */
const EVERY_MS = 10_000;
const MINUTE_S = 60;
const HOUR_S = 60 * MINUTE_S;
const DAY_S = 24 * HOUR_S;
const LOOKS = { healthy: "badge-good", unhealthy: "badge-bad", not_configured: "" } as const;

/** What this server is, and how it is. */
export function AboutPage() {
  useTitle(t("about.title"));
  const health = useQuery({ queryKey: ["health"], queryFn: askHealth, refetchInterval: EVERY_MS });
  return (
    <div className="wide grid gap-5">
      <h1 className="display text-2xl">{t("about.title")}</h1>
      {health.isPending && (
        <Loading>
          <Skeleton className="h-12 mb-4" />
          <Skeleton className="h-48" />
        </Loading>
      )}
      {health.isError && <ProblemState problem={asProblem(health.error)} onRetry={() => void health.refetch()} level={2} />}
      {health.data && !health.isError && <Standing health={health.data} />}
    </div>
  );
}

function Standing({ health }: { health: Health }) {
  const well = health.status === "ok";
  return (
    <>
      <Note icon={well ? "checkCircle" : "alert"} look={well ? "info" : "bad"} role="status">
        <strong>{t(well ? "about.well" : "about.ill")}</strong>
        <p>{t(well ? "about.wellText" : "about.illText")}</p>
      </Note>
      <dl className="grid grid-cols-[160px_1fr] gap-2">
        <dt className="text-muted">{t("about.version")}</dt>
        <dd className="num">{health.version}</dd>
        <dt className="text-muted">{t("about.up")}</dt>
        <dd className="num">{forHowLong(health.uptime)}</dd>
      </dl>
      <h2 className="text-xl">{t("about.parts")}</h2>
      <ul className="max-w-[560px]">
        {Object.entries(health.checks).map(([part, { status, response_time_ms }]) => (
          <li key={part} className="flex items-center gap-3 min-h-11">
            <span className="flex-1">{t(`about.name.${part as keyof Health["checks"]}`)}</span>
            {status !== "not_configured" && <span className="num text-muted text-sm">{t("about.took", { ms: response_time_ms })}</span>}
            <span className={`badge ${LOOKS[status]}`}>
              {status !== "not_configured" && <Icon name={status === "healthy" ? "check" : "alert"} small />}
              {t(`about.part.${status}`)}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}

/** A length of time by its largest unit. */
function forHowLong(seconds: number): string {
  if (seconds >= 2 * DAY_S) return tCount("about.days", Math.floor(seconds / DAY_S));
  if (seconds >= 2 * HOUR_S) return tCount("about.hours", Math.floor(seconds / HOUR_S));
  return tCount("about.minutes", Math.floor(seconds / MINUTE_S));
}
