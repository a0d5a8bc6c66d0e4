import * as Radix from "@radix-ui/react-dropdown-menu";
import { Icon } from "./Icon";
import type { IconName } from "./icons";

interface Props {
  icon: IconName;
  label: string;
  danger?: boolean;
  onSelect: () => void;
}

/** One thing to do. */
export function MenuItem({ icon, label, danger, onSelect }: Props) {
  return (
    <Radix.Item className={`menu-item ${danger ? "menu-item-danger" : ""}`} onSelect={onSelect}>
      <Icon name={icon} />
      <span>{label}</span>
    </Radix.Item>
  );
}
