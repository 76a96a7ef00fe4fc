import type { Locator, Page } from "@playwright/test";
import { addContact, found, join, person } from "./support/people.ts";
import { expect, open, test } from "./support/test.ts";

const questionOf = (page: Page): Locator => page.getByRole("dialog", { name: "Discard changes?" });

test("a drawer with unsaved input asks before it closes", async ({ page }) => {
  const account = await found(page.request, person("Thandi", "Dlamini"));
  await addContact(page.request, account, "Bongani Nkosi");
  await open(page, `${account}/contacts`);
  await page.getByRole("link", { name: "Bongani Nkosi" }).click();
  const drawer = page.getByRole("dialog", { name: "Contact", exact: true });
  const name = drawer.getByLabel("Name");
  const ways: Record<string, () => Promise<void>> = {
    "the button": () => drawer.getByRole("link", { name: "Close" }).click(),
    Escape: () => page.keyboard.press("Escape"),
    "beside it": () => page.mouse.click(20, 400),
  };
  for (const [way, close] of Object.entries(ways)) {
    await test.step(way, async () => {
      await name.fill("Bongani Zulu");
      await close();
      await expect(questionOf(page)).toBeVisible();
      await questionOf(page).getByRole("button", { name: "Keep editing" }).click();
      await expect(questionOf(page)).toBeHidden();
      await expect(name).toHaveValue("Bongani Zulu");
      // What is as it was before is nothing to lose.
      await name.fill("Bongani Nkosi");
      await close();
      await expect(drawer).toBeHidden();
      await expect(page).toHaveURL(/\/contacts$/);
      await page.getByRole("link", { name: "Bongani Nkosi" }).click();
      await expect(name).toBeVisible();
    });
  }
  await name.fill("Bongani Zulu");
  await page.keyboard.press("Escape");
  await questionOf(page).getByRole("button", { name: "Discard" }).click();
  await expect(drawer).toBeHidden();
  await expect(page).toHaveURL(/\/contacts$/);
  await expect(page.getByRole("link", { name: "Bongani Nkosi" })).toBeVisible();
});

test("Back asks first, and so does a link to another page", async ({ page }) => {
  const account = await found(page.request, person("Thandi", "Dlamini"));
  await addContact(page.request, account, "Bongani Nkosi");
  await open(page, `${account}/contacts?search=bongani`);
  await page.getByRole("link", { name: "Bongani Nkosi" }).click();
  const drawer = page.getByRole("dialog", { name: "Contact", exact: true });
  const name = drawer.getByLabel("Name");
  const ways: Record<string, () => Promise<unknown>> = {
    Back: () => page.goBack(),
    "a link": async () => {
      await page.keyboard.press("Control+k");
      await page.getByRole("dialog", { name: "Search" }).getByRole("link", { name: "Members", exact: true }).click();
    },
  };
  for (const [way, leave] of Object.entries(ways)) {
    await test.step(way, async () => {
      await name.fill("Bongani Zulu");
      await leave();
      await questionOf(page).getByRole("button", { name: "Keep editing" }).click();
      await expect(questionOf(page)).toBeHidden();
      await expect(page).toHaveURL(/\/contacts\/[^/?]+\?search=bongani$/);
      await expect(name).toHaveValue("Bongani Zulu");
    });
  }
  await page.goBack();
  await questionOf(page).getByRole("button", { name: "Discard" }).click();
  await expect(drawer).toBeHidden();
  await expect(page).toHaveURL(/\/contacts\?search=bongani$/);
  // What was discarded is not asked about again, and Back is Back.
  await page.getByRole("link", { name: "Bongani Nkosi" }).click();
  await expect(name).toHaveValue("Bongani Nkosi");
  await page.goBack();
  await expect(drawer).toBeHidden();
  await expect(page).toHaveURL(/\/contacts\?search=bongani$/);

  await page.getByRole("link", { name: "Bongani Nkosi" }).click();
  await name.fill("Bongani Zulu");
  await ways["a link"]?.();
  await questionOf(page).getByRole("button", { name: "Discard" }).click();
  await expect(page).toHaveURL(/\/members$/);
  await expect(page.getByRole("heading", { name: "Members" })).toBeVisible();
});

test("Escape pressed again and again loses nothing", async ({ page }) => {
  const account = await found(page.request, person("Thandi", "Dlamini"));
  await open(page, `${account}/campaigns/new`);
  const drawer = page.getByRole("dialog", { name: "New campaign" });
  await drawer.getByLabel("Text").fill("Half price today");
  for (let pressed = 0; pressed < 4; pressed += 1) await page.keyboard.press("Escape");
  await expect(page).toHaveURL(/\/campaigns\/new$/);
  await expect(drawer).toBeVisible();
  await expect(drawer.getByLabel("Text")).toHaveValue("Half price today");
});

test("what was chosen counts as what was typed does; what was sent does not", async ({ page }) => {
  const account = await found(page.request, person("Thandi", "Dlamini"));
  await open(page, `${account}/members`);
  await page.getByRole("link", { name: "Invite people" }).click();
  const drawer = page.getByRole("dialog", { name: "Invite people" });
  await drawer.getByRole("radio", { name: /^Member/ }).check();
  await page.keyboard.press("Escape");
  await questionOf(page).getByRole("button", { name: "Keep editing" }).click();
  await drawer.getByLabel("E-mail addresses").fill(person("Ana", "Ruiz").email);
  await drawer.getByRole("button", { name: "Send invitations" }).click();
  await expect(drawer.getByText("1 invitation sent.")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(drawer).toBeHidden();
});

test("a search within a drawer is nothing to lose", async ({ page, newPage }) => {
  const account = await found(page.request, person("Thandi", "Dlamini"));
  const member = await join(page.request, (await newPage()).request, account, person("Ana", "Ruiz"), "member");
  await open(page, member);
  const drawer = page.getByRole("dialog", { name: "Member" });
  await drawer.getByRole("searchbox", { name: "Find a permission" }).fill("personal");
  await drawer.getByRole("link", { name: "Close" }).click();
  await expect(drawer).toBeHidden();
});

test("the page is not left with unsaved input unasked", async ({ page }) => {
  const account = await found(page.request, person("Thandi", "Dlamini"));
  await open(page, `${account}/contacts/new`);
  const drawer = page.getByRole("dialog", { name: "Add contact" });
  await drawer.getByLabel("Name").click();
  await page.keyboard.type("Zoe");
  const asked = page.waitForEvent("dialog");
  const closing = page.close({ runBeforeUnload: true });
  const dialog = await asked;
  expect(dialog.type()).toBe("beforeunload");
  await dialog.dismiss();
  await closing;
  await expect(drawer.getByLabel("Name")).toHaveValue("Zoe");
});

test("a secret on show is not closed unasked", async ({ page }) => {
  const account = await found(page.request, person("Thandi", "Dlamini"));
  await open(page, `${account}/api-keys`);
  await page.getByRole("link", { name: "New key" }).click();
  const drawer = page.getByRole("dialog", { name: "New API key" });
  await drawer.getByLabel("Name").fill("Web shop");
  await drawer.getByRole("button", { name: "Create key" }).click();
  const secret = page.getByRole("status", { name: "New secret" });
  await expect(secret).toBeVisible();
  await drawer.getByRole("link", { name: "Close" }).click();
  const question = page.getByRole("dialog", { name: "Close without saving the secret?" });
  await question.getByRole("button", { name: "Go back" }).click();
  await expect(secret).toBeVisible();
  await page.goBack();
  await question.getByRole("button", { name: "Go back" }).click();
  await expect(page).toHaveURL(/\/api-keys\/new$/);
  await expect(secret).toBeVisible();
  await drawer.getByRole("link", { name: "View key" }).click();
  await question.getByRole("button", { name: "Go back" }).click();
  await expect(secret).toBeVisible();
  await page.keyboard.press("Escape");
  await question.getByRole("button", { name: "Close anyway" }).click();
  await expect(drawer).toBeHidden();
  await expect(page.getByRole("row").filter({ hasText: "Web shop" })).toBeVisible();
});

test("toggles say what is not there yet, and files are dropped or chosen", async ({ page, newPage }) => {
  const account = await found(page.request, person("Thandi", "Dlamini"));
  const member = await join(page.request, (await newPage()).request, account, person("Ana", "Ruiz"), "custom");
  await open(page, member);
  const drawer = page.getByRole("dialog", { name: "Member" });
  await drawer.getByRole("searchbox", { name: "Find a permission" }).fill("contacts");
  const rowOf = (toggle: string): Locator => drawer.locator(".permission-row").filter({ has: page.getByRole("switch", { name: toggle, exact: true }) });
  await expect(rowOf("Contacts: Export")).toContainText("Not available yet");
  await expect(rowOf("Contacts: Delete")).not.toContainText("Not available yet");

  await open(page, `${account}/members/invite`);
  const file = page.getByLabel("Drop a CSV file here, or choose one");
  await file.focus();
  await expect(file).toBeFocused();
  const chooser = page.waitForEvent("filechooser");
  await page.keyboard.press("Enter");
  const guests = [person("Ana", "Ruiz").email, person("Ben", "Bo").email];
  await (await chooser).setFiles({ name: "people.csv", mimeType: "text/csv", buffer: Buffer.from(`${guests[0]},Ana\n`) });
  await expect(page.getByLabel("E-mail addresses")).toHaveValue(guests[0] ?? "");
  const dropped = await page.evaluateHandle((address) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([`${address}\n`], "more.csv", { type: "text/csv" }));
    return transfer;
  }, guests[1]);
  await file.evaluate((input, transfer) => {
    (input as HTMLInputElement).files = (transfer as unknown as DataTransfer).files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }, dropped);
  await expect(page.getByLabel("E-mail addresses")).toHaveValue(guests.join("\n"));
});
