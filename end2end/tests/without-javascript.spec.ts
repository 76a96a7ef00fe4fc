import { PASSWORD, found, idOf, invite, join, linkTo, nameOf, person, call, signIn } from "./support/people.ts";
import { expect, test } from "./support/test.ts";

test.use({ javaScriptEnabled: false });

test("sign up: what is wrong stands beside its field, and what was typed is kept", async ({ page, watch }) => {
  watch.expects(422);
  const thandi = person("Thandi", "Dlamini");
  await page.goto("/sign-up");
  await page.getByLabel("First name").fill(thandi.firstName);
  await page.getByLabel("Organisation").fill("Northwind Retail");
  await page.getByLabel("Work e-mail").fill(thandi.email);
  await page.getByLabel("Password", { exact: true }).fill("Secret-but-no-digit");
  await page.getByRole("button", { name: "Create organisation" }).click();
  await expect(page.getByLabel("Last name")).toHaveAccessibleDescription("Required.");
  await expect(page.getByLabel("Last name")).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByLabel("Password", { exact: true })).toHaveAccessibleDescription("The password needs a number.");
  await expect(page.getByLabel("First name")).toHaveValue(thandi.firstName);
  await expect(page.getByLabel("Work e-mail")).toHaveValue(thandi.email);
  await expect(page.getByLabel("Password", { exact: true })).toHaveValue("");
  expect(await page.content()).not.toContain("Secret-but-no-digit");

  // Wrong a second time, from the page that came back.
  await page.getByLabel("Last name").fill(thandi.lastName);
  await page.getByLabel("Password", { exact: true }).fill("short");
  await page.getByRole("button", { name: "Create organisation" }).click();
  await expect(page.getByLabel("Password", { exact: true })).toHaveAccessibleDescription("The password needs 10 characters.");
  await expect(page.getByLabel("Last name")).toHaveValue(thandi.lastName);

  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Create organisation" }).click();
  // The first person of an installation goes straight in.
  await page.waitForURL(/\/(sign-up\/sent|accounts\/[^/]+)$/);
  if (page.url().endsWith("/sign-up/sent")) {
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Check your e-mail");
    await expect(page.getByRole("link", { name: "local outbox" })).toBeVisible();
    await page.goto(await linkTo(page.request, thandi.email, "sign-up/confirm"));
    await page.getByRole("button", { name: "Confirm and continue" }).click();
  }
  await expect(page).toHaveURL(/\/accounts\/[^/]+$/);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Thandi");
});

test("sign in and out", async ({ page, newPage, watch }) => {
  watch.expects(401);
  const thandi = person("Thandi", "Dlamini");
  const account = await found((await newPage()).request, thandi);
  await page.goto(`${account}/members`);
  await page.getByLabel("E-mail").fill(thandi.email);
  await page.getByLabel("Password").fill("Wrong-horse-7");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByRole("alert")).toHaveText("Wrong e-mail or password.");
  await expect(page.getByLabel("E-mail")).toHaveValue(thandi.email);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page).toHaveURL(`${account}/members`);
  await expect(page.getByRole("link", { name: nameOf(thandi) })).toBeVisible();
  await page.getByRole("button", { name: "My menu" }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/sign-in$/);
});

test("invite, accept, and set a permission", async ({ page, newPage, watch }) => {
  watch.expects(422, 403);
  const ana = person("Ana", "Ruiz");
  const account = await found(page.request, person("Thandi", "Dlamini"));
  await page.goto(`${account}/members`);
  await page.getByRole("link", { name: "Invite people" }).click();
  const form = page.getByRole("dialog", { name: "Invite people" });
  await form.getByLabel("E-mail addresses").fill("not an address");
  await form.getByRole("button", { name: "Send invitations" }).click();
  await expect(form.getByLabel("E-mail addresses")).toHaveAccessibleDescription(/no|with an @/);
  await expect(form.getByLabel("E-mail addresses")).toHaveValue("not an address");
  await form.getByLabel("E-mail addresses").fill(ana.email);
  await form.getByRole("radio", { name: /^Member/ }).check();
  await form.getByRole("button", { name: "Send invitations" }).click();
  await expect(form.getByText("1 invitation sent.")).toBeVisible();
  await expect(form.getByLabel("E-mail addresses")).toHaveValue("");

  const theirs = await newPage();
  await theirs.goto(await linkTo(page.request, ana.email));
  await theirs.getByLabel("First name").fill(ana.firstName);
  await theirs.getByLabel("Last name").fill(ana.lastName);
  await theirs.getByLabel("Password", { exact: true }).fill("too short");
  await theirs.getByRole("button", { name: "Accept invitation" }).click();
  await expect(theirs.getByLabel("Password", { exact: true })).toHaveAccessibleDescription("The password needs 10 characters.");
  await expect(theirs.getByLabel("First name")).toHaveValue(ana.firstName);
  await theirs.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await theirs.getByRole("button", { name: "Accept invitation" }).click();
  await expect(theirs).toHaveURL(account);

  await page.goto(`${account}/members`);
  await page.getByRole("link", { name: "Ana Ruiz" }).click();
  const drawer = page.getByRole("dialog", { name: "Member" });
  const create = drawer.getByRole("switch", { name: "Contacts: Create" });
  await expect(create).toHaveAttribute("aria-checked", "true");
  await create.click();
  await expect(create).toHaveAttribute("aria-checked", "false");
  await expect(drawer.getByRole("radio", { name: "Custom" })).toBeChecked();
  await drawer.getByRole("radio", { name: "Viewer" }).check();
  await drawer.getByRole("button", { name: "Change role" }).click();
  await expect(drawer.getByRole("radio", { name: "Viewer" })).toBeChecked();
  await expect(drawer.locator("label").filter({ hasText: "Current role" })).toContainText("Viewer");
  await drawer.getByRole("button", { name: "Suspend" }).click();
  await expect(drawer.getByRole("button", { name: "Restore" })).toBeVisible();
  await theirs.goto(`${account}/contacts`);
  await expect(theirs.getByRole("heading", { name: "Your access is suspended" })).toBeVisible();
});

test("a flip that is refused says why", async ({ page, newPage, watch }) => {
  watch.expects(403);
  const account = await found((await newPage()).request, person("Thandi", "Dlamini"));
  const owner = await newPage();
  const thandi = person("Thandi", "Naidoo");
  const second = await found(owner.request, thandi);
  const marco = person("Marco", "Rossi");
  const marcos = await join(owner.request, page.request, second, marco, "admin");
  const anas = await join(owner.request, (await newPage()).request, second, person("Ana", "Ruiz"), "member");
  expect(second).not.toBe(account);
  await page.goto(anas);
  await call(owner.request, "set_role", { account: idOf(second), member: marcos.split("/").at(-1) ?? "", role: "viewer" });
  await page.getByRole("switch", { name: "Contacts: Create" }).click();
  await expect(page.getByRole("alert")).toContainText("You don't have permission to do this.");
  await expect(page.getByRole("switch", { name: "Contacts: Create" })).toHaveAttribute("aria-checked", "true");
});

test("the organisation's details", async ({ page, watch }) => {
  watch.expects(422);
  const account = await found(page.request, person("Thandi", "Dlamini"));
  await page.goto(`${account}/organisation`);
  const name = page.getByLabel("Name", { exact: true });
  const city = page.getByLabel("City");
  const country = page.getByLabel("Country");
  await name.fill("");
  await city.fill("Cape Town");
  await country.selectOption("South Africa");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(name).toHaveAccessibleDescription("Required.");
  await expect(city).toHaveValue("Cape Town");
  await expect(country).toHaveValue("ZA");
  await name.fill("Northwind");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page).toHaveURL(/\/organisation$/);
  await expect(name).toHaveValue("Northwind");
  await expect(city).toHaveValue("Cape Town");
  await expect(country).toHaveValue("ZA");
  await expect(page.getByRole("region", { name: "Address", exact: true })).toContainText("Cape TownSouth Africa");
  await expect(page.getByText(/Thandi Dlamini changed the name and the physical address/)).toBeVisible();
});

test("a point of the policy", async ({ page, watch }) => {
  watch.expects(422);
  const account = await found(page.request, person("Thandi", "Dlamini"));
  await page.goto(`${account}/policy`);
  const domains = page.getByLabel("E-mail domains that can be invited");
  const save = page.locator("form").filter({ has: domains }).getByRole("button", { name: "Save" });
  await domains.fill("nonsense");
  await save.click();
  await expect(domains).toHaveAccessibleDescription(/^nonsense isn't a domain\./);
  await expect(domains).toHaveValue("nonsense");
  await domains.fill("northwind.example");
  await save.click();
  await expect(page).toHaveURL(/\/policy$/);
  await expect(domains).toHaveValue("northwind.example");
});

test("contacts: add, change, delete, filter", async ({ page, watch }) => {
  watch.expects(422);
  const account = await found(page.request, person("Thandi", "Dlamini"));
  await page.goto(`${account}/contacts`);
  await page.getByRole("link", { name: "Add one" }).click();
  const form = page.getByRole("dialog");
  await form.getByLabel("Name").fill("Bongani Nkosi");
  await form.getByLabel("Mobile").fill("082 555 0100");
  await form.getByRole("button", { name: "Add contact" }).click();
  await expect(form.getByLabel("Mobile")).toHaveAccessibleDescription(/Start with \+ and the country code/);
  await expect(form.getByLabel("Name")).toHaveValue("Bongani Nkosi");
  await form.getByLabel("Mobile").fill("+27 82 555 0100");
  await form.getByLabel("Tags").fill("vip");
  await form.getByRole("button", { name: "Add contact" }).click();
  await expect(page).toHaveURL(/\/contacts$/);
  await page.getByRole("link", { name: "Bongani Nkosi" }).click();
  await form.getByLabel("Name").fill("Bongani Zulu");
  await form.getByRole("button", { name: "Save" }).click();
  const row = page.getByRole("row").filter({ hasText: "Bongani Zulu" });
  await expect(row).toContainText("+27825550100");
  await page.getByRole("searchbox", { name: "Search", exact: true }).fill("nobody");
  await page.keyboard.press("Enter");
  await expect(page.getByText("No contacts match.")).toBeVisible();
  await page.getByRole("link", { name: "Show all" }).click();
  await row.getByRole("link").click();
  await page.getByRole("button", { name: "Delete" }).click();
  await page.getByRole("button", { name: "Delete contact" }).click();
  await expect(page.getByText("No contacts in this account yet.")).toBeVisible();
});

test("campaigns: write, change, delete", async ({ page, watch }) => {
  watch.expects(422);
  const account = await found(page.request, person("Thandi", "Dlamini"));
  await page.goto(`${account}/campaigns`);
  await page.getByRole("link", { name: "Create one" }).click();
  const form = page.getByRole("dialog");
  await form.getByLabel("Name").fill("Spring sale");
  await form.getByLabel("Text").fill("Half price\ntoday");
  await form.getByLabel("Tag").fill("vip, news");
  await form.getByRole("button", { name: "Save campaign" }).click();
  await expect(form.getByLabel("Tag")).toHaveAccessibleDescription(/Choose one tag\./);
  await expect(form.getByLabel("Text")).toHaveValue("Half price\ntoday");
  await form.getByLabel("Tag").fill("vip");
  await form.getByRole("button", { name: "Save campaign" }).click();
  await expect(page).toHaveURL(/\/campaigns$/);
  await page.getByRole("link", { name: "Spring sale" }).click();
  await form.getByLabel("Name").fill("Summer sale");
  await form.getByRole("button", { name: "Save" }).click();
  await page.getByRole("link", { name: "Summer sale" }).click();
  await expect(form.getByLabel("Text")).toHaveValue("Half price\ntoday");
  await page.getByRole("button", { name: "Delete" }).click();
  await page.getByRole("button", { name: "Delete campaign" }).click();
  await expect(page.getByText("No campaigns in this account yet.")).toBeVisible();
});

test("billing: a fault beside its field, then saved", async ({ page, watch }) => {
  watch.expects(422);
  const account = await found(page.request, person("Thandi", "Dlamini"));
  await page.goto(`${account}/organisation`);
  await page.getByRole("link", { name: "Edit billing details" }).click();
  await page.getByLabel("City").fill("Cape Town");
  await page.getByLabel("Country").selectOption("Germany");
  await page.getByLabel("VAT number").fill("123");
  await page.getByLabel("Billing e-mail").fill("bills");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByLabel("Billing e-mail")).toHaveAccessibleDescription(/^Enter an address with an @/);
  await expect(page.getByLabel("VAT number")).toHaveAccessibleDescription(/^A VAT number in Germany looks like DE123456789\./);
  await expect(page.getByLabel("City")).toHaveValue("Cape Town");
  await expect(page.getByLabel("Country")).toHaveValue("DE");
  await page.getByLabel("Billing e-mail").fill("bills@northwind.example");
  await page.getByLabel("VAT number").fill("DE123456789");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page).toHaveURL(/\/billing$/);
  await expect(page.getByRole("region", { name: "Invoices are addressed to" })).toContainText("Cape Town");
});

test("somebody with a login joins by their password", async ({ page, newPage, watch }) => {
  watch.expects(401);
  const ana = person("Ana", "Ruiz");
  const anas = await newPage();
  await found(anas.request, ana, "Ana's own");
  const account = await found(page.request, person("Thandi", "Dlamini"));
  const link = await invite(page.request, account, ana.email, "viewer");
  const theirs = await newPage();
  await theirs.goto(link);
  await theirs.getByLabel("Password").fill("Wrong-horse-7");
  await theirs.getByRole("button", { name: "Accept invitation" }).click();
  await expect(theirs.getByRole("alert")).toHaveText("Wrong e-mail or password.");
  await theirs.getByLabel("Password").fill(PASSWORD);
  await theirs.getByRole("button", { name: "Accept invitation" }).click();
  await expect(theirs).toHaveURL(account);
  await signIn(anas.request, ana);
});

test("the first steps of a new organisation are dismissed", async ({ page }) => {
  await page.goto(await found(page.request, person("Thandi", "Dlamini")));
  const steps = page.getByRole("region", { name: "Get started" });
  await steps.getByRole("button", { name: "Dismiss" }).click();
  await expect(page.getByRole("heading", { name: "Recent activity" })).toBeVisible();
  await expect(steps).toHaveCount(0);
});
