import type { Page } from "@playwright/test";
import { PASSWORD, addContact, found, join, person, signIn } from "./support/people.ts";
import { expect, openAtTop as open, ready, test } from "./support/test.ts";

/** Keeps files of the bundle on their way; gives the way to let them come. */
async function hold(page: Page, files: string): Promise<() => void> {
  let release = () => {};
  const held = new Promise<void>((resolve) => { release = resolve; });
  await page.route(files, async (route) => {
    await held;
    await route.continue();
  });
  return release;
}

/** Opens a page whose code is still on its way; gives the way to let it come. */
async function openWithoutCode(page: Page, path: string): Promise<() => Promise<void>> {
  const release = await hold(page, "**/*.wasm");
  await page.goto(path, { waitUntil: "domcontentloaded" });
  return async () => {
    release();
    await ready(page);
  };
}

test("what was typed before the code came is still there, and counts", async ({ page }) => {
  const come = await openWithoutCode(page, "/sign-up");
  await page.getByLabel("First name").fill("Thandi");
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await come();
  await expect(page.getByLabel("First name")).toHaveValue("Thandi");
  await expect(page.getByLabel("Password", { exact: true })).toHaveValue(PASSWORD);
  await expect(page.getByRole("list", { name: "Password requirements" }).getByRole("listitem").filter({ hasText: "(met)" })).toHaveCount(5);
});

test("a choice, a search and a button of before the code are kept and acted on", async ({ page, newPage }) => {
  const account = await found(page.request, person("Thandi", "Dlamini"));
  await join(page.request, (await newPage()).request, account, person("Ana", "Ruiz"), "member");

  const chosen = await openWithoutCode(page, `${account}/billing`);
  await page.getByLabel("Country").selectOption("South Africa");
  await chosen();
  await expect(page.getByLabel("Country")).toHaveValue("ZA");

  const ticked = await openWithoutCode(page, `${account}/members/invite`);
  const form = page.getByRole("dialog", { name: "Invite people" });
  await form.getByLabel("E-mail addresses").fill("guest@northwind.example");
  await form.getByRole("radio", { name: /^Admin/ }).check();
  await ticked();
  await expect(form.getByLabel("E-mail addresses")).toHaveValue("guest@northwind.example");
  await expect(form.getByRole("radio", { name: /^Admin/ })).toBeChecked();

  const searched = await openWithoutCode(page, `${account}/members`);
  await page.getByRole("searchbox", { name: "Search", exact: true }).fill("ruiz");
  await searched();
  await expect(page.getByRole("link", { name: "Ana Ruiz" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Thandi Dlamini" })).toBeHidden();

  const opened = await openWithoutCode(page, `${account}/members`);
  await page.getByRole("button", { name: "More actions for Ana Ruiz" }).click();
  await opened();
  await expect(page.locator("#member-menu").getByRole("button", { name: "Suspend" })).toBeVisible();

  const pressed = await openWithoutCode(page, account);
  await page.getByRole("button", { name: "My menu" }).click();
  await page.getByRole("button", { name: "Dark" }).click();
  await pressed();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
});

test("a form sent before the code came is posted by the browser", async ({ page, newPage }) => {
  const thandi = person("Thandi", "Dlamini");
  const account = await found((await newPage()).request, thandi);
  await openWithoutCode(page, `/sign-in?then=${account}/contacts`);
  await page.getByLabel("E-mail").fill(thandi.email);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in", exact: true }).click({ noWaitAfter: true });
  await page.waitForURL(`**${account}/contacts`, { waitUntil: "domcontentloaded" });
  await expect(page.getByRole("heading", { level: 1, name: "Contacts" })).toBeVisible();
});

test("a section whose code comes later keeps what is typed and pressed in it, and takes over once it is seen", async ({ page, newPage }) => {
  const thandi = person("Thandi", "Dlamini");
  const account = await found(page.request, thandi);
  await signIn((await newPage()).request, thandi);
  const come = await hold(page, "**/{security,own_data}-*.bin");
  await open(page, `${account}/settings`);
  const email = page.getByRole("region", { name: "My e-mail address" });
  const sessions = page.getByRole("region", { name: "Sessions" });
  const row = sessions.getByRole("row").filter({ has: page.getByRole("button", { name: "Sign out", exact: true }) });
  await email.getByLabel("New e-mail address").fill("not an address");
  await sessions.getByRole("button", { name: "Sign out everywhere else" }).first().click();
  const question = page.getByRole("dialog", { name: "Sign out everywhere else?" });
  await expect(question).toBeVisible();
  await expect(row).toHaveCount(1);
  come();
  await question.getByRole("button", { name: "Sign out everywhere else" }).click();
  await expect(question).toBeHidden();
  await expect(row).toHaveCount(0);
  await email.scrollIntoViewIfNeeded();
  await expect(email.locator("[data-lazy]")).toHaveCount(0);
  await expect(email.getByLabel("New e-mail address")).toHaveValue("not an address");
  await email.getByLabel("Your password").fill(PASSWORD);
  await email.getByRole("button", { name: "Change e-mail", exact: true }).click();
  await expect(email.getByLabel("New e-mail address")).toHaveAccessibleDescription("Enter an address with an @, such as ana@example.com.");
  expect(page.url()).toMatch(/\/settings$/);
});

test("a form of a section whose code does not come is posted by the browser", async ({ page, watch }) => {
  watch.expects(422, /Failed to fetch/, /ERR_FAILED/);
  const account = await found(page.request, person("Thandi", "Dlamini"));
  await page.route("**/security-*.bin", (route) => route.abort());
  await open(page, `${account}/settings`);
  const email = page.getByRole("region", { name: "My e-mail address" });
  await email.getByLabel("New e-mail address").fill("not an address");
  await email.getByLabel("Your password").fill(PASSWORD);
  await email.getByRole("button", { name: "Change e-mail", exact: true }).click();
  await expect(email.getByLabel("New e-mail address")).toHaveAccessibleDescription("Enter an address with an @, such as ana@example.com.");
  await expect(email.getByLabel("New e-mail address")).toHaveValue("not an address");
});

test("dialogs and the search open and close where the browser knows no commands", async ({ page }) => {
  await page.addInitScript(() => {
    Reflect.deleteProperty(HTMLButtonElement.prototype, "commandForElement");
    // What a browser does that knows none: nothing.
    window.addEventListener("click", (event) => {
      if (event.target instanceof Element && event.target.closest("[commandfor]")) event.preventDefault();
    }, true);
  });
  const account = await found(page.request, person("Thandi", "Dlamini"));
  const contact = await addContact(page.request, account, "Bongani Nkosi");
  await open(page, account);
  await page.getByRole("button", { name: "Search or jump to a page" }).click();
  await expect(page.getByRole("dialog", { name: "Search" }).getByRole("searchbox")).toBeFocused();
  await page.keyboard.press("Escape");
  await open(page, `${account}/contacts/${contact}`);
  await page.getByRole("button", { name: "Delete" }).click();
  const question = page.getByRole("dialog", { name: "Delete this contact?" });
  await expect(question).toBeVisible();
  await question.getByRole("button", { name: "Cancel" }).click();
  await expect(question).toBeHidden();
  await page.getByRole("button", { name: "Delete" }).click();
  await question.getByRole("button", { name: "Delete contact" }).click();
  await expect(page.getByText("Contact deleted.")).toBeVisible();
});
