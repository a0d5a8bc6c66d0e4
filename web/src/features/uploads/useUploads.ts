import { createContext, useContext, useSyncExternalStore } from "react";
import { type Standing, UploadQueue } from "./queue";

/** The one queue of the page. */
export const UploadContext = createContext(new UploadQueue());

/** The queue, and what is in it. */
export function useUploads(): Standing & { queue: UploadQueue } {
  const queue = useContext(UploadContext);
  return { queue, ...useSyncExternalStore(queue.subscribe, queue.get) };
}
