import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import { SeekBar } from "./SeekBar";

function aBar(positionMs: number, durationMs = 200_000) {
  const onSeek = vi.fn();
  render(
    <SeekBar name="Seek" className="" positionMs={positionMs} durationMs={durationMs} valueText="1:40 of 3:20" onSeek={onSeek}>
      {null}
    </SeekBar>,
  );
  return { onSeek, bar: screen.getByRole("slider", { name: "Seek" }) };
}

it("walks by keyboard: five seconds, half a minute, start and end", async () => {
  const { onSeek, bar } = aBar(100_000);
  bar.focus();
  await userEvent.keyboard("{ArrowRight}{ArrowLeft}{PageUp}{PageDown}{Home}{End}");
  expect(onSeek.mock.calls.flat()).toEqual([105_000, 95_000, 130_000, 70_000, 0, 200_000]);
});

it("stops at both ends", async () => {
  const { onSeek, bar } = aBar(2_000);
  bar.focus();
  await userEvent.keyboard("{ArrowLeft}");
  expect(onSeek).toHaveBeenCalledWith(0);
});

it("tells where it is, in words", () => {
  const { bar } = aBar(100_000);
  expect(bar).toHaveProperty("ariaValueText", "1:40 of 3:20");
  expect(bar.getAttribute("aria-valuenow")).toBe("100");
});

it("does nothing while the length is unknown", async () => {
  const { onSeek, bar } = aBar(0, 0);
  bar.focus();
  await userEvent.keyboard("{ArrowRight}");
  expect(onSeek).not.toHaveBeenCalled();
});
