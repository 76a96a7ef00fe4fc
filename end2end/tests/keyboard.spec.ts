import type { Locator, Page } from "@playwright/test";
import { addCampaign, addContact, found, idOf, join, makeKey, person, succeed } from "./support/people.ts";
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
  await expect(page.getByRole("link", { name: "Skip to content" })).toBeFocused();
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
  await expect(drawer.getByText("Ana can no longer see personal details.")).toBeVisible();
  await expect(personal).toHaveAttribute("aria-checked", "false");
  await expect(personal).toBeFocused();
  await expect(page.getByRole("row").filter({ hasText: "Ana Ruiz" })).toContainText("Custom");
  await page.keyboard.press("Escape");
  await expect(drawer).toBeHidden();
  await expect(page).toHaveURL(/\/members$/);
  await expect(ana).toBeFocused();
});

test("the arrows walk through the permissions, and collapse what they are about", async ({ page, newPage }) => {
  const account = await found(page.request, person("Thandi", "Dlamini"));
  const drawer = await join(page.request, (await newPage()).request, account, person("Ana", "Ruiz"), "member");
  await open(page, drawer);
  const member = page.getByRole("dialog", { name: "Member" });
  const contacts = member.getByRole("region", { name: "Contacts" });
  const all = contacts.getByRole("checkbox", { name: "Contacts: all permissions" });
  const read = contacts.getByRole("checkbox", { name: "Contacts: Read" });
  const personal = contacts.getByRole("switch", { name: "Contacts: Read personal details" });
  const collapse = contacts.getByRole("button", { name: "Contacts section" });
  await all.focus();
  await page.keyboard.press("ArrowDown");
  await expect(read).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await expect(personal).toBeFocused();
  await page.keyboard.press("Space");
  await expect(member.getByText("Ana can no longer see personal details.")).toBeVisible();
  await expect(personal).toBeFocused();
  await page.keyboard.press("ArrowLeft");
  await expect(all).toBeFocused();
  await page.keyboard.press("ArrowLeft");
  await expect(collapse).toHaveAttribute("aria-expanded", "false");
  await expect(contacts.getByText("5 of 9")).toBeVisible();
  await expect(personal).toBeHidden();
  await page.keyboard.press("ArrowDown");
  await expect(member.getByRole("checkbox", { name: "Campaigns: all permissions" })).toBeFocused();
  await page.keyboard.press("ArrowUp");
  await expect(all).toBeFocused();

  // A search opens what it finds.
  const search = member.getByRole("searchbox", { name: "Find a permission" });
  await search.fill("personal details");
  await expect(personal).toBeVisible();
  await search.fill("");
  await expect(personal).toBeHidden();
  await all.focus();
  await page.keyboard.press("ArrowRight");
  await expect(personal).toBeVisible();

  await member.getByRole("button", { name: "Collapse all" }).click();
  await expect(member.getByRole("switch")).toHaveCount(0);
  await member.getByRole("button", { name: "Expand all" }).click();
  await expect(personal).toBeVisible();
});

test("from the invitation to its end, with the keyboard alone", async ({ page }) => {
  const account = await found(page.request, person("Thandi", "Dlamini"));
  const guest = person("Ana", "Ruiz").email;
  await open(page, account);
  await tabTo(page, page.getByRole("navigation", { name: "Pages", exact: true }).getByRole("link", { name: "Members" }));
  await page.keyboard.press("Enter");
  await tabTo(page, page.getByRole("link", { name: "Invite people" }));
  await page.keyboard.press("Enter");
  const drawer = page.getByRole("dialog", { name: "Invite people" });
  await tabTo(page, drawer.getByLabel("E-mail addresses"));
  await page.keyboard.type(guest);
  // One stop for all roles: the arrows walk through them.
  const roles = drawer.getByRole("group", { name: /^Role in/ });
  await tabTo(page, roles.locator("input:checked"));
  await page.keyboard.press("ArrowUp");
  await expect(roles.locator("input:focus")).toBeChecked();
  await tabTo(page, drawer.getByRole("button", { name: "Send invitations" }));
  await page.keyboard.press("Enter");
  await expect(drawer.getByText("1 invitation sent.")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(drawer).toBeHidden();

  await tabTo(page, page.getByRole("link", { name: /^Pending/ }));
  await page.keyboard.press("Enter");
  const pending = page.getByRole("listitem").filter({ hasText: guest });
  const again = pending.getByRole("button", { name: `Resend to ${guest}` });
  await tabTo(page, again);
  // Its row is shown anew, with its new end.
  const anew = page.waitForResponse((response) => response.url().includes("list_invitations"));
  await page.keyboard.press("Enter");
  await (await anew).finished();
  await expect(page.getByText("Invitation resent.")).toBeVisible();
  await expect(again).toBeFocused();
  await tabTo(page, pending.getByRole("button", { name: `Withdraw the invitation to ${guest}` }));
  await page.keyboard.press("Enter");
  const question = page.getByRole("dialog", { name: `Withdraw the invitation to ${guest}?` });
  await tabTo(page, question.getByRole("button", { name: "Withdraw", exact: true }));
  await page.keyboard.press("Enter");
  await expect(page.getByText("No pending invitations.")).toBeVisible();
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
  await expect(question.getByRole("button", { name: "Cancel" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(question).toBeHidden();
  await expect(remove).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL(/\/members$/);
});

test("any page, person or contact is a few keys away", async ({ page, newPage }) => {
  const account = await found(page.request, person("Thandi", "Dlamini"));
  const drawer = await join(page.request, (await newPage()).request, account, person("Ana", "Ruiz"), "member");
  await addContact(page.request, account, "Anathi Mokoena");
  await open(page, account);
  await page.keyboard.press("Control+k");
  const search = page.getByRole("dialog", { name: "Search" });
  const text = search.getByRole("searchbox");
  await expect(text).toBeFocused();
  await page.keyboard.type("log");
  await expect(search.getByRole("link", { name: "Contacts" })).toBeHidden();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/access-log$/);
  await expect(search).toBeHidden();

  await page.keyboard.press("Control+k");
  await text.fill("ana");
  await expect(search.getByRole("link", { name: /^Anathi Mokoena/ })).toBeVisible();
  await expect(search.getByRole("link", { name: /^Ana Ruiz/ })).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await expect(search.getByRole("link", { name: /^Ana Ruiz/ })).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`${drawer}$`));
  await expect(page.getByRole("dialog", { name: "Member" })).toBeVisible();
});

test("the search finds campaigns, keys and accounts, and acts", async ({ page, newPage, watch }) => {
  // What the page asks for in the moment of signing out is refused.
  watch.expects(401);
  const account = await found(page.request, person("Thandi", "Dlamini"));
  const campaign = await addCampaign(page.request, account, "Spring sale", "Half price");
  const { id: key } = await makeKey(page.request, account, "Spring shop", "contact.read.basic");
  const child: string = await (await succeed(page.request, "create_account", { account: idOf(account), "form[name]": "Springbok" })).json();
  const viewer = await newPage();
  await join(page.request, viewer.request, account, person("Ana", "Ruiz"), "viewer");
  await open(page, account);
  const search = page.getByRole("dialog", { name: "Search" });
  const ask = async (text: string) => {
    await page.keyboard.press("Control+k");
    await search.getByRole("searchbox").fill(text);
  };

  await ask("spring");
  await expect(search.getByRole("group", { name: "Campaigns" }).getByRole("link", { name: "Spring sale" })).toHaveAttribute("href", `${account}/campaigns/${campaign}`);
  await expect(search.getByRole("group", { name: "API keys" }).getByRole("link", { name: /^Spring shop/ })).toHaveAttribute("href", `${account}/api-keys/${key}`);
  await expect(search.getByRole("group", { name: "Accounts" }).getByRole("link", { name: /^Springbok/ })).toHaveAttribute("href", `/accounts/${child}`);
  for (const group of ["Pages", "Actions", "People", "Contacts"]) await expect(search.getByRole("group", { name: group })).toBeHidden();
  await page.keyboard.press("ArrowDown");
  await expect(search.getByRole("link", { name: "Spring sale" })).toBeFocused();
  await page.keyboard.press("Escape");

  await ask("invite");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: "Invite people" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog", { name: "Invite people" })).toBeHidden();

  await ask("dark");
  await page.keyboard.press("ArrowDown");
  await expect(search.getByRole("button", { name: "Switch to dark theme" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(search).toBeHidden();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");

  await open(viewer, account);
  await viewer.keyboard.press("Control+k");
  const theirs = viewer.getByRole("dialog", { name: "Search" }).getByRole("group", { name: "Actions" });
  await expect(theirs.getByRole("button", { name: "Sign out" })).toBeVisible();
  for (const name of ["Invite people", "New API key", "New contact", "New campaign"]) await expect(theirs.getByRole("link", { name })).toBeHidden();

  await ask("sign out");
  await page.keyboard.press("Enter");
  await page.waitForURL("**/sign-in");
});

test("a search finds nobody that the reader may not see", async ({ page, newPage }) => {
  const account = await found(page.request, person("Thandi", "Dlamini"));
  await addContact(page.request, account, "Bongani Nkosi");
  const viewer = await newPage();
  await join(page.request, viewer.request, account, person("Ana", "Ruiz"), "viewer");
  await open(viewer, account);
  await viewer.getByRole("button", { name: "Search or jump to a page" }).click();
  const search = viewer.getByRole("dialog", { name: "Search" });
  await search.getByRole("searchbox").fill("bongani");
  await expect(search.getByText("Nothing matches “bongani”.")).toBeVisible();
  await viewer.keyboard.press("Escape");
  await expect(search).toBeHidden();
  await expect(viewer.getByRole("button", { name: "Search or jump to a page" })).toBeFocused();
});

test("a filter is a chip that takes itself away", async ({ page, newPage }) => {
  const account = await found(page.request, person("Thandi", "Dlamini"));
  await join(page.request, (await newPage()).request, account, person("Ana", "Ruiz"), "member");
  await open(page, `${account}/members?status=active`);
  const people = page.getByRole("row").filter({ hasText: "@" });
  await expect(people).toHaveCount(2);
  await page.getByRole("button", { name: "Filter" }).press("Enter");
  await page.getByRole("combobox", { name: "Role" }).selectOption("Member");
  await page.getByRole("button", { name: "Apply" }).press("Enter");
  await expect(people).toHaveCount(1);
  await expect(page).toHaveURL(/status=active/);
  const chip = page.getByRole("link", { name: "Remove filter Role: Member" });
  await chip.press("Enter");
  await expect(people).toHaveCount(2);
  await expect(chip).toBeHidden();
  await expect(page).toHaveURL(/status=active/);
  await page.getByRole("button", { name: "Filter" }).press("Enter");
  await expect(page.getByRole("combobox", { name: "Role" })).toHaveValue("");
});
