import { describe, expect, it } from "vitest";
import { aProposal, someTracks } from "@/testing/releases";
import { aTrack } from "@/testing/tracks";
import { type Board, EMPTY, type Move, review } from "./board";
import { moveTo, step } from "./order";
import { draftOf, sheetOfProposal, sheetTrack } from "./sheet";

const [one, two, three] = ["1", "2", "3"].map((digit) => digit.repeat(32)) as [string, string, string];
const KEY = "salt hours";
const play = (...moves: Move[]): Board => moves.reduce(review, EMPTY);
const proposed = (...proposals: ReturnType<typeof aProposal>[]): Move => ({ do: "sync", proposals });
const titles = (board: Board) => board.drafts.map(({ sheet }) => sheet.tracks.map(({ title }) => title));

describe("the review board", () => {
  it("shows what the server proposes", () => {
    const board = play(proposed(aProposal()));
    expect(titles(board)).toEqual([["Boathouse", "Undertow Hymn", "Green Bottles"]]);
    expect(board.drafts[0]?.sheet).toMatchObject({ title: "Salt Hours", visibility: "public", licence: "all_rights_reserved" });
  });

  it("follows the server without losing what was edited", () => {
    const [first = aTrack()] = someTracks();
    const board = play(
      proposed(aProposal({ tracks: [{ ...first, state: "transcoding" }] })),
      { do: "edit", key: KEY, change: { title: "Salt Years" } },
      proposed(aProposal({ tracks: someTracks() })),
    );
    expect(board.drafts[0]?.sheet.title).toBe("Salt Years");
    expect(board.drafts[0]?.sheet.tracks[0]?.track.state).toBe("ready");
    expect(titles(board)).toEqual([["Boathouse", "Undertow Hymn", "Green Bottles"]]);
  });

  it("puts a newcomer in its place, and to the end once somebody has arranged the tracks", () => {
    const [first, second, last] = someTracks();
    const early = proposed(aProposal({ tracks: [first, last] as never }));
    expect(titles(play(early, proposed(aProposal())))).toEqual([["Boathouse", "Undertow Hymn", "Green Bottles"]]);
    const turned = play(early);
    const tracks = [...(turned.drafts[0]?.sheet.tracks ?? [])].reverse();
    const arranged = review(review(turned, { do: "edit", key: KEY, change: { tracks } }), proposed(aProposal()));
    expect(titles(arranged)).toEqual([["Green Bottles", "Boathouse", second?.title]]);
  });

  it("takes the server's new title of a track, unless another was typed", () => {
    const [first = aTrack()] = someTracks();
    const follow = play(proposed(aProposal({ tracks: [first] })), proposed(aProposal({ tracks: [{ ...first, title: "Harbour" }] })));
    expect(titles(follow)).toEqual([["Harbour"]]);
    const typed = [{ ...sheetTrack(first), title: "Mine" }];
    const keep = play(
      proposed(aProposal({ tracks: [first] })),
      { do: "edit", key: KEY, change: { tracks: typed } },
      proposed(aProposal({ tracks: [{ ...first, title: "Harbour" }] })),
    );
    expect(titles(keep)).toEqual([["Mine"]]);
  });

  it("stays one release when a file that was sent first is read last, and learns from it what the release is", () => {
    const [first, second, last] = someTracks();
    const early = aProposal({ key: "2", kind: "single", artists: ["Una"], tracks: [second, last] as never });
    const whole = aProposal({ key: "1", kind: "album", artists: ["Various Artists"], tracks: [first, second, last] as never });
    const board = play(proposed(early), { do: "edit", key: "2", change: { artists: ["Mine"] } }, proposed(whole));
    expect(titles(board)).toEqual([["Boathouse", "Undertow Hymn", "Green Bottles"]]);
    expect(board.drafts[0]?.sheet).toMatchObject({ kind: "album", artists: ["Mine"] });
    expect(titles(review(board, proposed(whole)))).toHaveLength(1);
  });

  it("keeps what was merged together, whatever the server proposes", () => {
    const other = aProposal({ key: "b", title: "B", tracks: [aTrack({ id: "9".repeat(32), title: "Stray" })] });
    const board = play(proposed(aProposal(), other), { do: "merge", key: "b", into: KEY }, proposed(aProposal(), other));
    expect(board.drafts.map(({ sheet }) => sheet.title)).toEqual(["Salt Hours"]);
  });

  it("loses a track that was deleted, and a release that has none left", () => {
    expect(titles(play(proposed(aProposal()), proposed(aProposal({ tracks: someTracks(1) }))))).toEqual([["Boathouse"]]);
    expect(play(proposed(aProposal()), proposed()).drafts).toEqual([]);
  });

  it("splits a release in two and keeps the parts apart when the server speaks again", () => {
    const board = play(proposed(aProposal()), { do: "split", key: KEY, track: two }, proposed(aProposal()));
    expect(titles(board)).toEqual([["Boathouse"], ["Undertow Hymn", "Green Bottles"]]);
    expect(board.drafts.map(({ sheet }) => sheet.title)).toEqual(["Salt Hours", ""]);
  });

  it("merges two releases and moves a track from one to the other", () => {
    const other = aProposal({ key: "b", title: "B", tracks: [aTrack({ id: "9".repeat(32), title: "Stray" })] });
    const both = proposed(aProposal(), other);
    expect(titles(play(both, { do: "merge", key: "b", into: KEY }))).toEqual([["Boathouse", "Undertow Hymn", "Green Bottles", "Stray"]]);
    expect(titles(play(both, { do: "transfer", track: one, to: "b" }))).toEqual([
      ["Undertow Hymn", "Green Bottles"],
      ["Stray", "Boathouse"],
    ]);
    expect(titles(play(both, { do: "transfer", track: "9".repeat(32), to: KEY }))).toHaveLength(1);
  });

  it("leaves a track out and takes it back", () => {
    const out = play(proposed(aProposal()), { do: "leave", track: two }, proposed(aProposal()));
    expect(out.left.map(({ title }) => title)).toEqual(["Undertow Hymn"]);
    expect(titles(out)).toEqual([["Boathouse", "Green Bottles"]]);
    expect(titles(review(out, { do: "take", track: two, to: KEY }))).toEqual([["Boathouse", "Green Bottles", "Undertow Hymn"]]);
  });
});

describe("the order of tracks", () => {
  const tracks = sheetOfProposal(aProposal()).tracks;
  const ids = (list: typeof tracks) => list.map(({ id }) => id);

  it("moves a track to a place, and a step at a time", () => {
    expect(ids(moveTo(tracks, three, 0))).toEqual([three, one, two]);
    expect(ids(moveTo(tracks, one, 2))).toEqual([two, three, one]);
    expect(ids(step(tracks, one, -1))).toEqual([one, two, three]);
    expect(ids(step(tracks, one, 1))).toEqual([two, one, three]);
  });

  it("walks from disc to disc, and numbers each from one", () => {
    const discs = tracks.map((track, at) => ({ ...track, disc: at < 2 ? 1 : 2 }));
    expect(step(discs, three, -1).map(({ disc }) => disc)).toEqual([1, 1, 1]);
    const draft = draftOf({ ...sheetOfProposal(aProposal()), tracks: discs });
    expect(draft.tracks.map(({ disc_number, track_number }) => [disc_number, track_number])).toEqual([
      [1, 1],
      [1, 2],
      [2, 1],
    ]);
  });
});
