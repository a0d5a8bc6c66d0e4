import { Store } from "@/player/store";

/** Whether the list of keys is open: the settings open it as well as the key. */
export const help = new Store(false);
