import type { Locator, Page } from "@playwright/test";
import { Device } from "./support/device.ts";
import { PASSWORD, found, join, memberDrawer, person, type Person } from "./support/people.ts";
import { expect, open, ready, test } from "./support/test.ts";

const section = (page: Page): Locator => page.getByRole("region", { name: "Passkeys" });

/** Adds the first passkey in the settings; gives the recovery codes that come with it. */
async function add(page: Page, account: string): Promise<string[]> {
  await open(page, `${account}/settings#passkeys`);
  const form = section(page).locator("form").filter({ has: page.getByRole("button", { name: "Add passkey" }) });
  await form.getByRole("button", { name: "Add passkey" }).click();
  await expect(section(page).getByRole("list", { name: "Your passkeys" }).getByRole("listitem")).toHaveCount(1);
  const codes = section(page).getByRole("list", { name: "Recovery codes" }).getByRole("listitem");
  await expect(codes).toHaveCount(10);
  return codes.allInnerTexts();
}

async function signOut(page: Page, account: string): Promise<void> {
  await open(page, account);
  await page.getByRole("button", { name: "My menu" }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.waitForURL("**/sign-in");
  await ready(page);
}

async function typePassword(page: Page, who: Person): Promise<void> {
  await page.getByLabel("E-mail").fill(who.email);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.waitForURL("**/sign-in/code");
  await ready(page);
}

test("a passkey is added, signs in alone and after the password, and is removed", async ({ page, watch }) => {
  // What an open page asks for in the moment of signing out is refused.
  watch.expects(401, 422);
  const thandi = person("Thandi", "Dlamini");
  const account = await found(page.request, thandi);
  await Device.of(page);
  await add(page, account);

  await signOut(page, account);
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await page.waitForURL(`**${account}`);

  await signOut(page, account);
  await page.getByLabel("E-mail").fill(thandi.email);
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await page.waitForURL(`**${account}`);

  await signOut(page, account);
  await typePassword(page, thandi);
  await page.getByRole("button", { name: "Use a passkey" }).click();
  await page.waitForURL(`**${account}`);

  await open(page, `${account}/settings#passkeys`);
  const row = section(page).getByRole("list", { name: "Your passkeys" }).getByRole("listitem");
  await expect(row).toContainText("Last used");
  await row.getByRole("button", { name: "Rename" }).click();
  await row.getByLabel("Name").fill("Work laptop");
  await row.getByRole("button", { name: "Save" }).click();
  await expect(row.getByText("Work laptop", { exact: true })).toBeVisible();
  await row.getByRole("button", { name: "Remove" }).click();
  await row.getByRole("button", { name: "Use a passkey" }).click();
  await expect(section(page).getByText("No passkeys yet.")).toBeVisible();
});

test("a remembered browser is asked for the password alone", async ({ page, watch }) => {
  watch.expects(401, 422);
  const thandi = person("Thandi", "Dlamini");
  const account = await found(page.request, thandi);
  await Device.of(page);
  const codes = await add(page, account);
  await signOut(page, account);
  await typePassword(page, thandi);
  await page.getByLabel("Don't ask again in this browser for 30 days").check();
  await page.getByRole("textbox", { name: "Recovery code" }).fill(codes[0] ?? "");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.waitForURL(`**${account}`);
  await signOut(page, account);
  await page.getByLabel("E-mail").fill(thandi.email);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.waitForURL(`**${account}`);
});

test("a device whose user does not agree, and an old copy of a passkey", async ({ page, watch }) => {
  watch.expects(401, 409);
  const thandi = person("Thandi", "Dlamini");
  const account = await found(page.request, thandi);
  const device = await Device.of(page);
  await add(page, account);
  for (let times = 0; times < 2; times += 1) {
    await signOut(page, account);
    await page.getByRole("button", { name: "Sign in with a passkey" }).click();
    await page.waitForURL(`**${account}`);
  }
  await signOut(page, account);
  await device.becomeOldCopy();
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await expect(page.getByText(/^This passkey was refused because a copy of it may be in use/)).toBeVisible();
  await device.refuse();
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await expect(page.getByText("No passkey was used.")).toBeVisible();
});

test("an admin resets what a member has lost", async ({ page, newPage, watch }) => {
  watch.expects(401);
  const account = await found(page.request, person("Thandi", "Dlamini"));
  const hers = await newPage();
  const ana = person("Ana", "Ruiz");
  const drawer = await join(page.request, hers.request, account, ana, "member");
  await Device.of(hers);
  await add(hers, account);
  await open(page, drawer);
  await memberDrawer(page).getByRole("button", { name: "Reset two-factor authentication" }).click();
  const question = page.getByRole("dialog", { name: "Reset two-factor authentication for Ana Ruiz?" });
  await question.getByRole("button", { name: "Reset", exact: true }).click();
  await expect(memberDrawer(page).getByText("Two-factor authentication off")).toBeVisible();
  await expect(memberDrawer(page).getByRole("button", { name: "Reset two-factor authentication" })).toBeHidden();
});
