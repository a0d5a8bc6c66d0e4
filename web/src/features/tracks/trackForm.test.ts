import { describe, expect, it } from "vitest";
import { aTrack } from "@/testing/tracks";
import { changeOf, formOf } from "./trackForm";

const before = formOf(aTrack({ genre: "Dream pop", track_number: 3 }));

describe("the edit window", () => {
  it("sends nothing that was not changed", () => {
    expect(changeOf(before, { ...before })).toEqual({});
  });

  it("sends numbers as numbers, trims text and clears what was emptied", () => {
    const after = { ...before, title: "  Boathouse ", genre: "  ", track_number: "", disc_number: "2", explicit: true };
    expect(changeOf(before, after)).toEqual({ title: "Boathouse", genre: null, track_number: null, disc_number: 2, explicit: true });
  });

  it("takes the names of a track without credits for its main artists, and drops credits without a name", () => {
    expect(before.credits).toEqual([{ role: "main", name: "Tide Choir" }]);
    const credits = [...before.credits, { role: "producer" as const, name: " Ada " }, { role: "other" as const, name: "" }];
    expect(changeOf(before, { ...before, credits })).toEqual({
      credits: [
        { role: "main", name: "Tide Choir" },
        { role: "producer", name: "Ada" },
      ],
    });
  });
});
