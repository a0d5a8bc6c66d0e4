import { useId } from "react";
import "./select.css";
import { Icon } from "./Icon";

interface Choice<T extends string> {
  value: T;
  label: string;
}

interface Props<T extends string> {
  label: string;
  value: T;
  choices: readonly Choice<T>[];
  problem?: string;
  onChange: (value: T) => void;
}

/** One of several, chosen from the system's own list. */
export function SelectField<T extends string>({ label, value, choices, problem, onChange }: Props<T>) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <div className="select">
        <select
          id={id}
          className="input"
          value={value}
          aria-invalid={problem ? true : undefined}
          aria-describedby={problem ? `${id}-problem` : undefined}
          onChange={(event) => onChange(event.target.value as T)}
        >
          {choices.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.label}
            </option>
          ))}
        </select>
        <Icon name="chevronDown" small />
      </div>
      {problem && (
        <p id={`${id}-problem`} className="err">
          <Icon name="alert" small />
          <span>{problem}</span>
        </p>
      )}
    </div>
  );
}
