import { addContact, call, found, idOf, join, person, signIn, succeed } from "./support/people.ts";
import { expect, open, test } from "./support/test.ts";

test("the overview counts this account and those below, and shows the policy's days", async ({ page }) => {
  const account = await found(page.request, person("Thandi", "Dlamini"));
  const below = await (await succeed(page.request, "create_account", { account: idOf(account), "form[name]": "Cape Town" })).json();
  await addContact(page.request, account, "Bongani Nkosi");
  await addContact(page.request, `/accounts/${below}`, "Zoe Botha");
  await succeed(page.request, "update_policy", { account: idOf(account), "form[invitation_days]": "3" });
  await open(page, account);
  const figures = page.getByRole("region", { name: "People and contacts" });
  await expect(figures).toContainText("In this account and its sub-accounts");
  await expect(figures.getByRole("link", { name: /^Contacts/ })).toContainText("2");
  await expect(figures.getByRole("link", { name: /^Pending invitations/ })).toContainText("new ones expire after 3 days");
});

test("charts are read as a table, by those who may", async ({ page, newPage, watch }) => {
  watch.expects(403);
  const account = await found(page.request, person("Thandi", "Dlamini"));
  const ana = await newPage();
  await join(page.request, ana.request, account, person("Ana", "Ruiz"), "viewer");
  await addContact(page.request, account, "Bongani Nkosi");
  await call(ana.request, "list_api_keys", { account: idOf(account), "filter[search]": "" });
  await open(page, account);
  const chart = page.getByRole("figure", { name: "How many contacts were added each day?" });
  await expect(chart).toContainText("Today: 1");
  await chart.getByText("Show as a table").click();
  await expect(chart.getByRole("row")).toHaveCount(31);
  await expect(chart.getByRole("row").last().getByRole("cell")).toHaveText("1");
  await expect(page.getByRole("figure", { name: "How often were personal details read each day?" })).toContainText(/Today: [1-9]/);
  await expect(page.getByRole("figure", { name: "How often was access refused each day?" })).toContainText(/Today: [1-9]/);
  await open(ana, account);
  await expect(ana.getByRole("figure")).toHaveCount(1);
});

test("the first steps of a new organisation, until they are done", async ({ page, newPage }) => {
  const account = await found(page.request, person("Thandi", "Dlamini"));
  await open(page, account);
  const steps = page.getByRole("region", { name: "Get started" });
  await expect(steps).toContainText("0 of 4 done");
  await expect(page.getByRole("link", { name: "local outbox" })).toBeVisible();
  await steps.getByRole("link", { name: "Invite your first colleague" }).click();
  const form = page.getByRole("dialog", { name: "Invite people" });
  await form.getByLabel("E-mail addresses").fill(person("Ana", "Ruiz").email);
  await form.getByRole("button", { name: "Send invitations" }).click();
  await expect(form.getByText("1 invitation sent.")).toBeVisible();
  await succeed(page.request, "update_organisation", { account: idOf(account), "form[name]": "Northwind Retail", "form[physical_address][city]": "Cape Town" });
  await open(page, account);
  await expect(steps).toContainText("2 of 4 done");
  await expect(steps.getByRole("listitem").filter({ hasText: "address" })).toContainText("Done:");
  const viewer = await newPage();
  await join(page.request, viewer.request, account, person("Ben", "Okafor"), "viewer");
  await open(viewer, account);
  await expect(viewer.getByRole("figure").first()).toBeVisible();
  await expect(viewer.getByRole("region", { name: "Get started" })).toHaveCount(0);
  await expect(viewer.getByRole("link", { name: "local outbox" })).toHaveCount(0);
});

test("the first steps are dismissed by one person, and stay so when they sign in again", async ({ page, newPage }) => {
  const thandi = person("Thandi", "Dlamini");
  const account = await found(page.request, thandi);
  const steps = page.getByRole("region", { name: "Get started" });
  await open(page, account);
  await steps.getByRole("button", { name: "Dismiss" }).click();
  await expect(page.getByText("Get started is hidden in this browser.")).toBeVisible();
  await expect(steps).toBeHidden();
  await page.goto("about:blank");
  await succeed(page.request, "sign_out");
  await signIn(page.request, thandi);
  await open(page, account);
  await expect(page.getByRole("heading", { name: "Recent activity" })).toBeVisible();
  await expect(steps).toHaveCount(0);
  const ben = person("Ben", "Okafor");
  await join(page.request, (await newPage()).request, account, ben, "admin");
  await page.goto("about:blank");
  await succeed(page.request, "sign_out");
  await signIn(page.request, ben);
  await open(page, account);
  await expect(steps).toBeVisible();
});
