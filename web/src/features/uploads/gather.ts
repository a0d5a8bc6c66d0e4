import type { Dropped } from "./sift";

/** Everything in a drop, folders walked to their ends. To be called while the drop is being handled: later the browser forgets it. */
export function gatherDrop({ items, files }: DataTransfer): Promise<Dropped[]> {
  const entries = [...items].map((item) => item.webkitGetAsEntry?.()).filter((entry) => entry != null);
  if (entries.length === 0) return Promise.resolve([...files].map((file) => ({ file, folder: "" })));
  return walkAll(entries, "");
}

/** Everything a file dialog gave; one for folders tells each file's path. */
export function gatherChosen(files: Iterable<File>): Dropped[] {
  return [...files].map((file) => ({ file, folder: (file.webkitRelativePath || "").split("/").slice(0, -1).join("/") }));
}

async function walkAll(entries: readonly FileSystemEntry[], folder: string): Promise<Dropped[]> {
  const found = await Promise.all(entries.map((entry) => walk(entry, folder)));
  return found.flat();
}

async function walk(entry: FileSystemEntry, folder: string): Promise<Dropped[]> {
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject));
    return [{ file, folder }];
  }
  const inside = folder ? `${folder}/${entry.name}` : entry.name;
  return walkAll(await listOf(entry as FileSystemDirectoryEntry), inside);
}

/** A reader gives a hundred entries at a time, and an empty list at the end. */
async function listOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return all;
    all.push(...some);
  }
}
