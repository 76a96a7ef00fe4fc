import { PASSWORD, ending, found, join, person } from "./support/people.ts";
import { expect, open, test } from "./support/test.ts";

test("an organisation is deleted, and restored", async ({ page, newPage, watch }) => {
  watch.expects(403, 422);
  const account = await found(page.request, person("Thandi", "Dlamini"));
  const ana = await newPage();
  await join(page.request, ana.request, account, person("Ana", "Ruiz"), "member");
  await open(ana, `${account}/contacts`);
  await open(page, `${account}/organisation`);
  const section = page.getByRole("region", { name: "Delete the organisation" });
  await expect(section).toContainText("With it go: 1 account, 2 members");
  const remove = section.getByRole("button", { name: "Delete the organisation" });
  await section.getByLabel("Type its name to delete it").fill("Northwind");
  await section.getByLabel("Password").fill(PASSWORD);
  await remove.click();
  await expect(section.getByLabel("Type its name to delete it")).toHaveAccessibleDescription(/as it stands above/);
  await section.getByLabel("Type its name to delete it").fill("Northwind Retail");
  await section.getByLabel("Password").fill("Wrong-horse-7");
  await remove.click();
  await expect(section.getByLabel("Password")).toHaveAccessibleDescription("This is not your password.");
  await section.getByLabel("Password").fill(PASSWORD);
  await remove.click();

  const gone = { name: "This organisation is being deleted" };
  await expect(ana.getByRole("heading", gone)).toBeVisible();
  await expect(ana.getByText(/^Thandi Dlamini deleted Northwind Retail\./)).toBeVisible();
  await expect(ana.getByRole("button", { name: "Restore the organisation" })).toHaveCount(0);
  await expect(page.getByRole("heading", gone)).toBeVisible();
  await page.goto("/");
  await page.getByRole("link", { name: "Northwind Retail is being deleted" }).click();
  await page.getByRole("button", { name: "Restore the organisation" }).click();
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
  await expect(page.locator("#switcher-menu").getByRole("listitem").filter({ hasText: "Southwind" })).toContainText("being deleted");
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("an organisation is deleted, restored, and another founded", async ({ page, watch }) => {
    watch.expects(403, 422);
    const account = await found(page.request, person("Thandi", "Dlamini"));
    await page.goto(`${account}/organisation`);
    const section = page.getByRole("region", { name: "Delete the organisation" });
    await section.getByLabel("Type its name to delete it").fill("Northwind");
    await section.getByLabel("Password").fill(PASSWORD);
    await section.getByRole("button", { name: "Delete the organisation" }).click();
    await expect(section.getByLabel("Type its name to delete it")).toHaveValue("Northwind");
    await section.getByLabel("Type its name to delete it").fill("Northwind Retail");
    await section.getByLabel("Password").fill(PASSWORD);
    await section.getByRole("button", { name: "Delete the organisation" }).click();
    await expect(page.getByRole("heading", { name: "This organisation is being deleted" })).toBeVisible();
    await page.getByRole("button", { name: "Restore the organisation" }).click();
    await expect(section).toBeVisible();
    await page.goto("/organisations/new");
    await page.getByLabel("Name").fill("Southwind");
    await page.getByRole("button", { name: "Create organisation" }).click();
    await expect(page.getByText("Southwind").first()).toBeVisible();
  });
});
