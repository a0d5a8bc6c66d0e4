import { act, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useRef } from "react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { placeAmong } from "./rows";
import { useRowKeys } from "./useRowKeys";
import { useWindowed } from "./useWindowed";

const ROW = 50;
const SEEN = 500;

function Rows({ count }: { count: number }) {
  const list = useRef<HTMLOListElement>(null);
  const windowed = useWindowed(list, count, ROW);
  const onKeyDown = useRowKeys({ count, reach: windowed.reach });
  return (
    <div className="main">
      <ol ref={list} aria-label="rows" onKeyDown={onKeyDown} style={windowed.style}>
        {windowed.rows.map((index) => (
          <li key={index} {...placeAmong(index, windowed.of)}>
            <button type="button">{`row ${index + 1}`}</button>
          </li>
        ))}
      </ol>
    </div>
  );
}

/** As much layout as the hook asks for: jsdom has none. */
beforeEach(() => {
  const proto = HTMLElement.prototype;
  vi.spyOn(proto, "offsetHeight", "get").mockImplementation(function (this: HTMLElement) {
    return this.tagName === "LI" ? ROW : SEEN;
  });
  vi.spyOn(proto, "offsetWidth", "get").mockReturnValue(800);
  vi.spyOn(Element.prototype, "scrollHeight", "get").mockReturnValue(1_000_000);
  vi.spyOn(Element.prototype, "clientHeight", "get").mockReturnValue(SEEN);
  vi.spyOn(proto, "getBoundingClientRect").mockImplementation(function (this: HTMLElement) {
    return new DOMRect(0, this.tagName === "OL" ? -(this.parentElement?.scrollTop ?? 0) : 0, 800, SEEN);
  });
  Element.prototype.scrollTo = function (this: Element, to?: ScrollToOptions | number) {
    this.scrollTop = typeof to === "object" ? (to.top ?? 0) : 0;
    this.dispatchEvent(new Event("scroll"));
  };
});
afterEach(() => vi.restoreAllMocks());

const drawn = () => screen.getAllByRole("listitem");

it("draws a short list whole", () => {
  render(<Rows count={80} />);
  expect(drawn()).toHaveLength(80);
  expect(drawn()[0]?.getAttribute("aria-setsize")).toBeNull();
});

it("draws a long list near what is seen, and says how long it is", () => {
  render(<Rows count={300} />);
  expect(drawn().length).toBeLessThan(40);
  expect(drawn()[0]).toMatchObject({ textContent: "row 1" });
  expect(drawn()[0]?.getAttribute("aria-setsize")).toBe("300");
  const rest = (300 - drawn().length) * ROW;
  expect(screen.getByRole("list").style.paddingBlockEnd).toBe(`${rest}px`);
});

it("follows whoever scrolls", async () => {
  render(<Rows count={300} />);
  const main = document.querySelector(".main");
  act(() => main?.scrollTo({ top: 100 * ROW }));
  await screen.findByRole("button", { name: "row 101" });
  expect(screen.queryByRole("button", { name: "row 1" })).toBeNull();
});

it("keeps the row that has the focus, and reaches both ends by keyboard", async () => {
  render(<Rows count={300} />);
  screen.getByRole("button", { name: "row 1" }).focus();
  await userEvent.keyboard("{End}");
  await waitFor(() => expect(document.activeElement?.textContent).toBe("row 300"));
  act(() => document.querySelector(".main")?.scrollTo({ top: 250 * ROW }));
  expect(document.activeElement?.textContent).toBe("row 300");
  await userEvent.keyboard("{Home}");
  await waitFor(() => expect(document.activeElement?.textContent).toBe("row 1"));
  await userEvent.keyboard("{ArrowDown}{ArrowDown}");
  expect(document.activeElement?.textContent).toBe("row 3");
});
