import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it } from "vitest";
import { beginSession, endSession } from "@/api/session";
import type { Track } from "@/api/types";
import { UploadQueue } from "@/features/uploads/queue";
import type { Landed } from "@/features/uploads/send";
import { open, page, quiet } from "@/testing/open";
import { aProposal, aRelease, someTracks } from "@/testing/releases";
import { aProblem, aSession, serve } from "@/testing/server";
import { aTrack } from "@/testing/tracks";

const RELEASE = "/api/releases/salt-hours";
const ID = `/api/releases/${"f".repeat(32)}`;
const loose = { ...quiet, "GET /api/tracks": () => page([]) };
const proposing = (...items: ReturnType<typeof aProposal>[]) => ({ ...loose, "GET /api/releases/proposals": () => ({ json: { items } }) });
const sentTo = async (seen: Request[], method: string) =>
  (await seen.find((request) => request.method === method)?.json()) as Record<string, unknown>;

async function review(handlers: Parameters<typeof serve>[0]) {
  const seen = serve(handlers);
  beginSession(aSession() as never);
  open("/upload/review");
  await screen.findByDisplayValue("Salt Hours");
  return seen;
}

async function edit(handlers: Parameters<typeof serve>[0]) {
  const seen = serve({ ...loose, [`GET ${RELEASE}`]: () => ({ json: aRelease() }), ...handlers });
  beginSession(aSession() as never);
  const app = open("/release/salt-hours/edit");
  await screen.findByDisplayValue("Salt Hours");
  return { seen, ...app };
}

beforeEach(async () => {
  serve({ "POST /api/auth/logout": () => ({ status: 204 }) });
  await endSession();
});

describe("reviewing what was uploaded", () => {
  it("publishes it with one press, as it stands on the page", async () => {
    const live = aRelease();
    const seen = await review({ ...proposing(aProposal()), "POST /api/releases": () => ({ status: 201, json: live }) });
    await userEvent.click(screen.getByRole("button", { name: "Publish" }));
    expect(await screen.findByText("Salt Hours is live.")).toBeTruthy();
    expect((await screen.findByRole("link", { name: "Open release" })).getAttribute("href")).toBe("/release/salt-hours");
    const sent = await sentTo(seen, "POST");
    expect(sent).toMatchObject({ title: "Salt Hours", kind: "album", artists: [{ name: "Tide Choir" }], visibility: "public" });
    expect((sent.tracks as { track_number: number }[]).map(({ track_number }) => track_number)).toEqual([1, 2, 3]);
  });

  it("waits for a file that has arrived and of which nobody has heard more yet", async () => {
    const [early] = someTracks(1, { state: "transcoding" });
    const [landing, heard] = [Promise.withResolvers<Landed>(), Promise.withResolvers<{ json: unknown }>()];
    const uploads = new UploadQueue(() => landing.promise);
    uploads.add([{ file: new File(["x"], "boathouse.flac"), folder: "", kind: "music" }]);
    const proposed = { now: [] as ReturnType<typeof aProposal>[] };
    const seen = serve({
      ...loose,
      "GET /api/releases/proposals": () => ({ json: { items: proposed.now } }),
      [`GET /api/tracks/${early?.id}`]: () => heard.promise,
      "POST /api/releases": () => ({ status: 201, json: aRelease() }),
    });
    beginSession(aSession() as never);
    open("/upload/review", uploads);
    await userEvent.click(await screen.findByRole("button", { name: "Publish" }));
    landing.resolve({ trackId: early?.id });
    await waitFor(() => expect(seen.some(({ url }) => url.endsWith(`/api/tracks/${early?.id}`))).toBe(true));
    expect(screen.getByText(/It goes out as soon as the last file has been read/)).toBeTruthy();

    proposed.now = [aProposal({ tracks: [early as Track] })];
    heard.resolve({ json: early });
    expect(await screen.findByText("Salt Hours is live.", {}, { timeout: 5_000 })).toBeTruthy();
  });

  it("moves tracks by the keys of their handles and says where they are", async () => {
    const seen = await review({ ...proposing(aProposal()), "POST /api/releases": () => ({ status: 201, json: aRelease() }) });
    fireEvent.keyDown(screen.getByRole("button", { name: /^Move Boathouse, track 1/ }), { key: "ArrowDown" });
    expect(await screen.findByText("Boathouse is now 2 of 3.")).toBeTruthy();
    await userEvent.click(screen.getByRole("button", { name: "More about Green Bottles" }));
    await userEvent.click(await screen.findByRole("menuitem", { name: "Leave out" }));
    expect(within(await screen.findByRole("region", { name: "Left out" })).getByText("Green Bottles")).toBeTruthy();
    await userEvent.click(screen.getByRole("button", { name: "Publish" }));
    await screen.findByRole("link", { name: "Open release" });
    const { tracks } = await sentTo(seen, "POST");
    expect(tracks).toEqual([
      { id: "2".repeat(32), disc_number: 1, track_number: 1 },
      { id: "1".repeat(32), disc_number: 1, track_number: 2 },
    ]);
  });

  it("says beside each field what is missing, before anything is sent", async () => {
    const seen = await review(proposing(aProposal()));
    await userEvent.clear(screen.getByLabelText("Title"));
    await userEvent.click(screen.getByRole("button", { name: "Remove Tide Choir" }));
    await userEvent.click(screen.getByRole("button", { name: "Publish" }));
    expect(await screen.findByText("Give it a title.")).toBeTruthy();
    expect(screen.getByText("Say who made it.")).toBeTruthy();
    expect(seen.some(({ method }) => method === "POST")).toBe(false);
  });

  it("shows the server's refusals at their fields and keeps everything that was typed", async () => {
    const errors = [
      { field: "released_on", message: "is no date" },
      { field: "tracks[1].title", message: "is too long" },
    ];
    await review({ ...proposing(aProposal()), "POST /api/releases": () => ({ status: 422, json: aProblem({ errors }) }) });
    await userEvent.type(screen.getByLabelText("Genre"), ", Choral");
    await userEvent.click(screen.getByRole("button", { name: "Publish" }));
    expect(await screen.findByText("Is no date.")).toBeTruthy();
    expect(screen.getByText("Is too long.")).toBeTruthy();
    expect(screen.getByDisplayValue("Dream pop, Choral")).toBeTruthy();
  });

  it("publishes while tracks are still being made ready, and tells when it goes live", async () => {
    let state: "processing" | "live" = "processing";
    const now = () => aRelease({ state, ready_count: state === "live" ? 3 : 1 });
    await review({
      ...proposing(aProposal({ tracks: someTracks(3, { state: "transcoding" }) })),
      "POST /api/releases": () => ({ status: 201, json: now() }),
      [`GET ${ID}`]: () => ({ json: now() }),
    });
    expect(screen.getByText("0 of 3 tracks ready")).toBeTruthy();
    await userEvent.click(screen.getByRole("button", { name: "Publish" }));
    expect(await screen.findByText(/1 of 3 tracks ready. Goes live when the last one is/)).toBeTruthy();
    state = "live";
    expect(await screen.findByText("Live. Everybody can hear it.", {}, { timeout: 4_000 })).toBeTruthy();
  });

  it("tells that there is nothing, and what to do", async () => {
    serve(proposing());
    beginSession(aSession() as never);
    open("/upload/review");
    expect(await screen.findByRole("heading", { name: "Nothing to review" })).toBeTruthy();
  });
});

describe("editing a release", () => {
  it("sends only what was changed, with the version it started from", async () => {
    const { seen } = await edit({ [`PATCH ${ID}`]: () => ({ json: aRelease({ title: "Salt Years", version: 2 }) }) });
    await userEvent.clear(screen.getByLabelText("Title"));
    await userEvent.type(screen.getByLabelText("Title"), "Salt Years");
    expect(screen.getByText("1 change is not saved")).toBeTruthy();
    await userEvent.click(screen.getByRole("button", { name: "Save" }));
    expect(await screen.findByText("Everything is saved")).toBeTruthy();
    expect(await sentTo(seen, "PATCH")).toEqual({ title: "Salt Years", version: 1 });
  });

  it("shows who saved first, and saves mine on top field by field", async () => {
    const theirs = aRelease({ title: "Their title", genre: "Choral", version: 2, updated_by: { display_name: "Ada" } });
    let tried = 0;
    const { seen } = await edit({
      [`PATCH ${ID}`]: () => {
        tried += 1;
        return tried === 1 ? { status: 409, json: aProblem({ status: 409, code: "conflict" }) } : { json: aRelease({ version: 3 }) };
      },
      [`GET ${ID}`]: () => ({ json: theirs }),
    });
    await userEvent.type(screen.getByLabelText("Title"), " II");
    await userEvent.click(screen.getByRole("button", { name: "Save" }));
    const dialog = await screen.findByRole("dialog", { name: "Somebody saved first" });
    expect(dialog.textContent).toContain("Ada saved this release on");
    expect(dialog.textContent).toContain("Their title");
    expect(dialog.textContent).toContain("Taken over from theirs, since you did not touch it: Genre.");
    await userEvent.click(within(dialog).getByRole("button", { name: "Save like this" }));
    await waitFor(() => expect(seen.filter(({ method }) => method === "PATCH")).toHaveLength(2));
    const [, second] = seen.filter(({ method }) => method === "PATCH");
    expect(await second?.json()).toEqual({ title: "Salt Hours II", version: 2 });
  });

  it("asks before changes are lost", async () => {
    const { router } = await edit({});
    await userEvent.type(screen.getByLabelText("Title"), " II");
    await userEvent.click(screen.getByRole("link", { name: "Open its page" }));
    await userEvent.click(await screen.findByRole("button", { name: "Stay here" }));
    expect(router.state.location.pathname).toBe("/release/salt-hours/edit");
    expect(screen.getByDisplayValue("Salt Hours II")).toBeTruthy();
  });

  it("adds loose tracks, takes others off, and names the loss before it deletes", async () => {
    const stray = aTrack({ id: "9".repeat(32), title: "Stray" });
    const { seen, router } = await edit({
      "GET /api/tracks": () => page([stray]),
      [`PATCH ${ID}`]: () => ({ json: aRelease({ version: 2 }) }),
      [`DELETE ${ID}`]: () => ({ status: 204 }),
    });
    await userEvent.click(screen.getByRole("button", { name: "More about Undertow Hymn" }));
    await userEvent.click(await screen.findByRole("menuitem", { name: "Take off this release" }));
    await userEvent.click(screen.getByRole("button", { name: "Add tracks" }));
    await userEvent.click(await screen.findByRole("checkbox", { name: /Stray/ }));
    await userEvent.click(screen.getByRole("button", { name: "Add" }));
    await userEvent.click(screen.getByRole("button", { name: "Save" }));
    await screen.findByText("Everything is saved");
    const { tracks } = (await sentTo(seen, "PATCH")) as { tracks: { id: string }[] };
    expect(tracks.map(({ id }) => id[0]).join("")).toBe("139");

    await userEvent.click(screen.getByRole("button", { name: "Delete release" }));
    const dialog = await screen.findByRole("dialog", { name: "Delete “Salt Hours”?" });
    await userEvent.click(within(dialog).getByRole("radio", { name: "Delete the tracks as well" }));
    await userEvent.click(within(dialog).getByRole("button", { name: "Delete release" }));
    await waitFor(() => expect(router.state.location.pathname).toBe("/music"));
    expect(seen.find(({ method }) => method === "DELETE")?.url).toContain("tracks=delete");
  });

  it("is closed to those who may not edit it", async () => {
    serve({ ...loose, [`GET ${RELEASE}`]: () => ({ json: aRelease({ can_edit: false }) }) });
    beginSession(aSession() as never);
    open("/release/salt-hours/edit");
    expect(await screen.findByRole("heading", { name: "Not yours to open" })).toBeTruthy();
  });
});

describe("one's own music", () => {
  it("shows releases first, and changes many tracks at once", async () => {
    const tracks = someTracks();
    const seen = serve({
      ...quiet,
      "GET /api/tracks": () => page(tracks),
      "GET /api/releases": () => page([aRelease()]),
      ...Object.fromEntries(tracks.map((track) => [`PATCH /api/tracks/${track.id}`, () => ({ json: { ...track, visibility: "public" } })])),
    });
    beginSession(aSession() as never);
    open("/music");
    expect(await screen.findByRole("link", { name: "Edit Salt Hours" })).toBeTruthy();
    await userEvent.click(screen.getByRole("link", { name: "Tracks" }));
    await userEvent.click(await screen.findByRole("checkbox", { name: "Choose all" }));
    expect(screen.getByText("3 tracks chosen")).toBeTruthy();
    await userEvent.click(screen.getByRole("button", { name: "Who hears them" }));
    await userEvent.click(await screen.findByRole("menuitem", { name: "Public" }));
    expect(await screen.findByText("3 tracks changed.")).toBeTruthy();
    expect(seen.filter(({ method }) => method === "PATCH")).toHaveLength(3);
  });
});
