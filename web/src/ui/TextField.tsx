import { type ComponentProps, type ReactNode, useId } from "react";
import { Icon } from "./Icon";

interface Props extends ComponentProps<"input"> {
  label: string;
  hint?: string;
  /** What is wrong with the value, shown beside it. */
  problem?: string;
  /** A control at the end of the line. */
  trailing?: ReactNode;
}

/** One line of text with its label, a hint and what is wrong with it. */
export function TextField({ label, hint, problem, trailing, ...rest }: Props) {
  const id = useId();
  const describedBy = [problem && `${id}-problem`, hint && `${id}-hint`].filter(Boolean).join(" ");
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <div className="relative">
        <input {...rest} id={id} className="input" aria-invalid={problem ? true : undefined} aria-describedby={describedBy || undefined} />
        {trailing && <div className="absolute inset-y-0 end-1 flex items-center">{trailing}</div>}
      </div>
      {problem && (
        <p className="err" id={`${id}-problem`}>
          <Icon name="alert" small />
          <span>{problem}</span>
        </p>
      )}
      {hint && (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}
