// Packs what the browser may ask for as brotli, once and as small as it gets, beside each file: the server sends it as it is.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";

const DIST = fileURLToPath(new URL("../dist", import.meta.url));
const WORTH_PACKING = /\.(js|css|svg)$/;
const WORTH_BYTES = 512;

for (const entry of readdirSync(DIST, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || !WORTH_PACKING.test(entry.name)) continue;
  const path = join(entry.parentPath, entry.name);
  const plain = readFileSync(path);
  const packed = brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } });
  if (plain.length >= WORTH_BYTES && packed.length < plain.length) writeFileSync(`${path}.br`, packed);
}
