import { found, person } from "./support/people.ts";
import { expect, open, test } from "./support/test.ts";

test("a built-in role opens to be read, and to begin another with", async ({ page }) => {
  const account = await found(page.request, person("Thandi", "Dlamini"));
  await open(page, `${account}/roles`);
  await page.getByRole("link", { name: "Admin" }).click();
  await expect(page).toHaveURL(`${account}/roles/admin`);
  const role = page.getByRole("dialog", { name: "Role" });
  await expect(role.getByText("Built-in roles can't be changed. Clone one to make your own.").first()).toBeVisible();
  const create = role.getByRole("switch", { name: "Contacts: Create" });
  await expect(create).toHaveAttribute("aria-checked", "true");
  await expect(create).toBeDisabled();
  for (const name of ["Rename", "Delete"]) await expect(role.getByRole("button", { name })).toHaveCount(0);
  await role.getByRole("link", { name: "Clone" }).click();
  await expect(page.getByRole("dialog", { name: "New role" }).getByLabel("Copy permissions from")).toHaveValue("admin");
});

test("comparing roles shows first what differs", async ({ page }) => {
  const account = await found(page.request, person("Thandi", "Dlamini"));
  await open(page, `${account}/roles/compare?a=member&b=viewer`);
  const compared = page.getByRole("dialog", { name: "Compare roles" });
  const rows = await compared.locator("tbody").getByRole("row").evaluateAll((rows) => rows.map((row) => row.children[1]?.textContent !== row.children[2]?.textContent));
  const different = rows.filter(Boolean).length;
  expect(different).toBeGreaterThan(0);
  expect(different).toBeLessThan(rows.length);
  expect(rows.slice(0, different)).toEqual(Array(different).fill(true));
});
