import { useEffect, useEffectEvent, useRef, useState } from "react";
import { Button } from "@/ui/Button";
import { chooseFiles } from "@/ui/chooseFiles";
import { Icon } from "@/ui/Icon";
import { t } from "@/ui/text/text";
import { gatherChosen, gatherDrop } from "../gather";
import type { Dropped } from "../sift";

/** What the file dialog offers; the server decides by content, not by name. */
const ACCEPT = "audio/*,.flac,.wav,.aif,.aiff,.m4a,.mp3,.aac,.ogg,.oga,.opus,.wma,image/*";

/** Where files come in: chosen, or dropped anywhere on the page. */
export function DropZone({ onFiles }: { onFiles: (files: Dropped[]) => void }) {
  const chooser = useRef<HTMLInputElement>(null);
  const over = useWindowDrop(onFiles);
  return (
    <section className="drop" aria-label={t("upload.drop")} data-over={over || undefined}>
      <Icon name="upload" />
      <div className="min-w-0">
        <p className="font-medium">{t("upload.drop")}</p>
        <p className="text-muted text-sm">{t("upload.formats")}</p>
      </div>
      <div className="drop-acts">
        <Button look="plain" onClick={() => chooseFiles({ folder: true }, (files) => onFiles(gatherChosen(files)))}>
          {t("upload.chooseFolder")}
        </Button>
        <Button onClick={() => chooser.current?.click()}>{t("upload.choose")}</Button>
      </div>
      <input
        ref={chooser}
        type="file"
        multiple
        accept={ACCEPT}
        hidden
        aria-label={t("upload.choose")}
        onChange={(event) => {
          onFiles(gatherChosen(event.target.files ?? []));
          event.target.value = "";
        }}
      />
    </section>
  );
}

/** Takes files dropped anywhere while the page is open: beside the frame the browser would open them and leave. True while some hover. */
function useWindowDrop(onFiles: (files: Dropped[]) => void): boolean {
  const [over, setOver] = useState(false);
  const take = useEffectEvent(onFiles);
  useEffect(() => {
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;
    const hold = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const leave = (event: DragEvent) => event.relatedTarget === null && setOver(false);
    const drop = (event: DragEvent) => {
      if (!event.dataTransfer || !hasFiles(event)) return;
      event.preventDefault();
      setOver(false);
      void gatherDrop(event.dataTransfer).then((files) => take(files));
    };
    window.addEventListener("dragover", hold);
    window.addEventListener("dragleave", leave);
    window.addEventListener("drop", drop);
    return () => {
      window.removeEventListener("dragover", hold);
      window.removeEventListener("dragleave", leave);
      window.removeEventListener("drop", drop);
    };
  }, []);
  return over;
}
