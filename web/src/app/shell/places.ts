import type { IconName } from "@/ui/icons";
import type { TextKey } from "@/ui/text/en";

/** The places of the main navigation. */
export const PLACES = [
  { to: "/", icon: "home", name: "nav.home" },
  { to: "/music", icon: "library", name: "nav.music" },
  { to: "/upload", icon: "upload", name: "nav.upload" },
] as const satisfies readonly { to: string; icon: IconName; name: TextKey }[];
