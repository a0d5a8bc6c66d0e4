import { type KeyboardEvent, useId, useState } from "react";
import "./names.css";
import { Icon } from "./Icon";
import { t } from "./text/text";

interface Props {
  label: string;
  value: readonly string[];
  onChange: (names: string[]) => void;
  hint?: string;
  problem?: string;
  maxLength?: number;
}

/** A list of names, each with its own mark: a comma may well be part of one. Enter or leaving the field adds what was typed. */
export function NamesField({ label, value, onChange, hint, problem, maxLength = 255 }: Props) {
  const id = useId();
  const [typed, setTyped] = useState("");
  const add = () => {
    const name = typed.trim();
    setTyped("");
    if (name && !value.includes(name)) onChange([...value, name]);
  };
  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === "Enter" && typed.trim()) {
      event.preventDefault();
      add();
    }
    if (event.key === "Backspace" && typed === "" && value.length > 0) onChange(value.slice(0, -1));
  };
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <div className="input names" data-invalid={problem ? true : undefined}>
        {value.map((name) => (
          <span key={name} className="name-chip">
            <span className="truncate" dir="auto">
              {name}
            </span>
            <button
              type="button"
              aria-label={t("names.remove", { name })}
              onClick={() => onChange(value.filter((other) => other !== name))}
            >
              <Icon name="close" small />
            </button>
          </span>
        ))}
        <input
          id={id}
          value={typed}
          dir="auto"
          maxLength={maxLength}
          placeholder={value.length === 0 ? undefined : t("names.add")}
          aria-invalid={problem ? true : undefined}
          aria-describedby={problem || hint ? `${id}-about` : undefined}
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={press}
          onBlur={add}
        />
      </div>
      {(problem || hint) && (
        <p id={`${id}-about`} className={problem ? "err" : "hint"}>
          {problem && <Icon name="alert" small />}
          <span>{problem ?? hint}</span>
        </p>
      )}
    </div>
  );
}
