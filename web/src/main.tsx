import "@/ui/app.css";
import "@/ui/kit.css";
import { breathe, painted } from "@/ui/breathe";

/** What stands before the program is painted first. Then the program comes in pieces, so that a slow phone answers a finger in between. */
async function boot(): Promise<void> {
  await painted();
  await import("react-dom/client");
  await breathe();
  const { start } = await import("@/app/start");
  await breathe();
  await start();
}

// not awaited: the pieces import from this one, and would wait for its end
void boot();
