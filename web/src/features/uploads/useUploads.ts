import { createContext, useContext, useSyncExternalStore } from "react";
import { type Upload, UploadQueue } from "./queue";

/** The one queue of the page. */
export const UploadContext = createContext(new UploadQueue());

/** The queue, and what is in it. */
export function useUploads(): { queue: UploadQueue; uploads: readonly Upload[] } {
  const queue = useContext(UploadContext);
  return { queue, uploads: useSyncExternalStore(queue.subscribe, queue.get) };
}
