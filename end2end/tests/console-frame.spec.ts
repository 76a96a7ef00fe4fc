import type { Page } from "@playwright/test";
import { addContact, found, join, makeKey, person, signIn } from "./support/people.ts";
import { expect, open, test } from "./support/test.ts";

const PHONE = { viewport: { width: 375, height: 800 }, hasTouch: true, isMobile: true };

/** The heights of what is shown of these. */
async function heights(page: Page, selector: string): Promise<number[]> {
  return page.locator(selector).locator("visible=true").evaluateAll((found) => found.map((one) => one.getBoundingClientRect().height));
}

test("a drawer changes the title of the page, and gives it back", async ({ page }) => {
  const account = await found(page.request, person("Thandi", "Dlamini"));
  await open(page, `${account}/members`);
  await expect(page).toHaveTitle("Members · Tenantry");
  await page.getByRole("link", { name: "Invite people" }).click();
  await expect(page).toHaveTitle("Invite people · Tenantry");
  await page.keyboard.press("Escape");
  await expect(page).toHaveTitle("Members · Tenantry");
  await open(page, `${account}/members/invite`);
  await expect(page).toHaveTitle("Invite people · Tenantry");
});

test("a time that has the focus shows the exact instant", async ({ page }) => {
  const account = await found(page.request, person("Thandi", "Dlamini"));
  await open(page, account);
  const time = page.getByRole("region", { name: "Recent activity" }).locator("time").first();
  await time.focus();
  await expect(time).toBeFocused();
  const [exact, shown] = await time.evaluate((time) => [time.getAttribute("title"), getComputedStyle(time, "::after").content]);
  expect(exact).toMatch(/\d{2}:\d{2}:\d{2}/);
  expect(shown).not.toBe("none");
});

test("what is wrong with a field takes the place of its hint", async ({ page }) => {
  const account = await found(page.request, person("Thandi", "Dlamini"));
  await open(page, `${account}/contacts/new`);
  const form = page.getByRole("dialog");
  const mobile = form.getByLabel("Mobile");
  await expect(mobile).toHaveAccessibleDescription("Include the country code, for example +27 82 555 0100.");
  await form.getByLabel("Name").fill("Bongani Nkosi");
  await mobile.fill("082 555 0100");
  await form.getByRole("button", { name: "Add contact" }).click();
  await expect(mobile).toHaveAccessibleDescription("Start with + and the country code, such as +27.");
  await expect(form.getByText("Include the country code, for example")).toBeHidden();
});

test("on paper stands the list, without what surrounds it", async ({ page }) => {
  const account = await found(page.request, person("Thandi", "Dlamini"));
  await open(page, `${account}/members`);
  await page.emulateMedia({ media: "print" });
  await expect(page.getByRole("heading", { name: "Members" })).toBeVisible();
  await expect(page.getByRole("row").filter({ hasText: "Thandi Dlamini" })).toBeVisible();
  for (const name of ["My menu", "Search or jump to a page", "Filter"]) await expect(page.getByRole("button", { name })).toBeHidden();
  await expect(page.getByRole("link", { name: "Invite people" })).toBeHidden();
  await expect(page.getByRole("navigation", { name: "Pages", exact: true })).toBeHidden();
});

test("menus have an edge in the dark", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "dark" });
  const account = await found(page.request, person("Thandi", "Dlamini"));
  await open(page, account);
  await page.getByRole("button", { name: "My menu" }).click();
  const luminance = (property: "borderTopColor" | "backgroundColor") =>
    page.locator("#own-menu").evaluate((menu, property) => {
      const canvas = document.createElement("canvas").getContext("2d");
      if (!canvas) return 0;
      for (const color of [getComputedStyle(menu).backgroundColor, getComputedStyle(menu)[property]]) {
        canvas.fillStyle = color;
        canvas.fillRect(0, 0, 1, 1);
      }
      const [red = 0, green = 0, blue = 0] = [...canvas.getImageData(0, 0, 1, 1).data].map((part) => {
        const share = part / 255;
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    }, property);
  const [edge, inside] = [await luminance("borderTopColor"), await luminance("backgroundColor")];
  expect((edge + 0.05) / (inside + 0.05)).toBeGreaterThan(1.6);
});

test("targets are big enough for a pointer", async ({ page }) => {
  const account = await found(page.request, person("Thandi", "Dlamini"));
  for (const path of ["", "/members", "/contacts", "/access-log"]) {
    await open(page, account + path);
    expect.soft(Math.min(...(await heights(page, "button:not(.sr-only), .btn, summary, input:not([type=search])"))), path).toBeGreaterThanOrEqual(24);
  }
});

test("lists begin high on the page", async ({ page, newPage }) => {
  const phone = await newPage(PHONE);
  const thandi = person("Thandi", "Dlamini");
  const account = await found(page.request, thandi);
  await addContact(page.request, account, "Bongani Nkosi");
  await makeKey(page.request, account, "Web shop", "contact.read.basic");
  await signIn(phone.request, thandi);
  await page.setViewportSize({ width: 1440, height: 900 });
  for (const path of ["/members", "/contacts", "/api-keys", "/roles", "/access-log"]) {
    for (const [browser, most] of [[page, 260], [phone, 400]] as const) {
      await open(browser, account + path);
      const row = await browser.locator("tbody tr").first().boundingBox();
      expect.soft(row?.y, `first row of ${path}`).toBeLessThanOrEqual(most);
    }
  }
});

test("on a phone rows are short, targets big, and the menu of a row stays inside", async ({ newPage }) => {
  const page = await newPage(PHONE);
  const account = await found(page.request, person("Thandi", "Dlamini"));
  const long = "of Many-Words-And-Hyphens that goes on and on until it ends";
  const ana = { ...person("Ana", "Ruiz"), lastName: long };
  await join(page.request, (await newPage()).request, account, ana, "admin");
  await addContact(page.request, account, `Bongani ${long}`, "newsletter, wholesale, spring sale");
  await makeKey(page.request, account, `Web shop ${long}`, "contact.read.basic");
  for (const path of ["/members", "/contacts", "/api-keys", "/roles"]) {
    await open(page, account + path);
    expect.soft(Math.max(...(await heights(page, "tbody tr"))), `rows of ${path}`).toBeLessThan(110);
    expect.soft(Math.min(...(await heights(page, ".btn, .chip, select"))), `targets of ${path}`).toBeGreaterThanOrEqual(44);
  }
  await open(page, `${account}/members`);
  await page.getByRole("button", { name: `More actions for Ana ${long}` }).tap();
  const box = await page.locator("#member-menu").boundingBox();
  expect(box?.x).toBeGreaterThanOrEqual(0);
  expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(375);
  expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(800);
});
