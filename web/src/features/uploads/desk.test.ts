import { describe, expect, it, vi } from "vitest";
import { setUpClient } from "@/api/client";
import { aProblem, serve } from "@/testing/server";
import { aTrack } from "@/testing/tracks";
import { TagDesk } from "./desk";
import { UploadQueue } from "./queue";
import { clashes, writeTags } from "./tags";

const ID = "0".repeat(32);
const PATH = `/api/tracks/${ID}`;
const none = new AbortController().signal;
setUpClient("http://localhost");

describe("tags typed while a file travels", () => {
  it("wait until the file is a track, and are then written", async () => {
    const arrival = Promise.withResolvers<{ trackId: string }>();
    const queue = new UploadQueue(() => arrival.promise);
    const write = vi.fn(async () => ({ is: "saved" as const, track: aTrack({ title: "Boathouse" }) }));
    const desk = new TagDesk(queue, write);
    const saved = vi.fn();
    desk.onSaved = saved;
    queue.add([{ file: new File(["x"], "01.flac"), folder: "", kind: "music" }]);
    desk.jot(1, { title: "Boathouse" }, {});
    expect(desk.get().get(1)?.is).toBe("kept");
    expect(write).not.toHaveBeenCalled();
    arrival.resolve({ trackId: ID });
    await vi.waitFor(() => expect(desk.get().get(1)?.is).toBe("saved"));
    expect(write).toHaveBeenCalledWith(ID, { title: "Boathouse" }, {}, expect.anything());
    expect(saved).toHaveBeenCalledOnce();
  });

  it("stand against another's change until the person says which one holds", async () => {
    const theirs = aTrack({ title: "Theirs" });
    const write = vi.fn(async (_id, _typed, base: object) =>
      "title" in base ? { is: "conflict" as const, track: theirs } : { is: "saved" as const, track: aTrack() },
    );
    const desk = new TagDesk(new UploadQueue(), write);
    desk.jot(ID, { title: "Mine" }, { title: "Before" });
    await vi.waitFor(() => expect(desk.get().get(ID)).toMatchObject({ is: "clash", theirs, typed: { title: "Mine" } }));
    desk.insist(ID);
    await vi.waitFor(() => expect(desk.get().get(ID)?.is).toBe("saved"));
    expect(write).toHaveBeenLastCalledWith(ID, { title: "Mine" }, {}, expect.anything());
  });

  it("clash only where another value was written into the same field", () => {
    const now = { title: "Theirs", artists: ["A"], track_number: 1 };
    expect(clashes({ title: "Mine" }, { title: "Before" }, now)).toBe(true);
    expect(clashes({ title: "Theirs" }, { title: "Before" }, now)).toBe(false);
    expect(clashes({ track_number: 2 }, { title: "Before", track_number: 1 }, now)).toBe(false);
    expect(clashes({ title: "Mine" }, {}, now)).toBe(false);
  });
});

describe("writing tags", () => {
  it("waits until the file's own tags have been read, so that none of them is lost", async () => {
    const states = ["probing", "transcoding"];
    const seen = serve({
      [`GET ${PATH}`]: () => ({ json: aTrack({ state: states.shift() as "probing" }) }),
      [`PATCH ${PATH}`]: () => ({ json: aTrack({ title: "Mine" }) }),
    });
    expect(await writeTags(ID, { title: "Mine" }, {}, none)).toMatchObject({ is: "saved" });
    expect(seen.map(({ method }) => method)).toEqual(["GET", "GET", "PATCH"]);
  });

  it("reads anew and writes again when the version had moved on", async () => {
    let version = 1;
    const sent: unknown[] = [];
    serve({
      [`GET ${PATH}`]: () => ({ json: aTrack({ version }) }),
      [`PATCH ${PATH}`]: async (request) => {
        sent.push(await request.json());
        version += 1;
        return version > 2 ? { json: aTrack() } : { status: 409, json: aProblem({ status: 409, code: "conflict" }) };
      },
    });
    await writeTags(ID, { title: "Mine" }, { title: "Salt Hours" }, none);
    expect(sent).toEqual([
      { title: "Mine", version: 1 },
      { title: "Mine", version: 2 },
    ]);
  });
});
