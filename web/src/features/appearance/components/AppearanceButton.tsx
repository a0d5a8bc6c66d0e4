import { lazy } from "react";
import { IconButton } from "@/ui/IconButton";
import { LateMenu } from "@/ui/LateMenu";
import { t } from "@/ui/text/text";

const fetchMenu = () => import("./AppearanceMenu");
const AppearanceMenu = lazy(fetchMenu);

/** Leads to realm and light. */
export function AppearanceButton() {
  const button = <IconButton icon="look" name={t("look.button")} />;
  return (
    <LateMenu button={button} fetchMenu={fetchMenu}>
      <AppearanceMenu button={button} />
    </LateMenu>
  );
}
