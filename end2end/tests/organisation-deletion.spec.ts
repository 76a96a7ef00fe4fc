import { ending, found, join, person } from "./support/people.ts";
import { expect, open, test } from "./support/test.ts";

test("an organisation is deleted, and restored", async ({ page, newPage, watch }) => {
  watch.expects(403, 422);
  const account = await found(page.request, person("Thandi", "Dlamini"));
  const ana = await newPage();
  await join(page.request, ana.request, account, person("Ana", "Ruiz"), "member");
  await open(ana, `${account}/contacts`);
  await open(page, `${account}/organisation`);
  const zone = page.getByRole("region", { name: "Danger zone" });
  const section = page.getByRole("dialog", { name: "Delete this organisation?" });
  await expect(page.getByLabel("Organisation name")).toBeHidden();
  await zone.getByRole("region", { name: "Delete organisation" }).getByRole("button", { name: "Delete organisation" }).first().click();
  await expect(section).toContainText("This also deletes 1 account, 2 members");
  await section.getByRole("button", { name: "Cancel" }).click();
  await expect(section).toBeHidden();
  await zone.getByRole("region", { name: "Delete organisation" }).getByRole("button", { name: "Delete organisation" }).first().click();
  const remove = section.getByRole("button", { name: "Delete organisation" });
  await section.getByLabel("Organisation name").fill("Northwind");
  await remove.click();
  await expect(section.getByLabel("Organisation name")).toHaveAccessibleDescription(/exactly as shown above/);
  await section.getByLabel("Organisation name").fill("Northwind Retail");
  await remove.click();

  const gone = { name: "This organisation is being deleted" };
  await expect(ana.getByRole("heading", gone)).toBeVisible();
  await expect(ana.getByText(/^Thandi Dlamini deleted Northwind Retail\./)).toBeVisible();
  await expect(ana.getByRole("button", { name: "Restore organisation" })).toHaveCount(0);
  await expect(page.getByRole("heading", gone)).toBeVisible();
  await page.goto("/");
  await page.getByRole("link", { name: "Northwind Retail is being deleted" }).click();
  await page.getByRole("button", { name: "Restore organisation" }).click();
  await expect(page.getByRole("heading", gone)).toBeHidden();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Thandi");
  await open(ana, `${account}/contacts`);
  await expect(ana.getByRole("heading", { level: 1, name: "Contacts" })).toBeVisible();
});

test("another organisation is founded from the switcher", async ({ page }) => {
  const account = await found(page.request, person("Thandi", "Dlamini"));
  await open(page, account);
  await page.getByRole("button", { name: /^Switch account/ }).click();
  await page.getByRole("link", { name: "New organisation" }).click();
  await expect(page).toHaveURL(/\/organisations\/new$/);
  await page.getByLabel("Name").fill("Southwind");
  await page.getByRole("button", { name: "Create organisation" }).click();
  await expect(page.getByRole("button", { name: "Switch account, now in Southwind" })).toBeVisible();
  await expect(page).not.toHaveURL(new RegExp(account));
});

test("what is being deleted stands in the switcher, and is not open", async ({ page }) => {
  const account = await found(page.request, person("Thandi", "Dlamini"));
  await ending(page.request, "Southwind");
  await open(page, account);
  await page.getByRole("button", { name: /^Switch account/ }).click();
  await expect(page.locator("#switcher-menu").getByRole("listitem").filter({ hasText: "Southwind" })).toContainText("Being deleted");
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("an organisation is deleted, restored, and another founded", async ({ page, watch }) => {
    watch.expects(403, 422);
    const account = await found(page.request, person("Thandi", "Dlamini"));
    await page.goto(`${account}/organisation`);
    const row = page.getByRole("region", { name: "Delete organisation" });
    const section = page.getByRole("dialog", { name: "Delete this organisation?" });
    await row.getByRole("button", { name: "Delete organisation" }).first().click();
    await section.getByLabel("Organisation name").fill("Northwind");
    await section.getByRole("button", { name: "Delete organisation" }).click();
    await expect(section.getByLabel("Organisation name")).toHaveValue("Northwind");
    await section.getByLabel("Organisation name").fill("Northwind Retail");
    await section.getByRole("button", { name: "Delete organisation" }).click();
    await expect(page.getByRole("heading", { name: "This organisation is being deleted" })).toBeVisible();
    await page.getByRole("button", { name: "Restore organisation" }).click();
    await expect(row).toBeVisible();
    await page.goto("/organisations/new");
    await page.getByLabel("Name").fill("Southwind");
    await page.getByRole("button", { name: "Create organisation" }).click();
    await expect(page.getByText("Southwind").first()).toBeVisible();
  });
});
