import type { Page } from "@playwright/test";
import { OUTBOX_TOKEN } from "./support/outbox.ts";
import { addCampaign, addContact, call, found, idOf, invite, join, linkTo, makeKey, person } from "./support/people.ts";
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

test("the longest names widen no page", async ({ page, newPage }) => {
  test.setTimeout(300_000);
  const owner = { ...person("Thandi", "Dlamini"), firstName: name("Thandi"), lastName: name("Dlamini") };
  const account = await found(page.request, owner, name("Northwind"));
  const ana = { ...person("Ana", "Ruiz"), firstName: name("Ana"), lastName: name("Ruiz") };
  const theirs = await newPage();
  const drawer = await join(page.request, theirs.request, account, ana, "custom");
  const contact = await addContact(page.request, account, name("Bongani"), "w".repeat(40));
  const campaign = await addCampaign(page.request, account, name("Sale"), "w".repeat(150));
  const role = await call(page.request, "create_role", { account: idOf(account), "form[name]": name("Marketing"), "form[like]": "member" });
  const roleDrawer = role.headers()["location"] ?? "";
  const place: string = await (await call(page.request, "create_account", { account: idOf(account), "form[name]": name("Durban") })).json();
  const { id: key } = await makeKey(page.request, account, name("Shop"), "contact");
  await call(page.request, "set_role", { account: idOf(account), member: drawer.split("/").pop() ?? "", role: roleDrawer.split("/").pop() ?? "" });
  const guest = `${"g".repeat(64)}@${`${"d".repeat(60)}.`.repeat(2)}example`;
  const link = await invite(page.request, account, guest, "viewer");
  await call(page.request, "invite_members", { account: idOf(`/accounts/${place}`), "form[emails]": guest, "form[role]": "viewer" });
  await linkTo(page.request, guest);
  const inside = ["", "/contacts", "/contacts/new", `/contacts/${contact}`, "/campaigns", "/campaigns/new", `/campaigns/${campaign}`, "/billing", "/members", "/members?status=pending", "/members/invite", "/access", "/access?permission=contact.read.pii", `/access/keys/${key}`, "/api-keys", "/api-keys/new", `/api-keys/${key}`, "/access-log", "/organisation", "/policy", "/roles", "/roles/new", "/roles/compare", "/accounts", "/accounts/new", `/accounts/${place}`];
  const paths = [...inside.map((path) => account + path), roleDrawer, drawer, drawer.replace("/members/", "/access/"), `/accounts/${place}`, `/accounts/${place}/members`, "/invitations", "/email", "/second-factor", "/organisations/new", link];
  for (const path of paths) {
    await open(page, path);
    await test.step(path.replace(account, ""), () => expectToFit(page));
  }
  await page.goto(`/outbox?token=${OUTBOX_TOKEN}`);
  await expectToFit(page);
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 800 });
    await open(page, account);
    await test.step(`menus at ${width} pixels`, async () => {
      if (width < 1024) await page.getByRole("button", { name: "Open the menu" }).click();
      await page.getByRole("button", { name: /^Switch account/ }).click();
      await expectNoSidewaysScroll(page);
    });
  }
  await open(theirs, link);
  await expectToFit(theirs);
});
