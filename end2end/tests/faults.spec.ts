import { OUTBOX_TOKEN } from "./support/outbox.ts";
import { PASSWORD, addContact, call, found, idOf, invite, join, person, withdraw } from "./support/people.ts";
import { expect, open, ready, test } from "./support/test.ts";

test("a wrong password and an unknown address get the same words", async ({ page, newPage, watch }) => {
  watch.expects(401);
  const thandi = person("Thandi", "Dlamini");
  await found((await newPage()).request, thandi);
  await open(page, "/sign-in");
  for (const email of [thandi.email, person("Nobody", "Here").email]) {
    await page.getByLabel("E-mail").fill(email);
    await page.getByLabel("Password").fill("Wrong-horse-7");
    const answered = page.waitForResponse(/\/api\/sign_in/);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    expect((await answered).status()).toBe(401);
    await expect(page.getByRole("alert")).toHaveText("Wrong e-mail or password.");
    await expect(page.getByLabel("E-mail")).toHaveValue(email);
  }
});

test("an address that has a login already: the letter says so, the page does not", async ({ page, newPage }) => {
  const thandi = person("Thandi", "Dlamini");
  await found((await newPage()).request, thandi);
  await open(page, "/sign-up");
  await page.getByLabel("First name").fill("Somebody");
  await page.getByLabel("Last name").fill("Else");
  await page.getByLabel("Organisation").fill("Another");
  await page.getByLabel("Work e-mail").fill(thandi.email);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Create organisation" }).click();
  await expect(page.getByRole("heading", { name: "Check your e-mail" })).toBeVisible();
  await expect(async () => {
    const letters: { to: string; subject: string }[] = await (await page.request.get(`/outbox.json?token=${OUTBOX_TOKEN}`)).json();
    expect(letters.find(({ to }) => to === thandi.email)?.subject).toBe("You already have a login");
  }).toPass({ intervals: [50], timeout: 10_000 });
});

test("invitations that do not open say what happened and what to do", async ({ page, newPage, watch }) => {
  watch.expects(404, 409);
  const account = await found(page.request, person("Thandi", "Dlamini"));
  const ana = person("Ana", "Ruiz");
  const visitor = await newPage();

  await open(visitor, "/invitations/no-such-secret");
  await expect(visitor.getByRole("heading", { name: "This link doesn't work" })).toBeVisible();

  const used = await invite(page.request, account, ana.email, "member");
  await open(visitor, used);
  const late = await newPage();
  await open(late, used);
  for (const one of [visitor, late]) {
    await one.getByLabel("First name").fill("Ana");
    await one.getByLabel("Last name").fill("Ruiz");
    await one.getByLabel("Password", { exact: true }).fill(PASSWORD);
  }
  await visitor.getByRole("button", { name: "Accept invitation" }).click();
  await visitor.waitForURL(`**${account}`);
  await late.getByRole("button", { name: "Accept invitation" }).click();
  await expect(late.getByRole("alert")).toContainText("This invitation is no longer open. Ask for a new one.");
  await open(late, used);
  await expect(late.getByRole("heading", { name: "This invitation has been accepted" })).toBeVisible();
  await expect(late.getByRole("link", { name: "Sign in" })).toBeVisible();

  const noor = person("Noor", "Haddad");
  const replaced = await invite(page.request, account, noor.email, "viewer");
  await open(page, `${account}/members?status=pending`);
  await page.getByRole("button", { name: `Resend to ${noor.email}` }).click();
  await expect(page.getByText("Invitation resent. Earlier links no longer work.")).toBeVisible();
  await open(late, replaced);
  await expect(late.getByRole("heading", { name: "This link doesn't work" })).toBeVisible();

  const withdrawn = await invite(page.request, account, person("Olu", "Adeyemi").email, "viewer");
  await withdraw(page, /^Withdraw the invitation to olu/);
  await expect(page.getByRole("button", { name: /^Withdraw the invitation to olu/ })).toBeHidden();
  await open(late, withdrawn);
  await expect(late.getByRole("heading", { name: "This invitation was withdrawn" })).toBeVisible();
  await expect(late.getByText("Ask Thandi Dlamini or another admin of Northwind Retail for a new one.")).toBeVisible();
});

test("what belongs to another organisation looks like what does not exist", async ({ page, newPage, watch }) => {
  watch.expects(404);
  const mine = await found(page.request, person("Thandi", "Dlamini"));
  const stranger = await newPage();
  const theirs = await found(stranger.request, person("Jonas", "Weber"), "Elsewhere");
  const contact = await addContact(stranger.request, theirs, "Farid Aziz");
  const unknown = "01900000-0000-7000-8000-000000000000";
  const seen: string[] = [];
  for (const account of [theirs, `/accounts/${unknown}`, "/accounts/nonsense"]) {
    const answer = await page.goto(`${account}/contacts`);
    expect(answer?.status()).toBe(404);
    await ready(page);
    await expect(page.getByRole("heading", { name: "Page not found" })).toBeVisible();
    seen.push(await page.getByRole("main").innerText());
  }
  expect(new Set(seen).size).toBe(1);

  // A contact of theirs under an account of mine.
  const words: string[] = [];
  for (const id of [contact, unknown]) {
    const answer = await call(page.request, "get_contact", { account: idOf(mine), contact: id });
    expect(answer.status()).toBe(404);
    words.push(await answer.text());
    await open(page, `${mine}/contacts/${id}`);
    await expect(page.getByRole("dialog", { name: "Contact" }).getByRole("alert")).toContainText("It doesn't exist, or you don't have access.");
  }
  expect(words[0]).toBe(words[1]);
});

test("a page that does not exist", async ({ page, watch }) => {
  watch.expects(404);
  const answer = await page.goto("/no/such/page");
  expect(answer?.status()).toBe(404);
  await ready(page);
  await expect(page.getByRole("heading", { name: "Page not found" })).toBeVisible();
  await page.getByRole("link", { name: "Sign in" }).click();
  await expect(page).toHaveURL(/\/sign-in$/);
});

test("text that is too long is told before it is sent, and by the server", async ({ page, watch }) => {
  watch.expects(422);
  const account = await found(page.request, person("Thandi", "Dlamini"));
  await open(page, `${account}/contacts/new`);
  const form = page.getByRole("dialog", { name: "Add contact" });
  await form.getByLabel("Name").fill("x".repeat(101));
  await form.getByLabel("E-mail").fill("long@customer.example");
  await form.getByRole("button", { name: "Add contact" }).click();
  await expect(form.getByLabel("Name")).toHaveAccessibleDescription("Use 100 characters or fewer.");
  await expect(form.getByLabel("E-mail")).toHaveValue("long@customer.example");
  await form.getByLabel("Name").fill("x".repeat(100));
  await form.getByRole("button", { name: "Add contact" }).click();
  await expect(page.getByText("Contact added.")).toBeVisible();

  const create = (form: Record<string, string>) => call(page.request, "create_contact", { account: idOf(account), "form[email]": "a@b.example", ...form });
  expect((await create({ "form[name]": "x".repeat(101) })).status()).toBe(422);
  expect((await create({ "form[name]": "a\u0000b" })).status()).toBe(422);
  expect((await create({ "form[name]": "a", "form[nobody_knows]": "b" })).status()).toBe(400);
  expect((await create({ "form[name]": "x".repeat(300_000) })).status()).toBe(413);
});

test("without the server the page stays, and says so", async ({ page, watch }) => {
  watch.expects(/net::ERR_FAILED/);
  const account = await found(page.request, person("Thandi", "Dlamini"));
  await addContact(page.request, account, "Bongani Nkosi");
  await open(page, account);
  await page.route("**/api/list_contacts", (route) => route.abort());
  await page.getByRole("navigation", { name: "Pages", exact: true }).getByRole("link", { name: "Contacts" }).click();
  await expect(page.getByRole("alert")).toContainText("The server can't be reached.");
  await page.unroute("**/api/list_contacts");
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("link", { name: "Bongani Nkosi" })).toBeVisible();
  await expect(page.getByRole("alert")).toBeHidden();
});

test("an answer that comes after the drawer was closed is told all the same", async ({ page, newPage }) => {
  const account = await found(page.request, person("Thandi", "Dlamini"));
  const drawer = await join(page.request, (await newPage()).request, account, person("Ana", "Ruiz"), "member");
  await open(page, drawer);
  let answer = () => {};
  const closed = new Promise<void>((resolve) => (answer = resolve));
  await page.route("**/api/switch_permission", async (route) => {
    await closed;
    await route.continue();
  });
  await page.getByRole("switch", { name: "Contacts: Read personal details" }).click();
  await page.getByRole("link", { name: "Close" }).click();
  await expect(page.getByRole("dialog", { name: "Member" })).toBeHidden();
  answer();
  await expect(page.getByRole("status").getByText("Ana can no longer see personal details.")).toBeVisible();
});

test("an answer that comes after the question was closed is told all the same", async ({ page, newPage }) => {
  const account = await found(page.request, person("Thandi", "Dlamini"));
  await join(page.request, (await newPage()).request, account, person("Ana", "Ruiz"), "member");
  await open(page, `${account}/members`);
  let answer = () => {};
  const closed = new Promise<void>((resolve) => (answer = resolve));
  await page.route("**/api/change_members", async (route) => {
    await closed;
    await route.continue();
  });
  await page.getByRole("checkbox", { name: "Select Ana Ruiz" }).check();
  await page.getByRole("region", { name: "Selected members" }).getByRole("button", { name: "Suspend" }).click();
  const question = page.getByRole("dialog", { name: "Suspend Ana Ruiz?" });
  await question.getByRole("button", { name: "Suspend" }).click();
  await page.keyboard.press("Escape");
  await expect(question).toBeHidden();
  answer();
  await expect(page.getByText("Ana Ruiz suspended.")).toBeVisible();
});

test("a part of the program that does not come is asked for again", async ({ page, watch }) => {
  watch.expects(/failed to load|Failed to fetch|ERR_FAILED/i);
  const account = await found(page.request, person("Thandi", "Dlamini"));
  await page.route(/members-\w+\.bin$/, (route) => route.abort());
  await open(page, account);
  const members = page.getByRole("navigation", { name: "Pages", exact: true }).getByRole("link", { name: "Members" });
  await members.click();
  const main = page.getByRole("main");
  await expect(main.getByRole("alert")).toContainText("connection");
  await page.unroute(/members-\w+\.bin$/);
  await main.getByRole("button", { name: "Try again" }).click();
  await ready(page);
  await expect(page).toHaveURL(/\/members$/);
  await expect(page.getByRole("heading", { name: "Members" })).toBeVisible();
  await expect(page.getByRole("row").filter({ hasText: "Thandi Dlamini" })).toBeVisible();
});

test("a page whose part does not come is plain HTML that works", async ({ page, watch }) => {
  watch.expects(/failed to load|Failed to fetch|ERR_FAILED/i);
  const account = await found(page.request, person("Thandi", "Dlamini"));
  await page.route(/member-\w+\.bin$/, (route) => route.abort());
  await page.goto(`${account}/members/invite`);
  const guest = person("Ana", "Ruiz").email;
  await page.getByLabel("E-mail addresses").fill(guest);
  await page.getByRole("button", { name: "Send invitations" }).click();
  await page.goto(`${account}/members?status=pending`);
  await expect(page.getByText(guest)).toBeVisible();
});

test("a form that is posted before the page's code is here comes back as its page, and is taken over", async ({ page, watch }) => {
  watch.expects(422, /failed to load|Failed to fetch|ERR_FAILED/i);
  const account = await found(page.request, person("Thandi", "Dlamini"));
  await page.route(/member-\w+\.bin$/, (route) => route.abort());
  await page.goto(`${account}/members/invite`);
  await page.getByLabel("E-mail addresses").fill("no address");
  await page.unroute(/member-\w+\.bin$/);
  await page.getByRole("button", { name: "Send invitations" }).click();
  await ready(page);
  await expect(page).toHaveURL(`${account}/members/invite`);
  const field = page.getByLabel("E-mail addresses");
  await expect(field).toHaveValue("no address");
  await expect(field).toHaveAccessibleDescription(/with an @/);
  await field.fill(person("Ana", "Ruiz").email);
  await page.getByRole("button", { name: "Send invitations" }).click();
  await expect(page.getByText("1 invitation sent.")).toBeVisible();
});

test("a secret that was told before the page's code was here stays until one leaves", async ({ page, watch }) => {
  watch.expects(/failed to load|Failed to fetch|ERR_FAILED/i);
  const account = await found(page.request, person("Thandi", "Dlamini"));
  await page.route(/access-\w+\.bin$/, (route) => route.abort());
  await page.goto(`${account}/api-keys/new`);
  await page.getByLabel("Name").fill("Web shop");
  await page.unroute(/access-\w+\.bin$/);
  await page.getByRole("button", { name: "Create key" }).click();
  await ready(page);
  await expect(page).toHaveURL(`${account}/api-keys/new`);
  await expect(page.getByRole("status", { name: "New secret" }).getByText(/^tnt_.{40}/)).toBeVisible();
  await page.getByRole("link", { name: "View key" }).click();
  await page.getByRole("button", { name: "Close anyway" }).click();
  await page.getByRole("switch", { name: "Contacts: Delete" }).click();
  await expect(page.getByText("Web shop no longer has Contacts: Delete.")).toBeVisible();
  await expect(page.getByText(/^tnt_.{40}/)).toHaveCount(0);
});
