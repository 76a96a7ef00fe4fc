import type { Locator, Page } from "@playwright/test";
import { addCampaign, addContact, call, found, idOf, join, person } from "./support/people.ts";
import { expect, open, test } from "./support/test.ts";

const entry = (page: Page, name: string): Locator => page.getByRole("navigation", { name: "Pages", exact: true }).getByRole("link", { name, exact: true });

test("a Member writes and changes campaigns, an Admin deletes them", async ({ page, newPage }) => {
  const account = await found(page.request, person("Thandi", "Dlamini"));
  const [ana, ben] = [await newPage(), await newPage()];
  await join(page.request, ana.request, account, person("Ana", "Ruiz"), "member");
  await join(page.request, ben.request, account, person("Ben", "Bo"), "admin");
  await addContact(page.request, account, "Bongani Nkosi", "vip");
  await addContact(page.request, account, "Carlos Mendez", "news");

  await open(ana, account);
  await entry(ana, "Campaigns").click();
  await ana.getByRole("link", { name: "Create one" }).click();
  const form = ana.getByRole("dialog", { name: "New campaign" });
  await expect(form.getByText("1 message for each contact, 0 of 160 characters.")).toBeVisible();
  await form.getByLabel("Name").fill("Spring sale");
  await form.getByRole("button", { name: "Save campaign" }).click();
  await expect(form.getByLabel("Text")).toHaveAccessibleDescription(/^Required\./);
  await form.getByLabel("Text").fill("“Half price” today");
  await expect(form.getByText("““” isn't in the SMS alphabet, so each message holds 70 characters.")).toBeVisible();
  await form.getByLabel("Text").fill("a".repeat(161));
  await expect(form.getByText("2 messages for each contact, 161 of 306 characters.")).toBeVisible();
  await form.getByLabel("Tag").fill("VIP");
  await form.getByRole("button", { name: "Save campaign" }).click();
  await expect(ana.getByText("Campaign saved.")).toBeVisible();
  await expect(form).toBeHidden();

  const row = (page: Page): Locator => page.getByRole("row").filter({ hasText: "Spring sale" });
  await expect(row(ana)).toContainText("Tag: vip");
  await expect(row(ana)).toContainText("2 per contact");
  await open(ben, `${account}/campaigns`);
  await expect(row(ben)).toContainText("Ana Ruiz");
  await row(ana).getByRole("link").click();
  const drawer = (page: Page): Locator => page.getByRole("dialog", { name: "Campaign", exact: true });
  await expect(drawer(ana).getByText("Reaches 1 contact with a mobile number.")).toBeVisible();
  await expect(drawer(ana).getByRole("button", { name: "Delete" })).toHaveCount(0);
  await drawer(ana).getByLabel("Text").fill("Half price today");
  await drawer(ana).getByLabel("Tag").fill("");
  await drawer(ana).getByRole("button", { name: "Save" }).click();
  await expect(drawer(ana)).toBeHidden();
  await expect(row(ana)).toContainText("All contacts");

  // The other's page has followed.
  await expect(row(ben)).toContainText("1 per contact");
  await row(ben).getByRole("link").click();
  await expect(drawer(ben).getByText("Reaches 2 contacts with a mobile number.")).toBeVisible();
  await drawer(ben).getByRole("button", { name: "Delete" }).click();
  await ben.getByRole("dialog", { name: "Delete this campaign?" }).getByRole("button", { name: "Delete campaign" }).click();
  await expect(ben.getByText("Campaign deleted.")).toBeVisible();
  await expect(ana.getByText("No campaigns in this account yet.")).toBeVisible();
});

test("two people edit one campaign: the later one sees what changed, and decides", async ({ page, newPage, watch }) => {
  watch.expects(409);
  const account = await found(page.request, person("Thandi", "Dlamini"));
  const ana = await newPage();
  await join(page.request, ana.request, account, person("Ana", "Ruiz"), "member");
  const campaign = await addCampaign(page.request, account, "Spring sale", "Half price today");
  await open(page, `${account}/campaigns/${campaign}`);
  await open(ana, `${account}/campaigns/${campaign}`);
  const [mine, hers] = [page, ana].map((page) => page.getByRole("dialog", { name: "Campaign", exact: true })) as [Locator, Locator];
  await mine.getByLabel("Text").fill("Half price until Sunday");
  await hers.getByLabel("Text").fill("Half price until Monday");
  await hers.getByRole("button", { name: "Save changes" }).click();
  await expect(ana.getByText("Campaign saved.")).toBeVisible();
  await mine.getByRole("button", { name: "Save changes" }).click();
  const compared = mine.getByRole("table", { name: "Compare both versions" });
  await expect(compared.getByRole("row", { name: "Text Half price until Monday Half price until Sunday" })).toBeVisible();
  await expect(compared.getByRole("row")).toHaveCount(2);
  // Closing it would lose what is typed.
  await page.keyboard.press("Escape");
  await page.getByRole("dialog", { name: "Discard changes?" }).getByRole("button", { name: "Keep editing" }).click();
  await mine.getByRole("button", { name: "Keep mine" }).click();
  await expect(mine).toBeHidden();
  await expect(page.getByRole("row").filter({ hasText: "Half price until Sunday" })).toBeVisible();
});

test("what one may do with campaigns follows a toggle at once", async ({ page, newPage, watch }) => {
  watch.expects(403);
  const account = await found(page.request, person("Thandi", "Dlamini"));
  const ana = await newPage();
  const member = (await join(page.request, ana.request, account, person("Ana", "Ruiz"), "member")).split("/").at(-1) ?? "";
  const campaign = await addCampaign(page.request, account, "Spring sale", "Half price\ntoday");
  const flip = (path: string, on: boolean): ReturnType<typeof call> =>
    call(page.request, "switch_permission", { account: idOf(account), member, path, on: String(on) });

  await open(ana, `${account}/campaigns/${campaign}`);
  const drawer = ana.getByRole("dialog", { name: "Campaign", exact: true });
  await expect(drawer.getByLabel("Text")).toHaveValue("Half price\ntoday");
  // Another permission leaves alone what is being typed.
  await drawer.getByLabel("Text").fill("Half price until Sunday");
  await flip("billing.read", true);
  await expect(entry(ana, "Billing")).toBeVisible();
  await expect(drawer.getByLabel("Text")).toHaveValue("Half price until Sunday");
  await flip("campaign.update", false);
  await expect(drawer.getByLabel("Text")).toHaveCount(0);
  await expect(drawer.getByText("All contacts")).toBeVisible();
  const update = { account: idOf(account), campaign, "form[name]": "X", "form[text]": "X" };
  expect((await call(ana.request, "update_campaign", update)).status()).toBe(403);
  await flip("campaign.update", true);
  await expect(drawer.getByLabel("Text")).toBeVisible();
  await flip("campaign", false);
  await expect(entry(ana, "Campaigns")).toHaveCount(0);
  await expect(ana.getByText("Half price")).toHaveCount(0);
});

test("an Admin manages billing, and a Member does not see it", async ({ page, newPage, watch }) => {
  watch.expects(403, 422);
  const account = await found(page.request, person("Thandi", "Dlamini"));
  const [ana, ben] = [await newPage(), await newPage()];
  const member = (await join(page.request, ana.request, account, person("Ana", "Ruiz"), "member")).split("/").at(-1) ?? "";
  await join(page.request, ben.request, account, person("Ben", "Bo"), "admin");
  await open(ana, account);
  await expect(entry(ana, "Campaigns")).toBeVisible();
  await expect(entry(ana, "Billing")).toHaveCount(0);

  await open(ben, account);
  await entry(ben, "Billing").click();
  const invoices = ben.getByRole("region", { name: "Invoices are addressed to" });
  await expect(invoices).toHaveText("Invoices are addressed toNorthwind Retail");
  await ben.getByLabel("Street address").fill("Hauptstraße 1");
  await ben.getByLabel("City").fill("Berlin");
  await ben.getByLabel("Postal code").fill("10115");
  await ben.getByLabel("Country").selectOption("Germany");
  await ben.getByLabel("VAT number").fill("12");
  await ben.getByRole("button", { name: "Save" }).click();
  await expect(ben.getByLabel("VAT number")).toHaveAttribute("aria-invalid", "true");
  await ben.getByLabel("VAT number").fill("DE123456789");
  await ben.getByLabel("Billing e-mail").fill("bills@northwind.example");
  await ben.getByRole("button", { name: "Save" }).click();
  await expect(ben.getByText("Billing details saved.")).toBeVisible();
  await expect(invoices).toContainText("Northwind RetailHauptstraße 110115 BerlinGermanyVAT DE123456789");
  await expect(ben.getByText(/Ben Bo changed the billing address, the billing e-mail and the VAT number/)).toBeVisible();

  // With the permission to read, the page is in the menu at once, and says the same.
  await call(page.request, "switch_permission", { account: idOf(account), member, path: "billing.read", on: "true" });
  await entry(ana, "Billing").click();
  await expect(ana.getByRole("region", { name: "Invoices are addressed to" })).toContainText("10115 Berlin");
  await expect(ana.getByText("Invoices are sent to bills@northwind.example.")).toBeVisible();
  await expect(ana.getByRole("button", { name: "Save" })).toHaveCount(0);
});
