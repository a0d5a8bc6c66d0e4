interface Props {
  className?: string;
}

/** The shape of what comes. */
export function Skeleton({ className = "" }: Props) {
  return <span className={`skel block ${className}`} aria-hidden="true" />;
}
