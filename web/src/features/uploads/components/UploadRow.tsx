import type { ReactNode } from "react";
import { Button } from "@/ui/Button";
import { Icon } from "@/ui/Icon";
import { IconButton } from "@/ui/IconButton";
import { formatBytes } from "@/ui/text/format";
import { t } from "@/ui/text/text";
import type { Upload } from "../queue";
import { UploadStanding } from "./UploadStanding";

interface Props {
  upload: Upload;
  onCancel: () => void;
  onAgain: () => void;
  onRemove: () => void;
  /** What became of it at the server. */
  children: ReactNode;
}

/** One file: what it is called, where it stands, and one thing to do about it. */
export function UploadRow({ upload, onCancel, onAgain, onRemove, children }: Props) {
  const { name, size, step } = upload;
  const moving = step === "waiting" || step === "sending";
  return (
    <li className="row">
      <span className="icon-box">
        <Icon name="fileMusic" />
      </span>
      <p className="truncate font-medium" dir="auto" title={name}>
        {name}
      </p>
      <div className="status">{step === "done" ? children : <UploadStanding upload={upload} />}</div>
      <p className="end num text-sm">{formatBytes(size)}</p>
      <div className="flex items-center justify-end">
        {(step === "refused" || step === "cancelled") && (upload.problem?.passing ?? true) && (
          <Button look="ghost" size="s" onClick={onAgain}>
            {t("upload.again")}
          </Button>
        )}
        <IconButton
          icon="close"
          small
          name={t(moving ? "upload.cancel" : "upload.remove", { name })}
          onClick={moving ? onCancel : onRemove}
        />
      </div>
    </li>
  );
}
