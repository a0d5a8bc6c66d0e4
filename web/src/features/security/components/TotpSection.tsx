import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Factors } from "@/api/factors";
import { Button } from "@/ui/Button";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { Icon } from "@/ui/Icon";
import { Section } from "@/ui/Section";
import { formatDate } from "@/ui/text/format";
import { t, tCount } from "@/ui/text/text";
import { say } from "@/ui/toast/toasts";
import { removeTotp } from "../api";
import { RenewCodesDialog } from "./RenewCodesDialog";
import { TotpDialog } from "./TotpDialog";

type Open = "setUp" | "remove" | "codes";

/** The authenticator app and the recovery codes. */
export function TotpSection({ factors: { totp, recovery_codes_left } }: { factors: Factors }) {
  const cache = useQueryClient();
  const [open, setOpen] = useState<Open>();
  const close = () => setOpen(undefined);
  return (
    <Section heading={t("security.totp")} text={t("security.totp.text")}>
      {totp ? (
        <ul className="things">
          <li className="thing">
            <Icon name="shield" />
            <div>
              <p className="font-medium">{t("security.totp.on")}</p>
              <p className="text-muted text-sm">{t("security.since", { date: formatDate(totp.created_at) })}</p>
            </div>
            <Button look="plain" size="s" onClick={() => setOpen("remove")}>
              {t("security.totp.remove")}
            </Button>
          </li>
          <li className="thing">
            <Icon name="lock" />
            <div>
              <p className="font-medium">{t("security.codes")}</p>
              <p className="text-muted text-sm">{tCount("security.codes.left", recovery_codes_left)}</p>
            </div>
            <Button look="plain" size="s" onClick={() => setOpen("codes")}>
              {t("security.codes.renew")}
            </Button>
          </li>
        </ul>
      ) : (
        <Button look="ghost" onClick={() => setOpen("setUp")}>
          {t("security.totp.setUp")}
        </Button>
      )}
      {open === "setUp" && <TotpDialog onClose={close} />}
      {open === "codes" && <RenewCodesDialog onClose={close} />}
      {open === "remove" && (
        <ConfirmDialog
          heading={t("security.totp.removeHeading")}
          text={t("security.totp.removeText")}
          confirm={t("security.totp.remove")}
          act={() => removeTotp(cache)}
          onDone={() => say(t("security.totp.removed"))}
          onClose={close}
        />
      )}
    </Section>
  );
}
