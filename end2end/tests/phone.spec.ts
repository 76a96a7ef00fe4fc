import { GROUPS, everyPage, visit } from "./support/pages.ts";
import { found, giveRole, join, person, signIn } from "./support/people.ts";
import { expect, expectNoSidewaysScroll, open, test } from "./support/test.ts";

test.use({ viewport: { width: 375, height: 800 }, hasTouch: true });

test("the sidebar is a drawer, with touch and with the keyboard", async ({ page }) => {
  const account = await found(page.request, person("Thandi", "Dlamini"));
  await open(page, account);
  const menu = page.getByRole("button", { name: "Open menu" });
  const pages = page.getByRole("navigation", { name: "Pages", exact: true });
  await expect(pages).toBeHidden();
  await menu.focus();
  await page.keyboard.press("Enter");
  await expect(pages).toBeVisible();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: /^Switch account/ })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(pages).toBeHidden();
  await expect(menu).toBeFocused();
  await menu.tap();
  await pages.getByRole("link", { name: "Contacts" }).tap();
  await expect(page.getByRole("heading", { level: 1, name: "Contacts" })).toBeVisible();
  await expect(pages).toBeHidden();
});

test("no page scrolls sideways", async ({ page, newPage, watch }) => {
  test.setTimeout(120_000);
  watch.expects(403, 404);
  const account = await found(page.request, person("Thandi", "Dlamini"));
  const outside = await newPage({ viewport: { width: 375, height: 800 }, hasTouch: true });
  const { pages, outsider } = await everyPage(page.request, async () => (await newPage()).request, account, {
    name: (first) => `${first} of Many-Words-And-Hyphens that goes on and on until it ends`,
    tags: "newsletter, wholesale, spring sale",
    text: "A text that goes on and on, as texts do that say more than one thing at once.",
    guest: "somebody.with.a.long.address@a-subdomain.of-a-company-with-a-long-name.example",
  });
  const alone = await newPage({ viewport: { width: 375, height: 800 }, hasTouch: true });
  await signIn(alone.request, outsider);
  for (const group of GROUPS) {
    const looking = group === "at the door" ? outside : group === "without an account" ? alone : page;
    for (const path of pages[group]) {
      await visit(looking, path);
      await test.step(path.replace(account, ""), () => expectNoSidewaysScroll(looking));
    }
  }
});

test("the permission drawer is of use", async ({ page, newPage }) => {
  const account = await found(page.request, person("Thandi", "Dlamini"));
  await join(page.request, (await newPage()).request, account, person("Ana", "Ruiz"), "member");
  await open(page, `${account}/members`);
  await page.getByRole("link", { name: "Ana Ruiz" }).tap();
  const drawer = page.getByRole("dialog", { name: "Member" });
  await drawer.getByRole("searchbox", { name: "Find a permission" }).fill("personal");
  const personal = drawer.getByRole("switch", { name: "Contacts: Read personal details" });
  await personal.tap();
  await expect(drawer.getByText("Ana can no longer see personal details.")).toBeVisible();
  await expect(personal).toBeInViewport();
  await giveRole(page, "Viewer");
  await drawer.getByRole("link", { name: "Close" }).tap();
  await expect(drawer).toBeHidden();
  await expect(page).toHaveURL(/\/members$/);
});
