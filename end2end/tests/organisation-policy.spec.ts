import { found, idOf, join, person, call } from "./support/people.ts";
import { expect, open, test } from "./support/test.ts";

test("the safer defaults: what would change, then the change", async ({ page, newPage }) => {
  const account = await found(page.request, person("Thandi", "Dlamini"));
  const ana = await newPage();
  await join(page.request, ana.request, account, person("Ana", "Ruiz"), "admin");
  const ben = await join(page.request, (await newPage()).request, account, person("Ben", "Okafor"), "member");
  await open(ana, ben);
  const theirs = ana.getByRole("dialog", { name: "Member" });
  await expect(theirs.getByRole("button", { name: "Viewer" })).toBeEnabled();

  await open(page, account);
  await page.getByRole("link", { name: "Policy" }).click();
  await page.getByRole("button", { name: "Safer defaults" }).click();
  const question = page.getByRole("dialog", { name: "Use the safer defaults?" });
  await expect(question.getByRole("row").filter({ hasText: "Who may change roles" })).toContainText("The owner alone");
  await expect(question.getByRole("row").filter({ hasText: "Levels of accounts" })).toHaveCount(0);
  await question.getByRole("button", { name: "Keep" }).click();
  await expect(question).toBeHidden();
  await expect(page.getByLabel("Who may change roles")).toHaveValue("permitted");

  await page.getByRole("button", { name: "Safer defaults" }).click();
  await question.getByRole("button", { name: "Use them" }).click();
  await expect(page.getByRole("status").getByText("The safer defaults hold.")).toBeVisible();
  await expect(page.getByLabel("Who may change roles")).toHaveValue("owner");
  await expect(page.getByRole("button", { name: "Safer defaults" })).toHaveCount(0);

  // The open page of an Admin says why nothing can be switched there any more.
  await expect(theirs.getByText("Only the owner changes roles here: the organisation's policy says so.").first()).toBeVisible();
  await expect(theirs.getByRole("button", { name: "Viewer" })).toBeDisabled();
  await open(ana, `${account}/policy`);
  await expect(ana.getByLabel("Who may change roles")).toBeDisabled();
});

test("one point, which the invite form starts with", async ({ page }) => {
  const account = await found(page.request, person("Thandi", "Dlamini"));
  const form = page.getByRole("dialog", { name: "Invite people" });
  await open(page, `${account}/members/invite`);
  await expect(form.getByRole("radio", { name: /^Admin/ })).toBeChecked();
  await expect(form.getByText("By your organisation's policy it starts as Admin.")).toBeVisible();

  await open(page, `${account}/policy`);
  const role = page.getByLabel("Role that an invitation starts with");
  await role.selectOption("Viewer");
  await page.locator("form").filter({ has: role }).getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("status").getByText("The policy is saved.")).toBeVisible();
  await open(page, `${account}/members/invite`);
  await expect(form.getByRole("radio", { name: /^Viewer/ })).toBeChecked();
});

test("a domain that may not be invited has a line that says so", async ({ page }) => {
  const account = await found(page.request, person("Thandi", "Dlamini"));
  await call(page.request, "update_policy", { account: idOf(account), "form[domains]": "northwind.example" });
  await open(page, `${account}/members/invite`);
  const form = page.getByRole("dialog", { name: "Invite people" });
  await form.getByLabel("E-mail addresses").fill("ana@northwind.example, eve@elsewhere.example");
  await form.getByRole("button", { name: "Send the invitation" }).click();
  await expect(form.getByText("1 invitation is on its way.")).toBeVisible();
  await expect(form.getByText("eve@elsewhere.example, Northwind Retail: domain not allowed by the policy")).toBeVisible();
});
