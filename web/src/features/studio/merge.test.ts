import { describe, expect, it } from "vitest";
import { ApiProblem } from "@/api/problem";
import { aRelease } from "@/testing/releases";
import { faultsOf, missingFrom } from "./faults";
import { differences, merge, withFields } from "./merge";
import { sheetOfRelease } from "./sheet";

const base = sheetOfRelease(aRelease());

describe("two people editing one release", () => {
  it("brings together what does not touch", () => {
    const { clashes, taken, sheet } = merge(base, { ...base, title: "Mine" }, { ...base, genre: "Choral" });
    expect(clashes).toEqual([]);
    expect(taken).toEqual(["genre"]);
    expect(sheet).toMatchObject({ title: "Mine", genre: "Choral" });
  });

  it("asks where both changed the same field, and loses neither", () => {
    const mine = { ...base, title: "Mine", label: "Ours" };
    const theirs = { ...base, title: "Theirs" };
    const { clashes, sheet } = merge(base, mine, theirs);
    expect(clashes).toEqual(["title"]);
    expect(sheet).toMatchObject({ title: "Mine", label: "Ours" });
    expect(withFields(sheet, theirs, clashes)).toMatchObject({ title: "Theirs", label: "Ours" });
  });

  it("takes the same change by both for none", () => {
    expect(merge(base, { ...base, title: "Same" }, { ...base, title: "Same" }).clashes).toEqual([]);
  });

  it("compares the order of tracks, not how far each has come", () => {
    const moved = { ...base, tracks: base.tracks.toReversed() };
    const further = { ...base, tracks: base.tracks.map((one) => ({ ...one, track: { ...one.track, progress: 7 } })) };
    expect(differences(base, further)).toEqual([]);
    expect(merge(base, moved, further).clashes).toEqual([]);
    expect(differences(base, moved)).toEqual(["tracks"]);
  });
});

describe("what is wrong with a sheet", () => {
  it("is told before the server is asked", () => {
    const [first, ...rest] = base.tracks;
    const faults = missingFrom({ ...base, title: " ", artists: [], tracks: [{ ...first, title: "" } as never, ...rest] });
    expect(Object.keys(faults)).toEqual(["title", "artists", "tracks.0"]);
    expect(missingFrom(base)).toEqual({});
  });

  it("finds its field, however the server writes the way there", () => {
    const errors = [
      { field: "cover_id", message: "is not a picture of yours" },
      { field: "tracks[2].isrc", message: "is no ISRC" },
      { field: "artists.0.name", message: "is too long" },
    ];
    expect(faultsOf(new ApiProblem(422, { errors }))).toEqual({
      cover: "Is not a picture of yours.",
      "tracks.2": "Is no ISRC.",
      artists: "Is too long.",
    });
  });
});
