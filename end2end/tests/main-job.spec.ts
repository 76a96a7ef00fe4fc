import type { Locator, Page } from "@playwright/test";
import { OUTBOX_TOKEN } from "./support/outbox.ts";
import { PASSWORD, actOnMember, addContact, call, confirm as confirmAddress, currentRole, found, giveRole, idOf, join, linkTo, memberDrawer, nameOf, person } from "./support/people.ts";
import { expect, open, ready, test } from "./support/test.ts";

/** How long an open page may take to follow a change. */
const AT_ONCE = { timeout: 1_000 };

const pages = (page: Page): Locator => page.getByRole("navigation", { name: "Pages", exact: true });

function toggle(page: Page, name: string): Locator {
  return page.getByRole("switch", { name, exact: true }).or(page.getByRole("checkbox", { name, exact: true }));
}

test("two people: sign up, invite, change a role, flip a permission, see it obeyed, remove", async ({ newPage, watch }) => {
  test.setTimeout(120_000);
  const thandi = person("Thandi", "Dlamini");
  const ana = person("Ana", "Ruiz");
  const owner = await newPage();
  const other = await newPage();
  let account = "";
  let drawer = "";

  await test.step("sign up", async () => {
    await open(owner, "/");
    await expect(owner).toHaveURL(/\/sign-in$/);
    await owner.getByRole("link", { name: "Create an organisation" }).click();
    await expect(owner.getByRole("heading", { name: "Create your organisation" })).toBeVisible();
    await owner.getByLabel("First name").fill(thandi.firstName);
    await owner.getByLabel("Last name").fill(thandi.lastName);
    await owner.getByLabel("Organisation").fill("Northwind Retail");
    await owner.getByLabel("Work e-mail").fill(thandi.email);
    const needs = owner.getByRole("list", { name: "Password requirements" }).getByRole("listitem");
    const ticked = needs.filter({ hasText: "(met)" });
    const password = owner.getByLabel("Password", { exact: true });
    for (const [typed, done] of [["", 0], ["c", 1], ["cO", 2], ["cO7", 3], ["cO7-", 4], [PASSWORD, 5]] as const) {
      await password.fill(typed);
      await expect(ticked).toHaveCount(done);
    }
    await owner.getByRole("button", { name: "Create organisation" }).click();
    // The first person of an installation goes straight in, and confirms their address from there.
    await owner.waitForURL(/\/(sign-up\/sent|accounts\/[^/]+)$/);
    if (owner.url().endsWith("/sign-up/sent")) {
      await expect(owner.getByRole("heading", { name: "Check your e-mail" })).toBeVisible();
      await open(owner, await linkTo(owner.request, thandi.email, "sign-up/confirm"));
      await owner.getByRole("button", { name: "Confirm and continue" }).click();
    } else {
      await confirmAddress(owner.request, thandi.email);
    }
    await owner.waitForURL(/\/accounts\/[^/]+$/);
    await ready(owner);
    account = new URL(owner.url()).pathname;
    await expect(owner.getByRole("heading", { level: 1 })).toContainText("Thandi");
  });

  await test.step("the organisation page", async () => {
    await pages(owner).getByRole("link", { name: "Organisation" }).click();
    await owner.getByLabel("Name", { exact: true }).fill("Northwind Retail Ltd");
    const physical = owner.getByRole("group", { name: "Physical address" });
    await physical.getByLabel("Street address").fill("12 Long Street");
    await physical.getByLabel("City").fill("Cape Town");
    await physical.getByLabel("Country").selectOption("South Africa");
    await owner.getByRole("button", { name: "Save" }).click();
    await expect(owner.getByText("Organisation details saved.")).toBeVisible();
    await expect(owner.getByRole("button", { name: /now in Northwind Retail Ltd/ })).toBeVisible();
    await open(owner, `${account}/organisation`);
    await expect(physical.getByLabel("City")).toHaveValue("Cape Town");
  });

  await test.step("invite", async () => {
    await pages(owner).getByRole("link", { name: "Members" }).click();
    await owner.getByRole("link", { name: "Invite people" }).click();
    const form = owner.getByRole("dialog", { name: "Invite people" });
    await form.getByLabel("E-mail addresses").fill(ana.email);
    await form.getByRole("radio", { name: /^Member/ }).check();
    await form.getByRole("button", { name: "Send invitations" }).click();
    await expect(form.getByText("1 invitation sent.")).toBeVisible();
    await form.getByRole("link", { name: "Close" }).click();
    await owner.getByRole("link", { name: /^Pending 1/ }).click();
    await expect(owner.getByText(ana.email)).toBeVisible();
  });

  await test.step("accept, while the owner's pages look on", async () => {
    await linkTo(owner.request, ana.email);
    await open(owner, account);
    const invitations = owner.getByRole("link", { name: /^Pending invitations/ });
    const members = owner.getByRole("link", { name: /^Members \d/ });
    await expect(invitations).toContainText("1");
    await expect(members).toContainText("1");

    await other.goto(`/outbox?token=${OUTBOX_TOKEN}`);
    const letter = other.getByRole("article").filter({ hasText: ana.email });
    await letter.getByRole("link").click();
    await ready(other);
    await expect(other.getByRole("heading", { name: "Join Northwind Retail Ltd" })).toBeVisible();
    await other.getByLabel("First name").fill(ana.firstName);
    await other.getByLabel("Last name").fill(ana.lastName);
    await other.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await other.getByRole("button", { name: "Accept invitation" }).click();
    await other.waitForURL(`**${account}`);
    await ready(other);
    await expect(other.getByRole("heading", { level: 1 })).toContainText("Ana");

    await expect(invitations).toContainText("0");
    await expect(members).toContainText("2");
    await expect(owner.getByRole("region", { name: "Recent activity" })).toContainText("Ana Ruiz accepted an invitation as Member");
  });

  await test.step("contacts: add, change, delete", async () => {
    await open(other, `${account}/contacts`);
    await other.getByRole("link", { name: "Add contact" }).click();
    const form = other.getByRole("dialog");
    await form.getByLabel("Name").fill("Bongani Nkosi");
    await form.getByLabel("Mobile").fill("+27 82 555 0100");
    await form.getByLabel("E-mail").fill("bongani@customer.example");
    await form.getByLabel("Tags").fill("VIP, cape town");
    await form.getByRole("button", { name: "Add contact" }).click();
    await expect(other.getByText("Contact added.")).toBeVisible();
    await expect(form).toBeHidden();
    const row = other.getByRole("row").filter({ hasText: "Bongani Nkosi" });
    await expect(row).toContainText("+27825550100");
    await expect(row).toContainText("vip");

    await row.getByRole("link").click();
    await form.getByLabel("E-mail").fill("nkosi@customer.example");
    await form.getByRole("button", { name: "Save" }).click();
    await expect(other.getByText("Contact saved.")).toBeVisible();
    await expect(row).toContainText("nkosi@customer.example");

    // A Member may not delete; the owner does.
    await addContact(owner.request, account, "Carlos Mendez");
    await expect(other.getByRole("row").filter({ hasText: "Carlos Mendez" })).toBeVisible();
    await open(owner, `${account}/contacts`);
    await owner.getByRole("link", { name: "Carlos Mendez" }).click();
    await owner.getByRole("dialog", { name: "Contact" }).getByRole("button", { name: "Delete" }).click();
    await owner.getByRole("dialog", { name: "Delete this contact?" }).getByRole("button", { name: "Delete contact" }).click();
    await expect(owner.getByText("Contact deleted.")).toBeVisible();
    await expect(owner.getByRole("link", { name: "Carlos Mendez" })).toBeHidden();
    await expect(other.getByRole("row").filter({ hasText: "Carlos Mendez" })).toBeHidden();
  });

  const contact = await addContact(owner.request, account, "Dineo Molefe");
  const shownDetails = other.getByRole("row").filter({ hasText: "Bongani Nkosi" });
  const masks = other.getByText("Name hidden");

  await test.step("a role without personal details masks the open page", async () => {
    await open(other, `${account}/contacts`);
    await expect(shownDetails).toBeVisible();
    await open(owner, `${account}/members`);
    await owner.getByRole("link", { name: "Ana Ruiz" }).click();
    drawer = new URL(owner.url()).pathname;
    await giveRole(owner, "Viewer");
    await expect(memberDrawer(owner).getByText("Role changed to Viewer for Ana Ruiz.")).toBeVisible();
    await expect(shownDetails).toBeHidden(AT_ONCE);
    await expect(masks).toHaveCount(2, AT_ONCE);
    await expect(other.getByRole("link", { name: "Add contact" })).toBeHidden(AT_ONCE);
    await expect(other.getByRole("note")).toContainText("Personal details are hidden");
    await expect(other.getByText("@customer.example")).toHaveCount(0);

    const refused = await call(other.request, "create_contact", { account: idOf(account), "form[name]": "By hand", "form[email]": "by@hand.example" });
    expect(refused.status()).toBe(403);
    const list = await call(other.request, "list_contacts", { account: idOf(account), "filter[search]": "" });
    expect(await list.text()).not.toContain("Bongani");
    const search = await call(other.request, "list_contacts", { account: idOf(account), "filter[search]": "Bongani" });
    expect(search.status()).toBe(403);
  });

  await test.step("and with it the page shows them again", async () => {
    await giveRole(owner, "Member");
    await expect(shownDetails).toBeVisible();
    await expect(other.getByRole("link", { name: "Add contact" })).toBeVisible();
  });

  await test.step("Custom: one toggle masks the open page", async () => {
    await giveRole(owner, "Custom");
    await toggle(owner, "Contacts: Read personal details").click();
    await expect(owner.getByText("Ana can no longer see personal details.")).toBeVisible();
    await expect(masks).toHaveCount(2, AT_ONCE);
    await expect(shownDetails).toBeHidden(AT_ONCE);
    await expect(other.getByRole("link", { name: "Add contact" })).toBeVisible();

    await toggle(owner, "Contacts: Create").click();
    await expect(owner.getByText("Ana no longer has Contacts: Create.")).toBeVisible();
    await expect(other.getByRole("link", { name: "Add contact" })).toBeHidden(AT_ONCE);

    await toggle(owner, "Contacts: all permissions").click();
    await expect(toggle(owner, "Contacts: Read personal details")).toHaveAttribute("aria-checked", "true");
    await expect(shownDetails).toBeVisible();
  });

  await test.step("an open form obeys too", async () => {
    await open(other, `${account}/contacts/${contact}`);
    const form = other.getByRole("dialog", { name: "Contact" });
    await expect(form.getByLabel("Name")).toHaveValue("Dineo Molefe");
    await toggle(owner, "Contacts: Read personal details").click();
    await expect(form.getByLabel("Name")).toBeHidden(AT_ONCE);
    await expect(form.getByRole("button", { name: "Save tags" })).toBeVisible();
  });

  await test.step("the data access log shows it, refusals included", async () => {
    await open(owner, `${account}/access-log`);
    const rows = owner.getByRole("row");
    const refused = rows.filter({ hasText: "Ana Ruiz was refused: contacts: create" });
    await expect(refused).toContainText("/api/create_contact");
    await expect(refused).toContainText("contact.create");
    await expect(refused).toContainText("127.0.0.1");
    await expect(refused).toContainText("Refused");
    await expect(rows.filter({ hasText: "Thandi Dlamini changed the permissions of Ana Ruiz" }).first()).toContainText("Allowed");
    await expect(rows.filter({ hasText: "Ana Ruiz accepted an invitation as Member" })).toBeVisible();
    await owner.getByRole("button", { name: "Filter" }).click();
    await owner.getByRole("combobox", { name: "Result" }).selectOption("refused");
    await owner.getByRole("button", { name: "Apply" }).click();
    await expect(owner).toHaveURL(/outcome=refused/);
    await expect(owner.getByRole("link", { name: "Remove filter Result: Refused" })).toBeVisible();
    await expect(owner.getByRole("button", { name: "Apply" })).toBeHidden();
    await expect(rows.filter({ hasText: "Allowed" })).toHaveCount(0);
    await expect(refused).toBeVisible();
    const before = await rows.filter({ hasText: "Ana Ruiz was refused" }).count();
    await call(other.request, "delete_contact", { account: idOf(account), contact: "00000000-0000-7000-8000-000000000000" });
    await call(other.request, "list_access_entries", { account: idOf(account), "filter[path]": "" });
    await expect(rows.filter({ hasText: "Ana Ruiz was refused" })).not.toHaveCount(before);
  });

  await test.step("suspended: the open page says so", async () => {
    watch.expects(403);
    await open(other, `${account}/contacts`);
    await open(owner, drawer);
    await actOnMember(owner, "Suspend");
    await expect(owner.getByRole("button", { name: "Restore" })).toBeVisible();
    await expect(other.getByRole("heading", { name: "Your access is suspended" })).toBeVisible(AT_ONCE);
    await expect(other.getByText("Bongani")).toHaveCount(0);
    expect((await call(other.request, "list_contacts", { account: idOf(account), "filter[search]": "" })).status()).toBe(403);
    await actOnMember(owner, "Restore");
    await expect(owner.getByRole("button", { name: "Suspend" })).toBeVisible();
    // By itself.
    await expect(other.getByRole("heading", { name: "Contacts" })).toBeVisible();
  });

  await test.step("removed: the open page says so", async () => {
    watch.expects(404);
    await open(other, `${account}/contacts`);
    await owner.getByRole("button", { name: "Remove" }).click();
    const question = owner.getByRole("dialog", { name: "Remove Ana Ruiz?" });
    await expect(question).toContainText("lose access immediately");
    await question.getByRole("button", { name: "Remove" }).click();
    await expect(owner).toHaveURL(/\/members$/);
    await expect(other.getByRole("heading", { name: "You no longer have access to Northwind Retail" })).toBeVisible(AT_ONCE);
    expect((await call(other.request, "list_contacts", { account: idOf(account), "filter[search]": "" })).status()).toBe(404);
    await other.getByRole("link", { name: "Go to my accounts" }).click();
    await expect(other.getByRole("heading", { name: "You're not a member of any organisation" })).toBeVisible();
    await expect(owner.getByRole("link", { name: "Ana Ruiz" })).toBeHidden();
  });

  await test.step("sign out, and in again", async () => {
    await owner.getByRole("button", { name: "My menu" }).click();
    await owner.getByRole("button", { name: "Sign out" }).click();
    await owner.waitForURL("**/sign-in");
    await open(owner, "/sign-in");
    await owner.goto(`${account}/members`);
    await expect(owner).toHaveURL(/\/sign-in\?then=/);
    await ready(owner);
    await owner.getByLabel("E-mail").fill(thandi.email.toUpperCase());
    await owner.getByLabel("Password").fill(PASSWORD);
    await owner.getByRole("button", { name: "Sign in", exact: true }).click();
    await owner.waitForURL(`**${account}/members`);
    await expect(owner.getByRole("link", { name: nameOf(thandi) })).toBeVisible();
  });
});

test.describe("the permission toggles", () => {
  test("parent and children move together, and a reload finds them as they were", async ({ page, newPage }) => {
    const ana = person("Ana", "Ruiz");
    const account = await found(page.request, person("Thandi", "Dlamini"));
    const drawer = await join(page.request, (await newPage()).request, account, ana, "custom");
    await open(page, drawer);
    const all = toggle(page, "Contacts: all permissions");
    const read = toggle(page, "Contacts: Read");
    const basics = toggle(page, "Contacts: Read basics");
    const personal = toggle(page, "Contacts: Read personal details");
    const states = async (...expected: string[]) => {
      for (const [node, state] of [all, read, basics, personal].map((node, i) => [node, expected[i]] as const)) {
        await expect(node).toHaveAttribute("aria-checked", state ?? "");
      }
    };
    await states("false", "false", "false", "false");
    await basics.click();
    await states("mixed", "mixed", "true", "false");
    await read.click();
    await states("mixed", "true", "true", "true");
    await all.click();
    await states("true", "true", "true", "true");
    await expect(page.getByText("9 of 9")).toBeVisible();
    await personal.click();
    await states("mixed", "mixed", "true", "false");
    await expect(page.getByText("Ana can no longer see personal details.")).toBeVisible();
    await open(page, drawer);
    await states("mixed", "mixed", "true", "false");
    await read.click();
    await read.click();
    await states("mixed", "false", "false", "false");
    await all.click();
    await all.click();
    await states("false", "false", "false", "false");
  });

  test("a search finds a permission", async ({ page, newPage }) => {
    const account = await found(page.request, person("Thandi", "Dlamini"));
    const drawer = await join(page.request, (await newPage()).request, account, person("Ana", "Ruiz"), "viewer");
    await open(page, drawer);
    const search = page.getByRole("searchbox", { name: "Find a permission" });
    await search.fill("withdraw");
    await expect(page.getByRole("switch")).toHaveCount(1);
    await expect(toggle(page, "Members: Invite")).toBeVisible();
    await search.fill("contact.read.p");
    await expect(toggle(page, "Contacts: Read personal details")).toBeVisible();
    await expect(page.getByRole("switch")).toHaveCount(1);
    await search.fill("");
    await expect(toggle(page, "Data access log: Export")).toBeVisible();
  });

  test("an error flips it back and says why", async ({ page, newPage, watch }) => {
    watch.expects(/net::ERR_FAILED/, 403);
    const account = await found(page.request, person("Thandi", "Dlamini"));
    const marco = await newPage();
    await join(page.request, marco.request, account, person("Marco", "Rossi"), "admin");
    const drawer = await join(page.request, (await newPage()).request, account, person("Ana", "Ruiz"), "member");
    await open(page, drawer);
    const create = toggle(page, "Contacts: Create");
    await expect(create).toHaveAttribute("aria-checked", "true");
    await page.route("**/api/switch_permission", (route) => route.abort());
    await create.click();
    await expect(page.getByRole("alert")).toContainText("The server can't be reached.");
    await expect(create).toHaveAttribute("aria-checked", "true");
    await expect(currentRole(page)).toContainText("Member");
    await page.unroute("**/api/switch_permission");
    await create.click();
    await expect(page.getByText("Ana no longer has Contacts: Create.")).toBeVisible();
    await expect(page.getByRole("alert")).toBeHidden();

    // Refused by the server: it holds the request back until the right is gone.
    await open(marco, drawer);
    const theirs = toggle(marco, "Campaigns: Create");
    let letGo = () => {};
    const gone = new Promise<void>((resolve) => (letGo = resolve));
    await marco.route("**/api/switch_permission", async (route) => {
      await gone;
      await route.continue();
    });
    await theirs.click();
    await expect(theirs).toHaveAttribute("aria-checked", "false");
    const members = await (await call(page.request, "list_members", { account: idOf(account), "filter[search]": "Marco" })).json();
    await call(page.request, "set_role", { account: idOf(account), member: members.rows[0].id, role: "viewer" });
    letGo();
    await expect(marco.getByRole("alert")).toContainText("You don't have permission to do this.");
    await expect(theirs).toHaveAttribute("aria-checked", "true");
    await expect(theirs).toBeDisabled();
  });

  test("what one does not hold oneself is disabled, and says why", async ({ page, newPage }) => {
    const account = await found(page.request, person("Thandi", "Dlamini"));
    const lead = person("Lerato", "Mokoena");
    const leader = await newPage();
    const leadDrawer = await join(page.request, leader.request, account, lead, "viewer");
    await call(page.request, "switch_permission", { account: idOf(account), member: leadDrawer.split("/").at(-1) ?? "", path: "member.update", on: "true" });
    const drawer = await join(page.request, (await newPage()).request, account, person("Ana", "Ruiz"), "viewer");
    await open(leader, drawer);
    const personal = toggle(leader, "Contacts: Read personal details");
    await expect(personal).toBeDisabled();
    await expect(personal).toHaveAccessibleDescription("You don't have this permission yourself.");
    const admin = memberDrawer(leader).getByRole("radio", { name: "Admin" });
    await expect(admin).toBeDisabled();
    await expect(admin).toHaveAccessibleDescription(/You can't assign this role: it would change permissions you don't have\./);
    await toggle(leader, "Contacts: Read basics").click();
    await expect(leader.getByText("Ana no longer has Contacts: Read basics.")).toBeVisible();
    // Nobody changes themselves.
    await open(leader, leadDrawer);
    await expect(leader.getByText("You can't change your own access. Ask another admin.").first()).toBeVisible();
    await expect(toggle(leader, "Contacts: Read basics")).toBeDisabled();
  });
});
