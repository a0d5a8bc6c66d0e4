import type { IconName } from "@/ui/icons";
import type { TextKey } from "@/ui/text/en";

export interface Place {
  to: "/" | "/search" | "/music" | "/upload" | "/releases" | "/artists" | "/settings" | "/about";
  icon: IconName;
  name: TextKey;
}

const HOME: Place = { to: "/", icon: "home", name: "nav.home" };
const SEARCH: Place = { to: "/search", icon: "probe", name: "nav.search" };
const MUSIC: Place = { to: "/music", icon: "library", name: "nav.music" };
const UPLOAD: Place = { to: "/upload", icon: "upload", name: "nav.upload" };
const SETTINGS: Place = { to: "/settings", icon: "settings", name: "settings.title" };

/** The five under the thumb. */
export const TABS: readonly Place[] = [HOME, SEARCH, MUSIC, UPLOAD, SETTINGS];
/** The sections of the sidebar; the search stands above the page there. */
export const MAIN: readonly Place[] = [HOME, MUSIC, UPLOAD];
export const BROWSE: readonly Place[] = [
  { to: "/releases", icon: "album", name: "nav.releases" },
  { to: "/artists", icon: "person", name: "nav.artists" },
];
export const MORE: readonly Place[] = [SETTINGS, { to: "/about", icon: "info", name: "about.title" }];
