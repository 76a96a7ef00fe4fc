import type { Locator, Page } from "@playwright/test";
import { addContact, call, found, idOf, join, person, succeed } from "./support/people.ts";
import { expect, expectNoSidewaysScroll, open, test } from "./support/test.ts";

const drawerOf = (page: Page): Locator => page.getByRole("dialog", { name: "Contact", exact: true });
const rowOf = (page: Page, name: string): Locator => page.getByRole("row").filter({ hasText: name });
const barOf = (page: Page): Locator => page.getByRole("region", { name: "Selected contacts" });
const select = (page: Page, name: string): Promise<void> => page.getByRole("checkbox", { name: `Select ${name}`, exact: true }).check();

/** The names of the list, from above. */
const names = (page: Page): Locator => page.locator(".contacts-list .row-link");

test("two people edit one contact: the later one sees what changed, and decides", async ({ page, newPage, watch }) => {
  watch.expects(409);
  const account = await found(page.request, person("Thandi", "Dlamini"));
  const ana = await newPage();
  await join(page.request, ana.request, account, person("Ana", "Ruiz"), "member");
  const contact = await addContact(page.request, account, "Bongani Nkosi", "vip");
  const path = `${account}/contacts/${contact}`;
  await open(page, `${account}/contacts`);
  await page.getByRole("link", { name: "Bongani Nkosi" }).click();
  await open(ana, path);
  const [mine, hers] = [drawerOf(page), drawerOf(ana)];

  await hers.getByLabel("Name").fill("Bongani Zulu");
  await hers.getByLabel("Tags").fill("vip, press");
  await mine.getByLabel("Name").fill("Bongani Khumalo");
  await hers.getByRole("button", { name: "Save changes" }).click();
  await expect(ana.getByText("Contact saved.")).toBeVisible();
  // The list behind has followed; what is typed is still there.
  await expect(page.getByText("Bongani Zulu")).toBeAttached();
  await expect(mine.getByLabel("Name")).toHaveValue("Bongani Khumalo");

  await mine.getByRole("button", { name: "Save changes" }).click();
  await expect(mine.getByRole("alert")).toHaveText("Someone else changed this while you were editing. Nothing was saved.");
  const compared = mine.getByRole("table", { name: "Compare both versions" });
  await expect(compared.getByRole("row", { name: "Name Bongani Zulu Bongani Khumalo" })).toBeVisible();
  await expect(compared.getByRole("row", { name: "Tags press, vip vip" })).toBeVisible();
  await expect(compared.getByRole("row")).toHaveCount(3);
  await expect(mine.getByRole("button", { name: "Save changes" })).toBeHidden();
  await mine.getByRole("button", { name: "Keep mine" }).click();
  await expect(page.getByText("Contact saved.")).toBeVisible();
  await expect(mine).toBeHidden();
  await expect(rowOf(page, "Bongani Khumalo")).toContainText("vip");

  // The other way round: theirs is taken over, and nothing is left to save.
  await open(page, path);
  await open(ana, path);
  await hers.getByLabel("Name").fill("Bongani Mokoena");
  await mine.getByLabel("Name").fill("Bongani Sithole");
  await mine.getByRole("button", { name: "Save changes" }).click();
  await expect(mine).toBeHidden();
  await hers.getByRole("button", { name: "Save changes" }).click();
  await hers.getByRole("link", { name: "Use theirs" }).click();
  await expect(hers.getByLabel("Name")).toHaveValue("Bongani Sithole");
  await expect(hers.getByRole("alert")).toHaveCount(0);
  await ana.keyboard.press("Escape");
  await expect(hers).toBeHidden();
});

test("what others save leaves a form alone that is open", async ({ page, newPage }) => {
  const account = await found(page.request, person("Thandi", "Dlamini"));
  const ana = await newPage();
  const member = (await join(page.request, ana.request, account, person("Ana", "Ruiz"), "member")).split("/").at(-1) ?? "";
  const contact = await addContact(page.request, account, "Bongani Nkosi");
  await open(ana, `${account}/contacts/${contact}`);
  const form = drawerOf(ana);
  await form.getByLabel("Tags").fill("half typ");
  const update = { account: idOf(account), contact, "form[name]": "Bongani Zulu", "form[email]": "b@customer.example" };
  await succeed(page.request, "update_contact", update);
  // A toggle has the page fetch the contact anew.
  const anew = ana.waitForResponse((response) => response.url().includes("get_contact"));
  await call(page.request, "switch_permission", { account: idOf(account), member, path: "billing.read", on: "true" });
  await (await anew).finished();
  await expect(ana.getByRole("link", { name: "Billing" })).toBeVisible();
  await expect(form.getByLabel("Tags")).toHaveValue("half typ");
});

test.describe("without the page's code", () => {
  test.use({ javaScriptEnabled: false });

  test("two people edit one contact", async ({ page, watch }) => {
    watch.expects(409);
    const account = await found(page.request, person("Thandi", "Dlamini"));
    const contact = await addContact(page.request, account, "Bongani Nkosi");
    await page.goto(`${account}/contacts/${contact}`);
    const form = page.getByRole("dialog");
    await form.getByLabel("Name").fill("Bongani Khumalo");
    const update = { account: idOf(account), contact, "form[name]": "Bongani Zulu", "form[mobile]": "+27825550100" };
    await succeed(page.request, "update_contact", update);
    await form.getByRole("button", { name: "Save changes" }).click();
    await expect(form.getByRole("row", { name: "Name Bongani Zulu Bongani Khumalo" })).toBeVisible();
    await form.getByRole("button", { name: "Keep mine" }).click();
    await expect(page).toHaveURL(/\/contacts$/);
    await expect(page.getByRole("link", { name: "Bongani Khumalo" })).toBeVisible();
  });
});

test("contacts are sorted by name and by age", async ({ page, newPage }) => {
  const account = await found(page.request, person("Thandi", "Dlamini"));
  for (const name of ["Carlos Mendez", "Ayanda Botha", "Bongani Nkosi"]) await addContact(page.request, account, name);
  await open(page, `${account}/contacts`);
  await expect(names(page)).toHaveText(["Bongani Nkosi", "Ayanda Botha", "Carlos Mendez"]);
  const head = (name: string): Locator => page.getByRole("columnheader", { name: new RegExp(`^${name}`) });
  await expect(head("Added")).toHaveAttribute("aria-sort", "descending");
  await head("Name").getByRole("link").click();
  await expect(names(page)).toHaveText(["Ayanda Botha", "Bongani Nkosi", "Carlos Mendez"]);
  await expect(head("Name")).toHaveAttribute("aria-sort", "ascending");
  await expect(page).toHaveURL(/\?sort=name$/);
  await head("Name").getByRole("link").click();
  await expect(names(page)).toHaveText(["Carlos Mendez", "Bongani Nkosi", "Ayanda Botha"]);
  // A search keeps the order.
  await page.getByRole("searchbox", { name: "Search", exact: true }).fill("o");
  await expect(page).toHaveURL(/sort=name_descending&search=o$/);
  await head("Added").getByRole("link").click();
  await expect(head("Added")).toHaveAttribute("aria-sort", "descending");
  await head("Added").getByRole("link").click();
  await expect(names(page)).toHaveText(["Carlos Mendez", "Ayanda Botha", "Bongani Nkosi"]);

  // Names have no order for readers who see none, whatever the address says.
  const viewer = await newPage();
  await join(page.request, viewer.request, account, person("Ana", "Ruiz"), "viewer");
  await open(viewer, `${account}/contacts?sort=name`);
  await expect(viewer.getByRole("columnheader", { name: "Added" })).toHaveAttribute("aria-sort", "descending");
  await expect(viewer.getByRole("columnheader", { name: "Name" }).getByRole("link")).toHaveCount(0);
  await expect(viewer.getByRole("checkbox")).toHaveCount(0);
});

test("many contacts are tagged, untagged and deleted", async ({ page }) => {
  const account = await found(page.request, person("Thandi", "Dlamini"));
  for (const name of ["Ayanda Botha", "Bongani Nkosi", "Carlos Mendez"]) await addContact(page.request, account, name, name.startsWith("A") ? "vip" : "");
  await open(page, `${account}/contacts`);
  await expect(barOf(page)).toBeHidden();
  for (const name of ["Ayanda Botha", "Bongani Nkosi"]) await select(page, name);
  await expect(barOf(page)).toContainText("2 selected");
  await barOf(page).getByRole("button", { name: "Tag", exact: true }).click();
  const tag = page.getByRole("dialog", { name: "Tag 2 contacts?" });
  await tag.getByRole("button", { name: "Tag", exact: true }).click();
  await expect(tag.getByText("Separate tags with commas")).toBeHidden();
  await expect(tag.getByLabel("Tags")).toHaveAccessibleDescription("Required.");
  await tag.getByLabel("Tags").fill("VIP");
  await page.keyboard.press("Enter");
  await expect(page.getByText("1 contact tagged. 1 already tagged.")).toBeVisible();
  await expect(tag).toBeHidden();
  await expect(barOf(page)).toBeHidden();
  await expect(rowOf(page, "Bongani Nkosi")).toContainText("vip");

  await page.getByRole("checkbox", { name: "Select all on this page" }).check();
  await expect(barOf(page)).toContainText("3 selected");
  await barOf(page).getByRole("button", { name: "Untag" }).click();
  const untag = page.getByRole("dialog", { name: "Untag 3 contacts?" });
  await untag.getByLabel("Tags").fill("vip");
  await untag.getByRole("button", { name: "Untag" }).click();
  await expect(page.getByText("2 contacts untagged. 1 not tagged.")).toBeVisible();
  await expect(rowOf(page, "Ayanda Botha")).not.toContainText("vip");

  for (const name of ["Ayanda Botha", "Carlos Mendez"]) await select(page, name);
  await barOf(page).getByRole("button", { name: "Delete" }).click();
  const remove = page.getByRole("dialog", { name: "Delete 2 contacts?" });
  await expect(remove).toContainText("This can't be undone.");
  await remove.getByRole("button", { name: "Cancel" }).click();
  await expect(remove).toBeHidden();
  await expect(names(page)).toHaveCount(3);
  await barOf(page).getByRole("button", { name: "Delete" }).click();
  await remove.getByRole("button", { name: "Delete" }).click();
  await expect(page.getByText("2 contacts deleted.")).toBeVisible();
  await expect(names(page)).toHaveText(["Bongani Nkosi"]);
});

test("all contacts that match are deleted, beyond the page", async ({ page }) => {
  const account = await found(page.request, person("Thandi", "Dlamini"));
  for (let number = 0; number < 52; number += 1) await addContact(page.request, account, `Contact ${number}`, "old");
  await addContact(page.request, account, "Ayanda Botha", "vip");
  await open(page, `${account}/contacts?tag=old`);
  await page.getByRole("checkbox", { name: "Select all on this page" }).check();
  await barOf(page).getByRole("button", { name: "Select all 52" }).click();
  await expect(barOf(page)).toContainText("52 selected");
  await barOf(page).getByRole("button", { name: "Delete" }).click();
  await page.getByRole("dialog", { name: "Delete 52 contacts?" }).getByRole("button", { name: "Delete" }).click();
  await expect(page.getByText("52 contacts deleted.")).toBeVisible();
  await page.getByRole("link", { name: "Show all" }).click();
  await expect(names(page)).toHaveText(["Ayanda Botha"]);
});

test("a Member tags and does not delete; the bar fits a phone", async ({ page, newPage }) => {
  const account = await found(page.request, person("Thandi", "Dlamini"));
  await addContact(page.request, account, "Bongani Nkosi");
  const ana = await newPage({ viewport: { width: 375, height: 800 } });
  await join(page.request, ana.request, account, person("Ana", "Ruiz"), "member");
  await open(ana, `${account}/contacts`);
  await select(ana, "Bongani Nkosi");
  await expect(barOf(ana).getByRole("button", { name: "Untag" })).toBeVisible();
  await expect(barOf(ana).getByRole("button", { name: "Delete" })).toBeHidden();
  await expectNoSidewaysScroll(ana);
});
