import type { Page } from "@playwright/test";
import { PASSWORD, call, found, idOf, join, person, type Person } from "./support/people.ts";
import { expect, open, ready, test } from "./support/test.ts";
import { codeOf } from "./support/totp.ts";

/** Sets up a second factor on its page; gives the key in the app and the recovery codes. */
async function setUp(page: Page): Promise<{ key: string; codes: string[] }> {
  await open(page, "/second-factor");
  await page.getByLabel("Your password").fill(PASSWORD);
  await page.getByRole("button", { name: "Set up" }).click();
  await expect(page.getByRole("img", { name: "The key as a QR code" })).toBeVisible();
  const key = await page.getByText(/^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$/).innerText();
  const codes = await page.getByRole("list", { name: "Recovery codes" }).getByRole("listitem").allInnerTexts();
  expect(codes).toHaveLength(10);
  await page.getByRole("textbox", { name: "Code" }).fill(codeOf(key));
  await page.getByRole("button", { name: "Switch it on" }).click();
  await expect(page.getByText("Your second factor is set up.")).toBeVisible();
  await expect(page.getByText("10 recovery codes are left")).toBeVisible();
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
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL("**/sign-in/code");
  await ready(page);
}

async function typeCode(page: Page, code: string): Promise<void> {
  await page.getByRole("textbox", { name: "Code" }).fill(code);
  await page.getByRole("button", { name: "Sign in" }).click();
}

test("signing in with a code, and without the phone", async ({ page, watch }) => {
  // What an open page asks for in the moment of signing out is refused.
  watch.expects(401, 422);
  const thandi = person("Thandi", "Dlamini");
  const account = await found(page.request, thandi);
  const { key, codes } = await setUp(page);
  await comeBack(page, account, thandi);
  await typeCode(page, "000000");
  await expect(page.getByText(/^This code is not right/)).toBeVisible();
  await typeCode(page, codeOf(key, 1));
  await page.waitForURL(`**${account}`);
  await comeBack(page, account, thandi);
  await typeCode(page, codes[0] ?? "");
  await page.waitForURL(`**${account}`);
  await open(page, "/second-factor");
  await expect(page.getByText("9 recovery codes are left")).toBeVisible();
  const away = page.locator("section").filter({ hasText: "From then on the password alone signs you in." });
  await away.getByLabel("Your password").fill(PASSWORD);
  await away.getByRole("button", { name: "Take it away" }).click();
  await expect(away.getByText("Enter the code that your app shows, or a recovery code.")).toBeVisible();
  await away.getByLabel("Current code").fill(codes[1] ?? "");
  await away.getByRole("button", { name: "Take it away" }).click();
  await expect(page.getByText(/^Your second factor is gone/)).toBeVisible();
  await expect(page.getByRole("button", { name: "Set up", exact: true })).toBeVisible();
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
  const rule = page.locator("form").filter({ has: page.getByRole("combobox", { name: "Second factor" }) });
  await expect(rule.getByText("2 people have none.")).toBeVisible();
  await rule.getByRole("combobox").selectOption("Required, with 14 days to set it up");
  await rule.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText(/^Required from/)).toBeVisible();
  await expect(hers.getByRole("link", { name: "Set it up now" })).toBeVisible();
  await rule.getByRole("combobox").selectOption("Required at once");
  await rule.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText(/^It would keep you out/)).toBeVisible();

  await setUp(page);
  await open(page, `${account}/policy`);
  await rule.getByRole("combobox").selectOption("Required at once");
  await rule.getByRole("button", { name: "Save" }).click();
  await expect(rule.getByText("1 person has none.")).toBeVisible();
  await expect(hers.getByRole("heading", { name: "A second factor is required" })).toBeVisible();
  expect((await call(hers.request, "list_roles", { account: idOf(account) })).status()).toBe(403);

  await rule.getByRole("link", { name: "See who" }).click();
  const rows = page.getByRole("row").filter({ hasText: "@" });
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText("Ana Ruiz");
  await hers.getByRole("link", { name: "Set up a second factor" }).click();
  await ready(hers);
  await setUp(hers);
  // The list of those without one empties by itself.
  await expect(page.getByText("Nobody matches.")).toBeVisible();
  await open(hers, `${account}/contacts`);
  await expect(hers.getByRole("heading", { name: "Contacts" })).toBeVisible();
  await open(page, `${account}/members?second_factor=with`);
  await expect(rows).toHaveCount(2);
});
