import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { useCallback } from "react";
import { asProblem } from "@/api/problem";
import { searchQuery } from "@/features/search/api";
import { RecentSearches } from "@/features/search/components/RecentSearches";
import { SearchField } from "@/features/search/components/SearchField";
import { rememberSearch } from "@/features/search/recent";
import { SEARCH_TABS } from "@/features/search/tabs";
import { PageTabs } from "@/ui/PageTabs";
import { ProblemState } from "@/ui/problem/ProblemState";
import { SistrumState } from "@/ui/SistrumState";
import { t } from "@/ui/text/text";
import { useTitle } from "@/ui/useTitle";
import { SearchResults } from "./SearchResults";
import { SearchSkeleton } from "./SearchSkeleton";

const route = getRouteApi("/search");

/** Find a track, an artist, a release by the beginning of its words. */
export function SearchPage() {
  const { q = "", tab = "all" } = route.useSearch();
  const navigate = useNavigate();
  const wish = q.trim();
  const found = useQuery(searchQuery(wish));
  useTitle(t("search.title"));
  const search = useCallback(
    (next: string) =>
      void navigate({ to: "/search", search: { ...(next.trim() && { q: next }), ...(tab !== "all" && { tab }) }, replace: true }),
    [navigate, tab],
  );
  const meant = (next: string) => {
    rememberSearch(next);
    search(next);
  };
  return (
    <>
      <h1 className="sr-only">{t("search.title")}</h1>
      <SearchField q={q} onSearch={search} onMeant={meant} />
      {wish === "" && (
        <>
          <RecentSearches onChoose={meant} />
          <SistrumState figure="empty" heading={t("search.start.heading")} text={t("search.start.text")} level={2} />
        </>
      )}
      {wish !== "" && (
        <>
          <PageTabs name={t("search.tabs")}>
            {SEARCH_TABS.map((other) => (
              <Link key={other} to="/search" search={{ q, ...(other !== "all" && { tab: other }) }} replace activeOptions={{ exact: true }}>
                {t(`search.tab.${other}`)}
              </Link>
            ))}
          </PageTabs>
          {found.isError && !found.data && <ProblemState problem={asProblem(found.error)} onRetry={() => void found.refetch()} level={2} />}
          {found.isLoading && <SearchSkeleton />}
          {found.data && <SearchResults q={wish} tab={tab} found={found.data} onOpened={() => rememberSearch(wish)} />}
        </>
      )}
    </>
  );
}
