import { addCampaign, addContact, call, drawers, found, idOf, join, person } from "./support/people.ts";
import { expect, expectNoSidewaysScroll, open, test } from "./support/test.ts";

test.use({ viewport: { width: 375, height: 800 }, hasTouch: true });

test("the sidebar is a drawer, with touch and with the keyboard", async ({ page }) => {
  const account = await found(page.request, person("Thandi", "Dlamini"));
  await open(page, account);
  const menu = page.getByRole("button", { name: "Open the menu" });
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
  await expect(page.getByRole("heading", { name: "Contacts" })).toBeVisible();
  await expect(pages).toBeHidden();
});

test("no page scrolls sideways", async ({ page, newPage }) => {
  const account = await found(page.request, person("Thandi", "Dlamini"));
  const drawer = await join(page.request, (await newPage()).request, account, person("Fatima", "Zahra-Al-Mansouri-Benkirane"), "custom");
  const contact = await addContact(page.request, account, "A name of many words that goes on and on until it ends", "newsletter, wholesale, spring sale");
  const campaign = await addCampaign(page.request, account, "A campaign with a name of many words", "A text that goes on and on, as texts do that say more than one thing at once.");
  await call(page.request, "invite_members", {
    account: idOf(account),
    "form[emails]": "somebody.with.a.long.address@a-subdomain.of-a-company-with-a-long-name.example",
    "form[role]": "viewer",
  });
  const { role, place } = await drawers(page.request, account);
  const paths = ["", "/contacts", "/contacts/new", `/contacts/${contact}`, "/campaigns", "/campaigns/new", `/campaigns/${campaign}`, "/billing", "/members", "/members?status=pending", "/members/invite", "/access", "/api-keys", "/api-keys/new", "/access-log", "/organisation", "/policy", "/roles", role, place, "/roles/compare", "/accounts", "/accounts/new"];
  for (const path of [...paths.map((path) => account + path), drawer, drawer.replace("/members/", "/access/"), "/invitations"]) {
    await open(page, path);
    await test.step(path.replace(account, ""), () => expectNoSidewaysScroll(page));
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
  await expect(drawer.getByText("Ana no longer sees personal details.")).toBeVisible();
  await expect(personal).toBeInViewport();
  await drawer.getByRole("button", { name: "Viewer" }).tap();
  await expect(drawer.getByRole("button", { name: "Viewer" })).toHaveAttribute("aria-pressed", "true");
  await drawer.getByRole("link", { name: "Close" }).tap();
  await expect(drawer).toBeHidden();
  await expect(page).toHaveURL(/\/members$/);
});
