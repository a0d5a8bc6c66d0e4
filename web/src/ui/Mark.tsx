/** The sistrum: arch, three bars, beads. Also three faders. */
export function Mark() {
  return (
    <svg viewBox="0 0 28 28" fill="none" aria-hidden="true">
      <path d="M6.5 26.5V10.5a7.5 7.5 0 0 1 15 0v16" stroke="currentColor" strokeWidth="2.2" strokeLinecap="round" />
      <path d="M2.5 12h23M2.5 17h23M2.5 22h23" stroke="var(--text)" strokeWidth="1.5" strokeLinecap="round" />
      <g fill="currentColor">
        <circle cx="16.6" cy="12" r="2.4" />
        <circle cx="11" cy="17" r="2.4" />
        <circle cx="15" cy="22" r="2.4" />
      </g>
    </svg>
  );
}
