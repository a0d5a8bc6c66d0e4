import "@/ui/text/account";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { asProblem } from "@/api/problem";
import { artistQuery } from "@/features/artists/api";
import { MembersSection } from "@/features/artists/components/MembersSection";
import { SistrumState } from "@/ui/SistrumState";
import { t } from "@/ui/text/text";
import { useTitle } from "@/ui/useTitle";
import { useViewerId } from "../useViewerId";
import { Gate } from "./Gate";
import { NothingHere } from "./NothingHere";
import { RowsSkeleton } from "./RowsSkeleton";

const route = getRouteApi("/artist/$slug/people");

/** Who may act for an artist. */
export function ArtistMembersPage() {
  useTitle(t("members.heading"));
  return (
    <Gate>
      <Members />
    </Gate>
  );
}

function Members() {
  const { slug } = route.useParams();
  const viewerId = useViewerId();
  const { data: artist, error, isError, refetch } = useQuery(artistQuery(slug));
  if (isError && !artist) return <NothingHere problem={asProblem(error)} onRetry={() => void refetch()} />;
  if (!artist) return <RowsSkeleton />;
  if (!artist.role) return <SistrumState figure="broken" heading={t("state.forbidden.heading")} text={t("state.forbidden.text")} />;
  return (
    <div className="wide">
      <div className="flex flex-wrap items-center gap-4 mb-2">
        <h1 className="display text-2xl" dir="auto">
          {artist.name}
        </h1>
        <Link to="/artist/$slug" params={{ slug: artist.slug }} className="btn btn-plain ms-auto">
          {t("members.back")}
        </Link>
      </div>
      <MembersSection artist={artist} viewerId={viewerId} />
    </div>
  );
}
