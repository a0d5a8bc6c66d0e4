import type { Credit } from "@/api/types";
import { Button } from "./Button";
import "./credits.css";
import "./select.css";
import { Icon } from "./Icon";
import { IconButton } from "./IconButton";
import { t } from "./text/text";

type Typed = Pick<Credit, "role" | "name">;

const ROLES = [
  "main",
  "featured",
  "remixer",
  "producer",
  "composer",
  "lyricist",
  "performer",
  "engineer",
  "other",
] as const satisfies readonly Credit["role"][];

interface Props {
  credits: readonly Typed[];
  problem?: string;
  onChange: (credits: Typed[]) => void;
}

/** Who made a track and as what: a line for each. */
export function CreditsEditor({ credits, problem, onChange }: Props) {
  const change = (at: number, typed: Partial<Typed>) =>
    onChange(credits.map((credit, place) => (place === at ? { ...credit, ...typed } : credit)));
  return (
    <fieldset className="credits">
      <legend className="legend">{t("edit.credits")}</legend>
      {credits.map(({ role, name }, at) => (
        <div key={at} className="credit">
          <input
            className="input"
            value={name}
            maxLength={255}
            dir="auto"
            aria-label={t("edit.creditName", { number: at + 1 })}
            onChange={(event) => change(at, { name: event.target.value })}
          />
          <div className="select">
            <select
              className="input"
              value={role}
              aria-label={t("edit.creditRole", { number: at + 1 })}
              onChange={(event) => change(at, { role: event.target.value as Credit["role"] })}
            >
              {ROLES.map((one) => (
                <option key={one} value={one}>
                  {t(`edit.role.${one}`)}
                </option>
              ))}
            </select>
            <Icon name="chevronDown" small />
          </div>
          <IconButton icon="close" small name={t("edit.creditRemove", { name })} onClick={() => onChange(credits.toSpliced(at, 1))} />
        </div>
      ))}
      {problem && (
        <p className="err">
          <Icon name="alert" small />
          <span>{problem}</span>
        </p>
      )}
      <Button size="s" onClick={() => onChange([...credits, { role: credits.length === 0 ? "main" : "featured", name: "" }])}>
        {t("edit.creditAdd")}
      </Button>
    </fieldset>
  );
}
