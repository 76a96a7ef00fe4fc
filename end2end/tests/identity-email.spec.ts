import { PASSWORD, found, linkTo, person } from "./support/people.ts";
import { expect, open, ready, test } from "./support/test.ts";

test("another address to sign in with", async ({ page, newPage, watch }) => {
  watch.expects(404, 422);
  const account = await found(page.request, person("Thandi", "Dlamini"));
  await open(page, account);
  await page.getByRole("button", { name: "My menu" }).click();
  await page.getByRole("link", { name: "My e-mail address" }).click();
  const address = person("Thandi", "Dlamini").email;
  await page.getByLabel("New e-mail address").fill(address);
  await page.getByLabel("Your password").fill("Wrong-horse-7");
  await page.getByRole("button", { name: "Change it" }).click();
  await expect(page.getByText("This is not your password.")).toBeVisible();
  await page.getByLabel("Your password").fill(PASSWORD);
  await page.getByRole("button", { name: "Change it" }).click();
  await expect(page.getByText(`A message is on its way to ${address}.`)).toBeVisible();

  const link = await linkTo(page.request, address);
  await open(page, link);
  await expect(page.getByText(`You'll sign in as ${address}, with the same password.`)).toBeVisible();
  await page.getByRole("button", { name: "Confirm" }).click();
  await expect(page.getByText(`You sign in as ${address}.`)).toBeVisible();
  await open(page, link);
  await expect(page.getByRole("heading", { name: "This link doesn't work" })).toBeVisible();

  const elsewhere = await newPage();
  await open(elsewhere, "/sign-in");
  await elsewhere.getByLabel("E-mail").fill(address);
  await elsewhere.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await elsewhere.getByRole("button", { name: "Sign in" }).click();
  await elsewhere.waitForURL(`**${account}`);
  await ready(elsewhere);

  await open(page, `${account}/policy`);
  const rule = page.locator("form").filter({ has: page.getByRole("combobox", { name: "Who changes the e-mail address of a login" }) });
  await rule.getByRole("combobox").selectOption("Nobody");
  await rule.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("The policy is saved.")).toBeVisible();
  await open(elsewhere, "/email");
  await expect(elsewhere.getByText("The policy of an organisation that you are in keeps your address as it is.")).toBeVisible();
});
