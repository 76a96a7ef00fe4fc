import { PASSWORD, addContact, call, found, idOf, invite, join, nameOf, person, signIn } from "./support/people.ts";
import { expect, open, test } from "./support/test.ts";

test("an offer of the organisation is withdrawn, another is declined", async ({ page, newPage }) => {
  const account = await found(page.request, person("Thandi", "Dlamini"));
  const ana = await newPage();
  await join(page.request, ana.request, account, person("Ana", "Ruiz"), "admin");
  await open(page, `${account}/organisation`);
  await open(ana, `${account}/organisation`);
  const offer = async (): Promise<void> => {
    await page.getByLabel("Your password").fill(PASSWORD);
    await page.getByRole("button", { name: "Offer the organisation" }).click();
    await expect(page.getByText(/^Offered to Ana Ruiz/)).toBeVisible();
  };
  const accept = ana.getByRole("button", { name: "Accept the organisation" });
  await offer();
  await expect(accept).toBeVisible();
  await page.getByRole("button", { name: "Withdraw the offer" }).click();
  await expect(page.getByText("The offer is withdrawn.")).toBeVisible();
  await expect(accept).toHaveCount(0);
  await offer();
  await ana.getByRole("button", { name: "Decline" }).click();
  await expect(ana.getByText("The offer is declined.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Offer the organisation" })).toBeVisible();
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
  await expect(shared.getByText(`You are signed in as ${ben.email}.`)).toBeVisible();
  await shared.getByLabel("Password").fill(PASSWORD);
  await shared.getByRole("button", { name: "Accept the invitation" }).click();
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

test("a role is cloned and renamed, an account is renamed", async ({ page, newPage }) => {
  const thandi = person("Thandi", "Dlamini");
  const account = await found(page.request, thandi);
  await call(page.request, "create_role", { account: idOf(account), "form[name]": "Marketing manager", "form[like]": "member" });
  await open(page, `${account}/roles/new`);
  await page.getByLabel("Name").fill("Marketing assistant");
  await page.getByLabel("Begins with what this role holds").selectOption("Marketing manager");
  await page.getByRole("button", { name: "Create the role" }).click();
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
  await drawer.getByLabel("Name").fill("Head office");
  await drawer.getByRole("button", { name: "Rename" }).click();
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
