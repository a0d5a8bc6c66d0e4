import type { Found } from "./queue";

/** A file with the folder it lay in. */
export interface Dropped {
  file: File;
  folder: string;
}

/** What of a drop is sent and what is not, with the reason. */
export interface Sifted {
  take: Found[];
  /** Neither music nor a picture. */
  others: Dropped[];
  /** The same content as another file of this drop, or of this visit. */
  twice: Dropped[];
}

const MUSIC =
  /\.(flac|wave?|aiff?|aifc|m4a|m4b|alac|mp[1-4]|aac|og[ga]|opus|wma|mka|webm|caf|ape|wv|dsf|dff|mid|midi|ac3|dts|mpc|tta|amr|ra)$/i;
const PICTURE = /\.(jpe?g|jfif|png|webp|gif|bmp|heic|heif|avif|svg|tiff?)$/i;
/** What systems leave in folders and nobody ever meant to send. */
const LITTER = /^(\.|Thumbs\.db$|desktop\.ini$|ehthumbs|__MACOSX$)/i;
/** So much of two files of one length is compared at once. */
const PIECE_BYTES = 1 << 20;

/** Sorts what was dropped: music and pictures to send, other things to tell about, and what came twice. `known` was sent before. */
export async function sift(dropped: readonly Dropped[], known: readonly File[] = []): Promise<Sifted> {
  const sifted: Sifted = { take: [], others: [], twice: [] };
  const seen = [...known];
  for (const item of inOrder(dropped.filter(({ file, folder }) => !isLitter(file, folder)))) {
    const kind = kindOf(item.file);
    if (!kind) sifted.others.push(item);
    else if (await isAmong(item.file, seen)) sifted.twice.push(item);
    else {
      seen.push(item.file);
      sifted.take.push({ ...item, kind });
    }
  }
  return sifted;
}

/** By folder, then by name, with 2 before 10; pictures come first, since they are small and every row shows them. */
function inOrder(dropped: readonly Dropped[]): Dropped[] {
  const names = new Intl.Collator(undefined, { numeric: true });
  const rank = ({ file }: Dropped) => (kindOf(file) === "picture" ? 0 : 1);
  return dropped.toSorted(
    (a, b) => names.compare(topOf(a.folder), topOf(b.folder)) || rank(a) - rank(b) || names.compare(pathOf(a), pathOf(b)),
  );
}

const topOf = (folder: string) => folder.split("/", 1)[0] ?? "";
const pathOf = ({ folder, file }: Dropped) => `${folder}/${file.name}`;

/** By what the system says, then by the ending. A file without an ending may be anything: the server looks inside. */
function kindOf({ name, type }: File): Found["kind"] | null {
  if (type.startsWith("image/") || PICTURE.test(name)) return "picture";
  if (/^(audio|video)\//.test(type) || MUSIC.test(name) || !name.includes(".")) return "music";
  return null;
}

function isLitter(file: File, folder: string): boolean {
  return [...folder.split("/"), file.name].some((part) => LITTER.test(part));
}

async function isAmong(file: File, seen: readonly File[]): Promise<boolean> {
  for (const other of seen) {
    if (other.size === file.size && file.size > 0 && (await isSame(file, other))) return true;
  }
  return false;
}

/** Piece by piece: different files mostly differ in the first one. */
async function isSame(one: File, other: File): Promise<boolean> {
  for (let at = 0; at < one.size; at += PIECE_BYTES) {
    const [a, b] = await Promise.all([one, other].map((file) => file.slice(at, at + PIECE_BYTES).arrayBuffer()));
    if (!a || !b || !sameBytes(new Uint8Array(a), new Uint8Array(b))) return false;
  }
  return true;
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at]);
}
