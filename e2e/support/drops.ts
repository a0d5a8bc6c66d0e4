import { execFile } from "node:child_process";
import { copyFile, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Locator, Page } from "playwright-core";

const run = promisify(execFile);

/** Drops files or whole folders onto a place of the page, as a hand would: through the browser's own input. */
export async function dropOn(page: Page, place: Locator, ...paths: string[]): Promise<void> {
  const box = await place.boundingBox();
  if (!box) throw new Error("there is no place to drop on");
  const devtools = await page.context().newCDPSession(page);
  const data = { items: [], files: paths, dragOperationsMask: 1 };
  for (const type of ["dragEnter", "dragOver", "drop"] as const) {
    await devtools.send("Input.dispatchDragEvent", { type, x: box.x + 40, y: box.y + 20, data });
  }
  await devtools.detach();
}

/** A picture of `size` pixels a side, in the format its ending says. */
export async function picture(path: string, size = 600): Promise<string> {
  await run("ffmpeg", ["-v", "error", "-y", "-f", "lavfi", "-i", `testsrc=size=${size}x${size}`, "-frames:v", "1", path]);
  return path;
}

/** A folder with copies of some files, and more with the content given. */
export async function folderOf(
  parent: string,
  name: string,
  copies: readonly string[],
  more: Record<string, string> = {},
): Promise<string> {
  const folder = join(parent, name);
  await mkdir(folder, { recursive: true });
  for (const path of copies) await copyFile(path, join(folder, path.split("/").at(-1) ?? ""));
  for (const [file, content] of Object.entries(more)) await writeFile(join(folder, file), content);
  return folder;
}

/** A CMYK JPEG of 64 × 64 pixels without ink: one DC coefficient a block, all of them 0. */
export function cmykJpeg(): Uint8Array {
  const segment = (marker: number, body: number[]) => [0xff, marker, (body.length + 2) >> 8, (body.length + 2) & 255, ...body];
  const adobe = [..."Adobe"].map((letter) => letter.charCodeAt(0));
  const components = [1, 2, 3, 4];
  const lengths = [1, ...Array(15).fill(0)];
  return Uint8Array.from([
    ...[0xff, 0xd8],
    ...segment(0xee, [...adobe, 0, 100, 0, 0, 0, 0, 0]),
    ...segment(0xdb, [0, ...Array(64).fill(1)]),
    ...segment(0xc0, [8, 0, 64, 0, 64, 4, ...components.flatMap((id) => [id, 0x11, 0])]),
    ...segment(0xc4, [0x00, ...lengths, 0]),
    ...segment(0xc4, [0x10, ...lengths, 0]),
    ...segment(0xda, [4, ...components.flatMap((id) => [id, 0]), 0, 63, 0]),
    // 64 blocks of 4 colours, two bits each: "no difference", "end of block"
    ...Array(64).fill(0),
    ...[0xff, 0xd9],
  ]);
}
