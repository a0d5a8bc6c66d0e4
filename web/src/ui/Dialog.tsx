import * as Radix from "@radix-ui/react-dialog";
import type { ReactNode } from "react";

interface Props {
  open: boolean;
  onClose: () => void;
  heading: string;
  /** One sentence under the heading. */
  text?: string;
  children: ReactNode;
}

/** A question that holds everything else until it is answered. */
export function Dialog({ open, onClose, heading, text, children }: Props) {
  return (
    <Radix.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="scrim">
          <Radix.Content className="dialog" aria-describedby={text ? undefined : ""}>
            <Radix.Title className="display">{heading}</Radix.Title>
            {text && <Radix.Description className="text-muted">{text}</Radix.Description>}
            {children}
          </Radix.Content>
        </Radix.Overlay>
      </Radix.Portal>
    </Radix.Root>
  );
}
