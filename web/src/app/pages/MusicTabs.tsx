import { Link } from "@tanstack/react-router";
import { PageTabs } from "@/ui/PageTabs";
import { t } from "@/ui/text/text";

const TABS = ["releases", "tracks", "moving"] as const;
export type MusicTab = (typeof TABS)[number];

interface Props {
  at: MusicTab;
  /** Tracks that are on their way or stuck. */
  moving: number;
}

/** The parts of one's music. Each has an address, so that "back" leads where one was. */
export function MusicTabs({ at, moving }: Props) {
  return (
    <PageTabs name={t("music.parts")}>
      {TABS.map((tab) => (
        <Link key={tab} to="/music" search={{ tab }} replace aria-current={tab === at ? "page" : undefined}>
          {t(`music.tab.${tab}`)}
          {tab === "moving" && moving > 0 && <span className="badge num">{moving}</span>}
        </Link>
      ))}
    </PageTabs>
  );
}
