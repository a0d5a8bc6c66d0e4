import { Button } from "@/ui/Button";
import { Icon } from "@/ui/Icon";
import { problemSentence } from "@/ui/problem/problemSentence";
import { t } from "@/ui/text/text";
import type { Note } from "../desk";

interface Props {
  note: Note;
  onMine: () => void;
  onTheirs: () => void;
}

/** What became of the tags somebody typed. */
export function TagNews({ note, onMine, onTheirs }: Props) {
  if (note.is === "clash") {
    return (
      <div className="tag-news" role="alert">
        <Icon name="alert" small />
        <p className="min-w-0">{t("upload.tagsClash", { title: note.theirs?.title ?? "" })}</p>
        <Button look="plain" size="s" onClick={onTheirs}>
          {t("upload.keepTheirs")}
        </Button>
        <Button look="ghost" size="s" onClick={onMine}>
          {t("upload.keepMine")}
        </Button>
      </div>
    );
  }
  if (note.is === "refused" && note.problem) {
    return (
      <div className="tag-news" role="alert">
        <Icon name="alert" small />
        <p className="min-w-0">{problemSentence(note.problem)}</p>
        <Button look="ghost" size="s" onClick={onMine}>
          {t("upload.again")}
        </Button>
      </div>
    );
  }
  return (
    <p className="tag-news text-muted" role="status">
      <Icon name={note.is === "saved" ? "check" : "edit"} small />
      {t(note.is === "saved" ? "upload.tagsSaved" : "upload.tagsKept", { title: note.typed.title ?? "" })}
    </p>
  );
}
