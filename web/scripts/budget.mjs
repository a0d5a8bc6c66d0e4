// Weighs what `npm run build` wrote: gzip sizes against the budgets of the design notes. Fails over them.
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const DIST = fileURLToPath(new URL("../dist", import.meta.url));
const KB = 1000;
/** Gzip kilobytes. The entry is everything that the first page loads before it can be used. */
const BUDGETS = { entry: 170, css: 20, route: 40, hls: 120, fonts: 60 };

const html = readFileSync(`${DIST}/index.html`, "utf8");
const files = readdirSync(`${DIST}/assets`);
const weigh = (name) => gzipSync(readFileSync(`${DIST}/assets/${name}`), { level: 9 }).length / KB;
const total = (names) => names.reduce((sum, name) => sum + weigh(name), 0);
const scripts = files.filter((name) => name.endsWith(".js"));
const first = scripts.filter((name) => html.includes(name));
const hls = scripts.filter((name) => name.startsWith("hls-"));
const routes = scripts.filter((name) => !first.includes(name) && !hls.includes(name));
const heaviest = routes.toSorted((a, b) => weigh(b) - weigh(a))[0];
const latin = files.filter((name) => /latin(-ext)?-flar.*woff2$/.test(name)).filter((name) => !name.includes("latin-ext"));

const figures = [
  ["entry scripts", total(first), BUDGETS.entry],
  ["style sheets", total(files.filter((name) => name.endsWith(".css"))), BUDGETS.css],
  [`heaviest later chunk (${heaviest})`, weigh(heaviest), BUDGETS.route],
  ["hls.js light", total(hls), BUDGETS.hls],
  ["font of the first page", total(latin), BUDGETS.fonts],
];
let over = 0;
for (const [what, kilobytes, budget] of figures) {
  const fits = kilobytes <= budget;
  over += fits ? 0 : 1;
  process.stdout.write(`${fits ? "ok  " : "OVER"} ${what}: ${kilobytes.toFixed(1)} of ${budget} kB\n`);
}
const strays = scripts.filter((name) => name.startsWith("DesignPage"));
if (strays.length > 0) process.stdout.write(`OVER the kit's page is for development only: ${strays.join(", ")}\n`);
over += strays.length;
process.exitCode = over > 0 ? 1 : 0;
