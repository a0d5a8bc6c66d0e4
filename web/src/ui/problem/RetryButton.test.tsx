import { act, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { problemFrom } from "@/api/problem";
import { RetryButton } from "./RetryButton";

describe("trying again", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("waits as long as the server asked, and says how long that is", () => {
    const retry = vi.fn();
    render(<RetryButton problem={problemFrom(429, {}, new Headers({ "retry-after": "3" }))} onRetry={retry} />);
    fireEvent.click(screen.getByRole("button", { name: "Try again in 3 s" }));
    expect(retry).not.toHaveBeenCalled();
    act(() => void vi.advanceTimersByTime(2_000));
    expect(screen.getByRole("button", { name: "Try again in 1 s" })).toBeTruthy();
    act(() => void vi.advanceTimersByTime(1_000));
    fireEvent.click(screen.getByRole("button", { name: "Try again" }));
    expect(retry).toHaveBeenCalledOnce();
  });

  it("waits for nothing where nothing was asked", () => {
    render(<RetryButton problem={problemFrom(500, {}, new Headers())} onRetry={() => undefined} />);
    expect(screen.getByRole("button", { name: "Try again" })).toBeTruthy();
  });
});
