import type { Page } from "@playwright/test";
import { GROUPS, everyPage, visit } from "./support/pages.ts";
import { found, person, signIn } from "./support/people.ts";
import { expect, expectNoSidewaysScroll, open, test } from "./support/test.ts";

// As long as a name may be, and without a place to break it.
const name = (first: string): string => first.padEnd(100, "abcdefghi");

const WIDTHS = [1440, 1024, 768, 560, 375, 320];

/** Whether anything lies beyond the right edge of the page or of a drawer, at any width. */
async function expectToFit(page: Page) {
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 800 });
    await test.step(`${width} pixels`, async () => {
      await expectNoSidewaysScroll(page);
      const surplus = await page.locator("dialog:visible").evaluateAll((dialogs) => dialogs.map((dialog) => dialog.scrollWidth - dialog.clientWidth));
      expect(Math.max(0, ...surplus), "pixels beyond a drawer's edge").toBe(0);
    });
  }
}

test("the longest names widen no page", async ({ page, newPage, watch }) => {
  test.setTimeout(300_000);
  watch.expects(403, 404);
  const owner = { ...person("Thandi", "Dlamini"), firstName: name("Thandi"), lastName: name("Dlamini") };
  const account = await found(page.request, owner, name("Northwind"));
  const outside = await newPage();
  const { pages, outsider } = await everyPage(page.request, async () => (await newPage()).request, account, {
    name,
    tags: "w".repeat(40),
    text: "w".repeat(150),
    guest: `${"g".repeat(64)}@${`${"d".repeat(60)}.`.repeat(2)}example`,
  });
  const alone = await newPage();
  await signIn(alone.request, outsider);
  for (const group of GROUPS) {
    const looking = group === "at the door" ? outside : group === "without an account" ? alone : page;
    for (const path of pages[group]) {
      await visit(looking, path);
      await test.step(path.replace(account, ""), () => expectToFit(looking));
    }
  }
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 800 });
    await open(page, account);
    await test.step(`menus at ${width} pixels`, async () => {
      if (width < 1024) await page.getByRole("button", { name: "Open menu" }).click();
      await page.getByRole("button", { name: /^Switch account/ }).click();
      await expectNoSidewaysScroll(page);
    });
  }
});
