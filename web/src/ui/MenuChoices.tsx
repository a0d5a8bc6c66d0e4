import * as Radix from "@radix-ui/react-dropdown-menu";
import { Icon } from "./Icon";
import type { IconName } from "./icons";

interface Choice<T extends string> {
  value: T;
  label: string;
  icon?: IconName;
}

interface Props<T extends string> {
  label: string;
  value: T;
  choices: readonly Choice<T>[];
  onChoose: (value: T) => void;
}

/** One of several, ticked. */
export function MenuChoices<T extends string>({ label, value, choices, onChoose }: Props<T>) {
  return (
    <>
      <Radix.Label className="menu-label">{label}</Radix.Label>
      <Radix.RadioGroup value={value} onValueChange={(next) => onChoose(next as T)} aria-label={label}>
        {choices.map((choice) => (
          <Radix.RadioItem key={choice.value} value={choice.value} className="menu-item" onSelect={(event) => event.preventDefault()}>
            {choice.icon && <Icon name={choice.icon} />}
            <span>{choice.label}</span>
            <Radix.ItemIndicator className="tick">
              <Icon name="check" small />
            </Radix.ItemIndicator>
          </Radix.RadioItem>
        ))}
      </Radix.RadioGroup>
    </>
  );
}
