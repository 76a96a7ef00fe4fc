import { readFile } from "node:fs/promises";
import { addContact, found, idOf, join, person, succeed } from "./support/people.ts";
import { expect, open, test } from "./support/test.ts";

test("an auditor narrows the log, opens an entry and follows its links", async ({ page, newPage }) => {
  const account = await found(page.request, person("Thandi", "Dlamini"));
  const ana = await newPage();
  await join(page.request, ana.request, account, person("Ana", "Ruiz"), "member");
  const contact = await addContact(ana.request, account, "Bongani");
  await open(page, `${account}/access-log`);
  await page.getByRole("searchbox", { name: "Who" }).fill("ana ru");
  await expect(page).toHaveURL(/access-log\?who=ana/);
  const rows = page.getByRole("table").getByRole("row");
  await expect(rows.filter({ hasText: "added a contact" })).toHaveCount(1);
  await expect(rows.filter({ hasText: "Thandi" })).toHaveCount(0);
  // With the second and the zone.
  await expect(rows.nth(1).locator("time")).toHaveText(/^\d+ \w+ \d{4}\s*\d\d:\d\d:\d\d \S+$/);
  const entry = rows.filter({ hasText: "added a contact" });
  await entry.locator("summary").click();
  await expect(entry.getByRole("definition").filter({ hasText: /^contact\.create$/ })).toBeVisible();
  await entry.getByRole("link", { name: "All entries" }).click();
  await expect(page.getByRole("link", { name: "Remove filter Person: Ana Ruiz" })).toBeVisible();
  // The entry stays open.
  await page.getByRole("link", { name: "View contact" }).click();
  await page.waitForURL(new RegExp(`/contacts/${contact}`));
  await expect(page.getByRole("dialog", { name: "Contact" }).getByLabel("Name")).toHaveValue("Bongani");
});

test("the log is filtered by days and permission, in chips that can be removed", async ({ page }) => {
  const account = await found(page.request, person("Thandi", "Dlamini"));
  await addContact(page.request, account, "Bongani");
  await open(page, `${account}/access-log`);
  const filter = async (label: string, choice: string): Promise<void> => {
    await page.getByRole("button", { name: "Filter", exact: true }).click();
    await page.getByRole("combobox", { name: label }).selectOption(choice);
    await page.getByRole("button", { name: "Apply" }).click();
  };
  await filter("Permission", "contact.create");
  await filter("Period", "Today");
  await expect(page).toHaveURL(/\?(?=.*permission=contact.create)(?=.*period=today)(?!.*outcome=)/);
  const rows = page.getByRole("table").getByRole("row");
  await expect(rows).toHaveCount(2);
  await page.getByRole("button", { name: "Filter", exact: true }).click();
  await page.getByLabel("To", { exact: true }).fill("2020-01-01");
  await page.getByRole("button", { name: "Apply" }).click();
  await expect(page.getByText("No entries match.")).toBeVisible();
  await page.getByRole("link", { name: /^Remove filter To/ }).click();
  await page.getByRole("link", { name: /^Remove filter Permission/ }).click();
  await expect(rows.filter({ hasText: "created the organisation" })).toBeVisible();
});

test("what is filtered is downloaded, with the page's code and without", async ({ page, newPage }) => {
  const account = await found(page.request, person("Thandi", "Dlamini"));
  await addContact(page.request, account, "Bongani");
  await open(page, `${account}/access-log?permission=contact.create`);
  await page.getByRole("button", { name: "Download" }).click();
  const saved = page.waitForEvent("download");
  await page.getByRole("link", { name: "CSV, for spreadsheets" }).click();
  const file = await saved;
  expect(file.suggestedFilename()).toBe("access-log.csv");
  const lines = (await readFile(await file.path(), "utf8")).trim().split("\r\n");
  expect(lines).toHaveLength(2);
  expect(lines[1]).toContain("added a contact");
  await expect(page.getByText("Downloaded 1 entry.")).toBeVisible();
  const plain = await newPage({ javaScriptEnabled: false });
  await plain.context().addCookies(await page.context().cookies());
  const answer = await plain.request.get(`${account}/download/access-log.jsonl?permission=contact.create`);
  expect(JSON.parse((await answer.text()).trim()).action).toBe("contact.create");
  await open(page, `${account}/access-log?who=thandi`);
  await expect(page.getByText("downloaded 1 entry of the data access log").first()).toBeVisible();
});

test("who opens one contact has read one, and who adds one none", async ({ page }) => {
  const account = await found(page.request, person("Thandi", "Dlamini"));
  const contact = await addContact(page.request, account, "Bongani");
  await addContact(page.request, account, "Sipho");
  const reads = async (): Promise<string[]> => {
    const log = await (await succeed(page.request, "list_access_entries", { account: idOf(account), "filter[permission]": "contact.read.pii" })).json();
    // What made the contacts looked for them, too.
    return log.rows.map((row: { what: string }) => row.what).filter((what: string) => what.startsWith("viewed"));
  };
  await open(page, `${account}/contacts/new`);
  await expect(page.getByRole("dialog", { name: "Add contact" })).toBeVisible();
  expect(await reads()).toEqual([]);
  await open(page, `${account}/contacts/${contact}`);
  await expect(page.getByRole("dialog", { name: "Contact" }).getByLabel("Name")).toHaveValue("Bongani");
  expect(await reads()).toEqual(["viewed a contact"]);
  await page.getByRole("link", { name: "Close" }).click();
  await expect(page.getByRole("row").filter({ hasText: "Sipho" })).toBeVisible();
  expect(await reads()).toEqual(["viewed 2 contacts", "viewed a contact"]);
  await page.getByRole("link", { name: "Sipho" }).click();
  await expect(page.getByRole("dialog", { name: "Contact" }).getByLabel("Name")).toHaveValue("Sipho");
  expect(await reads()).toEqual(["viewed a contact", "viewed 2 contacts", "viewed a contact"]);
});
