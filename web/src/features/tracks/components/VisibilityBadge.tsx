import type { Visibility } from "@/api/types";
import { Icon } from "@/ui/Icon";
import type { IconName } from "@/ui/icons";
import { t } from "@/ui/text/text";

const SIGNS: Record<Visibility, IconName> = { public: "globe", unlisted: "unlisted", private: "lock" };

/** Who hears it, in a word. */
export function VisibilityBadge({ visibility }: { visibility: Visibility }) {
  return (
    <span className={`badge w-fit ${visibility === "public" ? "badge-accent" : ""}`}>
      <Icon name={SIGNS[visibility]} />
      {t(`visibility.${visibility}`)}
    </span>
  );
}
