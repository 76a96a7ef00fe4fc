import { call, found, idOf, join, person, signIn } from "./support/people.ts";
import { expect, open, test } from "./support/test.ts";

test("the safer defaults: what would change, then the change", async ({ page, newPage }) => {
  const account = await found(page.request, person("Thandi", "Dlamini"));
  const ana = await newPage();
  await join(page.request, ana.request, account, person("Ana", "Ruiz"), "admin");
  const ben = await join(page.request, (await newPage()).request, account, person("Ben", "Okafor"), "member");
  await open(ana, ben);
  const theirs = ana.getByRole("dialog", { name: "Member" });
  await expect(theirs.getByRole("radio", { name: "Viewer" })).toBeEnabled();

  await open(page, account);
  await page.getByRole("link", { name: "Policy" }).click();
  await page.getByRole("button", { name: "Safer defaults" }).click();
  const question = page.getByRole("dialog", { name: "Apply the safer defaults?" });
  await expect(question.getByRole("row").filter({ hasText: "Who can change roles" })).toContainText("Only the owner");
  await expect(question.getByRole("row").filter({ hasText: "Account nesting depth" })).toHaveCount(0);
  await question.getByRole("button", { name: "Cancel" }).click();
  await expect(question).toBeHidden();
  await expect(page.getByLabel("Who can change roles")).toHaveValue("permitted");

  await page.getByRole("button", { name: "Safer defaults" }).click();
  await question.getByRole("button", { name: "Apply" }).click();
  await expect(page.getByRole("status").getByText("Safer defaults applied.")).toBeVisible();
  await expect(page.getByLabel("Who can change roles")).toHaveValue("owner");
  await expect(page.getByRole("button", { name: "Safer defaults" })).toHaveCount(0);

  // The open page of an Admin says why nothing can be switched there any more.
  await expect(theirs.getByText("Your organisation's policy lets only the owner change roles.").first()).toBeVisible();
  await expect(theirs.getByRole("radio", { name: "Viewer" })).toBeDisabled();
  await open(ana, `${account}/policy`);
  await expect(ana.getByLabel("Who can change roles")).toBeDisabled();
});

test("one point, which the invite form starts with", async ({ page }) => {
  const account = await found(page.request, person("Thandi", "Dlamini"));
  const form = page.getByRole("dialog", { name: "Invite people" });
  await open(page, `${account}/members/invite`);
  await expect(form.getByRole("radio", { name: /^Admin/ })).toBeChecked();
  await expect(form.getByText("Your policy preselects Admin.")).toBeVisible();

  await open(page, `${account}/policy`);
  const role = page.getByLabel("Default role for invitations");
  await role.focus();
  await role.selectOption("Viewer");
  await expect(page.getByRole("status").getByText("Policy saved.")).toBeVisible();
  await expect(role).toBeFocused();
  await open(page, `${account}/members/invite`);
  await expect(form.getByRole("radio", { name: /^Viewer/ })).toBeChecked();
});

test("a domain that may not be invited has a line that says so", async ({ page }) => {
  const account = await found(page.request, person("Thandi", "Dlamini"));
  await call(page.request, "update_policy", { account: idOf(account), "form[domains]": "northwind.example" });
  await open(page, `${account}/members/invite`);
  const form = page.getByRole("dialog", { name: "Invite people" });
  await form.getByLabel("E-mail addresses").fill("ana@northwind.example, eve@elsewhere.example");
  await form.getByRole("button", { name: "Send invitations" }).click();
  await expect(form.getByText("1 invitation sent.")).toBeVisible();
  await expect(form.getByText("eve@elsewhere.example, Northwind Retail: domain not allowed by your organisation's policy")).toBeVisible();
});

test("each point is saved as it is chosen, and taken back", async ({ page, newPage, watch }) => {
  watch.expects(422);
  const thandi = person("Thandi", "Dlamini");
  const account = await found(page.request, thandi);
  const other = await newPage();
  await signIn(other.request, thandi);
  await open(other, `${account}/policy`);
  await open(page, `${account}/policy`);
  await expect(page.getByRole("button", { name: "Save" }).filter({ visible: true })).toHaveCount(0);
  const days = page.getByLabel("How long invitations stay open");
  const theirs = other.getByLabel("How long invitations stay open");
  await days.selectOption("14 days");
  const toasts = page.getByRole("status");
  await expect(toasts.getByText("Policy saved.")).toBeVisible();
  await expect(theirs).toHaveValue("14");
  await toasts.getByRole("button", { name: "Undo" }).click();
  await expect(toasts.getByText("Change undone.")).toBeVisible();
  await expect(days).toHaveValue("7");
  await expect(theirs).toHaveValue("7");

  const domains = page.getByLabel("E-mail domains that can be invited");
  await domains.fill("nonsense");
  await domains.press("Enter");
  await expect(domains).toHaveAccessibleDescription(/^nonsense isn't a domain\./);
  await domains.fill("northwind.example");
  await domains.press("Tab");
  await expect(toasts.getByText("Policy saved.")).toBeVisible();
  await expect(other.getByLabel("E-mail domains that can be invited")).toHaveValue("northwind.example");
});
