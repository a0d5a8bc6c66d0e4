import { IconButton } from "../IconButton";
import { t } from "../text/text";

/** The name of a request in the server's log, ready to be sent to whoever runs it. */
export function RequestId({ id }: { id: string | undefined }) {
  if (!id) return null;
  return (
    <p className="request">
      {t("state.request")} <code>{id}</code>
      <IconButton icon="copy" name={t("state.copyRequest")} small onClick={() => void navigator.clipboard?.writeText(id)} />
    </p>
  );
}
