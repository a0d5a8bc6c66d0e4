import { type ComponentProps, useState } from "react";
import { TextField } from "./TextField";
import { useJudged } from "./useJudged";

interface Props extends Omit<ComponentProps<typeof TextField>, "defaultValue"> {
  defaultValue?: string;
  /** What is wrong with a value, or nothing. */
  rule: (value: string) => string | undefined;
  /** Follows the value. */
  onValue?: (value: string) => void;
}

/** A field that says what is wrong once one has left it, and takes it back as soon as it is mended. An empty field is not judged. */
export function RuledField({ rule, problem, defaultValue = "", onValue, ...props }: Props) {
  const [value, setValue] = useState(defaultValue);
  const [left, setLeft] = useState(false);
  const fromServer = useJudged(problem, value);
  const own = left && value !== "" ? rule(value) : undefined;
  return (
    <TextField
      {...props}
      defaultValue={defaultValue}
      problem={fromServer ?? own}
      onBlur={() => setLeft(true)}
      onChange={(event) => {
        setValue(event.target.value);
        onValue?.(event.target.value);
      }}
    />
  );
}
