import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { grant, open, page } from "@/testing/open";
import { aProblem, serve } from "@/testing/server";
import { aTrack } from "@/testing/tracks";

const first = aTrack({ visibility: "public" });
const second = aTrack({ id: "2".repeat(32), title: "Undertow Hymn", visibility: "public" });
const house = {
  "GET /api/tracks": () => page([first, second]),
  [`GET /api/tracks/${first.id}`]: () => ({ json: first }),
  [`POST /api/tracks/${first.id}/play`]: grant,
  [`POST /api/tracks/${second.id}/play`]: grant,
};

async function aPlayingApp() {
  const app = open("/");
  await userEvent.click(await screen.findByRole("button", { name: "Play Salt Hours" }));
  const bar = within(await screen.findByRole("region", { name: "Player" }));
  await waitFor(() => expect(app.engine.state.get().status).toBe("playing"));
  return { ...app, bar };
}

describe("the player bar", () => {
  it("pauses, goes on, and plays the next of the list", async () => {
    serve(house);
    const { bar, engine } = await aPlayingApp();
    await userEvent.click(bar.getByRole("button", { name: "Pause" }));
    expect(engine.state.get().status).toBe("paused");
    await userEvent.click(bar.getByRole("button", { name: "Play" }));
    await waitFor(() => expect(engine.state.get().status).toBe("playing"));
    await userEvent.click(bar.getByRole("button", { name: "Next" }));
    expect(await bar.findByRole("link", { name: "Undertow Hymn" })).toBeTruthy();
    expect(bar.getByRole("button", { name: "Next" })).toHaveProperty("disabled", true);
  });

  it("is quieter, silent, and as loud as before", async () => {
    serve(house);
    const { bar, audio } = await aPlayingApp();
    fireEvent.change(bar.getByRole("slider", { name: "Volume" }), { target: { value: "30" } });
    expect(audio.volume).toBe(0.3);
    await userEvent.click(bar.getByRole("button", { name: "Mute" }));
    expect(audio.muted).toBe(true);
    expect(bar.getByRole("slider", { name: "Volume" }).getAttribute("aria-valuetext")).toBe("0 %");
    await userEvent.click(bar.getByRole("button", { name: "Unmute" }));
    expect(audio).toMatchObject({ muted: false, volume: 0.3 });
  });

  it("tells where it is, and goes where the keys lead", async () => {
    serve(house);
    const { bar, audio } = await aPlayingApp();
    audio.reach(65);
    const seek = bar.getByRole("slider", { name: "Seek" });
    await waitFor(() => expect(seek.getAttribute("aria-valuetext")).toBe("1:05 of 4:08"));
    seek.focus();
    await userEvent.keyboard("{PageUp}");
    expect(audio.currentTime).toBe(95);
  });

  it("lets one choose the source", async () => {
    serve(house);
    const { bar, engine } = await aPlayingApp();
    await userEvent.click(bar.getByRole("button", { name: "Sound quality" }));
    await userEvent.click(await screen.findByRole("menuitemradio", { name: "Original file" }));
    expect(engine.state.get().settings.quality).toBe("original");
  });

  it("says why there is no sound, and tries again", async () => {
    let busy = true;
    const refusal = { status: 503, json: aProblem({ status: 503, code: "busy", title: "the server has too much to do" }) };
    serve({ ...house, [`POST /api/tracks/${first.id}/play`]: () => (busy ? refusal : grant()) });
    const { engine } = open("/");
    await userEvent.click(await screen.findByRole("button", { name: "Play Salt Hours" }));
    expect((await screen.findByRole("alert")).textContent).toContain("The server has too much to do.");
    busy = false;
    await userEvent.click(screen.getByRole("button", { name: "Try again" }));
    await waitFor(() => expect(engine.state.get().status).toBe("playing"));
    expect(screen.queryByRole("alert")).toBeNull();
  });

  it("plays from a track's own page, where the page's address chose the source", async () => {
    serve(house);
    const { engine } = open(`/track/${first.id}?source=original`);
    await userEvent.click(await screen.findByRole("button", { name: "Play Salt Hours" }));
    await waitFor(() => expect(engine.state.get()).toMatchObject({ status: "playing", settings: { quality: "original" } }));
    expect(screen.getByRole("slider", { name: "Waveform of Salt Hours: seek" })).toBeTruthy();
    expect(screen.getByText("Nina")).toBeTruthy();
  });
});
