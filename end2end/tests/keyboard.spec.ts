import type { Locator, Page } from "@playwright/test";
import { found, join, person } from "./support/people.ts";
import { expect, open, test } from "./support/test.ts";

/** Goes forward with Tab until this has the focus. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(async () => {
    await page.keyboard.press("Tab");
    await expect(target).toBeFocused({ timeout: 50 });
  }).toPass({ intervals: [0], timeout: 20_000 });
}

test("a permission is set with the keyboard alone", async ({ page, newPage }) => {
  const account = await found(page.request, person("Thandi", "Dlamini"));
  await join(page.request, (await newPage()).request, account, person("Ana", "Ruiz"), "member");
  await open(page, account);
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to the content" })).toBeFocused();
  await tabTo(page, page.getByRole("navigation", { name: "Pages", exact: true }).getByRole("link", { name: "Members" }));
  await page.keyboard.press("Enter");
  const ana = page.getByRole("link", { name: "Ana Ruiz" });
  await tabTo(page, ana);
  await page.keyboard.press("Enter");
  const drawer = page.getByRole("dialog", { name: "Member" });
  await expect(drawer).toBeVisible();
  const search = drawer.getByRole("searchbox", { name: "Find a permission" });
  await tabTo(page, search);
  await page.keyboard.type("personal");
  const personal = drawer.getByRole("switch", { name: "Contacts: Read personal details" });
  await tabTo(page, personal);
  await page.keyboard.press("Space");
  await expect(drawer.getByText("Ana no longer sees personal details.")).toBeVisible();
  await expect(personal).toHaveAttribute("aria-checked", "false");
  await expect(personal).toBeFocused();
  await expect(page.getByRole("row").filter({ hasText: "Ana Ruiz" })).toContainText("Custom");
  await page.keyboard.press("Escape");
  await expect(drawer).toBeHidden();
  await expect(page).toHaveURL(/\/members$/);
  await expect(ana).toBeFocused();
});

test("the focus stays in the drawer, and Back closes it", async ({ page, newPage }) => {
  const account = await found(page.request, person("Thandi", "Dlamini"));
  await join(page.request, (await newPage()).request, account, person("Ana", "Ruiz"), "member");
  await open(page, `${account}/members`);
  const invite = page.getByRole("link", { name: "Invite people" });
  await invite.focus();
  await page.keyboard.press("Enter");
  const drawer = page.getByRole("dialog", { name: "Invite people" });
  await expect(drawer.getByRole("link", { name: "Close" })).toBeFocused();
  for (let step = 0; step < 8; step++) {
    await page.keyboard.press("Tab");
    await expect(invite).not.toBeFocused();
  }
  await page.goBack();
  await expect(drawer).toBeHidden();
  await expect(invite).toBeFocused();
});

test("a dialog asks before it removes, and gives the focus back", async ({ page, newPage }) => {
  const account = await found(page.request, person("Thandi", "Dlamini"));
  const drawer = await join(page.request, (await newPage()).request, account, person("Ana", "Ruiz"), "member");
  await open(page, drawer);
  const remove = page.getByRole("dialog", { name: "Member" }).getByRole("button", { name: "Remove" });
  await remove.focus();
  await page.keyboard.press("Enter");
  const question = page.getByRole("dialog", { name: "Remove Ana Ruiz?" });
  await expect(question.getByRole("button", { name: "Keep" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(question).toBeHidden();
  await expect(remove).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL(/\/members$/);
});
