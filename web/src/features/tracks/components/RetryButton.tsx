import { useMutation, useQueryClient } from "@tanstack/react-query";
import { asProblem } from "@/api/problem";
import { Button } from "@/ui/Button";
import { problemSentence } from "@/ui/problem/problemSentence";
import { t } from "@/ui/text/text";
import { say } from "@/ui/toast/toasts";
import { retry } from "../api";

/** Sends a failed track through the stages once more. */
export function RetryButton({ trackId }: { trackId: string }) {
  const cache = useQueryClient();
  const again = useMutation({
    mutationFn: () => retry(cache, trackId),
    onError: (error) => say(problemSentence(asProblem(error))),
  });
  return (
    <Button look="ghost" size="s" busy={again.isPending} onClick={() => again.mutate()}>
      {t("track.retry")}
    </Button>
  );
}
