import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { asProblem } from "@/api/problem";
import { Button } from "@/ui/Button";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { Icon } from "@/ui/Icon";
import { ListState } from "@/ui/ListState";
import { FormProblem } from "@/ui/problem/FormProblem";
import { Section } from "@/ui/Section";
import { formatDate } from "@/ui/text/format";
import { t } from "@/ui/text/text";
import { say } from "@/ui/toast/toasts";
import { beginLink, type Linked, linkedQuery, unlink } from "../api";

interface Provider {
  id: string;
  name: string;
}

/** Accounts elsewhere that open this one. Not shown where the instance knows none. */
export function LinkedSection({ providers }: { providers: readonly Provider[] }) {
  const linked = useQuery(linkedQuery());
  if (providers.length === 0 && !linked.data?.length) return null;
  return (
    <Section heading={t("security.linked")} text={t("security.linked.text")}>
      <ListState query={linked}>
        {(items) => (
          <>
            <ul className="things" aria-label={t("security.linked")}>
              {items.map((item) => (
                <LinkedRow key={item.provider} linked={item} />
              ))}
            </ul>
            {providers
              .filter(({ id }) => !items.some(({ provider }) => provider === id))
              .map((provider) => (
                <LinkButton key={provider.id} provider={provider} />
              ))}
          </>
        )}
      </ListState>
    </Section>
  );
}

function LinkedRow({ linked: { provider, name, email, linked_at, usable } }: { linked: Linked }) {
  const cache = useQueryClient();
  const [asking, setAsking] = useState(false);
  return (
    <li className="thing">
      <Icon name="unlisted" />
      <div className="min-w-0">
        <p className="font-medium">{name}</p>
        <p className="text-muted text-sm truncate">
          {usable === false ? t("security.linked.gone") : (email ?? t("security.since", { date: formatDate(linked_at) }))}
        </p>
      </div>
      <Button look="plain" size="s" aria-label={t("security.linked.removeOne", { name })} onClick={() => setAsking(true)}>
        {t("security.linked.remove")}
      </Button>
      {asking && (
        <ConfirmDialog
          heading={t("security.linked.removeOne", { name })}
          text={t("security.linked.removeText", { name })}
          confirm={t("security.linked.remove")}
          act={() => unlink(cache, provider)}
          onDone={() => say(t("security.removed", { name }))}
          onClose={() => setAsking(false)}
        />
      )}
    </li>
  );
}

function LinkButton({ provider: { id, name } }: { provider: Provider }) {
  const link = useMutation({ mutationFn: () => beginLink(id), onSuccess: (url) => location.assign(url) });
  return (
    <div className="grid gap-2 justify-items-start">
      <FormProblem problem={link.error && asProblem(link.error)} />
      <Button look="ghost" busy={link.isPending || link.isSuccess} onClick={() => link.mutate()}>
        {t("security.linked.add", { name })}
      </Button>
    </div>
  );
}
