import { fileURLToPath } from "node:url";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

/** Where `npm run dev` finds the server: `make dev` starts both. */
const server = process.env.HATHOR_URL ?? "http://localhost:8080";

/** Whether the app cannot start without a module: some way of static imports leads there from the entry. */
function isOfEntry(
  id: string,
  infoOf: (id: string) => { isEntry: boolean; importers: string[] } | null,
  seen = new Set<string>(),
): boolean {
  if (seen.has(id)) return false;
  seen.add(id);
  const info = infoOf(id);
  if (info?.isEntry) return !id.includes("/src/worker/");
  return info?.importers.some((importer) => isOfEntry(importer, infoOf, seen)) ?? false;
}

/** The page that most visits begin with comes beside the entry, not after it. */
const preloadHome: Plugin = {
  name: "hathor-preload-home",
  transformIndexHtml: {
    order: "post",
    handler: (_, { bundle = {} }) =>
      Object.values(bundle)
        .filter((file) => file.type === "chunk" && file.facadeModuleId?.endsWith("/app/pages/HomePage.tsx"))
        .map(({ fileName }) => ({
          tag: "link",
          attrs: { rel: "modulepreload", crossorigin: true, href: `/${fileName}` },
          injectTo: "head",
        })),
  },
};

export default defineConfig({
  // Vite packs the style sheets, and knows which browsers they are for
  plugins: [react(), tailwindcss({ optimize: false }), preloadHome],
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
        // what the first page needs is one file, not one for each set of pages that share something: a phone fetches six at a time
        codeSplitting: { groups: [{ name: (id, modules) => (isOfEntry(id, (each) => modules.getModuleInfo(each)) ? "first" : null) }] },
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
