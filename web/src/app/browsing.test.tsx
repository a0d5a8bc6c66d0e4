import { cleanup, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { beginSession, endSession } from "@/api/session";
import { anArtist } from "@/testing/artists";
import { grant, open, page, quiet } from "@/testing/open";
import { aRelease, someTracks } from "@/testing/releases";
import { aProblem, aSession, serve } from "@/testing/server";
import { aTrack } from "@/testing/tracks";

const choir = anArtist();
const ref = { id: choir.id, slug: choir.slug, name: choir.name };
const release = aRelease({ artists: [{ name: choir.name, artist: ref }], can_edit: false });
const { tracks: _, ...listed } = release;
const plays = Object.fromEntries(release.tracks.map(({ id }) => [`POST /api/tracks/${id}/play`, grant]));
const house = {
  ...quiet,
  ...plays,
  "GET /api/tracks": () => page(release.tracks),
  "GET /api/releases": () => page([listed]),
  "GET /api/releases/salt-hours": () => ({ json: release }),
  "GET /api/artists": () => page([choir]),
  "GET /api/artists/tide-choir": () => ({ json: choir }),
  "GET /api/artists/tide-choir/releases": () => page([listed]),
  "GET /api/artists/tide-choir/tracks": () => page(release.tracks),
};
const signedIn = () => beginSession(aSession() as never);
const nowhere = () => ({ status: 404, json: aProblem({ status: 404, code: "not_found" }) });
const broken = () => ({ status: 500, json: aProblem({ status: 500, code: "internal" }) });

beforeEach(async () => {
  serve({ "POST /api/auth/logout": () => ({ status: 204 }) });
  await endSession();
});

describe("home", () => {
  it("shows the newest release, the artists and the newest tracks, and plays the release in its order", async () => {
    serve(house);
    const { engine } = open("/");
    await userEvent.click(await screen.findByRole("button", { name: "Play Salt Hours" }));
    await waitFor(() => expect(engine.state.get()).toMatchObject({ status: "playing", track: { title: "Boathouse" } }));
    expect(engine.state.get().queue.context).toEqual({ kind: "release", id: release.id, title: "Salt Hours" });
    expect(screen.getByRole("region", { name: "Artists" })).toBeTruthy();
    expect(screen.getByRole("button", { name: "Pause Salt Hours" })).toBeTruthy();
  });

  it("shows what one heard last to whoever is signed in", async () => {
    serve({ ...house, "GET /api/me/recently-played": () => page([aTrack({ title: "Heard before" })]) });
    signedIn();
    open("/");
    const recent = await screen.findByRole("region", { name: "Recently played" });
    expect(within(recent).getByRole("link", { name: "Heard before" })).toBeTruthy();
  });

  it("goes on without a shelf that does not answer, and says so", async () => {
    let away = true;
    serve({ ...house, "GET /api/artists": () => (away ? broken() : page([choir])) });
    open("/");
    const again = await screen.findByRole("button", { name: "Try again" });
    expect(screen.getByRole("link", { name: "Salt Hours" })).toBeTruthy();
    away = false;
    await userEvent.click(again);
    expect(await screen.findByRole("region", { name: "Artists" })).toBeTruthy();
  });
});

describe("a release", () => {
  it("shows its tracks by number and plays from the third on", async () => {
    serve(house);
    const { engine } = open("/release/salt-hours");
    expect(await screen.findByRole("heading", { name: "Salt Hours", level: 1 })).toBeTruthy();
    const list = screen.getByRole("list", { name: "Tracks" });
    expect(within(list).getAllByRole("listitem")).toHaveLength(3);
    await userEvent.click(within(list).getByRole("button", { name: "Play Green Bottles" }));
    await waitFor(() => expect(engine.state.get().track?.title).toBe("Green Bottles"));
    expect(screen.getByText("3 tracks, 12 min")).toBeTruthy();
  });

  it("walks from row to row by the arrow keys, and stays in its column", async () => {
    serve(house);
    open("/release/salt-hours");
    (await screen.findByRole("link", { name: "Boathouse" })).focus();
    await userEvent.keyboard("{ArrowDown}");
    expect(document.activeElement).toBe(screen.getByRole("link", { name: "Undertow Hymn" }));
    await userEvent.keyboard("{End}{ArrowDown}");
    expect(document.activeElement).toBe(screen.getByRole("link", { name: "Green Bottles" }));
  });

  it("draws a long one a part at a time", async () => {
    const tracks = Array.from({ length: 100 }, (_, at) => aTrack({ id: `${at}`.padStart(32, "0"), title: `Song ${at + 1}` }));
    serve({ ...house, "GET /api/releases/salt-hours": () => ({ json: aRelease({ tracks }) }) });
    const { engine } = open("/release/salt-hours");
    await userEvent.click(await screen.findByRole("button", { name: "Play Song 2" }));
    expect(within(screen.getByRole("list", { name: "Tracks" })).getAllByRole("listitem")).toHaveLength(80);
    expect(engine.state.get().queue.order).toHaveLength(100);
  });

  it("puts a track before all others, and everything of it into the queue", async () => {
    serve(house);
    const { engine } = open("/release/salt-hours");
    await userEvent.click(await screen.findByRole("button", { name: "More about Undertow Hymn" }));
    await userEvent.click(await screen.findByRole("menuitem", { name: "Play next" }));
    await userEvent.click(screen.getByRole("button", { name: "Add to queue" }));
    await waitFor(() => expect(engine.state.get().queue.next).toHaveLength(3));
    expect(engine.state.get().queue.now?.track.title).toBe("Undertow Hymn");
  });

  it("mixes", async () => {
    serve(house);
    const { engine } = open("/release/salt-hours");
    await userEvent.click(await screen.findByRole("button", { name: "Shuffle" }));
    await waitFor(() => expect(engine.state.get().queue).toMatchObject({ shuffled: true, context: { id: release.id } }));
  });

  it("hands its address on", async () => {
    const visitor = userEvent.setup();
    serve(house);
    open("/release/salt-hours");
    await visitor.click(await screen.findByRole("button", { name: "Share" }));
    expect(await screen.findByText("The address is copied.")).toBeTruthy();
    expect(await navigator.clipboard.readText()).toBe(`${location.origin}/release/salt-hours`);
  });

  it("names the guests of a track, its other makers, and its discs", async () => {
    const guest = { role: "featured", name: "Juno Rask", artist: { id: "b".repeat(32), slug: "juno-rask", name: "Juno Rask" } } as const;
    const other = { role: "main", name: "Vanta Arcade", artist: null } as const;
    const [one, two] = someTracks(2);
    const tracks = [
      { ...one, credits: [{ role: "main", name: choir.name, artist: ref }, guest], explicit: true },
      { ...two, credits: [other], disc_number: 2 },
    ] as typeof release.tracks;
    serve({ ...house, "GET /api/releases/salt-hours": () => ({ json: aRelease({ ...release, tracks }) }) });
    open("/release/salt-hours");
    expect(await screen.findByRole("region", { name: "Disc 2" })).toBeTruthy();
    expect(screen.getByRole("link", { name: "Juno Rask" }).getAttribute("href")).toBe("/artist/juno-rask");
    expect(screen.getByRole("img", { name: "Explicit" })).toBeTruthy();
    expect(screen.getByText("Vanta Arcade")).toBeTruthy();
  });

  it("tells those who may edit it why others do not hear it", async () => {
    const standings = {
      "2 of 3 tracks are ready": { state: "processing", ready_count: 2 },
      "Held back": { state: "held" },
      "Goes live on December 24, 2026": { state: "scheduled", publish_at: "2026-12-24T12:00:00Z" },
      "Private: only you see it": { state: "draft", visibility: "private" },
    } as const;
    for (const [words, different] of Object.entries(standings)) {
      serve({ ...house, "GET /api/releases/salt-hours": () => ({ json: { ...release, can_edit: true, ...different } }) });
      open("/release/salt-hours");
      expect(await screen.findByText(new RegExp(words))).toBeTruthy();
      expect(screen.getByRole("link", { name: "Edit release" })).toBeTruthy();
      cleanup();
    }
  });

  it("goes on under its present name when it was opened by a former one", async () => {
    serve({ ...house, "GET /api/releases/old-name": () => ({ json: release }) });
    const { router } = open("/release/old-name");
    await screen.findByRole("heading", { name: "Salt Hours", level: 1 });
    await waitFor(() => expect(router.state.location.pathname).toBe("/release/salt-hours"));
  });

  it("answers what is private and what never was alike, and a failure with the request's name", async () => {
    serve({ ...house, "GET /api/releases/salt-hours": nowhere });
    open("/release/salt-hours");
    expect(await screen.findByRole("heading", { name: "Nothing stands here" })).toBeTruthy();
    cleanup();
    serve({ ...house, "GET /api/releases/salt-hours": broken });
    open("/release/salt-hours");
    expect(await screen.findByText("req-7")).toBeTruthy();
  });
});

describe("an artist", () => {
  it("shows what they are heard on and what they released, by kind, and plays all of it", async () => {
    serve({
      ...house,
      "GET /api/artists/tide-choir": () => ({
        json: { ...choir, bio: "Nine voices.", links: [{ label: "Site", url: "https://tide.example/" }] },
      }),
    });
    const { engine } = open("/artist/tide-choir");
    expect(await screen.findByRole("region", { name: "Albums" })).toBeTruthy();
    expect(screen.getByText("Nine voices.")).toBeTruthy();
    expect(screen.getByRole("link", { name: "Site" }).getAttribute("href")).toBe("https://tide.example/");
    expect(screen.queryByRole("button", { name: "Edit profile" })).toBeNull();
    await userEvent.click(screen.getByRole("button", { name: "Play Tide Choir" }));
    await waitFor(() => expect(engine.state.get().queue.context?.kind).toBe("artist"));
  });

  it("says so when there is nothing to hear yet", async () => {
    serve({
      ...house,
      "GET /api/artists/tide-choir": () => ({ json: { ...choir, release_count: 0, track_count: 0 } }),
      "GET /api/artists/tide-choir/releases": () => page([]),
      "GET /api/artists/tide-choir/tracks": () => page([]),
    });
    open("/artist/tide-choir");
    expect(await screen.findByRole("heading", { name: "Nothing to hear yet" })).toBeTruthy();
  });

  it("changes the profile with the version it started from, and follows the new address", async () => {
    const saved = { ...choir, slug: "the-tide-choir", name: "The Tide Choir", role: "owner", version: 2 };
    const seen = serve({
      ...house,
      "GET /api/artists/tide-choir": () => ({
        json: { ...choir, role: "owner", links: [{ label: "Site", url: "https://tide.example/" }] },
      }),
      [`PATCH /api/artists/${choir.id}`]: () => ({ json: saved }),
      "GET /api/artists/the-tide-choir": () => ({ json: saved }),
      "GET /api/artists/the-tide-choir/releases": () => page([]),
      "GET /api/artists/the-tide-choir/tracks": () => page([]),
    });
    signedIn();
    const { router } = open("/artist/tide-choir");
    await userEvent.click(await screen.findByRole("button", { name: "Edit profile" }));
    const name = await screen.findByLabelText("Name");
    await userEvent.clear(name);
    await userEvent.type(name, "The Tide Choir");
    await userEvent.clear(screen.getByLabelText("Address"));
    await userEvent.type(screen.getByLabelText("Address"), "the-tide-choir");
    await userEvent.click(screen.getByRole("button", { name: "Remove link 1" }));
    await userEvent.click(screen.getByRole("button", { name: "Save" }));
    await waitFor(() => expect(router.state.location.pathname).toBe("/artist/the-tide-choir"));
    const patch = seen.find(({ method }) => method === "PATCH");
    expect(await patch?.json()).toEqual({ name: "The Tide Choir", slug: "the-tide-choir", bio: null, links: [], version: 1 });
  });

  it("says beside the picture why it was refused", async () => {
    serve({
      ...house,
      "GET /api/artists/tide-choir": () => ({ json: { ...choir, role: "owner" } }),
      "POST /api/pictures": () => ({
        status: 422,
        json: aProblem({ code: "picture_too_small", title: "the picture is smaller than 64 pixels" }),
      }),
    });
    signedIn();
    open("/artist/tide-choir");
    await userEvent.click(await screen.findByRole("button", { name: "Edit profile" }));
    await screen.findByLabelText("Name");
    await userEvent.upload(screen.getByLabelText("Picture"), new File([new Uint8Array(9)], "dot.png", { type: "image/png" }));
    expect(await screen.findByText("The picture is smaller than 64 pixels.")).toBeTruthy();
  });
});

describe("a track", () => {
  const track = aTrack({
    visibility: "public",
    lyrics: "[00:01.00] Green bottles\nhanging",
    licence: "cc_by_sa",
    on_release: { id: release.id, slug: "salt-hours", title: "Salt Hours" },
    track_number: 3,
    credits: [
      { role: "main", name: choir.name, artist: ref },
      { role: "engineer", name: "Petra Vuk", artist: null },
    ],
  } as never);

  it("tells words, credits and licence, where it is from, and where a shared moment begins", async () => {
    serve({ ...house, [`GET /api/tracks/${track.id}`]: () => ({ json: track }), [`POST /api/tracks/${track.id}/play`]: grant });
    const { engine } = open(`/track/${track.id}?t=65`);
    expect(await screen.findByText(/^Green bottles/)).toBeTruthy();
    expect(screen.getByText("Petra Vuk")).toBeTruthy();
    expect(screen.getByRole("link", { name: "CC BY-SA 4.0" }).getAttribute("href")).toMatch(/by-sa/);
    expect(await screen.findByRole("region", { name: "More from Salt Hours" })).toBeTruthy();
    expect(screen.getAllByText("1:05")).toHaveLength(2);
    await userEvent.click(screen.getAllByRole("button", { name: "Play Salt Hours" })[0] as HTMLElement);
    await waitFor(() => expect(engine.state.get().positionMs).toBe(65_000));
  });
});

describe("search", () => {
  const found = { tracks: release.tracks, artists: [choir], releases: [listed] };

  it("finds as one types, and shows one kind on demand", async () => {
    const seen = serve({ ...house, "GET /api/search": () => ({ json: found }) });
    const { router } = open("/search");
    await userEvent.type(await screen.findByLabelText("Search"), "tide");
    expect(await screen.findByRole("region", { name: "Releases" })).toBeTruthy();
    expect(seen.filter(({ url }) => url.includes("/api/search"))).toHaveLength(1);
    const tabs = within(screen.getByRole("navigation", { name: "What to show" }));
    await userEvent.click(tabs.getByRole("link", { name: "Artists" }));
    await waitFor(() => expect(tabs.getByRole("link", { current: "page" }).textContent).toBe("Artists"));
    expect(screen.queryByRole("link", { name: "Boathouse" })).toBeNull();
    expect(router.state.location.search).toEqual({ q: "tide", tab: "artists" });
  });

  it("remembers what was looked for and opened, on this device only, and forgets it", async () => {
    serve({ ...house, "GET /api/search": () => ({ json: found }) });
    open("/search?q=tide");
    await userEvent.click((await screen.findAllByRole("link", { name: "Tide Choir" }))[0] as HTMLElement);
    cleanup();
    open("/search");
    expect(await screen.findByRole("button", { name: "tide" })).toBeTruthy();
    await userEvent.click(screen.getByRole("button", { name: "Forget them" }));
    expect(screen.queryByRole("button", { name: "tide" })).toBeNull();
  });

  it("says so when nothing is called that, and when it fails", async () => {
    serve({ ...house, "GET /api/search": () => ({ json: { tracks: [], artists: [], releases: [] } }) });
    open("/search?q=zzz");
    expect(await screen.findByRole("heading", { name: "Nothing is called “zzz”" })).toBeTruthy();
    cleanup();
    serve({ ...house, "GET /api/search": broken });
    open("/search?q=zzz");
    expect(await screen.findByText("req-7")).toBeTruthy();
  });
});

describe("browsing", () => {
  it("lists releases of one kind, and brings the next page", async () => {
    const second = { ...listed, id: "e".repeat(32), slug: "second", title: "Second" };
    const seen = serve({
      ...house,
      "GET /api/releases": ({ url }) =>
        new URL(url).searchParams.get("cursor") ? page([second]) : { json: { items: [listed], next_cursor: "next" } },
    });
    open("/releases?kind=album");
    await userEvent.click(await screen.findByRole("button", { name: "Show more" }));
    expect(await screen.findByRole("link", { name: "Second" })).toBeTruthy();
    expect(seen.some(({ url }) => url.includes("kind=album"))).toBe(true);
  });

  it("lists artists, and says so when there are none", async () => {
    serve(house);
    open("/artists");
    expect(await screen.findByRole("link", { name: "Tide Choir" })).toBeTruthy();
    cleanup();
    serve({ ...house, "GET /api/artists": () => page([]), "GET /api/releases": () => page([]) });
    open("/artists");
    expect(await screen.findByRole("heading", { name: "Nobody plays here yet" })).toBeTruthy();
    cleanup();
    open("/releases");
    expect(await screen.findByRole("heading", { name: "No releases here yet" })).toBeTruthy();
  });

  it("says that the connection is gone", async () => {
    vi.stubGlobal("fetch", () => Promise.reject(new TypeError("failed to fetch")));
    open("/artists");
    expect(await screen.findByRole("heading", { name: "The connection is gone" })).toBeTruthy();
  });
});
