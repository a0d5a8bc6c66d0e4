import { useState } from "react";
import type { User } from "@/api/types";
import { Button } from "@/ui/Button";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { Section } from "@/ui/Section";
import { formatMoment } from "@/ui/text/dates";
import { t } from "@/ui/text/text";
import { askDeletion } from "../api";

/** The way out for good, with fourteen days to think better of it. */
export function DeletionSection({ user }: { user: User }) {
  const [asking, setAsking] = useState(false);
  return (
    <Section heading={t("security.deletion")} text={t("security.deletion.text")}>
      {user.deletion_at ? (
        <p>{t("security.deletion.coming", { at: formatMoment(user.deletion_at) })}</p>
      ) : (
        <Button look="ghost" onClick={() => setAsking(true)}>
          {t("security.deletion.ask")}
        </Button>
      )}
      {asking && (
        <ConfirmDialog
          heading={t("security.deletion.heading")}
          text={t("security.deletion.loss")}
          confirm={t("security.deletion.confirm")}
          act={askDeletion}
          onClose={() => setAsking(false)}
        />
      )}
    </Section>
  );
}
