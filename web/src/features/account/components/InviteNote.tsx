import { useQuery } from "@tanstack/react-query";
import { asProblem } from "@/api/problem";
import { Note } from "@/ui/Note";
import { problemSentence } from "@/ui/problem/problemSentence";
import { Skeleton } from "@/ui/Skeleton";
import { t } from "@/ui/text/text";
import { inviteQuery } from "../api";

/** Who sent an invite, and whether it still holds. */
export function InviteNote({ code }: { code: string }) {
  const invite = useQuery(inviteQuery(code));
  if (invite.isPending) return <Skeleton className="h-11" />;
  if (invite.isError) {
    return (
      <Note icon="alert" look="warn" role="status">
        {problemSentence(asProblem(invite.error))}
      </Note>
    );
  }
  const { valid, from } = invite.data;
  return (
    <Note icon={valid ? "mail" : "alert"} look={valid ? "info" : "warn"} role="status">
      {valid ? t(from ? "invite.from" : "invite.fromNobody", { name: from ?? "" }) : t("invite.spent")}
    </Note>
  );
}
