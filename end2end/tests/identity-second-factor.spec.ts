import type { Locator, Page } from "@playwright/test";
import { readFileSync } from "node:fs";
import { PASSWORD, call, found, idOf, join, person, type Person } from "./support/people.ts";
import { expect, open, ready, test } from "./support/test.ts";
import { codeOf } from "./support/totp.ts";

/** Sets up a second factor on its page; gives the key in the app and the recovery codes. */
async function setUp(page: Page): Promise<{ key: string; codes: string[] }> {
  const { key, codes } = await begin(page);
  await page.getByRole("textbox", { name: "Code", exact: true }).fill(codeOf(key));
  await page.getByRole("button", { name: "Turn on" }).click();
  await expect(page.getByText("Authenticator app set up.")).toBeVisible();
  return { key, codes };
}

/** Opens what is one's own: a section of the settings, or a page for somebody who can enter no account. */
function section(page: Page): Locator {
  return page.getByRole("region", { name: "Authenticator app" }).or(page.getByRole("main").filter({ has: page.getByRole("heading", { level: 1, name: "Authenticator app" }) }));
}

/** The first step, after which the key and the codes are shown. */
async function begin(page: Page): Promise<{ key: string; codes: string[] }> {
  await open(page, "/second-factor");
  await page.getByRole("button", { name: "Set up" }).click();
  await expect(page.getByRole("img", { name: "QR code for your authenticator app" })).toBeVisible();
  const key = await page.getByText(/^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$/).innerText();
  const codes = await page.getByRole("list", { name: "Recovery codes" }).getByRole("listitem").allInnerTexts();
  expect(codes).toHaveLength(10);
  return { key, codes };
}

/** Signs out, and shows the password. */
async function comeBack(page: Page, account: string, who: Person): Promise<void> {
  await open(page, account);
  await page.getByRole("button", { name: "My menu" }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.waitForURL("**/sign-in");
  await ready(page);
  await page.getByLabel("E-mail").fill(who.email);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.waitForURL("**/sign-in/code");
  await ready(page);
}

async function typeCode(page: Page, code: string): Promise<void> {
  await page.getByRole("textbox", { name: "Code" }).fill(code);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

test("signing in with a code, and without the phone", async ({ page, watch }) => {
  // What an open page asks for in the moment of signing out is refused.
  watch.expects(401, 422);
  const thandi = person("Thandi", "Dlamini");
  const account = await found(page.request, thandi);
  const { key, codes } = await setUp(page);
  await comeBack(page, account, thandi);
  await typeCode(page, "000000");
  await expect(page.getByText(/^This code is wrong/)).toBeVisible();
  await typeCode(page, codeOf(key, 1));
  await page.waitForURL(`**${account}`);
  await comeBack(page, account, thandi);
  await typeCode(page, codes[0] ?? "");
  await page.waitForURL(`**${account}`);
  await open(page, `${account}/settings`);
  const recovery = page.getByRole("region", { name: "Recovery codes" });
  await expect(recovery.getByText("You have 9 recovery codes left.")).toBeVisible();
  await recovery.getByText("Get new codes").first().click();
  await recovery.getByRole("textbox", { name: "Current code" }).fill(codes[1] ?? "");
  await recovery.getByRole("button", { name: "Get new codes" }).click();
  await expect(page.getByText("Recovery codes replaced.")).toBeVisible();
  await expect(recovery.getByText("You have 10 recovery codes left.")).toBeVisible();
  const replaced = await recovery.getByRole("list", { name: "Recovery codes" }).getByRole("listitem").allInnerTexts();
  expect(replaced).toHaveLength(10);
  expect(replaced.filter((code) => codes.includes(code))).toEqual([]);
  const away = section(page).locator("section").filter({ hasText: "You'll then sign in with your password alone." });
  await away.getByRole("button", { name: "Remove app" }).click();
  await expect(away.getByText("Enter the code from your app or text message, or a recovery code.")).toBeVisible();
  await away.getByLabel("Current code").fill(replaced[0] ?? "");
  await away.getByRole("button", { name: "Remove app" }).click();
  await expect(page.getByText("Authenticator app removed.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Set up", exact: true })).toBeVisible();
});

test("recovery codes are copied, downloaded and printed", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.addInitScript(() => { window.print = () => document.documentElement.setAttribute("data-printed", ""); });
  await found(page.request, person("Thandi", "Dlamini"));
  const { codes } = await begin(page);
  await page.getByRole("button", { name: "Copy codes" }).click();
  await expect(page.getByText("Copied.")).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(codes.join("\n"));
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download codes" }).click();
  const file = await download;
  expect(file.suggestedFilename()).toBe("tenantry-recovery-codes.txt");
  expect(readFileSync(await file.path(), "utf8")).toBe(`${codes.join("\n")}\n`);
  await page.getByRole("button", { name: "Print codes" }).click();
  await expect(page.locator("html[data-printed]")).toBeAttached();
  // On paper stand the codes, without what surrounds the page.
  await page.emulateMedia({ media: "print" });
  await expect(page.getByRole("list", { name: "Recovery codes" })).toBeVisible();
  await expect(page.getByRole("navigation", { name: "Pages", exact: true })).toBeHidden();
  await expect(page.getByRole("button", { name: "My menu" })).toBeHidden();
  await expect(page.getByRole("button", { name: "Copy codes" })).toBeHidden();
});

test("the organisation requires one", async ({ page, newPage, watch }) => {
  watch.expects(403, 422);
  const account = await found(page.request, person("Thandi", "Dlamini"));
  const hers = await newPage();
  const ana = person("Ana", "Ruiz");
  await join(page.request, hers.request, account, ana, "member");
  await open(hers, `${account}/contacts`);
  await expect(hers.getByRole("heading", { name: "Contacts" })).toBeVisible();

  await open(page, `${account}/policy`);
  const rule = page.locator("form").filter({ has: page.getByRole("combobox", { name: "Two-factor authentication" }) });
  await expect(rule.getByText("2 people haven't set it up.")).toBeVisible();
  await rule.getByRole("combobox").selectOption("Required, with 14 days to set it up");
  await expect(page.getByText(/^Required from/)).toBeVisible();
  await expect(hers.getByRole("link", { name: "Set it up now" })).toBeVisible();
  await rule.getByRole("combobox").selectOption("Required immediately");
  await expect(page.getByText(/^This would lock you out/)).toBeVisible();

  await setUp(page);
  await open(page, `${account}/policy`);
  await rule.getByRole("combobox").selectOption("Required immediately");
  await expect(rule.getByText("1 person hasn't set it up.")).toBeVisible();
  await expect(hers.getByRole("heading", { name: "Two-factor authentication required" })).toBeVisible();
  expect((await call(hers.request, "list_roles", { account: idOf(account) })).status()).toBe(403);

  await rule.getByRole("link", { name: "See who" }).click();
  const rows = page.getByRole("row").filter({ hasText: "@" });
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText("Ana Ruiz");
  await hers.getByRole("link", { name: "Set up two-factor authentication" }).click();
  await ready(hers);
  await setUp(hers);
  // The list of those without one empties by itself.
  await expect(page.getByText("No members match.")).toBeVisible();
  await open(hers, `${account}/contacts`);
  await expect(hers.getByRole("heading", { name: "Contacts" })).toBeVisible();
  await open(page, `${account}/members?second_factor=with`);
  await expect(rows).toHaveCount(2);
});
