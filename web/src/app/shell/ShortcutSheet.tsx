import { SHORTCUTS } from "@/features/listening/shortcuts";
import { usePlayer } from "@/player/react";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { t } from "@/ui/text/text";
import { SHELL_KEYS } from "./shellKeys";

interface Line {
  keys: readonly string[];
  name: string;
}

/** Every key there is, from the tables that make them work. */
export default function ShortcutSheet({ onClose }: { onClose: () => void }) {
  const on = usePlayer((state) => state.settings.singleKeys);
  const everywhere = SHELL_KEYS.map(({ key, chord, name }) => ({ keys: chord ? ["Ctrl", key] : [key], name: t(name) }));
  const player = SHORTCUTS.map(({ keys, name }) => ({ keys, name: t(name) }));
  return (
    <Dialog open onClose={onClose} heading={t("shortcuts.title")} text={t(on ? "shortcuts.lead" : "shortcuts.leadOff")}>
      <Keys heading={t("shortcuts.everywhere")} lines={everywhere} />
      <Keys heading={t("shortcuts.player")} lines={player} />
      <footer>
        <Button onClick={onClose}>{t("shortcuts.close")}</Button>
      </footer>
    </Dialog>
  );
}

function Keys({ heading, lines }: { heading: string; lines: readonly Line[] }) {
  return (
    <section className="mt-5">
      <h3 className="mb-2">{heading}</h3>
      <dl>
        {lines.map(({ keys, name }) => (
          <div key={keys.join(" ")} className="flex items-center gap-3 min-h-9">
            <dt className="flex-1">{name}</dt>
            <dd className="flex gap-2" dir="ltr">
              {keys.map((key) => (
                <kbd key={key}>{caption(key)}</kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** What is printed on the key. */
function caption(key: string): string {
  if (key === " ") return t("shortcuts.key.space");
  if (key === "ArrowLeft") return "←";
  if (key === "ArrowRight") return "→";
  return key.length === 1 ? key.toUpperCase() : key;
}
