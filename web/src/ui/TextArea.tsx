import { type ComponentProps, useId } from "react";
import { Icon } from "./Icon";

interface Props extends ComponentProps<"textarea"> {
  label: string;
  hint?: string;
  /** What is wrong with it, as a sentence. */
  problem?: string | undefined;
}

/** A labelled box for more than a line; what is wrong with it stands below it. */
export function TextArea({ label, hint, problem, ...rest }: Props) {
  const id = useId();
  const below = problem ?? hint;
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <textarea
        {...rest}
        id={id}
        className="input resize-y"
        aria-invalid={problem ? true : undefined}
        aria-describedby={below ? `${id}-below` : undefined}
      />
      {below && (
        <p id={`${id}-below`} className={problem ? "err" : "hint"}>
          {problem && <Icon name="alert" small />}
          {below}
        </p>
      )}
    </div>
  );
}
