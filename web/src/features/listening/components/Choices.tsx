import { useId } from "react";

interface Props<T extends string> {
  legend: string;
  hint: string;
  value: T;
  choices: readonly { value: T; label: string }[];
  onChoose: (value: T) => void;
}

/** One of several, all of them seen. */
export function Choices<T extends string>({ legend, hint, value, choices, onChoose }: Props<T>) {
  const id = useId();
  return (
    <fieldset aria-describedby={`${id}-hint`}>
      <legend className="legend">{legend}</legend>
      <p className="text-muted text-sm" id={`${id}-hint`}>
        {hint}
      </p>
      {choices.map((choice) => (
        <label key={choice.value} className="choice">
          <input type="radio" name={id} checked={choice.value === value} onChange={() => onChoose(choice.value)} />
          {choice.label}
        </label>
      ))}
    </fieldset>
  );
}
