import { PASSWORD, found, idOf, join, linkTo, person, succeed } from "./support/people.ts";
import { expect, open, ready, test } from "./support/test.ts";

test("another address to sign in with", async ({ page, newPage, watch }) => {
  watch.expects(404, 422);
  const account = await found(page.request, person("Thandi", "Dlamini"));
  await open(page, account);
  await page.getByRole("button", { name: "My menu" }).click();
  await page.getByRole("link", { name: "My settings" }).click();
  await expect(page).toHaveURL(`${account}/settings`);
  await expect(page).toHaveTitle("My settings · Tenantry");
  const own = page.getByRole("region", { name: "My e-mail address" });
  const address = person("Thandi", "Dlamini").email;
  await page.getByLabel("New e-mail address").fill(address);
  await own.getByLabel("Your password").fill("Wrong-horse-7");
  await page.getByRole("button", { name: "Change e-mail" }).click();
  await expect(page.getByText("This isn't your password.")).toBeVisible();
  await own.getByLabel("Your password").fill(PASSWORD);
  await page.getByRole("button", { name: "Change e-mail" }).click();
  await expect(page.getByText(`A message is on its way to ${address}.`)).toBeVisible();

  const link = await linkTo(page.request, address);
  await open(page, link);
  await expect(page.getByText(`You'll sign in as ${address}, with the same password.`)).toBeVisible();
  await page.getByRole("button", { name: "Confirm" }).click();
  await expect(page).toHaveURL(`${account}/settings#email`);
  await expect(page.getByText(`You sign in as ${address}.`)).toBeVisible();
  await open(page, link);
  await expect(page.getByRole("heading", { name: "This link doesn't work" })).toBeVisible();

  const elsewhere = await newPage();
  await open(elsewhere, "/sign-in");
  await elsewhere.getByLabel("E-mail").fill(address);
  await elsewhere.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await elsewhere.getByRole("button", { name: "Sign in", exact: true }).click();
  await elsewhere.waitForURL(`**${account}`);
  await ready(elsewhere);

  await open(page, `${account}/policy`);
  const rule = page.locator("form").filter({ has: page.getByRole("combobox", { name: "Who can change sign-in e-mails" }) });
  await rule.getByRole("combobox").selectOption("Nobody");
  await expect(page.getByText("Policy saved.")).toBeVisible();
  await open(elsewhere, "/email");
  await expect(elsewhere.getByText("The policy of one of your organisations doesn't let you change your e-mail address.")).toBeVisible();
});

test("the addresses from before lead to the settings of the first account, and work without one", async ({ page, newPage, watch }) => {
  watch.expects(404);
  const ana = person("Ana", "Ruiz");
  const account = await found(page.request, person("Thandi", "Dlamini"));
  for (const [path, section] of [["/email", "email"], ["/second-factor", "two-factor"], ["/invitations", "invitations"]] as const) {
    await open(page, path);
    await expect(page).toHaveURL(`${account}/settings#${section}`);
  }
  await expect(page.getByRole("region", { name: "My invitations" })).toBeVisible();
  await page.getByRole("navigation", { name: "Sections" }).getByRole("link", { name: "My e-mail address" }).click();
  await expect(page).toHaveURL(`${account}/settings#email`);

  const hers = await newPage();
  const drawer = await join(page.request, hers.request, account, ana, "viewer");
  await succeed(page.request, "remove_member", { account: idOf(account), member: drawer.split("/").at(-1) ?? "" });
  await open(hers, "/email");
  await expect(hers.getByRole("heading", { level: 1, name: "My e-mail address" })).toBeVisible();
  await expect(hers.getByText(`You sign in as ${ana.email}.`)).toBeVisible();
  await open(hers, "/invitations");
  await expect(hers.getByText("No pending invitations.")).toBeVisible();
});
