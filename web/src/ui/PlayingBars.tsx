/** Three moving bars: this one sounds. */
export function PlayingBars() {
  return (
    <span className="sistrum" aria-hidden="true">
      <i />
      <i />
      <i />
    </span>
  );
}
