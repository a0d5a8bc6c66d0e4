import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/ui/Button";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { Icon } from "@/ui/Icon";
import { IconButton } from "@/ui/IconButton";
import { ListState } from "@/ui/ListState";
import { Section } from "@/ui/Section";
import { formatAgo } from "@/ui/text/dates";
import { formatDate } from "@/ui/text/format";
import { t } from "@/ui/text/text";
import { say } from "@/ui/toast/toasts";
import { type AppKey, appKeysQuery, removeAppKey } from "../api";
import { NewAppKeyDialog } from "./NewAppKeyDialog";

/** Passwords for programs: each for one, each with its own rights. */
export function AppKeysSection() {
  const keys = useQuery(appKeysQuery());
  const [making, setMaking] = useState(false);
  return (
    <Section heading={t("apps.heading")} text={t("apps.text")}>
      <ListState query={keys}>
        {(items) =>
          items.length === 0 ? (
            <p className="text-muted">{t("apps.none")}</p>
          ) : (
            <ul className="things" aria-label={t("apps.heading")}>
              {items.map((item) => (
                <AppKeyRow key={item.id} item={item} />
              ))}
            </ul>
          )
        }
      </ListState>
      <Button look="ghost" onClick={() => setMaking(true)}>
        {t("apps.add")}
      </Button>
      {making && <NewAppKeyDialog onClose={() => setMaking(false)} />}
    </Section>
  );
}

function AppKeyRow({ item: { id, name, scopes, created_at, last_used_at } }: { item: AppKey }) {
  const cache = useQueryClient();
  const [asking, setAsking] = useState(false);
  return (
    <li className="thing">
      <Icon name="key" />
      <div className="min-w-0">
        <p className="font-medium truncate" dir="auto">
          {name}
        </p>
        <p className="text-muted text-sm">
          {t("apps.about", {
            scopes: scopes.map((scope) => t(`apps.scope.${scope}`)).join(", "),
            used: last_used_at
              ? t("security.used", { when: formatAgo(last_used_at) })
              : t("security.since", { date: formatDate(created_at) }),
          })}
        </p>
      </div>
      <IconButton icon="trash" small name={t("security.remove", { name })} onClick={() => setAsking(true)} />
      {asking && (
        <ConfirmDialog
          heading={t("security.remove", { name })}
          text={t("apps.removeText")}
          confirm={t("apps.remove")}
          act={() => removeAppKey(cache, id)}
          onDone={() => say(t("security.removed", { name }))}
          onClose={() => setAsking(false)}
        />
      )}
    </li>
  );
}
