import { createRootRoute, createRoute, createRouter, lazyRouteComponent, type RouterHistory, redirect } from "@tanstack/react-router";
import type { Release } from "@/api/types";
import { type Appearance, MODES, REALMS } from "@/features/appearance/appearance";
import { isKind } from "@/features/releases/kinds";
import { isSearchTab, type SearchTab } from "@/features/search/tabs";
import { idle } from "@/ui/breathe";
import { HomeSkeleton } from "./pages/HomeSkeleton";
import type { MusicTab } from "./pages/MusicTabs";
import { NotFoundPage } from "./pages/NotFoundPage";
import { SETTINGS_TABS, type SettingsTab } from "./pages/SettingsTabs";
import { Shell } from "./shell/Shell";

const root = createRootRoute({ component: Shell, notFoundComponent: NotFoundPage });

const fetchFirstPages = () => import("./pages/firstPages");
const pages = {
  home: lazyRouteComponent(fetchFirstPages, "HomePage"),
  release: lazyRouteComponent(fetchFirstPages, "ReleasePage"),
  artist: lazyRouteComponent(() => import("./pages/ArtistPage"), "ArtistPage"),
  search: lazyRouteComponent(() => import("./pages/SearchPage"), "SearchPage"),
  releases: lazyRouteComponent(() => import("./pages/BrowseReleasesPage"), "BrowseReleasesPage"),
  artists: lazyRouteComponent(() => import("./pages/BrowseArtistsPage"), "BrowseArtistsPage"),
  music: lazyRouteComponent(() => import("./pages/MusicPage"), "MusicPage"),
  upload: lazyRouteComponent(() => import("./pages/UploadPage"), "UploadPage"),
  review: lazyRouteComponent(() => import("./pages/ReviewPage"), "ReviewPage"),
  releaseEdit: lazyRouteComponent(() => import("./pages/ReleaseEditPage"), "ReleaseEditPage"),
  track: lazyRouteComponent(() => import("./pages/TrackPage"), "TrackPage"),
  settings: lazyRouteComponent(() => import("./pages/SettingsPage"), "SettingsPage"),
  about: lazyRouteComponent(() => import("./pages/AboutPage"), "AboutPage"),
  signIn: lazyRouteComponent(() => import("./pages/SignInPage"), "SignInPage"),
  signUp: lazyRouteComponent(() => import("./pages/SignUpPage"), "SignUpPage"),
  invite: lazyRouteComponent(() => import("./pages/InvitePage"), "InvitePage"),
  welcome: lazyRouteComponent(() => import("./pages/WelcomePage"), "WelcomePage"),
  forgot: lazyRouteComponent(() => import("./pages/ForgotPage"), "ForgotPage"),
  reset: lazyRouteComponent(() => import("./pages/ResetPage"), "ResetPage"),
  verify: lazyRouteComponent(() => import("./pages/VerifyEmailPage"), "VerifyEmailPage"),
  confirm: lazyRouteComponent(() => import("./pages/ConfirmEmailPage"), "ConfirmEmailPage"),
  user: lazyRouteComponent(() => import("./pages/UserPage"), "UserPage"),
  people: lazyRouteComponent(() => import("./pages/ArtistMembersPage"), "ArtistMembersPage"),
};
/** For few people: not fetched ahead. */
const adminPage = lazyRouteComponent(() => import("./pages/AdminPage"), "AdminPage");

const home = createRoute({ getParentRoute: () => root, path: "/", component: pages.home, pendingComponent: HomeSkeleton });
const music = createRoute({
  getParentRoute: () => root,
  path: "/music",
  validateSearch: ({ tab }: Record<string, unknown>): { tab?: MusicTab } =>
    tab === "releases" || tab === "tracks" || tab === "moving" ? { tab } : {},
  component: pages.music,
});
const upload = createRoute({ getParentRoute: () => root, path: "/upload", component: pages.upload });
const review = createRoute({ getParentRoute: () => root, path: "/upload/review", component: pages.review });
const releaseEdit = createRoute({ getParentRoute: () => root, path: "/release/$slug/edit", component: pages.releaseEdit });
const track = createRoute({
  getParentRoute: () => root,
  path: "/track/$trackId",
  validateSearch: ({ source, t }: Record<string, unknown>): { source?: "original" | "hls"; t?: number } => ({
    ...((source === "original" || source === "hls") && { source }),
    ...(typeof t === "number" && t > 0 && { t: Math.floor(t) }),
  }),
  component: pages.track,
});
const release = createRoute({ getParentRoute: () => root, path: "/release/$slug", component: pages.release });
const artist = createRoute({ getParentRoute: () => root, path: "/artist/$slug", component: pages.artist });
const artists = createRoute({ getParentRoute: () => root, path: "/artists", component: pages.artists });
const releases = createRoute({
  getParentRoute: () => root,
  path: "/releases",
  validateSearch: ({ kind }: Record<string, unknown>): { kind?: Release["kind"] } => (isKind(kind) ? { kind } : {}),
  component: pages.releases,
});
const search = createRoute({
  getParentRoute: () => root,
  path: "/search",
  validateSearch: ({ q, tab }: Record<string, unknown>): { q?: string; tab?: SearchTab } => ({
    ...((typeof q === "string" || typeof q === "number") && { q: String(q) }),
    ...(isSearchTab(tab) && { tab }),
  }),
  component: pages.search,
});
/** A problem's code in an address: a word, never a sentence. */
const isCode = (word: unknown): word is string => typeof word === "string" && /^[a-z_]{1,50}$/.test(word);
const settings = createRoute({
  getParentRoute: () => root,
  path: "/settings",
  validateSearch: ({ tab, linked, problem }: Record<string, unknown>): { tab?: SettingsTab; linked?: string; problem?: string } => ({
    tab: SETTINGS_TABS.find((other) => other === tab),
    // what came of linking an account elsewhere
    linked: typeof linked === "string" ? linked : undefined,
    problem: isCode(problem) ? problem : undefined,
  }),
  component: pages.settings,
});
/** The kit, for those who build on it: a production build leaves it out. */
const design = createRoute({
  getParentRoute: () => root,
  path: "/design",
  validateSearch: ({ realm, mode }: Record<string, unknown>): Partial<Appearance> => ({
    realm: REALMS.find((known) => known === realm),
    mode: MODES.find((known) => known === mode),
  }),
  component: import.meta.env.DEV ? lazyRouteComponent(() => import("./pages/DesignPage"), "DesignPage") : NotFoundPage,
});
const about = createRoute({ getParentRoute: () => root, path: "/about", component: pages.about });
const people = createRoute({ getParentRoute: () => root, path: "/artist/$slug/people", component: pages.people });
const user = createRoute({ getParentRoute: () => root, path: "/user/$name", component: pages.user });
const admin = createRoute({
  getParentRoute: () => root,
  path: "/admin",
  validateSearch: ({ tab }: Record<string, unknown>): { tab?: "users" | "audit" | "letters" } =>
    tab === "users" || tab === "audit" || tab === "letters" ? { tab } : {},
  component: adminPage,
});
/** Where to go after signing in: a path of this app, never another site. And what went wrong on the way here, as a code. What is refused is named, since the router keeps what nobody mentions. */
const validateSearch = ({ next, problem }: Record<string, unknown>): { next?: string; problem?: string } => ({
  next: typeof next === "string" && /^\/(?![/\\])/.test(next) ? next : undefined,
  problem: isCode(problem) ? problem : undefined,
});
const door = { getParentRoute: () => root, validateSearch };
const signIn = createRoute({ ...door, path: "/login", component: pages.signIn });
const signUp = createRoute({ ...door, path: "/register", component: pages.signUp });
const verify = createRoute({ ...door, path: "/verify-email", component: pages.verify });
const forgot = createRoute({ getParentRoute: () => root, path: "/forgot", component: pages.forgot });
const reset = createRoute({ getParentRoute: () => root, path: "/reset-password", component: pages.reset });
const confirm = createRoute({ getParentRoute: () => root, path: "/confirm-email", component: pages.confirm });
const invite = createRoute({ getParentRoute: () => root, path: "/invite/$code", component: pages.invite });
const welcome = createRoute({ getParentRoute: () => root, path: "/welcome", component: pages.welcome });
/** Where a provider brings somebody who has a second factor to prove. */
const factor = createRoute({ getParentRoute: () => root, path: "/sign-in/factor", component: pages.welcome });
/** Another address of what guards the account, which letters may use. */
const securityAlias = createRoute({
  getParentRoute: () => root,
  path: "/settings/security",
  beforeLoad: () => {
    throw redirect({ to: "/settings", search: { tab: "security" }, replace: true });
  },
});
/** Another name of the door, which letters and providers use. */
const signInAlias = createRoute({
  ...door,
  path: "/sign-in",
  beforeLoad: ({ search }) => {
    throw redirect({ to: "/login", search, replace: true });
  },
});

const routeTree = root.addChildren([
  home,
  release,
  artist,
  releases,
  artists,
  search,
  music,
  upload,
  review,
  releaseEdit,
  track,
  settings,
  about,
  design,
  signIn,
  signUp,
  people,
  user,
  admin,
  verify,
  forgot,
  reset,
  confirm,
  invite,
  welcome,
  factor,
  signInAlias,
  securityAlias,
]);

/** The app's addresses. */
export function makeRouter(history?: RouterHistory) {
  return createRouter({ routeTree, history, defaultPreload: "intent", scrollRestoration: true, scrollToTopSelectors: ["#scroller"] });
}

/** Loads the pages that are not open yet: they are small, and then a lost connection takes none of them away. */
export async function fetchPages(): Promise<void> {
  for (const page of Object.values(pages)) {
    await idle();
    await page.preload?.()?.catch(() => undefined);
  }
}

export type AppRouter = ReturnType<typeof makeRouter>;

declare module "@tanstack/react-router" {
  interface Register {
    router: AppRouter;
  }
}
