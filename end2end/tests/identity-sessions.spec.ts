import type { Locator, Page } from "@playwright/test";
import { OUTBOX_TOKEN } from "./support/outbox.ts";
import { PASSWORD, call, found, idOf, person, signIn, succeed } from "./support/people.ts";
import { ageProofs } from "./support/proofs.ts";
import { expect, open, test } from "./support/test.ts";

const sessions = (page: Page): Locator => page.getByRole("region", { name: "Sessions" });
const others = (page: Page): Locator => sessions(page).getByRole("row").filter({ has: page.getByRole("button", { name: "Sign out", exact: true }) });

test("the other browser's session is closed, and its page says so", async ({ page, newPage, watch }) => {
  watch.expects(401);
  const thandi = person("Thandi", "Dlamini");
  const account = await found(page.request, thandi);
  const other = await newPage();
  await signIn(other.request, thandi);
  await open(other, `${account}/contacts`);
  await open(page, `${account}/settings`);
  await expect(sessions(page).getByRole("row").filter({ hasText: "This device" })).toContainText("Chrome on Linux");
  await expect(others(page)).toHaveCount(1);
  await others(page).getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("status").getByText("That device has been signed out.")).toBeVisible();
  await expect(others(page)).toHaveCount(0);
  await other.waitForURL(/\/sign-in\?then=/);
  await expect(other.getByText("You've been signed out.")).toBeVisible();
  expect((await call(other.request, "get_profile")).status()).toBe(401);
});

test("everywhere else at once: asked for, and done", async ({ page, newPage, watch }) => {
  watch.expects(401);
  const thandi = person("Thandi", "Dlamini");
  const account = await found(page.request, thandi);
  const phones = [await newPage(), await newPage()];
  for (const phone of phones) {
    await signIn(phone.request, thandi);
    await open(phone, account);
  }
  await open(page, `${account}/settings`);
  await expect(others(page)).toHaveCount(2);
  await sessions(page).getByRole("button", { name: "Sign out everywhere else" }).first().click();
  const question = page.getByRole("dialog", { name: "Sign out everywhere else?" });
  await question.getByRole("button", { name: "Sign out everywhere else" }).click();
  await expect(question).toBeHidden();
  await expect(others(page)).toHaveCount(0);
  for (const phone of phones) await phone.waitForURL(/\/sign-in\?then=/);
});

test("a new kind of browser is told by letter", async ({ page, newPage }) => {
  const thandi = person("Thandi", "Dlamini");
  await found(page.request, thandi);
  const phone = await newPage({ userAgent: "Mozilla/5.0 (Android 15; Mobile; rv:142.0) Gecko/142.0 Firefox/142.0" });
  await signIn(phone.request, thandi);
  await expect(async () => {
    const letters: { to: string; text: string }[] = await (await page.request.get(`/outbox.json?token=${OUTBOX_TOKEN}`)).json();
    const told = letters.filter(({ to, text }) => to === thandi.email && text.includes("/sessions")).map(({ text }) => text);
    expect(told).toEqual([expect.stringContaining("Firefox on Android")]);
  }).toPass({ intervals: [50], timeout: 10_000 });
});

test("confirm it's you: what was typed goes on", async ({ page, newPage, watch, baseURL }) => {
  watch.expects(403, 422);
  const thandi = person("Thandi", "Dlamini");
  const account = await found(page.request, thandi);
  const elsewhere = (await newPage()).request;
  await open(page, `${account}/api-keys/new`);
  await page.getByLabel("Name").fill("Web shop");
  await ageProofs(thandi, elsewhere, baseURL);
  await page.getByRole("button", { name: "Create key" }).click();
  const dialog = page.getByRole("dialog", { name: "Confirm it's you" });
  await expect(dialog).toContainText("Confirm it's you to create an API key secret.");
  await dialog.getByLabel("Your password").fill("Wrong-horse-7");
  await dialog.getByRole("button", { name: "Confirm", exact: true }).click();
  await expect(dialog.getByLabel("Your password")).toHaveAccessibleDescription("This isn't your password.");
  await dialog.getByLabel("Your password").fill(PASSWORD);
  await dialog.getByRole("button", { name: "Confirm", exact: true }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText("Web shop").first()).toBeVisible();
  await expect(page.locator("code").getByText(/^tnt_/)).toBeVisible();
});

test("several points of the policy ask once, and nothing is saved without", async ({ page, newPage, watch, baseURL }) => {
  watch.expects(403);
  const thandi = person("Thandi", "Dlamini");
  const account = await found(page.request, thandi);
  await open(page, `${account}/policy`);
  await ageProofs(thandi, (await newPage()).request, baseURL);
  const days = page.getByLabel("How long invitations stay open");
  const dialog = page.getByRole("dialog", { name: "Confirm it's you" });
  await days.selectOption("14 days");
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "Confirm it's you to change the policy." })).toBeVisible();
  const { policy } = await (await succeed(page.request, "get_policy", { account: idOf(account) })).json();
  expect(policy.invitation_days).toBe(7);
  await days.selectOption("3 days");
  await dialog.getByLabel("Your password").fill(PASSWORD);
  await dialog.getByLabel("Your password").press("Enter");
  await expect(page.getByRole("status").getByText("Policy saved.")).toBeVisible();
  await page.getByLabel("Account nesting depth").selectOption("2 levels");
  await expect(async () => {
    const { policy } = await (await succeed(page.request, "get_policy", { account: idOf(account) })).json();
    expect([policy.invitation_days, policy.depth]).toEqual([3, 2]);
  }).toPass();
  await expect(dialog).toBeHidden();
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("the other browser's session is closed", async ({ page, newPage, watch }) => {
    watch.expects(401);
    const thandi = person("Thandi", "Dlamini");
    const account = await found(page.request, thandi);
    const other = await newPage();
    await signIn(other.request, thandi);
    await page.goto(`${account}/settings`);
    await others(page).getByRole("button", { name: "Sign out" }).click();
    await expect(others(page)).toHaveCount(0);
    expect((await call(other.request, "get_profile")).status()).toBe(401);
    await expect(page).toHaveURL(new RegExp(`${account}/settings`));
  });

  test("confirm it's you: what was typed goes on", async ({ page, newPage, watch, baseURL }) => {
    watch.expects(403, 422);
    const thandi = person("Thandi", "Dlamini");
    const account = await found(page.request, thandi);
    await page.goto(`${account}/api-keys/new`);
    await page.getByLabel("Name").fill("Web shop");
    await ageProofs(thandi, (await newPage()).request, baseURL);
    await page.getByRole("button", { name: "Create key" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Confirm it's you" })).toBeVisible();
    await page.getByLabel("Your password").fill("Wrong-horse-7");
    await page.getByRole("button", { name: "Confirm", exact: true }).click();
    await expect(page.getByLabel("Your password")).toHaveAccessibleDescription("This isn't your password.");
    await page.getByLabel("Your password").fill(PASSWORD);
    await page.getByRole("button", { name: "Confirm", exact: true }).click();
    await expect(page.getByText("Web shop").first()).toBeVisible();
    await expect(page.locator("code").getByText(/^tnt_/)).toBeVisible();
  });
});
