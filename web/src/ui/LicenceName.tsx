import type { Licence } from "@/api/types";
import { Icon } from "./Icon";
import { t } from "./text/text";

/** Where each licence can be read. */
const DEEDS: Partial<Record<Licence, string>> = {
  cc_by: "https://creativecommons.org/licenses/by/4.0/",
  cc_by_sa: "https://creativecommons.org/licenses/by-sa/4.0/",
  cc_by_nc: "https://creativecommons.org/licenses/by-nc/4.0/",
  cc_by_nc_sa: "https://creativecommons.org/licenses/by-nc-sa/4.0/",
  cc_by_nd: "https://creativecommons.org/licenses/by-nd/4.0/",
  cc_by_nc_nd: "https://creativecommons.org/licenses/by-nc-nd/4.0/",
  cc0: "https://creativecommons.org/publicdomain/zero/1.0/",
};

/** What one may do with it; a Creative Commons licence leads to its text. */
export function LicenceName({ licence }: { licence: Licence }) {
  const words = t(`licence.${licence}`);
  const deed = DEEDS[licence];
  if (!deed) return words;
  return (
    <a href={deed} className="link inline-flex items-center gap-1" rel="license noopener" target="_blank">
      {words}
      <Icon name="external" small />
    </a>
  );
}
