import { Note } from "@/ui/Note";
import { t } from "@/ui/text/text";

const KNOWN = [
  "provider_refused",
  "provider_failed",
  "provider_unavailable",
  "provider_no_email",
  "link_needed",
  "already_linked",
  "attempt_expired",
  "account_banned",
  "registration_closed",
  "limited",
  "insecure_transport",
] as const;

/** What went wrong at a provider, in our words: the address that brought it is not to be trusted with words. */
export function DoorProblem({ code }: { code: string | undefined }) {
  if (!code) return null;
  const known = KNOWN.find((one) => one === code) ?? "provider_failed";
  return (
    <Note icon="alert" look="bad" role="alert">
      {t(`door.problem.${known}`)}
    </Note>
  );
}
