import { useNavigate } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { Found } from "@/api/types";
import { ArtistCard } from "@/features/artists/components/ArtistCard";
import type { SearchTab } from "@/features/search/tabs";
import { TrackTable } from "@/features/tracks/components/TrackTable";
import { Shelf } from "@/ui/Shelf";
import { SistrumState } from "@/ui/SistrumState";
import { t, tCount } from "@/ui/text/text";
import { useViewerId } from "../useViewerId";
import { ReleaseTile } from "./ReleaseTile";

interface Props {
  q: string;
  tab: SearchTab;
  found: Found;
  /** Something of it was opened or played: the search was a good one. */
  onOpened: () => void;
}

/** So many tracks stand beside the other kinds. */
const FIRST_TRACKS = 6;

/** What was found: all kinds on shelves, or one kind whole. */
export function SearchResults({ q, tab, found, onOpened }: Props) {
  const shown = { tracks: show("tracks", tab, found), artists: show("artists", tab, found), releases: show("releases", tab, found) };
  const nothing = shown.tracks.length + shown.artists.length + shown.releases.length === 0;
  return (
    <section aria-label={t("search.results")} onClickCapture={(event) => (event.target as HTMLElement).closest("a, button") && onOpened()}>
      <p className="sr-only" role="status">
        {nothing ? t("search.nothing.heading", { q }) : t("search.found", countsOf(shown))}
      </p>
      {nothing && <SistrumState figure="empty" heading={t("search.nothing.heading", { q })} text={t("search.nothing.text")} level={2} />}
      {tab === "all" ? <AllKinds q={q} found={shown} /> : <OneKind q={q} tab={tab} found={shown} />}
    </section>
  );
}

/** Shelves of artists and releases, and the first tracks. */
function AllKinds({ q, found }: { q: string; found: Found }) {
  return (
    <>
      {found.tracks.length > 0 && (
        <section className="shelf" aria-labelledby="found-tracks">
          <header>
            <h2 id="found-tracks">{t("search.tab.tracks")}</h2>
            {found.tracks.length > FIRST_TRACKS && <ShowAll q={q} tab="tracks" />}
          </header>
          <FoundTracks q={q} found={found} most={FIRST_TRACKS} />
        </section>
      )}
      <Shelf
        heading={t("search.tab.artists")}
        more={<ShowAll q={q} tab="artists" />}
        items={found.artists}
        keyOf={({ id }) => id}
        renderItem={(artist) => <ArtistCard artist={artist} />}
        narrow
      />
      <Shelf
        heading={t("search.tab.releases")}
        more={<ShowAll q={q} tab="releases" />}
        items={found.releases}
        keyOf={({ id }) => id}
        renderItem={(release) => <ReleaseTile release={release} />}
      />
    </>
  );
}

function OneKind({ q, tab, found }: { q: string; tab: SearchTab; found: Found }) {
  if (tab === "tracks") return found.tracks.length > 0 && <FoundTracks q={q} found={found} />;
  const cards: { id: string; card: ReactNode }[] =
    tab === "artists"
      ? found.artists.map((artist) => ({ id: artist.id, card: <ArtistCard artist={artist} /> }))
      : found.releases.map((release) => ({ id: release.id, card: <ReleaseTile release={release} /> }));
  return (
    <ul className="grid-cards">
      {cards.map(({ id, card }) => (
        <li key={id}>{card}</li>
      ))}
    </ul>
  );
}

function FoundTracks({ q, found, most }: { q: string; found: Found; most?: number }) {
  const viewerId = useViewerId();
  return (
    <TrackTable
      tracks={found.tracks.slice(0, most)}
      list={found.tracks}
      context={{ kind: "search", id: `search:${q}`, title: q }}
      name={t("search.tab.tracks")}
      look="pictured"
      viewerId={viewerId}
    />
  );
}

function ShowAll({ q, tab }: { q: string; tab: SearchTab }) {
  const navigate = useNavigate();
  return (
    <button type="button" className="more-link" onClick={() => void navigate({ to: "/search", search: { q, tab }, replace: true })}>
      {t("list.all")}
    </button>
  );
}

function show<K extends keyof Found>(kind: K, tab: SearchTab, found: Found): Found[K] {
  return tab === "all" || tab === kind ? found[kind] : ([] as unknown as Found[K]);
}

function countsOf({ tracks, artists, releases }: Found): Record<string, string> {
  return {
    tracks: tCount("artist.tracks", tracks.length),
    artists: tCount("search.artists", artists.length),
    releases: tCount("artist.releases", releases.length),
  };
}
