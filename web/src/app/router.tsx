import { createRootRoute, createRoute, createRouter, lazyRouteComponent, type RouterHistory } from "@tanstack/react-router";
import { HomePage } from "./pages/HomePage";
import { NotFoundPage } from "./pages/NotFoundPage";
import { Shell } from "./shell/Shell";

const root = createRootRoute({ component: Shell, notFoundComponent: NotFoundPage });

const pages = {
  music: lazyRouteComponent(() => import("./pages/MusicPage"), "MusicPage"),
  upload: lazyRouteComponent(() => import("./pages/UploadPage"), "UploadPage"),
  track: lazyRouteComponent(() => import("./pages/TrackPage"), "TrackPage"),
  signIn: lazyRouteComponent(() => import("./pages/SignInPage"), "SignInPage"),
  signUp: lazyRouteComponent(() => import("./pages/SignUpPage"), "SignUpPage"),
};

const home = createRoute({ getParentRoute: () => root, path: "/", component: HomePage });
const music = createRoute({ getParentRoute: () => root, path: "/music", component: pages.music });
const upload = createRoute({ getParentRoute: () => root, path: "/upload", component: pages.upload });
const track = createRoute({
  getParentRoute: () => root,
  path: "/track/$trackId",
  validateSearch: ({ source }: Record<string, unknown>): { source?: "original" | "hls" } =>
    source === "original" || source === "hls" ? { source } : {},
  component: pages.track,
});
/** Where to go after signing in: a path of this app, never another site. */
const validateSearch = ({ next }: Record<string, unknown>): { next?: string } =>
  typeof next === "string" && /^\/(?![/\\])/.test(next) ? { next } : {};
const signIn = createRoute({ getParentRoute: () => root, path: "/login", validateSearch, component: pages.signIn });
const signUp = createRoute({ getParentRoute: () => root, path: "/register", validateSearch, component: pages.signUp });

const routeTree = root.addChildren([home, music, upload, track, signIn, signUp]);

/** The app's addresses. */
export function makeRouter(history?: RouterHistory) {
  return createRouter({ routeTree, history, defaultPreload: "intent", scrollRestoration: true, scrollToTopSelectors: ["#scroller"] });
}

/** Loads the pages that are not open yet: they are small, and then a lost connection takes none of them away. */
export async function fetchPages(): Promise<void> {
  await Promise.allSettled(Object.values(pages).map((page) => page.preload?.()));
}

export type AppRouter = ReturnType<typeof makeRouter>;

declare module "@tanstack/react-router" {
  interface Register {
    router: AppRouter;
  }
}
