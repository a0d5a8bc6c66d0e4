import { type ComponentProps, type ReactNode, useId } from "react";
import { Icon } from "./Icon";

interface Props extends ComponentProps<"input"> {
  label: string;
  hint?: string;
  /** The hint changes as one types, and is read out. */
  hintLives?: boolean;
  /** What is wrong with the value, shown beside it. */
  problem?: string | undefined;
  /** A control at the end of the line. */
  trailing?: ReactNode;
  /** Something at the end of the label's line, such as a link to help. */
  aside?: ReactNode;
}

/** One line of text with its label, a hint and what is wrong with it. */
export function TextField({ label, hint, hintLives, problem, trailing, aside, className = "", ...rest }: Props) {
  const id = useId();
  const describedBy = [problem && `${id}-problem`, hint && `${id}-hint`].filter(Boolean).join(" ");
  return (
    <div className="field">
      <div className="label-line">
        <label htmlFor={id}>{label}</label>
        {aside}
      </div>
      <div className="relative">
        <input
          {...rest}
          id={id}
          className={`input ${className}`}
          aria-invalid={problem ? true : undefined}
          aria-describedby={describedBy || undefined}
        />
        {trailing && <div className="absolute inset-y-0 end-1 flex items-center">{trailing}</div>}
      </div>
      {problem && (
        <p className="err" id={`${id}-problem`}>
          <Icon name="alert" small />
          <span>{problem}</span>
        </p>
      )}
      {hint && (
        <p className="hint" id={`${id}-hint`} aria-live={hintLives ? "polite" : undefined}>
          {hint}
        </p>
      )}
    </div>
  );
}
