import type { Locator, Page } from "@playwright/test";
import { addContact, call, contactsBy, found, idOf, join, makeKey, person, succeed } from "./support/people.ts";
import { expect, open, test } from "./support/test.ts";

/** The secret that the page shows. */
async function told(page: Page): Promise<string> {
  const region = page.getByRole("status", { name: "New secret" });
  await expect(region).toContainText("you won't be able to see it again");
  return (await region.getByText(/^tnt_/).innerText()).trim();
}

/** Goes on to the key, whose secret nobody copied. */
async function viewKey(page: Page): Promise<void> {
  await page.getByRole("link", { name: "View key" }).click();
  await page.getByRole("dialog", { name: "Close without saving the secret?" }).getByRole("button", { name: "Close anyway" }).click();
}

/** How many permissions there are: each has a switch. */
async function permissionsIn(form: Locator): Promise<number> {
  const switches = form.getByRole("switch");
  await expect(switches.first()).toBeVisible();
  return switches.count();
}

test("a key is made narrow, used, changed while it is in use, and revoked", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const account = await found(page.request, person("Thandi", "Dlamini"));
  await addContact(page.request, account, "Bongani Nkosi");
  await open(page, account);
  await page.getByRole("navigation", { name: "Pages", exact: true }).getByRole("link", { name: "API keys" }).click();
  await expect(page.getByText("No API keys yet.")).toBeVisible();
  await page.getByRole("link", { name: "New key" }).click();
  const form = page.getByRole("dialog", { name: "New API key" });
  const permissions = await permissionsIn(form);
  await expect(form.getByText(`Starts with all ${permissions} of your permissions.`)).toBeVisible();
  await form.getByRole("button", { name: "Create key" }).click();
  await expect(form.getByLabel("Name")).toHaveAccessibleDescription(/Required/);
  await form.getByLabel("Name").fill("Web shop");
  await form.getByLabel("Expires").selectOption("In 90 days");
  await form.getByLabel("Start with").selectOption("None");
  await expect(form.getByText("Starts with no permissions. Switch on what the integration needs.")).toBeVisible();
  await form.getByRole("switch", { name: "Contacts: Read basics" }).click();
  await expect(form.getByText(`Starts with 1 of your ${permissions} permissions.`)).toBeVisible();
  await form.getByRole("button", { name: "Create key" }).click();
  const secret = await told(page);
  await page.getByRole("button", { name: "Copy", exact: true }).click();
  await expect(page.getByText("Copied.")).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(secret);
  expect(await contactsBy(page.request, account, secret)).toBe(200);
  await page.getByRole("link", { name: "View key" }).click();

  const drawer = page.getByRole("dialog", { name: "API key", exact: true });
  const read = drawer.getByRole("switch", { name: "Contacts: Read basics" });
  await expect(read).toHaveAttribute("aria-checked", "true");
  await read.click();
  await expect(drawer.getByText("Web shop no longer has Contacts: Read basics.")).toBeVisible();
  expect(await contactsBy(page.request, account, secret)).toBe(403);
  await read.click();
  await expect(drawer.getByText("Web shop now has Contacts: Read basics.")).toBeVisible();
  expect(await contactsBy(page.request, account, secret)).toBe(200);

  await drawer.getByRole("button", { name: "New secret" }).click();
  const question = page.getByRole("dialog", { name: "Create a new secret for Web shop?" });
  await question.getByRole("button", { name: "Create secret" }).click();
  const second = await told(page);
  await expect(question).toBeHidden();
  expect(second).not.toBe(secret);
  expect([await contactsBy(page.request, account, secret), await contactsBy(page.request, account, second)]).toEqual([401, 200]);

  await drawer.getByRole("button", { name: "Revoke", exact: true }).click();
  await page.getByRole("dialog", { name: "Revoke Web shop?" }).getByRole("button", { name: "Revoke key" }).click();
  await expect(drawer.getByText("Revoked", { exact: true })).toBeVisible();
  await expect(drawer.getByText("This key was revoked. Ask for a new one.").first()).toBeVisible();
  expect(await contactsBy(page.request, account, second)).toBe(401);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("row").filter({ hasText: "Web shop" })).toContainText("Revoked");
  await page.getByRole("navigation", { name: "Pages", exact: true }).getByRole("link", { name: "Data access log" }).click();
  await expect(page.getByRole("row").filter({ hasText: /API key Web shop \(tnt_.{4}…\), was refused: the key is revoked/ })).toHaveCount(1);
  await expect(page.getByRole("row").filter({ hasText: "created the API key Web shop" })).toHaveCount(1);
});

test("what is taken from its creator is taken from the key, and open pages show it", async ({ page, newPage }) => {
  const account = await found(page.request, person("Thandi", "Dlamini"));
  const ana = await newPage();
  const drawer = await join(page.request, ana.request, account, person("Ana", "Ruiz"), "admin");
  const member = { account: idOf(account), member: drawer.split("/").at(-1) ?? "" };
  const { secret } = await makeKey(ana.request, account, "Nightly report", "contact.read");
  expect(await contactsBy(page.request, account, secret)).toBe(200);
  await open(page, `${account}/api-keys`);
  const row = page.getByRole("row").filter({ hasText: "Nightly report" });
  await expect(row).toContainText("Live");
  await expect(row).toContainText("Ana Ruiz");
  await call(page.request, "suspend_member", member);
  await expect(row).toContainText("Creator removed");
  expect(await contactsBy(page.request, account, secret)).toBe(403);
  await call(page.request, "restore_member", member);
  await expect(row).toContainText("Live");
  await call(page.request, "switch_permission", { ...member, path: "contact.read.pii", on: "false" });
  await row.getByRole("link", { name: "Nightly report" }).click();
  const dialog = page.getByRole("dialog", { name: "API key", exact: true });
  await expect(dialog.getByText("1 of its permissions has no effect because Ana Ruiz doesn't have it.")).toBeVisible();
  await expect(dialog.getByRole("button", { name: "New secret" })).toBeHidden();
  await call(page.request, "remove_member", member);
  expect(await contactsBy(page.request, account, secret)).toBe(403);
});

test("what was chosen stays when a key cannot be made", async ({ page, watch }) => {
  watch.expects(503, /Failed to load/);
  const account = await found(page.request, person("Thandi", "Dlamini"));
  await open(page, `${account}/api-keys/new`);
  const form = page.getByRole("dialog", { name: "New API key" });
  const permissions = await permissionsIn(form);
  await form.getByLabel("Name").fill("Web shop");
  await form.getByLabel("Start with").selectOption("None");
  await form.getByRole("switch", { name: "Contacts: Read basics" }).click();
  await page.route("**/api/create_api_key", (route) => route.fulfill({ status: 503, json: "unavailable" }));
  await form.getByRole("button", { name: "Create key" }).click();
  await expect(form.getByRole("alert")).toBeVisible();
  await expect(form.getByText(`Starts with 1 of your ${permissions} permissions.`)).toBeVisible();
  await page.unroute("**/api/create_api_key");
  await form.getByRole("button", { name: "Create key" }).click();
  await told(page);
  await expect(page.getByRole("status", { name: "New secret" })).toBeFocused();
  await viewKey(page);
  await expect(page.getByText(`Permissions 1 of ${permissions}`)).toBeVisible();
});

test("a key starts with a role, and is given another one later", async ({ page }) => {
  const account = await found(page.request, person("Thandi", "Dlamini"));
  await succeed(page.request, "create_role", { account: idOf(account), "form[name]": "Marketing manager", "form[like]": "member" });
  await open(page, `${account}/api-keys/new`);
  const form = page.getByRole("dialog", { name: "New API key" });
  await expect(form.getByLabel("Start with").locator("option:checked")).toHaveText("All my permissions");
  await form.getByLabel("Name").fill("Web shop");
  await form.getByLabel("Start with").selectOption("Viewer");
  const deleting = form.getByRole("switch", { name: "Contacts: Delete" });
  await expect(deleting).toHaveAttribute("aria-checked", "false");
  await expect(form.getByRole("switch", { name: "Contacts: Read basics" })).toHaveAttribute("aria-checked", "true");
  await deleting.click();
  await form.getByRole("button", { name: "Create key" }).click();
  await told(page);
  await viewKey(page);

  const drawer = page.getByRole("dialog", { name: "API key", exact: true });
  await expect(drawer.getByRole("switch", { name: "Contacts: Delete" })).toHaveAttribute("aria-checked", "true");
  await expect(drawer.getByRole("switch", { name: "Contacts: Create" })).toHaveAttribute("aria-checked", "false");
  await drawer.getByRole("button", { name: "Set permissions from a role" }).click();
  const question = page.getByRole("dialog", { name: "Set permissions from a role" });
  await expect(question).toContainText("Later changes to the role don't affect the key.");
  await question.getByLabel("Role").selectOption("Marketing manager");
  await question.getByRole("button", { name: "Set permissions", exact: true }).click();
  await expect(question).toBeHidden();
  await expect(page.getByText(/^Web shop now has .+, and no longer .+\.$/).first()).toBeVisible();
  await expect(drawer.getByRole("switch", { name: "Contacts: Create" })).toHaveAttribute("aria-checked", "true");
  await expect(drawer.getByRole("switch", { name: "Contacts: Delete" })).toHaveAttribute("aria-checked", "false");
  await open(page, `${account}/access-log`);
  await expect(page.getByRole("row").filter({ hasText: "changed the permissions of the API key Web shop" })).toHaveCount(1);
});

test("by the policy a new key begins with nothing", async ({ page }) => {
  const account = await found(page.request, person("Thandi", "Dlamini"));
  await call(page.request, "update_policy", { account: idOf(account), "form[new_keys]": "nothing" });
  await open(page, `${account}/api-keys/new`);
  const form = page.getByRole("dialog", { name: "New API key" });
  await expect(form.getByText("Starts with no permissions. Switch on what the integration needs.")).toBeVisible();
  await expect(form.getByLabel("Start with").locator("option:checked")).toHaveText("None");
  await form.getByLabel("Start with").selectOption("All my permissions");
  await expect(form.getByText("Most integrations need far fewer.")).toBeVisible();
});

test("which keys can, why, and what they do not use", async ({ page, newPage }) => {
  const account = await found(page.request, person("Thandi", "Dlamini"));
  const ana = await newPage();
  await join(page.request, ana.request, account, person("Ana", "Ruiz"), "admin");
  const { secret } = await makeKey(ana.request, account, "Web shop", "contact");
  await makeKey(page.request, account, "Nightly report", "campaign.read");
  expect(await contactsBy(page.request, account, secret)).toBe(200);
  await open(page, `${account}/access?permission=contact.delete`);
  await expect(page.getByText("1 API key can do this here.")).toBeVisible();
  const row = page.getByRole("row").filter({ hasText: "Web shop" });
  await expect(row).toContainText("Created by Ana Ruiz:");
  await expect(row).toContainText("Role Admin in Northwind Retail");
  await row.getByRole("link", { name: "Web shop" }).click();
  const dialog = page.getByRole("dialog", { name: "Effective access" });
  await expect(dialog.getByRole("heading", { name: "What Web shop can do in Northwind Retail" })).toBeVisible();
  await expect(dialog.getByRole("row").filter({ hasText: "Read personal details" })).toContainText("Given to the key. Ana Ruiz has it: Role Admin in Northwind Retail");
  await expect(dialog.getByText("The key doesn't have it.").first()).toBeVisible();
  const unused = dialog.getByRole("region", { name: "Not used in 90 days" });
  await expect(unused.getByRole("listitem").filter({ hasText: "Contacts: Delete" })).toBeVisible();
  await unused.getByRole("button", { name: "Remove these" }).click();
  const question = page.getByRole("dialog", { name: "Remove these from Web shop?" });
  await question.getByRole("button", { name: "Remove" }).click();
  await expect(unused).toContainText("No unused permissions.");
  await expect(dialog.getByText("The key doesn't have it.").first()).toBeVisible();
  await dialog.getByRole("link", { name: "Change permissions" }).click();
  await expect(page.getByRole("dialog", { name: "API key", exact: true }).getByRole("switch", { name: "Contacts: Delete" })).toHaveAttribute("aria-checked", "false");
});

test.describe("without the page's code", () => {
  test.use({ javaScriptEnabled: false });

  test("the role that is chosen decides", async ({ page }) => {
    const account = await found(page.request, person("Thandi", "Dlamini"));
    await page.goto(`${account}/api-keys/new`);
    await page.getByLabel("Name").fill("Web shop");
    await page.getByLabel("Start with").selectOption("Viewer");
    await page.getByRole("button", { name: "Create key" }).click();
    await told(page);
    await page.getByRole("link", { name: "View key" }).click();
    const drawer = page.getByRole("dialog", { name: "API key", exact: true });
    await expect(drawer.getByRole("switch", { name: "Contacts: Read basics" })).toHaveAttribute("aria-checked", "true");
    await expect(drawer.getByRole("switch", { name: "Contacts: Create" })).toHaveAttribute("aria-checked", "false");
    await drawer.getByRole("button", { name: "Set permissions from a role" }).click();
    await page.getByLabel("Role", { exact: true }).selectOption("Member");
    await page.getByRole("button", { name: "Set permissions", exact: true }).click();
    await expect(drawer.getByRole("switch", { name: "Contacts: Create" })).toHaveAttribute("aria-checked", "true");
  });

  test("a key is made, changed, given a new secret and revoked", async ({ page }) => {
    const account = await found(page.request, person("Thandi", "Dlamini"));
    await page.goto(`${account}/api-keys`);
    await page.getByRole("link", { name: "New key" }).click();
    await page.getByLabel("Name").fill("Web shop");
    await page.getByRole("button", { name: "Create key" }).click();
    const secret = await told(page);
    expect(await contactsBy(page.request, account, secret)).toBe(200);
    await page.getByRole("link", { name: "View key" }).click();
    const drawer = page.getByRole("dialog", { name: "API key", exact: true });
    await drawer.getByRole("switch", { name: "Contacts: Read basics" }).click();
    await expect(drawer.getByRole("switch", { name: "Contacts: Read basics" })).toHaveAttribute("aria-checked", "false");
    expect(await contactsBy(page.request, account, secret)).toBe(403);
    await drawer.getByRole("button", { name: "New secret" }).click();
    await page.getByRole("button", { name: "Create secret" }).click();
    const second = await told(page);
    expect([await contactsBy(page.request, account, secret), await contactsBy(page.request, account, second)]).toEqual([401, 403]);
    await page.goto(`${account}/api-keys`);
    await page.getByRole("link", { name: "Web shop" }).click();
    await drawer.getByRole("button", { name: "Revoke", exact: true }).click();
    await page.getByRole("button", { name: "Revoke key" }).click();
    await expect(drawer.getByText("Revoked", { exact: true })).toBeVisible();
    expect(await contactsBy(page.request, account, second)).toBe(401);
  });
});
