import { lazy, Suspense, useState } from "react";
import type { Track } from "@/api/types";
import { IconButton } from "@/ui/IconButton";
import { Menu } from "@/ui/Menu";
import { MenuItem } from "@/ui/MenuItem";
import { t } from "@/ui/text/text";

const EditDialog = lazy(() => import("./EditDialog").then(({ EditDialog }) => ({ default: EditDialog })));
const DeleteDialog = lazy(() => import("./DeleteDialog").then(({ DeleteDialog }) => ({ default: DeleteDialog })));

interface Props {
  track: Track;
  /** After it is gone. */
  onDeleted?: () => void;
}

/** What one may do with one's own track. */
export function OwnTrackMenu({ track, onDeleted }: Props) {
  const [open, setOpen] = useState<"edit" | "delete" | null>(null);
  const name = t("track.more", { title: track.title });
  const close = () => setOpen(null);
  return (
    <>
      <Menu trigger={<IconButton icon="more" name={name} />} name={name}>
        <MenuItem icon="edit" label={t("track.edit")} onSelect={() => setOpen("edit")} />
        <MenuItem icon="trash" label={t("track.delete")} danger onSelect={() => setOpen("delete")} />
      </Menu>
      <Suspense>
        {open === "edit" && <EditDialog track={track} onClose={close} />}
        {open === "delete" && <DeleteDialog track={track} onClose={close} onDeleted={onDeleted} />}
      </Suspense>
    </>
  );
}
