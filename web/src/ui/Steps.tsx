import "./steps.css";
import { Icon } from "./Icon";

interface Props {
  name: string;
  steps: readonly string[];
  /** The one somebody stands at, counted from 0; all behind it are done. */
  at: number;
}

/** The way through a task, and where one stands on it. */
export function Steps({ name, steps, at }: Props) {
  return (
    <ol className="steps" aria-label={name}>
      {steps.map((step, number) => (
        <li key={step} aria-current={number === at ? "step" : undefined} data-done={number < at || undefined}>
          <i className="num">{number < at ? <Icon name="check" small /> : number + 1}</i>
          {step}
        </li>
      ))}
    </ol>
  );
}
