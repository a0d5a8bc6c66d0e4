import { useEngine, usePlayer } from "@/player/react";
import { Button } from "@/ui/Button";
import { Note } from "@/ui/Note";
import { problemSentence } from "@/ui/problem/problemSentence";
import { t } from "@/ui/text/text";

/** Why there is no sound, and the way to try again. */
export function PlayerTrouble() {
  const engine = useEngine();
  const problem = usePlayer((state) => state.problem);
  if (!problem) return null;
  const words = problem.code === "offline" ? t("player.failed") : problemSentence(problem);
  return (
    <Note icon="alert" look="bad" role="alert" className="rounded-none! items-center">
      <span className="me-3">{words}</span>
      <Button look="ghost" size="s" onClick={() => void engine.resume()}>
        {t("state.tryAgain")}
      </Button>
    </Note>
  );
}
