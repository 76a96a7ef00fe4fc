import type { Page } from "@playwright/test";
import { PASSWORD, actOnMember, addContact, call, currentRole, found, giveRole, idOf, invite, join, memberDrawer, nameOf, person, signIn, succeed, withdraw } from "./support/people.ts";
import { expect, open, test } from "./support/test.ts";

test("an offer of the organisation is withdrawn, another is declined", async ({ page, newPage }) => {
  const account = await found(page.request, person("Thandi", "Dlamini"));
  const ana = await newPage();
  await join(page.request, ana.request, account, person("Ana", "Ruiz"), "admin");
  await open(page, `${account}/organisation`);
  await open(ana, `${account}/organisation`);
  const offer = async (): Promise<void> => {
    await page.getByRole("region", { name: "Ownership" }).getByRole("button", { name: "Transfer ownership" }).first().click();
    await page.getByRole("dialog", { name: "Transfer this organisation?" }).getByRole("button", { name: "Transfer ownership" }).click();
    await expect(page.getByText(/^Transfer to Ana Ruiz requested/)).toBeVisible();
  };
  const accept = ana.getByRole("button", { name: "Accept ownership" });
  await offer();
  await expect(accept).toBeVisible();
  await page.getByRole("button", { name: "Cancel transfer" }).click();
  await expect(page.getByText("Ownership transfer cancelled.")).toBeVisible();
  await expect(accept).toHaveCount(0);
  await offer();
  await ana.getByRole("button", { name: "Decline" }).click();
  await expect(ana.getByText("Ownership transfer declined.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Transfer ownership" }).first()).toBeVisible();
  await expect(page.getByText("You own this organisation.")).toBeVisible();
});

test("who is signed in as somebody else joins as the one who was invited", async ({ page, newPage }) => {
  const account = await found(page.request, person("Thandi", "Dlamini"));
  const [ana, ben] = [person("Ana", "Ruiz"), person("Ben", "Bo")];
  const shared = await newPage();
  await found(shared.request, ana, "Ana's own");
  await found(shared.request, ben, "Ben's own");
  const link = await invite(page.request, account, ana.email, "member");
  await open(shared, link);
  await expect(shared.getByText(`You're signed in as ${ben.email}.`)).toBeVisible();
  await shared.getByLabel("Password").fill(PASSWORD);
  await shared.getByRole("button", { name: "Accept invitation" }).click();
  await shared.waitForURL(new RegExp(account));
  const profile = await (await call(shared.request, "get_profile")).json();
  expect(profile.email).toBe(ana.email);
  await open(page, `${account}/members`);
  await expect(page.getByRole("row").filter({ hasText: nameOf(ana) })).toContainText("Member");
  await expect(page.getByRole("row").filter({ hasText: nameOf(ben) })).toHaveCount(0);
});

test("several are suspended and restored at once", async ({ page, newPage, watch }) => {
  watch.expects(403);
  const account = await found(page.request, person("Thandi", "Dlamini"));
  const people = [person("Ana", "Ruiz"), person("Ben", "Bo")];
  const theirs = await newPage();
  for (const one of people) await join(page.request, theirs.request, account, one, "member");
  await open(page, `${account}/members`);
  const bar = page.getByRole("region", { name: "Selected members" });
  const act = async (name: string, question: string): Promise<void> => {
    for (const one of people) await page.getByRole("checkbox", { name: `Select ${nameOf(one)}` }).check();
    await bar.getByRole("button", { name, exact: true }).click();
    await page.getByRole("dialog", { name: question }).getByRole("button", { name, exact: true }).click();
  };
  await act("Suspend", "Suspend 2 people?");
  for (const one of people) await expect(page.getByRole("row").filter({ hasText: nameOf(one) })).toContainText("Suspended");
  expect((await call(theirs.request, "list_contacts", { account: idOf(account), "filter[search]": "" })).status()).toBe(403);
  await act("Restore", "Restore 2 people?");
  for (const one of people) await expect(page.getByRole("row").filter({ hasText: nameOf(one) })).toContainText("Active");
  expect((await call(theirs.request, "list_contacts", { account: idOf(account), "filter[search]": "" })).status()).toBe(200);
});

test("the list comes without its drawers, which come once somebody is about to open one", async ({ page, newPage }) => {
  const account = await found(page.request, person("Thandi", "Dlamini"));
  const member = await join(page.request, (await newPage()).request, account, person("Ana", "Ruiz"), "member");
  const drawers = /\/member-\w+\.bin$/;
  const programs: string[] = [];
  page.on("request", (request) => {
    if (request.url().endsWith(".bin")) programs.push(request.url());
  });
  await open(page, `${account}/members`);
  expect(programs.filter((url) => /\/members-\w+\.bin$/.test(url))).not.toEqual([]);
  expect(programs.filter((url) => drawers.test(url))).toEqual([]);
  const coming = page.waitForRequest(drawers);
  await page.getByRole("link", { name: "Ana Ruiz" }).hover();
  await coming;
  await page.getByRole("link", { name: "Ana Ruiz" }).click();
  await expect(memberDrawer(page).getByRole("switch", { name: "Contacts: Create" })).toBeVisible();
  for (const drawer of [member, `${account}/members/invite`]) {
    programs.length = 0;
    await open(page, drawer);
    await expect(page.getByRole("dialog").getByRole("radio", { name: /^Viewer/ })).toBeVisible();
    expect(programs.filter((url) => drawers.test(url))).not.toEqual([]);
  }
});

test("a role is cloned and renamed, the organisation is renamed", async ({ page, newPage }) => {
  const thandi = person("Thandi", "Dlamini");
  const account = await found(page.request, thandi);
  await call(page.request, "create_role", { account: idOf(account), "form[name]": "Marketing manager", "form[like]": "member" });
  await open(page, `${account}/roles/new`);
  await page.getByLabel("Name").fill("Marketing assistant");
  await page.getByLabel("Copy permissions from").selectOption("Marketing manager");
  await page.getByRole("button", { name: "Create role" }).click();
  const role = page.getByRole("dialog", { name: "Role" });
  await expect(role.getByRole("switch", { name: "Contacts: Create" })).toHaveAttribute("aria-checked", "true");
  await role.getByLabel("Name").fill("Shop assistant");
  await role.getByRole("button", { name: "Rename" }).click();
  await expect(role.getByRole("heading", { name: "Shop assistant" })).toBeVisible();

  const other = await newPage();
  await signIn(other.request, thandi);
  await open(other, `${account}/members`);
  await open(page, `${account}/accounts`);
  await page.getByRole("link", { name: "Northwind Retail", exact: true }).last().click();
  const drawer = page.getByRole("dialog", { name: "Account" });
  await expect(drawer.getByRole("button", { name: "Rename" })).toHaveCount(0);
  await drawer.getByRole("link", { name: "organisation page" }).click();
  await page.getByLabel("Name", { exact: true }).fill("Head office");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Organisation details saved.")).toBeVisible();
  await open(page, `${account}/accounts`);
  await expect(page.getByRole("row").filter({ hasText: "Head office" })).toBeVisible();
  await expect(other.getByRole("button", { name: /^Switch account/ })).toContainText("Head office");
  await expect(other.getByRole("row").filter({ hasText: "Thandi" })).toContainText("Head office");
});

test("a list has pages", async ({ page }) => {
  const account = await found(page.request, person("Thandi", "Dlamini"));
  for (let number = 0; number < 52; number += 1) await addContact(page.request, account, `Contact ${number}`);
  await open(page, `${account}/contacts`);
  await expect(page.getByText("1 to 50 of 52")).toBeVisible();
  await page.getByRole("link", { name: "Next", exact: true }).click();
  await expect(page.getByText("51 to 52 of 52")).toBeVisible();
  await expect(page.getByRole("row")).toHaveCount(3);
  await page.getByRole("link", { name: "Previous", exact: true }).click();
  await expect(page.getByText("1 to 50 of 52")).toBeVisible();
});

test("one person: the same question and the same way back, from the drawer as from the row's menu", async ({ page, newPage, watch }) => {
  // The open drawer of somebody who was removed asks once more.
  watch.expects(404);
  const account = await found(page.request, person("Thandi", "Dlamini"));
  await succeed(page.request, "create_role", { account: idOf(account), "form[name]": "Marketing manager", "form[like]": "member" });
  const drawer = await join(page.request, (await newPage()).request, account, person("Ana", "Ruiz"), "viewer");
  const row = page.getByRole("row").filter({ hasText: "Ana Ruiz" });
  const undo = page.getByRole("button", { name: "Undo" });
  await open(page, drawer);

  // Nothing happens before the answer, which knows how much is new.
  await memberDrawer(page).getByRole("radio", { name: "Admin" }).check();
  await memberDrawer(page).getByRole("button", { name: "Change role" }).click();
  const question = page.getByRole("dialog", { name: "Change the role of Ana Ruiz to Admin?" });
  await expect(question.getByRole("listitem")).toHaveText(/^Ana Ruiz: \d+ new permissions$/);
  await question.getByRole("button", { name: "Cancel" }).click();
  await expect(question).toBeHidden();
  await expect(currentRole(page)).toContainText("Viewer");

  await giveRole(page, "Admin");
  await expect(page.getByText("Role changed to Admin for Ana Ruiz.")).toBeVisible();
  await undo.click();
  await expect(page.getByText("Undone.")).toBeVisible();
  await expect(currentRole(page)).toContainText("Viewer");

  await actOnMember(page, "Suspend");
  await expect(page.getByText("Ana Ruiz suspended.")).toBeVisible();
  await expect(memberDrawer(page).getByRole("button", { name: "Restore" })).toBeVisible();
  await undo.click();
  await expect(memberDrawer(page).getByRole("button", { name: "Suspend" })).toBeVisible();

  await actOnMember(page, "Remove");
  await expect(page).toHaveURL(/\/members$/);
  await expect(page.getByText("Ana Ruiz removed.")).toBeVisible();
  await expect(row).toHaveCount(0);
  await undo.click();
  await expect(row).toContainText("Viewer");

  // The menu of the row leads to the drawer, and knows the organisation's own roles.
  const menu = page.getByRole("button", { name: "More actions for Ana Ruiz" });
  await menu.click();
  await page.getByRole("link", { name: "Modify permissions" }).click();
  await expect(memberDrawer(page)).toBeVisible();
  await memberDrawer(page).getByRole("link", { name: "Close" }).click();
  await expect(memberDrawer(page)).toBeHidden();
  await menu.click();
  await page.getByRole("button", { name: "Make Marketing manager" }).click();
  const named = page.getByRole("dialog", { name: "Change the role of Ana Ruiz to Marketing manager?" });
  await expect(named.getByRole("listitem")).toHaveText(/^Ana Ruiz: \d+ new permissions, \d+ removed$/);
  await named.getByRole("button", { name: "Make Marketing manager" }).click();
  await expect(row).toContainText("Marketing manager");
  await undo.click();
  await expect(row).toContainText("Viewer");
});

test("an invitation is not withdrawn before the question is answered", async ({ page }) => {
  const account = await found(page.request, person("Thandi", "Dlamini"));
  const { email } = person("Ana", "Ruiz");
  await invite(page.request, account, email, "viewer");
  await open(page, `${account}/members?status=pending`);
  const button = page.getByRole("button", { name: `Withdraw the invitation to ${email}` });
  await button.click();
  const question = page.getByRole("dialog", { name: `Withdraw the invitation to ${email}?` });
  await question.getByRole("button", { name: "Cancel" }).click();
  await expect(question).toBeHidden();
  await expect(button).toBeFocused();
  await withdraw(page, `Withdraw the invitation to ${email}`);
  await expect(page.getByText("Invitation withdrawn.")).toBeVisible();
  await expect(page.getByText("No pending invitations.")).toBeVisible();
});

test("an invitation that was withdrawn is taken back, and its link works again", async ({ page, newPage }) => {
  const account = await found(page.request, person("Thandi", "Dlamini"));
  const { email } = person("Ana", "Ruiz");
  const link = await invite(page.request, account, email, "viewer");
  await open(page, `${account}/members?status=pending`);
  await withdraw(page, `Withdraw the invitation to ${email}`);
  const visitor = await newPage();
  await open(visitor, link);
  await expect(visitor.getByRole("heading", { name: "This invitation was withdrawn" })).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("Undone.")).toBeVisible();
  await expect(page.getByRole("button", { name: `Withdraw the invitation to ${email}` })).toBeVisible();
  await open(visitor, link);
  await expect(visitor.getByRole("button", { name: "Accept invitation" })).toBeVisible();
});

test("the heads of the list sort it, and keep what is filtered", async ({ page, newPage }) => {
  const account = await found(page.request, person("Thandi", "Dlamini"));
  await join(page.request, (await newPage()).request, account, person("Ben", "Okafor"), "viewer");
  await join(page.request, (await newPage()).request, account, person("Ana", "Ruiz"), "member");
  await open(page, `${account}/members?status=active`);
  const names = page.getByRole("row").getByRole("link").locator("b");
  const head = page.getByRole("columnheader", { name: "Person" });
  await expect(names).toHaveText(["Thandi Dlamini", "Ben Okafor", "Ana Ruiz"]);
  await expect(page.getByRole("columnheader", { name: "Joined" })).toHaveAttribute("aria-sort", "ascending");
  await head.getByRole("link").click();
  await expect(names).toHaveText(["Ana Ruiz", "Ben Okafor", "Thandi Dlamini"]);
  await expect(head).toHaveAttribute("aria-sort", "ascending");
  await head.getByRole("link").click();
  await expect(names).toHaveText(["Thandi Dlamini", "Ben Okafor", "Ana Ruiz"]);
  await expect(head).toHaveAttribute("aria-sort", "descending");
  await expect(page).toHaveURL(/status=active/);
  await page.getByRole("columnheader", { name: "Role" }).getByRole("link").click();
  await expect(names).toHaveText(["Thandi Dlamini", "Ana Ruiz", "Ben Okafor"]);
});

test("who was here when, and who lacks a second factor, is for those who may change members", async ({ page, newPage }) => {
  const account = await found(page.request, person("Thandi", "Dlamini"));
  const ana = await newPage();
  await join(page.request, ana.request, account, person("Ana", "Ruiz"), "viewer");
  await join(page.request, (await newPage()).request, account, person("Ben", "Okafor"), "viewer");
  await open(ana, `${account}/members`);
  await open(page, `${account}/members`);
  const row = (of: Page, name: string) => of.getByRole("row").filter({ hasText: name });
  // Ben has accepted, and opened no page since.
  await expect(page.getByRole("columnheader", { name: "Last seen" })).toBeVisible();
  await expect(row(page, "Ana Ruiz").locator("time")).toHaveCount(2);
  await expect(row(page, "Ben Okafor").locator("time")).toHaveCount(1);
  await expect(ana.getByRole("columnheader", { name: "Last seen" })).toHaveCount(0);
  await expect(row(ana, "Ana Ruiz").locator("time")).toHaveCount(1);
  await expect(page.getByRole("columnheader", { name: "Two-factor" })).toBeVisible();
  await expect(row(page, "Ana Ruiz").getByRole("cell", { name: "Off", exact: true })).toBeVisible();
  await expect(ana.getByRole("columnheader", { name: "Two-factor" })).toHaveCount(0);
  await ana.getByRole("button", { name: "Filter" }).click();
  await expect(ana.getByRole("combobox", { name: "Role" })).toBeVisible();
  await expect(ana.getByRole("combobox", { name: "Two-factor authentication" })).toHaveCount(0);
  const asked = await call(ana.request, "list_members", { account: idOf(account), "filter[second_factor]": "false" });
  expect(asked.status()).toBe(403);
});

test("somebody without access is told what is missing and whom to ask", async ({ page, newPage }) => {
  const account = await found(page.request, person("Thandi", "Dlamini"));
  await join(page.request, (await newPage()).request, account, person("Marco", "Rossi"), "admin");
  const ana = await newPage();
  const drawer = await join(page.request, ana.request, account, person("Ana", "Ruiz"), "custom");
  for (const [path, permission] of [["access-log", "Data access log: Read"], ["members", "Members: Read"]]) {
    await open(ana, `${account}/${path}`);
    await expect(ana.getByRole("main").getByRole("alert").first()).toHaveText(
      `You need the permission “${permission}” to see this. Ask Thandi Dlamini or Marco Rossi for access.`,
    );
  }
  // What is given shows at once.
  await succeed(page.request, "switch_permission", { account: idOf(account), member: drawer.split("/").at(-1) ?? "", path: "member.read", on: "true" });
  await expect(ana.getByRole("row").filter({ hasText: "Thandi Dlamini" })).toBeVisible();
});
