import { type IconName, icons } from "./icons";

interface Props {
  name: IconName;
  /** 16 px instead of 20, for rows. */
  small?: boolean;
  /** Transport signs are filled. */
  filled?: boolean;
}

/** A sign that never stands alone: the control around it carries the name. */
export function Icon({ name, small, filled }: Props) {
  return (
    <svg className={`ic ${small ? "ic-s" : ""} ${filled ? "ic-f" : ""}`} viewBox="0 0 24 24" aria-hidden="true">
      <path d={icons[name]} />
    </svg>
  );
}
