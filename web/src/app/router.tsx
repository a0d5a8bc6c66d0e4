import { createRootRoute, createRoute, createRouter, lazyRouteComponent, type RouterHistory } from "@tanstack/react-router";
import { HomePage } from "./pages/HomePage";
import { NotFoundPage } from "./pages/NotFoundPage";
import { Shell } from "./shell/Shell";

const root = createRootRoute({ component: Shell, notFoundComponent: NotFoundPage });

const home = createRoute({ getParentRoute: () => root, path: "/", component: HomePage });
const music = createRoute({
  getParentRoute: () => root,
  path: "/music",
  component: lazyRouteComponent(() => import("./pages/MusicPage"), "MusicPage"),
});
const upload = createRoute({
  getParentRoute: () => root,
  path: "/upload",
  component: lazyRouteComponent(() => import("./pages/UploadPage"), "UploadPage"),
});
const track = createRoute({
  getParentRoute: () => root,
  path: "/track/$trackId",
  validateSearch: ({ source }: Record<string, unknown>): { source?: "original" | "hls" } =>
    source === "original" || source === "hls" ? { source } : {},
  component: lazyRouteComponent(() => import("./pages/TrackPage"), "TrackPage"),
});
/** Where to go after signing in: a path of this app, never another site. */
const validateSearch = ({ next }: Record<string, unknown>): { next?: string } =>
  typeof next === "string" && /^\/(?![/\\])/.test(next) ? { next } : {};
const signIn = createRoute({
  getParentRoute: () => root,
  path: "/login",
  validateSearch,
  component: lazyRouteComponent(() => import("./pages/SignInPage"), "SignInPage"),
});
const signUp = createRoute({
  getParentRoute: () => root,
  path: "/register",
  validateSearch,
  component: lazyRouteComponent(() => import("./pages/SignUpPage"), "SignUpPage"),
});

const routeTree = root.addChildren([home, music, upload, track, signIn, signUp]);

/** The app's addresses. Pages other than home load when they are wanted, or when a link to them is approached. */
export function makeRouter(history?: RouterHistory) {
  return createRouter({ routeTree, history, defaultPreload: "intent", scrollRestoration: true, scrollToTopSelectors: ["#scroller"] });
}

export type AppRouter = ReturnType<typeof makeRouter>;

declare module "@tanstack/react-router" {
  interface Register {
    router: AppRouter;
  }
}
