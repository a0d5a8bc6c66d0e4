import * as Radix from "@radix-ui/react-dropdown-menu";
import type { ReactElement, ReactNode } from "react";

interface Props {
  /** The button that opens it. */
  trigger: ReactElement;
  name: string;
  /** Open as soon as it is there, as after a button that fetched it. */
  startsOpen?: boolean;
  children: ReactNode;
}

/** A list of things to do or choose, opened by a button. It stands beside its button in the document, so inside the same landmark. */
export function Menu({ trigger, name, startsOpen, children }: Props) {
  return (
    <Radix.Root modal={false} defaultOpen={startsOpen}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Content className="menu" align="end" sideOffset={8} collisionPadding={12} aria-label={name}>
        {children}
      </Radix.Content>
    </Radix.Root>
  );
}
