import { AxeBuilder } from "@axe-core/playwright";
import type { Locator, Page } from "@playwright/test";
import { PASSWORD, found, person, type Person } from "./support/people.ts";
import { codeTo, number } from "./support/text-messages.ts";
import { expect, open, ready, test } from "./support/test.ts";

const section = (page: Page): Locator => page.getByRole("region", { name: "My mobile number" });

/** Types the number and the password; a code goes out. */
async function ask(page: Page, typed: string): Promise<void> {
  await section(page).getByLabel("Country").selectOption("South Africa (+27)");
  await section(page).getByLabel("Mobile number", { exact: true }).fill(typed);
  await section(page).getByLabel("Your password").first().fill(PASSWORD);
  await section(page).getByRole("button", { name: "Add number" }).click();
  await expect(section(page).getByText(/^We're sending a code to \+27 82/)).toBeVisible();
}

/** Turns on codes by text message; gives the recovery codes. */
async function turnOn(page: Page): Promise<string[]> {
  const step = section(page).locator("details").filter({ has: page.getByText("Use text messages for two-factor authentication", { exact: true }) });
  await step.locator("summary").click();
  await step.getByRole("button", { name: "Use text messages" }).click();
  const codes = section(page).getByRole("list", { name: "Recovery codes" }).getByRole("listitem");
  await expect(codes).toHaveCount(10);
  return codes.allInnerTexts();
}

async function showPassword(page: Page, who: Person): Promise<void> {
  await page.getByLabel("E-mail").fill(who.email);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.waitForURL("**/sign-in/code");
}

async function signOut(page: Page): Promise<void> {
  await page.getByRole("button", { name: "My menu" }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.waitForURL("**/sign-in");
}

test("a number is verified, and signs in with text messages", async ({ page, watch }) => {
  watch.expects(401, 422);
  const thandi = person("Thandi", "Dlamini");
  const account = await found(page.request, thandi);
  const { typed, stored, end } = number();
  await open(page, `${account}/settings`);
  await section(page).getByLabel("Mobile number", { exact: true }).fill("4.47911E+11");
  await section(page).getByLabel("Your password").first().fill(PASSWORD);
  await section(page).getByRole("button", { name: "Add number" }).click();
  await expect(section(page).getByText(/^A spreadsheet has shortened this number/)).toBeVisible();
  await ask(page, typed);

  const field = section(page).getByLabel("Code from the text message");
  await expect(field).toHaveAttribute("inputmode", "numeric");
  await expect(field).toHaveAttribute("autocomplete", "one-time-code");
  const code = await codeTo(page.request, stored);
  await field.fill(code === "000000" ? "000001" : "000000");
  await section(page).getByRole("button", { name: "Verify number" }).click();
  await expect(section(page).getByText(/^This code is wrong/)).toBeVisible();
  // As an Arabic keyboard types it.
  await field.fill([...code].map((digit) => String.fromCharCode(0x0660 + Number(digit))).join(""));
  await section(page).getByRole("button", { name: "Verify number" }).click();
  await expect(page.getByText("Mobile number verified.")).toBeVisible();
  const recovery = await turnOn(page);
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);

  await signOut(page);
  await ready(page);
  await showPassword(page, thandi);
  await ready(page);
  await page.getByRole("button", { name: `Send a code to •••• ${end}` }).click();
  await expect(page.getByText(`A code is on its way to •••• ${end}.`)).toBeVisible();
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await page.getByRole("textbox", { name: "Code", exact: true }).fill(await codeTo(page.request, stored, code));
  await page.keyboard.press("Enter");
  await page.waitForURL(`**${account}`);

  // Without the phone.
  await signOut(page);
  await ready(page);
  await showPassword(page, thandi);
  await ready(page);
  await page.getByText("Use a recovery code").click();
  await page.getByLabel("Recovery code", { exact: true }).fill(recovery[0]?.toUpperCase() ?? "");
  await page.keyboard.press("Enter");
  await page.waitForURL(`**${account}`);
});

test.describe("without the page's code", () => {
  test.use({ javaScriptEnabled: false });

  test("a number is verified, and signs in with text messages", async ({ page }) => {
    const thandi = person("Thandi", "Dlamini");
    const account = await found(page.request, thandi);
    const { typed, stored, end } = number();
    await page.goto(`${account}/settings`);
    await ask(page, typed);
    const code = await codeTo(page.request, stored);
    await section(page).getByLabel("Code from the text message").fill(code);
    await section(page).getByRole("button", { name: "Verify number" }).click();
    await expect(section(page).getByText(/^\+27 82/)).toBeVisible();
    const recovery = await turnOn(page);
    await page.goto(account);
    await signOut(page);
    await showPassword(page, thandi);
    await page.getByRole("button", { name: `Send a code to •••• ${end}` }).click();
    await expect(page.getByText(`A code is on its way to •••• ${end}.`)).toBeVisible();
    await page.getByRole("textbox", { name: "Code", exact: true }).fill(await codeTo(page.request, stored, code));
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await expect(page).toHaveURL(account);

    await signOut(page);
    await showPassword(page, thandi);
    await page.getByText("Use a recovery code").click();
    await page.getByLabel("Recovery code", { exact: true }).fill(recovery[0] ?? "");
    await page.getByRole("button", { name: "Sign in", exact: true }).last().click();
    await expect(page).toHaveURL(account);
  });
});
