import * as Radix from "@radix-ui/react-dialog";
import { type ReactNode, useState } from "react";

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
  const [before] = useState(() => document.activeElement);
  return (
    <Radix.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="scrim">
          <Radix.Content
            className="dialog"
            aria-describedby={text ? undefined : ""}
            onCloseAutoFocus={(event) => {
              event.preventDefault();
              giveFocusBack(before);
            }}
          >
            <Radix.Title className="display">{heading}</Radix.Title>
            {text && <Radix.Description className="text-muted">{text}</Radix.Description>}
            {children}
          </Radix.Content>
        </Radix.Overlay>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** To what had it before the question, or to the page where that is gone. */
function giveFocusBack(before: Element | null): void {
  const there = before instanceof HTMLElement && before.isConnected && before !== document.body;
  (there ? before : document.querySelector<HTMLElement>("#page"))?.focus({ preventScroll: true });
}
