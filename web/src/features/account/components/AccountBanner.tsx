import "@/ui/text/account";
import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { asProblem } from "@/api/problem";
import type { User } from "@/api/types";
import { Button } from "@/ui/Button";
import { Note } from "@/ui/Note";
import { problemSentence } from "@/ui/problem/problemSentence";
import { formatMoment } from "@/ui/text/dates";
import { t } from "@/ui/text/text";
import { say } from "@/ui/toast/toasts";
import { callOffDeletion } from "../api";

/** What stands over every page until it is settled: an account about to be erased, an address not proved. */
export default function AccountBanner({ user }: { user: User }) {
  if (user.deletion_at) return <DeletionBanner at={user.deletion_at} />;
  return (
    <Note icon="mail" role="status" className="banner">
      <div className="banner-line">
        <span>{t("banner.unverified")}</span>
        <Link to="/verify-email" className="btn btn-ghost btn-s">
          {t("banner.verify")}
        </Link>
      </div>
    </Note>
  );
}

function DeletionBanner({ at }: { at: string }) {
  const callOff = useMutation({
    mutationFn: callOffDeletion,
    onSuccess: () => say(t("deletion.calledOff")),
    onError: (error) => say(problemSentence(asProblem(error))),
  });
  return (
    <Note icon="alert" look="bad" role="status" className="banner">
      <div className="banner-line">
        <span>{t("banner.deletion", { at: formatMoment(at) })}</span>
        <Button look="ghost" size="s" busy={callOff.isPending} onClick={() => callOff.mutate()}>
          {t("banner.keep")}
        </Button>
      </div>
    </Note>
  );
}
