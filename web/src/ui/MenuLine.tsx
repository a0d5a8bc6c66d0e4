import * as Radix from "@radix-ui/react-dropdown-menu";

/** What follows is of another kind. */
export function MenuLine() {
  return <Radix.Separator className="menu-line" />;
}
