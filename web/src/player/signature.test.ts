import { expect, it } from "vitest";
import { resigned } from "./signature";

it("puts the newest signature on what a playlist names", () => {
  const url = new URL(resigned("http://localhost/media/x/hls/opus96.mp4?s=old", "new"));
  expect(url.searchParams.get("s")).toBe("new");
  expect(url.pathname).toBe("/media/x/hls/opus96.mp4");
});

it("leaves addresses alone that carry no signature", () => {
  expect(resigned("http://localhost/plain.m3u8", "new")).toBe("http://localhost/plain.m3u8");
});
