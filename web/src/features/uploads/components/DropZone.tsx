import { type DragEvent, useRef, useState } from "react";
import { Button } from "@/ui/Button";
import { Icon } from "@/ui/Icon";
import { t } from "@/ui/text/text";

/** What the file dialog offers; the server decides by content, not by name. */
const ACCEPT = "audio/*,.flac,.wav,.aif,.aiff,.m4a,.mp3,.aac,.ogg,.oga,.opus,.wma";

/** Where files come in: dropped, or chosen. */
export function DropZone({ onFiles }: { onFiles: (files: File[]) => void }) {
  const chooser = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const hold = (event: DragEvent) => {
    event.preventDefault();
    setOver(true);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    onFiles([...event.dataTransfer.files]);
  };
  return (
    <section
      className="drop"
      aria-label={t("upload.drop")}
      data-over={over || undefined}
      onDragOver={hold}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <Icon name="upload" />
      <div className="min-w-0">
        <p className="font-medium">{t("upload.drop")}</p>
        <p className="text-muted text-sm">{t("upload.formats")}</p>
      </div>
      <Button onClick={() => chooser.current?.click()}>{t("upload.choose")}</Button>
      <input
        ref={chooser}
        type="file"
        multiple
        accept={ACCEPT}
        hidden
        aria-label={t("upload.choose")}
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])]);
          event.target.value = "";
        }}
      />
    </section>
  );
}
