import type { ComponentProps } from "react";
import { Icon } from "./Icon";
import type { IconName } from "./icons";

interface Props extends ComponentProps<"button"> {
  icon: IconName;
  /** What it does, for those who do not see the sign. */
  name: string;
  small?: boolean;
  filled?: boolean;
}

/** A round control that shows only a sign. */
export function IconButton({ icon, name, small, filled, className = "", ...rest }: Props) {
  return (
    <button type="button" {...rest} aria-label={name} title={name} className={`iconb ${small ? "iconb-s" : ""} ${className}`}>
      <Icon name={icon} small={small} filled={filled} />
    </button>
  );
}
