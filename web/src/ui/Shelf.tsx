import { type Key, type ReactNode, useId } from "react";
import { useColumns } from "./useColumns";

interface Props<T> {
  heading: string;
  /** Leads to all of it. */
  more?: ReactNode;
  items: readonly T[];
  keyOf: (item: T) => Key;
  renderItem: (item: T) => ReactNode;
  /** Artists stand narrower than squares on a phone. */
  narrow?: boolean;
}

/** One row of cards: what does not fit is not there, so that nothing hidden takes the focus. On a phone the row is pushed sideways. Without cards there is no shelf. */
export function Shelf<T>({ heading, more, items, keyOf, renderItem, narrow = false }: Props<T>) {
  const id = useId();
  const { ref, columns } = useColumns();
  if (items.length === 0) return null;
  return (
    <section className="shelf" aria-labelledby={id}>
      <header>
        <h2 id={id} dir="auto">
          {heading}
        </h2>
        {more}
      </header>
      <ul ref={ref} className={`shelf-row ${narrow ? "shelf-narrow" : ""}`}>
        {items.slice(0, columns).map((item) => (
          <li key={keyOf(item)}>{renderItem(item)}</li>
        ))}
      </ul>
    </section>
  );
}
