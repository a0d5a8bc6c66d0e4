import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { asProblem } from "@/api/problem";
import { useSession } from "@/features/account/useSession";
import { tracksQuery } from "@/features/tracks/api";
import { FeaturedTrack } from "@/features/tracks/components/FeaturedTrack";
import { MoreButton } from "@/features/tracks/components/MoreButton";
import { TrackCard } from "@/features/tracks/components/TrackCard";
import { ProblemState } from "@/ui/problem/ProblemState";
import { SistrumState } from "@/ui/SistrumState";
import { t } from "@/ui/text/text";
import { useTitle } from "@/ui/useTitle";
import { greeting } from "./greeting";
import { HomeSkeleton } from "./HomeSkeleton";

/** The newest public music. */
export function HomePage() {
  useTitle(t("home.title"));
  const session = useSession();
  const list = useInfiniteQuery(tracksQuery("public"));
  if (list.isError && !list.data) return <ProblemState problem={asProblem(list.error)} onRetry={() => void list.refetch()} />;
  const tracks = list.data ?? [];
  const [featured, ...others] = tracks;
  if (list.data && !featured) return <NothingPublic />;
  return (
    <>
      <h1 className="display text-2xl mb-5" dir="auto">
        {greeting(session, new Date().getHours())}
      </h1>
      {!featured && <HomeSkeleton />}
      {featured && <FeaturedTrack track={featured} list={tracks} />}
      {others.length > 0 && (
        <section className="shelf" aria-labelledby="new">
          <h2 id="new">{t("home.new")}</h2>
          <ul className="grid-cards">
            {others.map((track) => (
              <TrackCard key={track.id} track={track} list={tracks} />
            ))}
          </ul>
        </section>
      )}
      <MoreButton hasMore={list.hasNextPage} loading={list.isFetchingNextPage} onMore={list.fetchNextPage} />
    </>
  );
}

/** A server on its first day. */
function NothingPublic() {
  return (
    <SistrumState figure="empty" heading={t("home.empty.heading")} text={t("home.empty.text")}>
      <div className="acts">
        <Link to="/upload" className="btn btn-accent">
          {t("home.empty.upload")}
        </Link>
      </div>
    </SistrumState>
  );
}
