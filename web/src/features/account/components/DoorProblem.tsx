import { Note } from "@/ui/Note";
import { t } from "@/ui/text/text";

const KNOWN = [
  "oauth_refused",
  "provider_failed",
  "provider_unavailable",
  "email_taken",
  "account_banned",
  "registration_closed",
  "invite_required",
  "too_young",
  "limited",
] as const;

/** What went wrong at a provider, in our words: the address that brought it is not to be trusted with words. */
export function DoorProblem({ code }: { code: string | undefined }) {
  if (!code) return null;
  const known = KNOWN.find((one) => one === code) ?? "oauth_failed";
  return (
    <Note icon="alert" look="bad" role="alert">
      {t(`door.problem.${known}`)}
    </Note>
  );
}
