import { lazy, Suspense, useState } from "react";
import type { Track } from "@/api/types";
import { IconButton } from "@/ui/IconButton";
import { LateMenu } from "@/ui/LateMenu";
import { t } from "@/ui/text/text";

const fetchMenu = () => import("./TrackMenuList");
const TrackMenuList = lazy(fetchMenu);
const EditDialog = lazy(() => import("./EditDialog").then(({ EditDialog }) => ({ default: EditDialog })));
const DeleteDialog = lazy(() => import("./DeleteDialog").then(({ DeleteDialog }) => ({ default: DeleteDialog })));

/** Fetches the menu before a first one is opened. */
export async function fetchTrackMenu(): Promise<void> {
  await fetchMenu();
}

interface Props {
  track: Track;
  /** May be changed by whoever looks. */
  own: boolean;
  /** Quiet until its row is pointed at. */
  quiet?: boolean;
  /** After it is gone. */
  onDeleted?: () => void;
}

/** Leads to everything one may do with a track. */
export function TrackMenu({ track, own, quiet = false, onDeleted }: Props) {
  const [open, setOpen] = useState<"edit" | "delete" | null>(null);
  const name = t("track.more", { title: track.title });
  const close = () => setOpen(null);
  const deeds = { edit: () => setOpen("edit"), remove: () => setOpen("delete") };
  const button = <IconButton icon="more" name={name} small={quiet} className={quiet ? "act" : ""} />;
  return (
    <>
      <LateMenu button={button} fetchMenu={fetchMenu}>
        <TrackMenuList button={button} name={name} track={track} own={own ? deeds : undefined} />
      </LateMenu>
      <Suspense>
        {open === "edit" && <EditDialog track={track} onClose={close} />}
        {open === "delete" && <DeleteDialog track={track} onClose={close} onDeleted={onDeleted} />}
      </Suspense>
    </>
  );
}
