import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Track, Visibility } from "@/api/types";
import { useEngine } from "@/player/react";
import { ActBar } from "@/ui/ActBar";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Menu } from "@/ui/Menu";
import { MenuItem } from "@/ui/MenuItem";
import { Note } from "@/ui/Note";
import { problemSentence } from "@/ui/problem/problemSentence";
import { t, tCount } from "@/ui/text/text";
import { say } from "@/ui/toast/toasts";
import { type Outcome, removeAll, showAll } from "../bulk";

const CHOICES = [
  ["public", "globe"],
  ["unlisted", "unlisted"],
  ["private", "lock"],
] as const;

interface Props {
  tracks: readonly Track[];
  onDone: () => void;
}

/** What can be done with all chosen tracks at once. */
export function BulkBar({ tracks, onDone }: Props) {
  const cache = useQueryClient();
  const engine = useEngine();
  const [asking, setAsking] = useState(false);
  const show = useMutation({
    mutationFn: (visibility: Visibility) => showAll(cache, tracks, visibility),
    onSuccess: ({ done, refused }) => {
      if (done.length > 0) say(tCount("music.changed", done.length));
      if (refused.length === 0) onDone();
    },
  });
  const remove = useMutation({
    mutationFn: () => removeAll(cache, tracks),
    onSuccess: ({ done, refused }) => {
      setAsking(false);
      for (const { id } of done) engine.drop(id);
      if (done.length > 0) say(tCount("music.deleted", done.length));
      if (refused.length === 0) onDone();
    },
  });
  const outcome = remove.data ?? show.data;
  return (
    <>
      {outcome && <Refused outcome={outcome} />}
      <ActBar title={tCount("music.chosen", tracks.length)}>
        <Button look="plain" onClick={onDone}>
          {t("music.clear")}
        </Button>
        <Menu trigger={<Button busy={show.isPending}>{t("music.show")}</Button>} name={t("music.show")}>
          {CHOICES.map(([visibility, icon]) => (
            <MenuItem key={visibility} icon={icon} label={t(`visibility.${visibility}`)} onSelect={() => show.mutate(visibility)} />
          ))}
        </Menu>
        <Button look="ghost" onClick={() => setAsking(true)}>
          {t("track.delete")}
        </Button>
      </ActBar>
      {asking && (
        <Dialog open onClose={() => setAsking(false)} heading={tCount("music.deleteHeading", tracks.length)} text={t("music.deleteText")}>
          <footer>
            <Button look="plain" onClick={() => setAsking(false)}>
              {t("music.keep")}
            </Button>
            <Button look="danger" busy={remove.isPending} onClick={() => remove.mutate()}>
              {tCount("music.delete", tracks.length)}
            </Button>
          </footer>
        </Dialog>
      )}
    </>
  );
}

/** Each track that was not changed, and why. */
function Refused({ outcome }: { outcome: Outcome }) {
  if (outcome.refused.length === 0) return null;
  return (
    <Note icon="alert" look="bad" role="alert" className="mt-4">
      {outcome.refused.map(({ track, problem }) => (
        <p key={track.id}>{t("music.refused", { title: track.title, reason: problemSentence(problem) })}</p>
      ))}
    </Note>
  );
}
