import "@/ui/text/studio";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { asProblem } from "@/api/problem";
import { ownReleaseQuery } from "@/features/studio/api";
import { ReleaseEditor } from "@/features/studio/components/ReleaseEditor";
import { tracksQuery } from "@/features/tracks/api";
import { ProblemState } from "@/ui/problem/ProblemState";
import { SistrumState } from "@/ui/SistrumState";
import { t } from "@/ui/text/text";
import { useTitle } from "@/ui/useTitle";
import { Gate } from "./Gate";
import { RowsSkeleton } from "./RowsSkeleton";

const route = getRouteApi("/release/$slug/edit");

/** A saved release, to be changed. */
export function ReleaseEditPage() {
  useTitle(t("editor.heading"));
  return (
    <Gate>
      <Editing />
    </Gate>
  );
}

function Editing() {
  const { slug } = route.useParams();
  const navigate = useNavigate();
  const release = useQuery({ ...ownReleaseQuery(slug), staleTime: 0 });
  const { data: mine = [] } = useInfiniteQuery(tracksQuery("mine"));
  if (release.isError && !release.data) {
    return <ProblemState problem={asProblem(release.error)} onRetry={() => void release.refetch()} />;
  }
  if (!release.data) return <RowsSkeleton />;
  if (!release.data.can_edit) {
    return <SistrumState figure="broken" heading={t("state.forbidden.heading")} text={t("state.forbidden.text")} />;
  }
  return (
    <div className="wide">
      <div className="flex flex-wrap items-center gap-4 mb-6">
        <h1 className="display text-2xl">{t("editor.heading")}</h1>
        <Link to="/release/$slug" params={{ slug: release.data.slug }} className="btn btn-plain ms-auto">
          {t("editor.view")}
        </Link>
      </div>
      <ReleaseEditor
        key={release.data.id}
        release={release.data}
        loose={mine.filter(({ on_release }) => !on_release)}
        onDeleted={() => void navigate({ to: "/music" })}
      />
    </div>
  );
}
