// Tells the built service worker what to keep: everything the app needs to start without a connection, under a name that
// changes when any of it does. Sound's own code, pseudo languages and fonts of other scripts come when they are needed.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const DIST = fileURLToPath(new URL("../dist", import.meta.url));
const LATER = /^(hls|pseudo)-|\.br$/;
const FONT = /\.woff2$/;
const FIRST_FONT = /-latin-(?!ext)/;
const BESIDE = ["/favicon.svg", "/manifest.webmanifest"];

const assets = readdirSync(`${DIST}/assets`).filter((name) => !LATER.test(name) && (!FONT.test(name) || FIRST_FONT.test(name)));
const files = [...assets.map((name) => `/assets/${name}`), ...BESIDE];
const hash = createHash("sha256").update(files.join());
for (const path of ["/index.html", ...BESIDE]) hash.update(readFileSync(DIST + path));
const build = { name: hash.digest("hex").slice(0, 12), files };

const worker = readFileSync(`${DIST}/sw.js`, "utf8");
const told = worker.replaceAll("__BUILD__", () => JSON.stringify(build));
if (told === worker || /\b(import|export)\b/.test(worker)) throw new Error("dist/sw.js is not one script that asks for its build");
writeFileSync(`${DIST}/sw.js`, told);
