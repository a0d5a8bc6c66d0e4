import type { Page } from "playwright-core";

/** An account. */
export interface Person {
  username: string;
  email: string;
  password: string;
  displayName: string;
}

let count = 0;

/** Somebody nobody knows yet. */
export function aPerson(name = "nina"): Person {
  count += 1;
  const username = `${name}${count}`;
  return { username, email: `${username}@example.org`, password: "correct horse battery staple", displayName: `${name} ${count}` };
}

/** Makes an account by the form and waits until the app knows them. */
export async function signUp(page: Page, person: Person): Promise<void> {
  await page.goto("/register");
  await page.getByLabel("Username", { exact: true }).fill(person.username);
  await page.getByLabel("Name others see").fill(person.displayName);
  await page.getByLabel("E-mail").fill(person.email);
  await page.getByLabel("Password", { exact: true }).fill(person.password);
  await page.getByRole("button", { name: "Create account" }).click();
  await accountButton(page, person).waitFor();
}

/** Comes back by the form. */
export async function signIn(page: Page, person: Person): Promise<void> {
  await page.goto("/login");
  await page.getByLabel("Username or e-mail").fill(person.username);
  await page.getByLabel("Password", { exact: true }).fill(person.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await accountButton(page, person).waitFor();
}

/** The button with their name: there only while they are signed in. */
export function accountButton(page: Page, { displayName }: Person) {
  return page.getByRole("button", { name: `${displayName}, account` });
}
