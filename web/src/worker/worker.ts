/** What scripts/worker.mjs writes in after the build: a name for it, and the files that the app cannot start without. */
declare const __BUILD__: { name: string; files: readonly string[] };

const worker = self as unknown as ServiceWorkerGlobalScope;
const OURS = "hathor-";
const { files } = __BUILD__;
const CACHE = OURS + __BUILD__.name;
/** The app's one page. It is kept with its headers, so that its nonce and its policy stay a pair. */
const PAGE = "/";
/** Never kept: what belongs to somebody, and sound. */
const APART = /^\/(api|media|live)\//;
const ASSETS = "/assets/";

worker.addEventListener("install", (event) => event.waitUntil(keepApp()));
worker.addEventListener("activate", (event) => event.waitUntil(forgetOldApps()));
worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== worker.location.origin || APART.test(pathname)) return;
  if (request.mode === "navigate") event.respondWith(openPage(event));
  else if (pathname.startsWith(ASSETS) || files.includes(pathname)) event.respondWith(openFile(event));
});

/** Pages come from the server, which alone knows titles and what has moved; the app takes over at once where files changed. */
async function keepApp(): Promise<void> {
  await caches.delete(CACHE); // the newest app is the last of the caches
  const cache = await caches.open(CACHE);
  await cache.add(new Request(PAGE, { cache: "no-store" }));
  await cache.addAll(files.map((path) => new Request(path, { cache: path.startsWith(ASSETS) ? "default" : "no-cache" })));
  await worker.skipWaiting();
}

/** The app before this one stays, for the tabs that still show it. */
async function forgetOldApps(): Promise<void> {
  await worker.registration.navigationPreload?.enable();
  const others = (await caches.keys()).filter((other) => other.startsWith(OURS) && other !== CACHE);
  await Promise.all(others.slice(0, -1).map((other) => caches.delete(other)));
}

async function openPage(event: FetchEvent): Promise<Response> {
  try {
    return (await event.preloadResponse) ?? (await fetch(event.request));
  } catch (error) {
    const cache = await caches.open(CACHE);
    const kept = await cache.match(PAGE);
    if (kept) return kept;
    throw error;
  }
}

async function openFile(event: FetchEvent): Promise<Response> {
  const cache = await caches.open(CACHE);
  const kept = (await cache.match(event.request, { ignoreVary: true })) ?? (await caches.match(event.request, { ignoreVary: true }));
  if (kept) return kept;
  const answer = await fetch(event.request);
  if (answer.status === 200) event.waitUntil(cache.put(event.request, answer.clone()));
  return answer;
}
