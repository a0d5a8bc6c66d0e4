import type { ReactNode } from "react";
import { Button } from "@/ui/Button";
import { formatBytes } from "@/ui/text/format";
import { t, tCount } from "@/ui/text/text";
import { useUploads } from "../useUploads";
import { UploadRow } from "./UploadRow";

interface Props {
  /** The way of a file that has arrived. */
  renderTrack: (trackId: string) => ReactNode;
}

/** All files of this visit. */
export function UploadList({ renderTrack }: Props) {
  const { queue, uploads } = useUploads();
  if (uploads.length === 0) return null;
  const settled = uploads.filter(({ step }) => step !== "waiting" && step !== "sending");
  const size = uploads.reduce((sum, upload) => sum + upload.size, 0);
  return (
    <section className="mt-6" aria-label={t("upload.list")}>
      <div className="flex flex-wrap items-center gap-4 min-h-[44px]">
        <p className="text-muted num" role="status">
          {t("upload.summary", { files: tCount("upload.files", uploads.length), size: formatBytes(size) })}
        </p>
        {settled.length > 0 && (
          <Button look="plain" size="s" className="ms-auto" onClick={() => queue.removeAll(settled)}>
            {t("upload.clear")}
          </Button>
        )}
      </div>
      <ul>
        {uploads.map((upload) => (
          <UploadRow
            key={upload.id}
            upload={upload}
            onCancel={() => queue.cancel(upload.id)}
            onAgain={() => queue.again(upload.id)}
            onRemove={() => queue.remove(upload.id)}
          >
            {upload.trackId && renderTrack(upload.trackId)}
          </UploadRow>
        ))}
      </ul>
    </section>
  );
}
