import { fileURLToPath } from "node:url";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

/** Where `npm run dev` finds the server: `make dev` starts both. */
const server = process.env.HATHOR_URL ?? "http://localhost:8080";

type InfoOf = (id: string) => { importers: string[] } | null;

/** Whether a module is needed as soon as one of `starts` is: some way of static imports leads there. */
function isNeededBy(starts: RegExp, id: string, infoOf: InfoOf, seen = new Set<string>()): boolean {
  if (seen.has(id)) return false;
  seen.add(id);
  return starts.test(id) || (infoOf(id)?.importers.some((importer) => isNeededBy(starts, importer, infoOf, seen)) ?? false);
}

/** What the page asks for itself; it asks for the other pieces. */
const ENTRY = "boot";
/** What the first page needs comes in few files, since a phone fetches six at a time, but in several, since it runs one at a time. */
const PIECES: [name: string, starts: RegExp][] = [
  [ENTRY, /\/src\/main\.tsx$/],
  ["react", /\/react-dom\/client\.js$/],
  ["first", /\/src\/app\/start\.tsx$/],
  ["music", /\/app\/pages\/firstPages\.ts$/],
];

function pieceOf(id: string, infoOf: InfoOf): string | null {
  return PIECES.find(([, starts]) => isNeededBy(starts, id, infoOf))?.[0] ?? null;
}

/** They are fetched together, not one after the other. */
const preloadPieces: Plugin = {
  name: "hathor-preload",
  transformIndexHtml: {
    order: "post",
    handler: (_, { bundle = {} }) =>
      Object.values(bundle)
        .filter((file) => file.type === "chunk" && file.name !== ENTRY && PIECES.some(([name]) => name === file.name))
        .map(({ fileName }) => ({
          tag: "link",
          attrs: { rel: "modulepreload", crossorigin: true, href: `/${fileName}` },
          injectTo: "head",
        })),
  },
};

export default defineConfig({
  // Vite packs the style sheets, and knows which browsers they are for
  plugins: [react(), tailwindcss({ optimize: false }), preloadPieces],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  // The server replaces the word with a fresh nonce in every answer.
  html: { cspNonce: "__CSP_NONCE__" },
  build: {
    target: "es2024",
    // the first ones that know light-dark()
    cssTarget: ["chrome123", "firefox120", "safari17.5"],
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 600,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: { index: "index.html", sw: "src/worker/worker.ts" },
      // browsers find the worker by its name
      output: {
        entryFileNames: ({ name }) => (name === "sw" ? "sw.js" : "assets/[name]-[hash].js"),
        codeSplitting: {
          includeDependenciesRecursively: false,
          groups: [{ name: (id, modules) => pieceOf(id, (each) => modules.getModuleInfo(each)) }],
        },
      },
    },
  },
  server: { proxy: { "/api": server, "/media": server } },
  test: {
    environment: "jsdom",
    // one DOM a worker: making one costs more than most tests
    isolate: false,
    setupFiles: ["src/testing/setup.ts"],
    include: ["src/**/*.test.{ts,tsx}"],
    coverage: { provider: "v8", include: ["src/**"], exclude: ["src/api/generated/**", "src/testing/**", "src/**/*.test.*"] },
  },
});
