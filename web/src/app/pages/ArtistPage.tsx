import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { asProblem } from "@/api/problem";
import type { Artist } from "@/api/types";
import { useSession } from "@/features/account/useSession";
import { artistQuery } from "@/features/artists/api";
import { ArtistAbout } from "@/features/artists/components/ArtistAbout";
import { ArtistHead } from "@/features/artists/components/ArtistHead";
import { SistrumState } from "@/ui/SistrumState";
import { t } from "@/ui/text/text";
import { useTitle } from "@/ui/useTitle";
import { ArtistActions } from "./ArtistActions";
import { ArtistTracks } from "./ArtistTracks";
import { Discography } from "./Discography";
import { HeadSkeleton } from "./HeadSkeleton";
import { NothingHere } from "./NothingHere";
import { useCurrentSlug } from "./useCurrentSlug";

const route = getRouteApi("/artist/$slug");

/** One artist: their face, what they are heard on, what they released, who they are. */
export function ArtistPage() {
  const { slug } = route.useParams();
  const session = useSession();
  const query = useQuery({ ...artistQuery(slug), enabled: session.is !== "unknown" });
  useTitle(query.data?.name);
  useCurrentSlug("/artist/$slug", slug, query.data?.slug);
  if (query.isError && !query.data) return <NothingHere problem={asProblem(query.error)} onRetry={() => void query.refetch()} />;
  if (!query.data) return <HeadSkeleton arch />;
  return <WholeArtist artist={query.data} />;
}

function WholeArtist({ artist }: { artist: Artist }) {
  return (
    <article className="bleed">
      <ArtistHead artist={artist} />
      <div className="inner inner-end">
        <ArtistActions artist={artist} />
        {artist.track_count + artist.release_count === 0 && (
          <SistrumState figure="empty" heading={t("artist.nothing.heading")} text={t("artist.nothing.text")} level={2} />
        )}
        <ArtistTracks artist={artist} />
        <Discography artist={artist} />
        <ArtistAbout artist={artist} />
      </div>
    </article>
  );
}
