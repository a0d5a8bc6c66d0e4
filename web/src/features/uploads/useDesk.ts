import { useContext, useEffect, useSyncExternalStore } from "react";
import type { Track } from "@/api/types";
import { type Note, type NoteKey, TagDesk } from "./desk";
import type { UploadQueue } from "./queue";
import { UploadContext } from "./useUploads";

/** One desk for each queue, made when somebody first types. */
const desks = new WeakMap<UploadQueue, TagDesk>();

function deskOf(queue: UploadQueue): TagDesk {
  const desk = desks.get(queue) ?? new TagDesk(queue);
  desks.set(queue, desk);
  return desk;
}

/** The desk, and what lies on it. Saved tracks go to `onSaved`. */
export function useDesk(onSaved: (track: Track) => void): { desk: TagDesk; notes: ReadonlyMap<NoteKey, Note> } {
  const desk = deskOf(useContext(UploadContext));
  useEffect(() => {
    desk.onSaved = onSaved;
  }, [desk, onSaved]);
  return { desk, notes: useSyncExternalStore(desk.subscribe, desk.get) };
}
