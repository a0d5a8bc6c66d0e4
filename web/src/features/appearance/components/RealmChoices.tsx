import * as Radix from "@radix-ui/react-dropdown-menu";
import { t } from "@/ui/text/text";
import type { Realm } from "../appearance";

interface Props {
  value: Realm;
  realms: readonly Realm[];
  onChoose: (realm: Realm) => void;
}

/** The realms as three small arches in their own colours. */
export function RealmChoices({ value, realms, onChoose }: Props) {
  return (
    <Radix.RadioGroup value={value} onValueChange={(next) => onChoose(next as Realm)} aria-label={t("look.realm")} className="realms">
      {realms.map((realm) => (
        <Radix.RadioItem key={realm} value={realm} className="realm" onSelect={(event) => event.preventDefault()}>
          <i data-realm-sample={realm} aria-hidden="true" />
          {t(`look.realm.${realm}`)}
        </Radix.RadioItem>
      ))}
    </Radix.RadioGroup>
  );
}
