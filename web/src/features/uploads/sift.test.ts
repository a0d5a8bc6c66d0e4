import { describe, expect, it } from "vitest";
import { gatherDrop } from "./gather";
import { type Dropped, sift } from "./sift";

const drop = (path: string, content = path, type = ""): Dropped => {
  const parts = path.split("/");
  const name = parts.pop() ?? "";
  return { file: new File([content], name, { type }), folder: parts.join("/") };
};
const names = (dropped: readonly Dropped[]) => dropped.map(({ file }) => file.name);

describe("sifting a drop", () => {
  it("takes music and pictures, tells about the rest, and never mentions what systems leave behind", async () => {
    const sifted = await sift(
      ["A/2.flac", "A/10.flac", "A/cover.jpg", "A/notes.txt", "A/.DS_Store", "A/Thumbs.db", "__MACOSX/A/2.flac"].map((p) => drop(p)),
    );
    expect(sifted.take.map(({ file, kind }) => [file.name, kind])).toEqual([
      ["cover.jpg", "picture"],
      ["2.flac", "music"],
      ["10.flac", "music"],
    ]);
    expect(names(sifted.others)).toEqual(["notes.txt"]);
  });

  it("leaves to the server what has no ending", async () => {
    expect((await sift([drop("recording")])).take).toHaveLength(1);
  });

  it("finds the same file under another name, here and among those sent before", async () => {
    const sent = drop("old.flac", "the song");
    const sifted = await sift([drop("a.flac", "one song"), drop("copy of a.flac", "one song"), drop("new.flac", "the song")], [sent.file]);
    expect(names(sifted.take)).toEqual(["a.flac"]);
    expect(names(sifted.twice)).toEqual(["copy of a.flac", "new.flac"]);
  });

  it("keeps different songs of the same length apart", async () => {
    expect((await sift([drop("CD1/01.ogg", "aaaa"), drop("CD2/01.ogg", "bbbb")])).twice).toEqual([]);
  });
});

describe("a dropped folder", () => {
  const fileEntry = (name: string) => ({ isFile: true, name, file: (take: (file: File) => void) => take(new File(["x"], name)) });
  const folderEntry = (name: string, children: object[]) => ({
    isFile: false,
    name,
    createReader: () => {
      // as browsers do, a few at a time
      const left = [...children];
      return { readEntries: (take: (entries: object[]) => void) => take(left.splice(0, 2)) };
    },
  });

  it("is walked to its end, and every file knows its folder", async () => {
    const album = folderEntry("Salt Hours", [
      fileEntry("cover.jpg"),
      folderEntry("CD1", [fileEntry("1.ogg"), fileEntry("2.ogg"), fileEntry("3.ogg")]),
      folderEntry("CD2", [fileEntry("1.ogg")]),
    ]);
    const items = [{ webkitGetAsEntry: () => album }];
    const found = await gatherDrop({ items, files: [] } as unknown as DataTransfer);
    expect(found.map(({ folder, file }) => `${folder}/${file.name}`)).toEqual([
      "Salt Hours/cover.jpg",
      "Salt Hours/CD1/1.ogg",
      "Salt Hours/CD1/2.ogg",
      "Salt Hours/CD1/3.ogg",
      "Salt Hours/CD2/1.ogg",
    ]);
  });
});
