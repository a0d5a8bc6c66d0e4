import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

const ARRIVES_WITHIN_MS = 15_000;

/** A letter that the server laid into its outbox. */
export interface Letter {
  subject: string;
  text: string;
}

/** Where a server's letters lie, for stories that go on from one. */
export class Letterbox {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** The newest letter to `address` that says `words`, as soon as there is one. */
  async newest(address: string, words: RegExp): Promise<Letter> {
    const deadline = Date.now() + ARRIVES_WITHIN_MS;
    while (Date.now() < deadline) {
      const letter = (await this.#to(address)).findLast(({ subject, text }) => words.test(subject) || words.test(text));
      if (letter) return letter;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`no letter to ${address} says ${words}`);
  }

  /** The link to `path` in the newest letter to `address` that has one, without its host. */
  async link(address: string, path: string): Promise<string> {
    const { text } = await this.newest(address, new RegExp(`${path}#`));
    const found = text.match(new RegExp(`\\S*(${path}#\\S+)`))?.[1];
    if (!found) throw new Error(`no link to ${path} in: ${text}`);
    return found;
  }

  async #to(address: string): Promise<Letter[]> {
    const names = await readdir(this.#folder).catch(() => []);
    const letters = await Promise.all(
      names
        .filter((name) => name.endsWith(".eml"))
        .sort()
        .map((name) => readFile(join(this.#folder, name), "utf8")),
    );
    return letters
      .filter((letter) =>
        header(letter, "to")
          .split(/[\s<>,]+/)
          .includes(address),
      )
      .map(read);
  }
}

function read(letter: string): Letter {
  const plain = letter.split(/^--.*$/m).find((part) => /content-type: text\/plain/i.test(part)) ?? letter;
  const [head = "", ...body] = plain.replaceAll("\r\n", "\n").trimStart().split("\n\n");
  const text = body.join("\n\n");
  return { subject: header(letter, "subject"), text: decode(text, header(head, "content-transfer-encoding")) };
}

function header(letter: string, name: string): string {
  return letter.match(new RegExp(`^${name}: (.*(?:\\r?\\n[ \\t].*)*)`, "im"))?.[1] ?? "";
}

function decode(text: string, how: string): string {
  if (/base64/i.test(how)) return Buffer.from(text, "base64").toString("utf8");
  if (!/quoted-printable/i.test(how)) return text;
  const bytes = text
    .replaceAll(/=\n/g, "")
    .replaceAll(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1").toString("utf8");
}
