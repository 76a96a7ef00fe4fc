import type { Page } from "@playwright/test";
import { PASSWORD, accept, call, found, idOf, invite, join, linkTo, nameOf, person, succeed } from "./support/people.ts";
import { expect, open, test } from "./support/test.ts";

test("a link is copied in place of the letter's, and lets its reader in without confirming the address", async ({ page, context, newPage, watch }) => {
  watch.expects(404);
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const account = await found(page.request, person("Thandi", "Dlamini"));
  const ana = person("Ana", "Ruiz");
  const letter = await invite(page.request, account, ana.email, "viewer");
  await open(page, `${account}/members?status=pending`);
  await expect(page.getByRole("listitem").filter({ hasText: ana.email })).toContainText(/Sent (just now|\d+ min ago)/);
  await page.getByRole("button", { name: `Copy link for ${ana.email}` }).click();
  const dialog = page.getByRole("dialog", { name: `New link for ${ana.email}` });
  await expect(dialog).toContainText("Earlier links, such as the one in their e-mail, stop working.");
  await dialog.getByRole("button", { name: "Create link" }).click();
  const link = await dialog.getByLabel("New link").inputValue();
  expect(link).toContain("/invitations/");
  await expect(async () => expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(link)).toPass({ intervals: [50], timeout: 5_000 });
  await dialog.getByRole("button", { name: "Close" }).click();
  await expect(dialog).toBeHidden();

  const hers = await newPage();
  await open(hers, letter);
  await expect(hers.getByRole("heading", { name: "This link doesn't work" })).toBeVisible();
  await open(hers, new URL(link).pathname);
  await hers.getByLabel("First name").fill(ana.firstName);
  await hers.getByLabel("Last name").fill(ana.lastName);
  await hers.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await hers.getByRole("button", { name: "Accept invitation" }).click();
  await hers.waitForURL(`**${account}`);
  const profile = await (await succeed(hers.request, "get_profile")).json();
  expect(profile.confirmed).toBe(false);
  await open(page, `${account}/members`);
  await expect(page.getByRole("link", { name: nameOf(ana) }).first()).toBeVisible();
});

test("a copied link does not say whether its address has a login", async ({ page, newPage, watch }) => {
  watch.expects(401);
  const account = await found(page.request, person("Thandi", "Dlamini"));
  const ben = person("Ben", "Okafor");
  const bens = await newPage();
  await found(bens.request, ben, "Okafor Foods");
  const seen: string[] = [];
  for (const { email } of [person("Ana", "Ruiz"), ben]) {
    await invite(page.request, account, email, "viewer");
    await open(page, `${account}/members?status=pending&search=${encodeURIComponent(email)}`);
    await page.getByRole("button", { name: `Copy link for ${email}` }).click();
    const dialog = page.getByRole("dialog", { name: `New link for ${email}` });
    await dialog.getByRole("button", { name: "Create link" }).click();
    const visitor = await newPage();
    await open(visitor, new URL(await dialog.getByLabel("New link").inputValue()).pathname);
    seen.push((await visitor.locator("body").innerText()).replaceAll(email, "…"));
    await visitor.getByLabel("Existing password").fill("Wrong-horse-7");
    await visitor.getByRole("button", { name: "Join with this login" }).click();
    await expect(visitor.getByRole("alert")).toHaveText("Wrong e-mail or password.");
    if (email === ben.email) {
      await visitor.getByLabel("Existing password").fill(PASSWORD);
      await visitor.getByRole("button", { name: "Join with this login" }).click();
      await visitor.waitForURL(`**${account}`);
    }
  }
  expect(seen[1]).toBe(seen[0]);
});

test("no link is copied where the policy names domains", async ({ page, watch }) => {
  watch.expects(409);
  const account = await found(page.request, person("Thandi", "Dlamini"));
  const ana = person("Ana", "Ruiz");
  await invite(page.request, account, ana.email, "viewer");
  await call(page.request, "update_policy", { account: idOf(account), "form[domains]": "northwind.example" });
  await open(page, `${account}/members?status=pending`);
  await page.getByRole("button", { name: `Copy link for ${ana.email}` }).click();
  const dialog = page.getByRole("dialog", { name: `New link for ${ana.email}` });
  await dialog.getByRole("button", { name: "Create link" }).click();
  await expect(dialog.getByRole("alert")).toContainText("the link has to go by e-mail");
});

/** Invites with a custom role that has one permission, from the form that is open. */
async function inviteAsCustom(page: Page, email: string): Promise<void> {
  const form = page.getByRole("dialog", { name: "Invite people" });
  const basics = form.getByRole("checkbox", { name: "Contacts: Read basics" });
  await form.getByLabel("E-mail addresses").fill(email);
  await form.getByRole("radio", { name: /^Viewer/ }).check();
  await expect(basics).toBeHidden();
  await form.getByRole("radio", { name: /^Custom/ }).check();
  await basics.check();
  await form.getByRole("button", { name: "Send invitations" }).click();
  await expect(form.getByRole("status").filter({ hasText: "1 invitation sent." })).toBeVisible();
}

test("somebody is invited with permissions of their own", async ({ page, newPage }) => {
  const account = await found(page.request, person("Thandi", "Dlamini"));
  const ana = person("Ana", "Ruiz");
  await open(page, `${account}/members/invite`);
  await inviteAsCustom(page, ana.email);
  await open(page, `${account}/members?status=pending`);
  const role = page.getByLabel(`Role for ${ana.email}`);
  await expect(role.locator("option:checked")).toHaveText("Custom, 1 permission");

  const hers = await newPage();
  await accept(hers.request, await linkTo(page.request, ana.email, "invitations"), ana);
  await open(hers, `${account}/contacts`);
  await expect(hers.getByRole("heading", { name: "Contacts" })).toBeVisible();
  const standing = await (await succeed(hers.request, "get_standing", { account: idOf(account) })).json();
  expect(standing.permissions).toBe("contact.read.basic");
});

test("a parent checks what is below it, and somebody without permissions is told whom to ask", async ({ page, newPage }) => {
  const thandi = person("Thandi", "Dlamini");
  const account = await found(page.request, thandi);
  await open(page, `${account}/members/invite`);
  const form = page.getByRole("dialog", { name: "Invite people" });
  await form.getByRole("radio", { name: /^Custom/ }).check();
  const whole = form.getByRole("checkbox", { name: "Campaigns: all permissions" });
  await whole.check();
  await expect(form.getByRole("checkbox", { name: "Campaigns: Send" })).toBeChecked();
  await form.getByRole("checkbox", { name: "Campaigns: Send" }).uncheck();
  await expect(whole).not.toBeChecked();

  const hers = await newPage();
  await join(page.request, hers.request, account, person("Ana", "Ruiz"), "custom");
  await open(hers, account);
  await expect(hers.getByText(`You don't have any permissions in this account yet. Ask ${nameOf(thandi)} for access.`)).toBeVisible();
});

test.describe("without the page's code", () => {
  test.use({ javaScriptEnabled: false });

  test("the permissions of a custom role are checkboxes", async ({ page }) => {
    const account = await found(page.request, person("Thandi", "Dlamini"));
    const ana = person("Ana", "Ruiz");
    await page.goto(`${account}/members/invite`);
    await inviteAsCustom(page, ana.email);
    await page.goto(`${account}/members?status=pending`);
    await expect(page.getByLabel(`Role for ${ana.email}`).locator("option:checked")).toHaveText("Custom, 1 permission");
  });
});
