import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { Credit } from "@/api/types";
import { artistsQuery } from "@/features/artists/api";
import { ArtistCard } from "@/features/artists/components/ArtistCard";
import { releasesQuery } from "@/features/releases/api";
import { tracksQuery } from "@/features/tracks/api";
import { TrackLine } from "@/features/tracks/components/TrackLine";
import { TrackTable } from "@/features/tracks/components/TrackTable";
import { ActBar } from "@/ui/ActBar";
import { Button } from "@/ui/Button";
import { CreditsEditor } from "@/ui/CreditsEditor";
import { ExplicitBadge } from "@/ui/ExplicitBadge";
import { LicenceName } from "@/ui/LicenceName";
import { NamesField } from "@/ui/NamesField";
import { PageTabs } from "@/ui/PageTabs";
import { PlayDisc } from "@/ui/PlayDisc";
import { PlayingBars } from "@/ui/PlayingBars";
import { Shelf } from "@/ui/Shelf";
import { StagePath } from "@/ui/StagePath";
import { Steps } from "@/ui/Steps";
import { t } from "@/ui/text/text";
import { ReleaseTile } from "./ReleaseTile";

const ROWS = 4;
const STEPS = [t("nav.upload"), t("nav.releases"), t("nav.music")];
const STANDINGS = [
  { done: 0, part: 0.4 },
  { done: 3, part: 0.6 },
  { done: 3, part: 0.2, failed: true },
  { done: 6, part: 0 },
];

/** The parts of the kit that show music: with whatever this server has. */
export function DesignMusic() {
  return (
    <>
      <Ways />
      <Writing />
      <Collections />
    </>
  );
}

function Ways() {
  return (
    <>
      <div className="flex flex-wrap items-center gap-3">
        <PlayDisc name={t("player.play")} playing={false} large />
        <PlayDisc name={t("player.play")} playing={false} />
        <PlayDisc name={t("player.play")} playing busy />
        <PlayDisc name={t("player.play")} playing={false} disabled />
        <PlayingBars />
        <ExplicitBadge />
        <LicenceName licence="cc_by" />
      </div>
      <PageTabs name={t("nav.browse")}>
        <Link to="/design" aria-current="page">
          {t("nav.releases")}
        </Link>
        <Link to="/design">{t("nav.artists")}</Link>
      </PageTabs>
      <Steps name={t("nav.upload")} steps={STEPS} at={1} />
      <div className="grid gap-3 max-w-[480px]">
        {STANDINGS.map((standing) => (
          <StagePath key={`${standing.done} ${standing.part}`} name={t("nav.upload")} valueText={t("app.loading")} {...standing} />
        ))}
      </div>
      <ActBar title={t("edit.saved")} hint={t("state.error.text")}>
        <Button look="accent">{t("edit.save")}</Button>
      </ActBar>
    </>
  );
}

function Writing() {
  const [names, setNames] = useState<string[]>([t("app.name")]);
  const [credits, setCredits] = useState<Pick<Credit, "role" | "name">[]>([{ role: "main", name: t("app.name") }]);
  return (
    <div className="grid gap-5 max-w-[480px]">
      <NamesField label={t("nav.artists")} value={names} onChange={setNames} />
      <CreditsEditor credits={credits} onChange={setCredits} />
    </div>
  );
}

function Collections() {
  const tracks = useInfiniteQuery(tracksQuery("public")).data?.slice(0, ROWS) ?? [];
  const releases = useInfiniteQuery(releasesQuery()).data ?? [];
  const artists = useInfiniteQuery(artistsQuery()).data ?? [];
  return (
    <>
      <TrackTable tracks={tracks} name={t("home.new")} look="pictured" viewerId={undefined} />
      <TrackTable tracks={tracks} name={t("nav.releases")} look="numbered" viewerId={undefined} head />
      <ul>
        {tracks.map((track) => (
          <TrackLine key={track.id} track={track} list={tracks} />
        ))}
      </ul>
      <Shelf
        heading={t("home.releases")}
        items={releases}
        keyOf={({ id }) => id}
        renderItem={(release) => <ReleaseTile release={release} />}
      />
      <Shelf
        heading={t("home.artists")}
        items={artists}
        keyOf={({ id }) => id}
        renderItem={(artist) => <ArtistCard artist={artist} />}
        narrow
      />
    </>
  );
}
