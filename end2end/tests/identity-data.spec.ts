import type { Locator, Page } from "@playwright/test";
import { readFileSync } from "node:fs";
import { OUTBOX_TOKEN } from "./support/outbox.ts";
import { PASSWORD, found, join, nameOf, person, type Person } from "./support/people.ts";
import { expect, open, test } from "./support/test.ts";

const exportSection = (page: Page): Locator => page.getByRole("region", { name: "Export my data" });
const deletion = (page: Page): Locator => page.getByRole("region", { name: "Delete account" });
const question = (page: Page): Locator => page.getByRole("dialog", { name: "Delete your account?" });

/** Saves the file that the section offers, and reads it. */
async function download(page: Page): Promise<Record<string, unknown[]>> {
  const [file] = await Promise.all([page.waitForEvent("download"), exportSection(page).getByRole("link", { name: "Download" }).click()]);
  expect(file.suggestedFilename()).toBe("tenantry-my-data.json");
  return JSON.parse(readFileSync(await file.path(), "utf8"));
}

async function fill(page: Page, email: string, password: string): Promise<void> {
  await question(page).getByLabel("Your e-mail address").fill(email);
  await question(page).getByLabel("Your password").fill(password);
  await question(page).getByRole("button", { name: "Delete account" }).click();
}

test("somebody exports their data, and deletes their account", async ({ page, newPage, watch }) => {
  // What an open page asks for in the moment of the deletion is refused.
  watch.expects(401, 403, 422);
  const ana: Person = person("Ana", "Ruiz");
  const account = await found(page.request, person("Thandi", "Dlamini"));
  const hers = await newPage();
  await join(page.request, hers.request, account, ana, "member");
  await open(hers, `${account}/settings`);
  await hers.getByRole("navigation", { name: "Sections" }).getByRole("link", { name: "Export my data" }).click();
  await exportSection(hers).getByRole("button", { name: "Prepare export" }).click();
  await expect(exportSection(hers).getByRole("link", { name: "Download" })).toBeVisible();
  const data = await download(hers);
  expect(data["profile"]).toEqual([expect.objectContaining({ email: ana.email, first_name: "Ana" })]);
  expect(data["memberships"]).toEqual([expect.objectContaining({ organisation: "Northwind Retail", role: "member" })]);
  expect(JSON.stringify(data)).not.toContain("argon2");

  const other = await newPage();
  await other.context().addCookies(await hers.context().cookies());
  await open(other, `${account}/contacts`);
  await deletion(hers).getByRole("button", { name: "Delete account" }).first().click();
  await expect(question(hers)).toContainText("ends your membership of 1 organisation");
  await expect(question(hers)).toContainText("as “Former member”");
  await question(hers).getByRole("button", { name: "Cancel" }).click();
  await expect(question(hers)).toBeHidden();
  await deletion(hers).getByRole("button", { name: "Delete account" }).first().click();
  await fill(hers, "ana@elsewhere.example", PASSWORD);
  await expect(question(hers).getByLabel("Your e-mail address")).toHaveAccessibleDescription("Type your e-mail address exactly as shown above.");
  await fill(hers, ana.email, "Wrong-horse-7");
  await expect(question(hers).getByLabel("Your password")).toHaveAccessibleDescription("This isn't your password.");
  await fill(hers, ana.email, PASSWORD);
  await expect(hers).toHaveURL(/\/account-deleted$/);
  await expect(hers.getByRole("heading", { level: 1, name: "Your account has been deleted" })).toBeVisible();
  await expect(other).toHaveURL(/\/sign-in\?/);

  await open(page, `${account}/access-log`);
  await expect(page.getByText("deleted their account").first()).toBeVisible();
  await expect(page.getByText(nameOf(ana))).toHaveCount(0);
  await open(page, `${account}/members`);
  await expect(page.getByText(ana.email)).toHaveCount(0);
  await expect(async () => {
    const letters: { to: string; subject: string }[] = await (await page.request.get(`/outbox.json?token=${OUTBOX_TOKEN}`)).json();
    expect(letters.some(({ to, subject }) => to === ana.email && subject === "Your account has been deleted")).toBe(true);
  }).toPass({ intervals: [50], timeout: 10_000 });
});

test("an owner is led to what they own", async ({ page }) => {
  const account = await found(page.request, person("Thandi", "Dlamini"));
  await open(page, "/delete-account");
  await expect(page).toHaveURL(`${account}/settings#delete-account`);
  await expect(deletion(page).getByRole("button")).toHaveCount(0);
  await deletion(page).getByRole("link", { name: "Northwind Retail" }).click();
  await expect(page).toHaveURL(`${account}/organisation#danger-zone`);
  await expect(page.getByRole("region", { name: "Danger zone" })).toBeVisible();
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("data is exported, and the account deleted", async ({ page, newPage, watch }) => {
    watch.expects(401, 422);
    const ana: Person = person("Ana", "Ruiz");
    const account = await found(page.request, person("Thandi", "Dlamini"));
    const hers = await newPage({ javaScriptEnabled: false });
    await join(page.request, hers.request, account, ana, "viewer");
    await hers.goto(`${account}/settings`);
    await exportSection(hers).getByRole("button", { name: "Prepare export" }).click();
    await expect(async () => {
      await hers.goto(`${account}/settings`);
      await expect(exportSection(hers).getByRole("link", { name: "Download" })).toBeVisible({ timeout: 100 });
    }).toPass({ intervals: [50], timeout: 10_000 });
    expect((await download(hers))["profile"]).toHaveLength(1);

    await deletion(hers).getByRole("button", { name: "Delete account" }).first().click();
    await fill(hers, "ana@elsewhere.example", PASSWORD);
    await expect(question(hers).getByLabel("Your e-mail address")).toHaveValue("ana@elsewhere.example");
    await fill(hers, ana.email, PASSWORD);
    await expect(hers).toHaveURL(/\/account-deleted$/);
    await hers.goto(`${account}/settings`);
    await expect(hers).toHaveURL(/\/sign-in/);
  });
});
