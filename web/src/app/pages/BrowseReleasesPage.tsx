import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { asProblem } from "@/api/problem";
import { releasesQuery } from "@/features/releases/api";
import { KINDS } from "@/features/releases/kinds";
import { MoreButton } from "@/features/tracks/components/MoreButton";
import { Loading } from "@/ui/Loading";
import { ProblemState } from "@/ui/problem/ProblemState";
import { SistrumState } from "@/ui/SistrumState";
import { t } from "@/ui/text/text";
import { useTitle } from "@/ui/useTitle";
import { CardsSkeleton } from "./CardsSkeleton";
import { ReleaseTile } from "./ReleaseTile";

const route = getRouteApi("/releases");

/** Every release, newest first. */
export function BrowseReleasesPage() {
  useTitle(t("browse.releases"));
  const { kind } = route.useSearch();
  const list = useInfiniteQuery(releasesQuery(kind ? { kind } : {}));
  if (list.isError && !list.data) return <ProblemState problem={asProblem(list.error)} onRetry={() => void list.refetch()} />;
  return (
    <>
      <div className="browse-head">
        <h1 className="display text-2xl">{t("browse.releases")}</h1>
        <nav className="chips" aria-label={t("browse.kinds")}>
          <Link to="/releases" search={{}} className="chip" activeOptions={{ exact: true }}>
            {t("browse.all")}
          </Link>
          {KINDS.map((other) => (
            <Link key={other} to="/releases" search={{ kind: other }} className="chip" activeOptions={{ exact: true }}>
              {t(`artist.kind.${other}`)}
            </Link>
          ))}
        </nav>
      </div>
      {!list.data && (
        <Loading>
          <CardsSkeleton />
        </Loading>
      )}
      {list.data?.length === 0 && (
        <SistrumState figure="empty" heading={t("browse.noReleases.heading")} text={t("browse.noReleases.text")} level={2} />
      )}
      <ul className="grid-cards" aria-label={t("browse.releases")}>
        {list.data?.map((release) => (
          <li key={release.id}>
            <ReleaseTile release={release} />
          </li>
        ))}
      </ul>
      <MoreButton hasMore={list.hasNextPage} loading={list.isFetchingNextPage} onMore={list.fetchNextPage} />
    </>
  );
}
