import { type IconName, icons } from "./icons";

interface Props {
  name: IconName;
  /** 16 px instead of 20, for rows. */
  small?: boolean;
  /** Transport signs are filled. */
  filled?: boolean;
}

/** Signs that read along the line, and so turn round where lines run the other way. Those of sound never do. */
const TURNS = new Set<IconName>(["external", "fileMusic", "logIn", "logOut", "playNext", "queue"]);

/** A sign that never stands alone: the control around it carries the name. */
export function Icon({ name, small, filled }: Props) {
  const look = `ic ${small ? "ic-s" : ""} ${filled ? "ic-f" : ""} ${TURNS.has(name) ? "ic-turns" : ""}`;
  return (
    <svg className={look} viewBox="0 0 24 24" aria-hidden="true">
      <path d={icons[name]} />
    </svg>
  );
}
