import type { ComponentProps } from "react";

interface Props extends ComponentProps<"button"> {
  /** One accent in a view; danger only inside a dialog that names the loss. */
  look?: "accent" | "ghost" | "plain" | "danger" | "solid";
  size?: "s" | "m" | "l";
  /** Work is under way: the button stays focusable but does nothing. */
  busy?: boolean;
}

/** A pill that does something. */
export function Button({ look = "solid", size = "m", busy = false, className = "", onClick, ...rest }: Props) {
  const looks = look === "solid" ? "" : `btn-${look}`;
  const sizes = size === "m" ? "" : `btn-${size}`;
  return (
    <button
      type="button"
      {...rest}
      aria-busy={busy || undefined}
      aria-disabled={busy || undefined}
      onClick={busy ? (event) => event.preventDefault() : onClick}
      className={`btn ${looks} ${sizes} ${className}`}
    />
  );
}
