import { accept, addContact, call, found, giveRole, idOf, invite, join, linkTo, person, withdraw } from "./support/people.ts";
import { expect, open, test } from "./support/test.ts";

test("many members at once: asked first, done, and taken back", async ({ page, newPage, watch }) => {
  watch.expects(403);
  const account = await found(page.request, person("Thandi", "Dlamini"));
  const ana = await newPage();
  await join(page.request, ana.request, account, person("Ana", "Ruiz"), "member");
  await join(page.request, (await newPage()).request, account, person("Ben", "Okafor"), "viewer");
  await open(ana, `${account}/contacts`);
  await open(page, `${account}/members`);
  const bar = page.getByRole("region", { name: "Selected members" });
  await expect(bar).toBeHidden();
  await page.getByRole("checkbox", { name: "Select all on this page" }).check();
  await expect(bar).toContainText("3 selected");
  await bar.getByRole("button", { name: "Suspend" }).click();
  const question = page.getByRole("dialog", { name: "Suspend 2 people?" });
  await expect(question).toContainText("Thandi Dlamini: The owner has every permission");
  await question.getByRole("button", { name: "Suspend" }).click();
  const result = page.getByRole("dialog", { name: "2 people suspended." });
  await expect(result.getByRole("listitem").first()).toContainText("Thandi Dlamini: The owner has every permission");
  await expect(result.getByRole("listitem").filter({ hasText: "Ana Ruiz" })).toHaveText("Ana Ruiz: done");
  await expect(ana.getByRole("heading", { name: "Your access is suspended" })).toBeVisible();
  await expect(bar).toBeHidden();
  await result.getByRole("button", { name: "Undo" }).click();
  await expect(result).toBeHidden();
  await expect(page.getByText("Undone.")).toBeVisible();
  await expect(page.getByRole("row").filter({ hasText: "Suspended" })).toHaveCount(0);

  await page.getByRole("checkbox", { name: "Select Ana Ruiz" }).check();
  await bar.getByRole("combobox", { name: "Change role" }).selectOption("Admin");
  await page.getByRole("dialog", { name: "Change the role of Ana Ruiz to Admin?" }).getByRole("button", { name: "Make Admin" }).click();
  await expect(page.getByRole("row").filter({ hasText: "Ana Ruiz" })).toContainText("Admin");
});

test("two hundred members, all that match at once", async ({ page, newPage }) => {
  test.setTimeout(180_000);
  const account = await found(page.request, person("Thandi", "Dlamini"));
  const crowd = Array.from({ length: 200 }, (_, number) => person(`Crowd${number}`, "Member"));
  for (const part of [crowd.slice(0, 100), crowd.slice(100)]) {
    await call(page.request, "invite_members", { account: idOf(account), "form[emails]": part.map(({ email }) => email).join(","), "form[role]": "viewer" });
  }
  const theirs = (await newPage()).request;
  for (const one of crowd) await accept(theirs, await linkTo(page.request, one.email), one);

  await open(page, `${account}/members?search=crowd`);
  const bar = page.getByRole("region", { name: "Selected members" });
  await page.getByRole("checkbox", { name: "Select all on this page" }).check();
  await expect(bar).toContainText("100 selected");
  await page.getByRole("link", { name: "Next", exact: true }).click();
  await expect(page.getByText("101 to 200 of 200")).toBeVisible();
  await expect(bar).toContainText("100 selected");
  await page.getByRole("checkbox", { name: "Select all on this page" }).check();
  await expect(bar).toContainText("200 selected");
  await page.getByRole("checkbox", { name: "Select all on this page" }).uncheck();
  await expect(bar).toContainText("100 selected");
  await bar.getByRole("button", { name: "Select all 200" }).click();
  await expect(bar).toContainText("200 selected");
  await expect(page.getByRole("checkbox", { name: "Select all on this page" })).toBeChecked();
  await bar.getByRole("button", { name: "Remove" }).click();
  const question = page.getByRole("dialog", { name: "Remove 200 people?" });
  await expect(question.getByRole("listitem")).toHaveCount(200);
  await question.getByRole("button", { name: "Remove" }).click();
  await expect(page.getByText("No members match.")).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("Undone.")).toBeVisible();
  await expect(page.getByText("101 to 200 of 200")).toBeVisible();
});

test("a row has a menu of its own", async ({ page, newPage }) => {
  const account = await found(page.request, person("Thandi", "Dlamini"));
  await join(page.request, (await newPage()).request, account, person("Ana", "Ruiz"), "member");
  await open(page, `${account}/members`);
  await page.getByRole("button", { name: "More actions for Ana Ruiz" }).press("Enter");
  await page.getByRole("button", { name: "Remove", exact: true }).filter({ visible: true }).click();
  const question = page.getByRole("dialog", { name: "Remove Ana Ruiz?" });
  await question.getByRole("button", { name: "Cancel" }).click();
  await expect(question).toBeHidden();
  await page.getByRole("button", { name: "More actions for Ana Ruiz" }).click();
  await page.getByRole("button", { name: "Make Viewer" }).filter({ visible: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Make Viewer" }).click();
  await expect(page.getByRole("row").filter({ hasText: "Ana Ruiz" })).toContainText("Viewer");
});

test("who may not change members selects none", async ({ page, newPage }) => {
  const account = await found(page.request, person("Thandi", "Dlamini"));
  for (const role of ["viewer", "member"]) {
    const reader = await newPage();
    const drawer = await join(page.request, reader.request, account, person("Ana", "Ruiz"), role);
    await open(reader, `${account}/members`);
    await expect(reader.getByRole("link", { name: "Ana Ruiz" }).first()).toBeVisible();
    await expect(reader.getByRole("checkbox").filter({ visible: true })).toHaveCount(0);
    await expect(reader.getByRole("button", { name: /^More actions for/ }).filter({ visible: true })).toHaveCount(0);
    await open(reader, drawer);
    await expect(reader.getByRole("dialog", { name: "Member" })).toContainText("You don't have permission to do this.");
  }
});

test("a role of one's own: made, given, changed for everyone at once, compared, deleted", async ({ page, newPage, watch }) => {
  watch.expects(404);
  const account = await found(page.request, person("Thandi", "Dlamini"));
  const ana = await newPage();
  const drawer = await join(page.request, ana.request, account, person("Ana", "Ruiz"), "viewer");
  await addContact(page.request, account, "Bongani Nkosi");
  await open(page, `${account}/roles`);
  await page.getByRole("link", { name: "New role" }).click();
  await page.getByLabel("Name").fill("Marketing manager");
  await page.getByLabel("Copy permissions from").selectOption("Member");
  await page.getByRole("button", { name: "Create role" }).click();
  const role = page.getByRole("dialog", { name: "Role" });
  await expect(role.getByText("No one has this role")).toBeVisible();

  await open(page, drawer);
  await giveRole(page, "Marketing manager");
  await expect(page.getByRole("row").filter({ hasText: "Ana Ruiz" })).toContainText("Marketing manager");
  await open(page, `${account}/members`);
  await page.getByRole("button", { name: "Filter" }).click();
  await page.getByRole("combobox", { name: "Role", exact: true }).selectOption("Marketing manager");
  await page.getByRole("button", { name: "Apply" }).click();
  await expect(page.getByRole("link", { name: "Remove filter Role: Marketing manager" })).toBeVisible();
  await expect(page.getByText("1 to 1 of 1")).toBeVisible();
  await open(ana, `${account}/contacts`);
  await expect(ana.getByText("Bongani Nkosi")).toBeVisible();

  await open(page, `${account}/roles?search=market`);
  await expect(page.getByRole("row")).toHaveCount(2);
  await page.getByRole("link", { name: "Marketing manager" }).click();
  await expect(role.getByText("1 person has this role")).toBeVisible();
  await role.getByRole("switch", { name: "Contacts: Read personal details" }).click();
  await expect(role.getByText("Marketing manager can no longer see personal details.")).toBeVisible();
  await expect(ana.getByText("Bongani Nkosi")).toHaveCount(0);

  await role.getByRole("link", { name: "Compare" }).click();
  const compared = page.getByRole("dialog", { name: "Compare roles" });
  await expect(compared.getByRole("row").filter({ hasText: "Contacts: Create" })).toContainText("YesNo");
  await page.goBack();
  await role.getByRole("button", { name: "Delete" }).click();
  await page.getByRole("button", { name: "Delete role" }).click();
  await expect(page).toHaveURL(/\/roles\?search=market$/);
  await expect(page.getByText("Marketing manager")).toHaveCount(0);
});

test("the tree of accounts: made, entered, moved with a warning, deleted by name", async ({ page, newPage, watch }) => {
  watch.expects(404, 422);
  const account = await found(page.request, person("Thandi", "Dlamini"));
  for (const name of ["Western Cape", "Gauteng"]) {
    await open(page, `${account}/accounts/new`);
    await page.getByLabel("Name").fill(name);
    await page.getByRole("button", { name: "Create account" }).click();
    await expect(page.getByRole("row").filter({ hasText: name })).toBeVisible();
  }
  const drawer = page.getByRole("dialog", { name: "Account" });
  await page.getByRole("link", { name: "Western Cape" }).click();
  await drawer.getByRole("link", { name: "Add sub-account" }).click();
  await page.getByLabel("Name").fill("Cape Town");
  await page.getByRole("button", { name: "Create account" }).click();
  await page.getByRole("link", { name: "Western Cape" }).click();
  await drawer.getByRole("link", { name: "Open account" }).click();
  const west = new URL(page.url()).pathname;
  expect(west).not.toBe(account);
  await join(page.request, (await newPage()).request, west, person("Ana", "Ruiz"), "viewer");

  await open(page, `${account}/accounts`);
  await page.getByRole("link", { name: "Cape Town" }).click();
  await drawer.getByLabel("Parent account").selectOption({ label: "– Gauteng" });
  await expect(drawer.getByText("Who loses access")).toBeVisible();
  await expect(drawer.getByText("Ana Ruiz: Viewer, through Western Cape. Ana can no longer enter Cape Town.")).toBeVisible();
  await drawer.getByRole("button", { name: "Move" }).click();
  await expect(page.getByText("Account moved.")).toBeVisible();

  await page.getByRole("link", { name: "Western Cape" }).click();
  await expect(drawer.getByText("This also deletes 1 member. This can't be undone.")).toBeVisible();
  await drawer.getByRole("button", { name: "Delete" }).click();
  await expect(drawer.getByLabel("Type Western Cape to confirm")).toHaveAccessibleDescription(/Type the name exactly/);
  await drawer.getByLabel("Type Western Cape to confirm").fill("Western Cape");
  await drawer.getByRole("button", { name: "Delete" }).click();
  await expect(page.getByText("Account deleted.")).toBeVisible();
  await expect(page.getByRole("row").filter({ hasText: "Western Cape" })).toHaveCount(0);
  expect((await call(page.request, "get_standing", { account: idOf(west) })).status()).toBe(404);
});

test("an organisation is offered, accepted, and left", async ({ page, newPage, watch }) => {
  watch.expects(404, 422);
  const account = await found(page.request, person("Thandi", "Dlamini"));
  const ana = await newPage();
  await join(page.request, ana.request, account, person("Ana", "Ruiz"), "admin");
  await open(page, `${account}/organisation`);
  await open(ana, `${account}/organisation`);
  const dialog = page.getByRole("dialog", { name: "Transfer this organisation?" });
  const offer = dialog.getByRole("button", { name: "Transfer ownership" });
  await expect(dialog).toBeHidden();
  await page.getByRole("region", { name: "Ownership" }).getByRole("button", { name: "Transfer ownership" }).first().click();
  await offer.click();
  await expect(page.getByText(/^Transfer to Ana Ruiz requested/)).toBeVisible();
  await ana.getByRole("button", { name: "Accept ownership" }).click();
  await expect(ana.getByText("You own this organisation.")).toBeVisible();
  await expect(page.getByText("Ana Ruiz owns this organisation.")).toBeVisible();
  await page.getByRole("button", { name: "Leave organisation" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Leave", exact: true }).click();
  await expect(page.getByRole("heading", { name: "You're not a member of any organisation" })).toBeVisible();
});

test("one letter leads into several accounts; its reader may be signed in already", async ({ page, newPage }) => {
  const account = await found(page.request, person("Thandi", "Dlamini"));
  await open(page, `${account}/accounts/new`);
  await page.getByLabel("Name").fill("Cape Town");
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page.getByRole("row").filter({ hasText: "Cape Town" })).toBeVisible();
  const ana = person("Ana", "Ruiz");
  const hers = await newPage();
  await found(hers.request, ana, "Ana's own");

  await open(page, `${account}/members/invite`);
  const form = page.getByRole("dialog", { name: "Invite people" });
  await form.locator("input[type=file]").setInputFiles({ name: "people.csv", mimeType: "text/csv", buffer: Buffer.from(`name,address\n"Ruiz, Ana",${ana.email}\n`) });
  await expect(form.getByLabel("E-mail addresses")).toHaveValue(ana.email);
  await form.getByRole("radio", { name: /^Viewer/ }).check();
  await form.getByRole("button", { name: "Add another account" }).click();
  await form.getByRole("combobox", { name: "Account", exact: true }).selectOption({ label: "– Cape Town" });
  await form.getByRole("combobox", { name: "Role in this account" }).selectOption("Member");
  await form.getByRole("button", { name: "Send invitations" }).click();
  await expect(form.getByText("2 invitations sent.")).toBeVisible();

  await open(hers, await linkTo(page.request, ana.email, "invitations"));
  await expect(hers.getByText("invited you to Northwind Retail as a Viewer and Cape Town as a Member.")).toBeVisible();
  await expect(hers.getByText(`You're signed in as ${ana.email}`)).toBeVisible();
  await hers.getByRole("button", { name: "Accept invitation" }).click();
  await hers.waitForURL(/\/accounts\//);
  await expect(page.getByText("No members match.")).toHaveCount(0);
});

test("a reader who is signed in as somebody else is told so", async ({ page, newPage }) => {
  const thandi = person("Thandi", "Dlamini");
  const account = await found(page.request, thandi);
  const link = await invite(page.request, account, person("Ana", "Ruiz").email, "viewer");
  await open(page, link);
  await expect(page.getByText(`You're signed in as ${thandi.email}.`)).toBeVisible();
  await expect(page.getByLabel("First name")).toBeVisible();
  const withdrawn = await newPage();
  await open(page, `${account}/members?status=pending`);
  await page.getByRole("combobox", { name: /^Role for / }).selectOption("Member");
  await expect(page.getByText("Role changed.")).toBeVisible();
  await withdraw(page, /^Withdraw the invitation to /);
  await expect(page.getByText("No pending invitations.")).toBeVisible();
  await open(withdrawn, link);
  await withdrawn.getByRole("button", { name: "Ask for a new invitation" }).click();
  await expect(withdrawn.getByText(/^Request sent\./)).toBeVisible();
});

test("pending invitations, page by page and by e-mail", async ({ page }) => {
  const account = await found(page.request, person("Thandi", "Dlamini"));
  const crowd = Array.from({ length: 60 }, (_, number) => person(`Crowd${number}`, "Guest").email);
  const one = crowd[7] ?? "";
  await call(page.request, "invite_members", { account: idOf(account), "form[emails]": crowd.join(","), "form[role]": "viewer" });
  await open(page, `${account}/members?status=pending`);
  await expect(page.getByText("1 to 50 of 60")).toBeVisible();
  await page.getByRole("link", { name: "Next", exact: true }).click();
  await expect(page.getByText("51 to 60 of 60")).toBeVisible();
  await page.getByRole("searchbox", { name: "Search", exact: true }).fill(one);
  await page.keyboard.press("Enter");
  await expect(page.getByText("1 to 1 of 1")).toBeVisible();
  await withdraw(page, `Withdraw the invitation to ${one}`);
  await expect(page.getByText("No invitations match.")).toBeVisible();
  await page.getByRole("link", { name: "Show all" }).click();
  await expect(page.getByText("1 to 50 of 59")).toBeVisible();
});

test("the link of somebody who was removed asks for a new invitation", async ({ page, newPage }) => {
  const account = await found(page.request, person("Thandi", "Dlamini"));
  const ana = person("Ana", "Ruiz");
  const link = await invite(page.request, account, ana.email, "viewer");
  const hers = await newPage();
  await accept(hers.request, link, ana);
  const list = await (await call(page.request, "list_members", { account: idOf(account), "filter[search]": ana.email })).json();
  await call(page.request, "remove_member", { account: idOf(account), member: list.rows[0].id });
  await open(hers, link);
  await expect(hers.getByText(`${ana.email} is no longer a member.`)).toBeVisible();
  await hers.getByRole("button", { name: "Ask for a new invitation" }).click();
  await expect(hers.getByText(/^Request sent\./)).toBeVisible();
});

test("my invitations, inside", async ({ page, newPage }) => {
  const account = await found(page.request, person("Thandi", "Dlamini"));
  const ana = person("Ana", "Ruiz");
  const hers = await newPage();
  const own = await found(hers.request, ana, "Ana's own");
  await invite(page.request, account, ana.email, "viewer");
  await open(hers, own);
  await hers.getByRole("button", { name: "My menu" }).click();
  await hers.getByRole("link", { name: "My settings" }).click();
  await expect(hers.getByText("Northwind Retail · Viewer")).toBeVisible();
  await hers.getByRole("button", { name: "Accept", exact: true }).click();
  await hers.waitForURL(`**${account}`);
});

test("the switcher leads to what is open, and shows the rest for orientation", async ({ page, newPage }) => {
  const account = await found(page.request, person("Thandi", "Dlamini"));
  for (const name of ["Western Cape", "Gauteng"]) await call(page.request, "create_account", { account: idOf(account), "form[name]": name });
  const tree = await (await call(page.request, "list_accounts", { account: idOf(account), name: "western" })).json();
  const west = `/accounts/${tree.rows[0].id}`;
  const ana = await newPage();
  await join(page.request, ana.request, west, person("Ana", "Ruiz"), "viewer");
  await open(ana, west);
  await ana.getByRole("button", { name: /^Switch account/ }).click();
  const menu = ana.locator("#switcher-menu");
  await expect(menu.getByRole("link", { name: "Western Cape" })).toHaveAttribute("aria-current", "true");
  await expect(menu.getByText("Northwind Retail").first()).toBeVisible();
  await expect(menu.getByRole("listitem").getByRole("link")).toHaveCount(1);
  await expect(menu.getByText("Gauteng")).toHaveCount(0);
  await menu.getByRole("searchbox", { name: "Find an account" }).fill("gauteng");
  await expect(menu.getByText("No accounts match.")).toBeVisible();

  await open(page, account);
  await page.getByRole("button", { name: /^Switch account/ }).click();
  await page.getByRole("searchbox", { name: "Find an account" }).fill("gaut");
  // The tree gives way to what was found: a link of the tree would be gone under the click.
  await expect(page.locator("#switcher-menu").getByRole("listitem")).toHaveCount(1);
  await page.locator("#switcher-menu").getByRole("link", { name: "Gauteng" }).click();
  await expect(page).not.toHaveURL(new RegExp(account));
  await expect(page.getByRole("button", { name: /^Switch account/ })).toContainText("Northwind Retail › Gauteng");
});

test("two accounts of one name are told apart in the switcher", async ({ page }) => {
  const account = await found(page.request, person("Thandi", "Dlamini"));
  for (const region of ["Western Cape", "Gauteng"]) {
    const made = await (await call(page.request, "create_account", { account: idOf(account), "form[name]": region })).json();
    await call(page.request, "create_account", { account: made, "form[name]": "Head office" });
  }
  await open(page, account);
  await page.getByRole("button", { name: /^Switch account/ }).click();
  const menu = page.locator("#switcher-menu");
  await expect(menu.getByRole("list", { name: "Northwind Retail" }).getByRole("link")).toHaveCount(5);
  await menu.getByRole("searchbox", { name: "Find an account" }).fill("head office");
  await expect(menu.getByRole("listitem")).toHaveCount(2);
  await menu.getByRole("link", { name: "Head office Northwind Retail › Gauteng" }).click();
  await expect(page.getByRole("button", { name: /^Switch account/ })).toContainText("Gauteng › Head office");
});

test("from one branch people are invited into another, where one may invite there too", async ({ page }) => {
  const account = await found(page.request, person("Thandi", "Dlamini"));
  const made = [];
  for (const name of ["Western Cape", "Gauteng"]) {
    made.push(await (await call(page.request, "create_account", { account: idOf(account), "form[name]": name })).json());
  }
  await open(page, `/accounts/${made[0]}/members/invite`);
  const form = page.getByRole("dialog", { name: "Invite people" });
  await form.getByLabel("E-mail addresses").fill(person("Ana", "Ruiz").email);
  await form.getByRole("radio", { name: /^Viewer/ }).check();
  await form.getByRole("button", { name: "Add another account" }).click();
  await form.getByRole("combobox", { name: "Account", exact: true }).selectOption({ label: "– Gauteng" });
  await form.getByRole("button", { name: "Send invitations" }).click();
  await expect(form.getByText("2 invitations sent.")).toBeVisible();
});
