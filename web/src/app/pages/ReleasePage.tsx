import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useDeferredValue } from "react";
import { asProblem } from "@/api/problem";
import type { ArtistRef, ReleaseDetail } from "@/api/types";
import { useSession } from "@/features/account/useSession";
import { artistQuery } from "@/features/artists/api";
import { releaseQuery } from "@/features/releases/api";
import { ReleaseFacts } from "@/features/releases/components/ReleaseFacts";
import { ReleaseHead } from "@/features/releases/components/ReleaseHead";
import { ReleaseStanding } from "@/features/releases/components/ReleaseStanding";
import { Icon } from "@/ui/Icon";
import { IconButton } from "@/ui/IconButton";
import { PlayDisc } from "@/ui/PlayDisc";
import { Portrait } from "@/ui/Portrait";
import { share } from "@/ui/share";
import { t } from "@/ui/text/text";
import { useTitle } from "@/ui/useTitle";
import { useReleaseButton } from "../listening/useReleaseButton";
import { HeadSkeleton } from "./HeadSkeleton";
import { MoreBy } from "./MoreBy";
import { NothingHere } from "./NothingHere";
import { ReleaseTracks } from "./ReleaseTracks";
import { useCurrentSlug } from "./useCurrentSlug";

const route = getRouteApi("/release/$slug");

/** One release: its cover, its tracks, its small print. */
export function ReleasePage() {
  const { slug } = route.useParams();
  const session = useSession();
  const query = useQuery({ ...releaseQuery(slug), enabled: session.is !== "unknown" });
  // drawn in small steps, so that a slow phone answers a finger in between
  const drawn = useDeferredValue(query.data);
  useTitle(query.data?.title);
  useCurrentSlug("/release/$slug", slug, query.data?.slug);
  if (query.isError && !query.data) return <NothingHere problem={asProblem(query.error)} onRetry={() => void query.refetch()} />;
  if (!query.data || !drawn) return <HeadSkeleton />;
  return <WholeRelease release={drawn} />;
}

function WholeRelease({ release }: { release: ReleaseDetail }) {
  const artist = release.artists[0]?.artist;
  return (
    <article className="bleed">
      <ReleaseHead release={release} face={artist && <ArtistFace artist={artist} />} />
      <div className="inner inner-end">
        <ReleaseActions release={release} />
        <ReleaseStanding release={release} />
        <ReleaseTracks release={release} />
        <div className="cols" data-one={release.description ? undefined : true}>
          {release.description && (
            <section aria-labelledby="about">
              <h2 id="about">{t("release.about")}</h2>
              <p className="prose" dir="auto">
                {release.description}
              </p>
            </section>
          )}
          <ReleaseFacts release={release} />
        </div>
        {artist && <MoreBy artist={artist} except={release.id} />}
      </div>
    </article>
  );
}

/** The portrait of who made it. */
function ArtistFace({ artist }: { artist: ArtistRef }) {
  const { data } = useQuery(artistQuery(artist.slug));
  return <Portrait seed={artist.id} picture={data?.picture} sizes="26px" />;
}

/** Hear it, mix it, keep it for later, hand it on. */
function ReleaseActions({ release }: { release: ReleaseDetail }) {
  const { button, shuffle, enqueue } = useReleaseButton(release);
  const { isOn: _, ...disc } = button;
  const silent = release.tracks.length === 0;
  return (
    <div className="head-acts">
      <PlayDisc large {...disc} disabled={silent} />
      <IconButton icon="shuffle" name={t("release.shuffle")} disabled={silent} onClick={shuffle} />
      <IconButton icon="queue" name={t("track.enqueue")} disabled={silent} onClick={enqueue} />
      <IconButton icon="share" name={t("track.share")} onClick={() => void share(`/release/${release.slug}`, release.title)} />
      {release.can_edit && (
        <Link
          to="/release/$slug/edit"
          params={{ slug: release.slug }}
          className="iconb"
          aria-label={t("release.edit")}
          title={t("release.edit")}
        >
          <Icon name="edit" />
        </Link>
      )}
    </div>
  );
}
