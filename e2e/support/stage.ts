import { after, before } from "node:test";
import type { Browser } from "playwright-core";
import { type Habits, openBrowser, Visitor } from "./browser.ts";
import { Letterbox } from "./letters.ts";
import { Material } from "./material.ts";
import { Server } from "./server.ts";

/** What a file of stories plays on: one server, one browser, a folder of sounds. */
export interface Stage {
  server: Server;
  browser: Browser;
  material: Material;
  letters: Letterbox;
  /** Somebody new comes to the server. */
  visitor: (habits?: Habits) => Promise<Visitor>;
}

/** Sets the stage before the stories of a file, and clears it after them. `settings` are those of the server, as environment. */
export function stage(settings: Record<string, string> = {}): Stage {
  const set = {} as Stage;
  before(async () => {
    set.server = await Server.start(settings);
    set.letters = new Letterbox(set.server.outbox);
    set.browser = await openBrowser();
    set.material = await Material.prepare();
    set.visitor = (habits) => Visitor.arrive(set.browser, set.server.url, habits);
  });
  after(async () => {
    await set.browser?.close();
    await set.server?.end();
    await set.material?.clear();
  });
  return set;
}
