import type { Page } from "@playwright/test";
import { addContact, call, currentRole, found, idOf, join, person } from "./support/people.ts";
import { expect, open, test } from "./support/test.ts";

/** The explorer's address of somebody whose drawer has this address. */
const explained = (drawer: string): string => drawer.replace("/members/", "/access/");

async function accountBelow(page: Page, account: string, name: string): Promise<string> {
  const response = await call(page.request, "create_account", { account: idOf(account), "form[name]": name });
  expect(response.status()).toBe(200);
  const tree = await (await call(page.request, "list_accounts", { account: idOf(account), name })).json();
  return `/accounts/${tree.rows[0].id}`;
}

test("who can see personal details, and by which way", async ({ page, newPage }) => {
  const account = await found(page.request, person("Thandi", "Dlamini"));
  await join(page.request, (await newPage()).request, account, person("Ana", "Ruiz"), "member");
  await join(page.request, (await newPage()).request, account, person("Ben", "Okafor"), "viewer");
  const below = await accountBelow(page, account, "Cape Town");
  await open(page, account);
  await page.getByRole("navigation", { name: "Pages", exact: true }).getByRole("link", { name: "Access explorer" }).click();
  await expect(page.getByRole("combobox", { name: "Permission" })).toHaveValue("contact.read.pii");
  await expect(page.getByText("2 people can do this in Northwind Retail.")).toBeVisible();
  await expect(page.getByRole("row").filter({ hasText: "Thandi Dlamini" })).toContainText("Owner of the organisation");
  await expect(page.getByRole("row").filter({ hasText: "Ana Ruiz" })).toContainText("Role Member in Northwind Retail");
  await expect(page.getByRole("row").filter({ hasText: "Ben Okafor" })).toHaveCount(0);
  await page.getByRole("combobox", { name: "Permission" }).selectOption("Contacts: Read basics");
  await page.getByRole("button", { name: "Show", exact: true }).click();
  await expect(page.getByText("3 people can do this in Northwind Retail.")).toBeVisible();
  await expect(page.getByRole("row").filter({ hasText: "Ben Okafor" })).toContainText("Role Viewer in Northwind Retail");

  await open(page, `${below}/access`);
  await expect(page.getByRole("row").filter({ hasText: "Ana Ruiz" })).toContainText("Role Member in Northwind Retail, inherited");
  await open(page, `${below}/members?status=above`);
  await expect(page.getByRole("row").filter({ hasText: "Ana Ruiz" }).getByRole("cell", { name: "Northwind Retail", exact: true })).toBeVisible();
});

test("why somebody can do it, and what another role would change", async ({ page, newPage }) => {
  const account = await found(page.request, person("Thandi", "Dlamini"));
  const drawer = await join(page.request, (await newPage()).request, account, person("Ana", "Ruiz"), "member");
  await open(page, drawer);
  await page.getByRole("link", { name: "View effective access" }).click();
  const dialog = page.getByRole("dialog", { name: "Effective access" });
  await expect(dialog.getByRole("heading", { name: "What Ana Ruiz can do in Northwind Retail" })).toBeVisible();
  await expect(dialog.getByRole("row").filter({ hasText: "Read personal details" })).toContainText("Role Member in Northwind Retail");
  await expect(dialog.getByText("None of Ana's roles include it.").first()).toBeVisible();
  await dialog.getByRole("combobox", { name: "Another role" }).selectOption("Viewer");
  await dialog.getByRole("button", { name: "Show" }).click();
  await expect(dialog.getByText(/^Lost: .*Contacts: Read personal details/)).toBeVisible();
  await expect(dialog.getByText(/^Gained: .*Roles: Read/)).toBeVisible();
  await dialog.getByRole("link", { name: "Assign it in the member's details" }).click();
  await expect(currentRole(page)).toContainText("Member");
});

test("what is not used is taken away, and what is used stays", async ({ page, newPage }) => {
  const account = await found(page.request, person("Thandi", "Dlamini"));
  const ana = await newPage();
  const drawer = await join(page.request, ana.request, account, person("Ana", "Ruiz"), "member");
  await addContact(ana.request, account, "Bongani Nkosi");
  await open(page, explained(drawer));
  const dialog = page.getByRole("dialog", { name: "Effective access" });
  const unused = dialog.getByRole("region", { name: "Not used in 90 days" });
  await expect(unused).toContainText("Page views aren't counted, only changes and reads of personal details.");
  await expect(unused).toContainText("Ana joined");
  await expect(unused.getByRole("listitem").filter({ hasText: "Campaigns: Send" })).toBeVisible();
  await expect(unused.getByRole("listitem").filter({ hasText: "Contacts: Create" })).toHaveCount(0);
  await unused.getByRole("button", { name: "Remove these" }).click();
  const question = page.getByRole("dialog", { name: "Remove these from Ana Ruiz?" });
  await expect(question).toContainText("Campaigns: Send");
  await expect(question).not.toContainText("Contacts: Create");
  await question.getByRole("button", { name: "Remove" }).click();
  await expect(unused).toContainText("No unused permissions.");
  await expect(dialog.getByRole("row").filter({ hasText: /^Send/ }).first()).toContainText("No");
  expect((await call(ana.request, "create_contact", { account: idOf(account), "form[name]": "Zola Mbeki", "form[email]": "zola@example.com" })).status()).toBe(200);
});

test("what nobody used leads to those who hold it", async ({ page, newPage }) => {
  const account = await found(page.request, person("Thandi", "Dlamini"));
  await join(page.request, (await newPage()).request, account, person("Ana", "Ruiz"), "member");
  await open(page, `${account}/access`);
  const idle = page.getByRole("region", { name: "Not used by anyone in 90 days" });
  await expect(idle).toContainText("In Northwind Retail and its sub-accounts.");
  await idle.getByRole("link", { name: "Campaigns: Send" }).click();
  await expect(page.getByRole("combobox", { name: "Permission" })).toHaveValue("campaign.send");
  await expect(page.getByText("2 people can do this in Northwind Retail.")).toBeVisible();
  await page.getByRole("row").filter({ hasText: "Ana Ruiz" }).getByRole("link").click();
  const dialog = page.getByRole("dialog", { name: "Effective access" });
  await expect(dialog.getByRole("button", { name: "Remove these" })).toBeVisible();
});

test("members by account, sorted by name and by role", async ({ page, newPage }) => {
  const account = await found(page.request, person("Thandi", "Dlamini"));
  const below = await accountBelow(page, account, "Cape Town");
  await join(page.request, (await newPage()).request, account, person("Zola", "Mbeki"), "admin");
  await join(page.request, (await newPage()).request, below, person("Ana", "Ruiz"), "viewer");
  await open(page, `${account}/members`);
  const rows = page.getByRole("table").getByRole("row");
  await page.getByRole("columnheader", { name: "Person" }).getByRole("link").click();
  await expect(rows.nth(1)).toContainText("Ana Ruiz");
  await expect(rows.nth(3)).toContainText("Zola Mbeki");
  await page.getByRole("columnheader", { name: "Role" }).getByRole("link").click();
  await expect(rows.nth(1)).toContainText("Thandi Dlamini");
  await expect(rows.nth(2)).toContainText("Zola Mbeki");
  await page.getByRole("button", { name: "Filter" }).click();
  await page.getByRole("combobox", { name: "Account" }).selectOption("Cape Town");
  await page.getByRole("button", { name: "Apply" }).click();
  await expect(page.getByText("1 to 1 of 1")).toBeVisible();
  await expect(page).toHaveURL(/sort=role/);
  await page.getByRole("link", { name: "Remove filter Account: Cape Town" }).click();
  await expect(page.getByText("1 to 3 of 3")).toBeVisible();
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("the explorer asks, and members are sorted", async ({ page, newPage }) => {
    const account = await found(page.request, person("Thandi", "Dlamini"));
    const drawer = await join(page.request, (await newPage()).request, account, person("Ana", "Ruiz"), "viewer");
    await page.goto(`${account}/access`);
    await page.getByRole("combobox", { name: "Permission" }).selectOption("Contacts: Read basics");
    await page.getByRole("button", { name: "Show", exact: true }).click();
    await expect(page.getByText("2 people can do this in Northwind Retail.")).toBeVisible();
    await page.goto(explained(drawer));
    await page.getByRole("combobox", { name: "Another role" }).selectOption("Member");
    await page.getByRole("dialog").getByRole("button", { name: "Show" }).click();
    await expect(page.getByText(/^Gained: /)).toBeVisible();
    await page.goto(`${account}/members`);
    await page.getByRole("columnheader", { name: "Person" }).getByRole("link").click();
    await expect(page.getByRole("table").getByRole("row").nth(1)).toContainText("Ana Ruiz");
  });
});
