import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Passkey } from "@/api/factors";
import { Button } from "@/ui/Button";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { Icon } from "@/ui/Icon";
import { IconButton } from "@/ui/IconButton";
import { knowsPasskeys } from "@/ui/passkeys";
import { Section } from "@/ui/Section";
import { formatAgo } from "@/ui/text/dates";
import { formatDate } from "@/ui/text/format";
import { t } from "@/ui/text/text";
import { say } from "@/ui/toast/toasts";
import { addPasskey, removePasskey, renamePasskey } from "../api";
import { systemOf } from "../device";
import { CodesDialog } from "./CodesDialog";
import { NameDialog } from "./NameDialog";

type Open = { deed: "add" } | { deed: "rename" | "remove"; passkey: Passkey } | { deed: "codes"; codes: string[] };

/** The keys that open the account without a password. */
export function PasskeysSection({ passkeys }: { passkeys: readonly Passkey[] }) {
  const [open, setOpen] = useState<Open>();
  return (
    <Section heading={t("security.passkeys")} text={t("security.passkeys.text")}>
      {passkeys.length > 0 && (
        <ul className="things" aria-label={t("security.passkeys")}>
          {passkeys.map((passkey) => (
            <PasskeyRow key={passkey.id} passkey={passkey} onOpen={(deed) => setOpen({ deed, passkey })} />
          ))}
        </ul>
      )}
      {knowsPasskeys() ? (
        <Button look="ghost" onClick={() => setOpen({ deed: "add" })}>
          <Icon name="key" small />
          {t("security.passkeys.add")}
        </Button>
      ) : (
        <p className="hint">{t("security.passkeys.unknown")}</p>
      )}
      {open && <PasskeyDialog open={open} onOpen={setOpen} />}
    </Section>
  );
}

function PasskeyRow({ passkey, onOpen }: { passkey: Passkey; onOpen: (deed: "rename" | "remove") => void }) {
  const { name, created_at, last_used_at } = passkey;
  return (
    <li className="thing">
      <Icon name="key" />
      <div className="min-w-0">
        <p className="font-medium truncate" dir="auto">
          {name}
        </p>
        <p className="text-muted text-sm">
          {last_used_at ? t("security.used", { when: formatAgo(last_used_at) }) : t("security.since", { date: formatDate(created_at) })}
        </p>
      </div>
      <div className="acts">
        <IconButton icon="edit" small name={t("security.rename", { name })} onClick={() => onOpen("rename")} />
        <IconButton icon="trash" small name={t("security.remove", { name })} onClick={() => onOpen("remove")} />
      </div>
    </li>
  );
}

function PasskeyDialog({ open, onOpen }: { open: Open; onOpen: (open: Open | undefined) => void }) {
  const cache = useQueryClient();
  const onClose = () => onOpen(undefined);
  if (open.deed === "codes") return <CodesDialog codes={open.codes} onClose={onClose} />;
  if (open.deed === "add") {
    const add = async (name: string) => {
      const codes = await addPasskey(cache, name);
      say(t("security.passkeys.added", { name }));
      onOpen(codes ? { deed: "codes", codes } : undefined);
    };
    const here = systemOf(navigator.userAgent) ?? "";
    return (
      <NameDialog
        heading={t("security.passkeys.addHeading")}
        text={t("security.passkeys.addText")}
        name={here}
        submit={t("security.passkeys.go")}
        save={add}
        onSaved={() => undefined}
        onClose={onClose}
      />
    );
  }
  const { id, name } = open.passkey;
  if (open.deed === "rename") {
    return (
      <NameDialog
        heading={t("security.rename", { name })}
        name={name}
        submit={t("edit.save")}
        save={(to) => renamePasskey(cache, id, to)}
        onClose={onClose}
      />
    );
  }
  return (
    <ConfirmDialog
      heading={t("security.passkeys.removeHeading", { name })}
      text={t("security.passkeys.removeText")}
      confirm={t("security.passkeys.remove")}
      act={() => removePasskey(cache, id)}
      onDone={() => say(t("security.removed", { name }))}
      onClose={onClose}
    />
  );
}
