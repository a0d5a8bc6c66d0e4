import type { Locator, Page } from "playwright-core";

/** Hands files to the upload page, as a person does. */
export async function upload(page: Page, ...paths: string[]): Promise<void> {
  if (!page.url().endsWith("/upload")) await page.getByRole("link", { name: "Upload", exact: true }).first().click();
  await page.getByRole("heading", { name: "Upload" }).waitFor();
  await page.locator('input[type="file"]').setInputFiles(paths);
}

/** The row of a file on the upload page. */
export function fileRow(page: Page, name: string): Locator {
  return page.getByRole("listitem").filter({ hasText: name });
}

/** Waits until a file on the upload page plays everywhere. */
export async function untilReady(page: Page, name: string): Promise<void> {
  await fileRow(page, name).getByText("Ready, plays everywhere").waitFor({ timeout: 120_000 });
}

/** Goes to "My music". Until it is there, the page that was left may show the same files. */
export async function openMusic(page: Page): Promise<void> {
  await page.getByRole("link", { name: "My music" }).first().click();
  await page.getByRole("heading", { name: "My music", level: 1 }).waitFor();
}

/** Opens a track's page from "My music". */
export async function openTrack(page: Page, title: string): Promise<void> {
  await openMusic(page);
  await page.getByRole("link", { name: title, exact: true }).first().click();
  await page.getByRole("heading", { name: title, level: 1 }).waitFor();
}

/** Makes a track of one's own heard by everybody. */
export async function makePublic(page: Page, title: string): Promise<void> {
  await openMusic(page);
  await page
    .getByRole("button", { name: `More about ${title}` })
    .first()
    .click();
  await page.getByRole("menuitem", { name: "Edit" }).click();
  await page.getByRole("radio", { name: /Public/ }).check();
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("dialog").waitFor({ state: "detached" });
}
