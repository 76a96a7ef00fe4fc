import type { Locator, Page } from "@playwright/test";
import { PASSWORD, call, found, linkTo, person, succeed } from "./support/people.ts";
import { expect, open, ready, test } from "./support/test.ts";

const NEW = "Loud-Badger-77";

const own = (page: Page): Locator => page.getByRole("region", { name: "Password", exact: true });

async function signIn(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

async function choose(page: Page, password: string, repeated = password): Promise<void> {
  await page.getByLabel("New password", { exact: true }).fill(password);
  await page.getByLabel("Confirm new password").fill(repeated);
}

test("a password is changed, and its rules tick themselves off", async ({ page, newPage, watch }) => {
  watch.expects(401, 422);
  const thandi = person("Thandi", "Dlamini");
  const account = await found(page.request, thandi);
  const elsewhere = await newPage();
  await open(elsewhere, "/sign-in");
  await signIn(elsewhere, thandi.email, PASSWORD);
  await elsewhere.waitForURL(`**${account}`);
  await open(elsewhere, `${account}/contacts`);

  await open(page, `${account}/settings#password`);
  const rules = own(page).getByRole("list", { name: "Password requirements" });
  const met = rules.getByRole("listitem").filter({ hasText: "(met)" });
  await expect(rules.getByRole("listitem")).toHaveCount(5);
  for (const [typed, count] of [["a", 1], ["aB", 2], ["aB7", 3], ["aB7!", 4], ["aB7!aB7!xy", 5]] as const) {
    await own(page).getByLabel("New password", { exact: true }).fill(typed);
    await expect(met).toHaveCount(count);
  }

  const current = own(page).getByLabel("Current password");
  const submit = own(page).getByRole("button", { name: "Change password" });
  await current.fill("Wrong-horse-7");
  await choose(page, NEW, "Loud-Badger-78");
  await submit.click();
  await expect(own(page).getByLabel("Confirm new password")).toHaveAccessibleDescription("This isn't the same as the new password.");
  await choose(page, NEW);
  await submit.click();
  await expect(current).toHaveAccessibleDescription("This isn't your password.");
  await current.fill(PASSWORD);
  for (const [typed, fault] of [["Password123!", "This is one of the most common passwords"], ["My-Northwind-42", "This contains your name or e-mail address."]] as const) {
    await choose(page, typed);
    await submit.click();
    await expect(own(page).getByText(fault)).toBeVisible();
  }
  await choose(page, NEW);
  await submit.click();
  await expect(own(page).getByRole("status")).toContainText("Password changed. You've been signed out everywhere else.");
  await expect(current).toHaveValue("");

  await succeed(page.request, "get_profile");
  await elsewhere.waitForURL(/\/sign-in\?then=/);
  await open(elsewhere, "/sign-in");
  await signIn(elsewhere, thandi.email, PASSWORD);
  await expect(elsewhere.getByRole("alert")).toHaveText("Wrong e-mail or password.");
  await signIn(elsewhere, thandi.email, NEW);
  await elsewhere.waitForURL(`**${account}`);
});

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? "with the page's code" : "without JavaScript";

  test(`a forgotten password, ${how}`, async ({ page: owner, newPage, watch }) => {
    watch.expects(401, 404, 422);
    const thandi = person("Thandi", "Dlamini");
    const account = await found(owner.request, thandi);
    const page = await newPage({ javaScriptEnabled });
    const go = async (path: string): Promise<void> => {
      await page.goto(path);
      if (javaScriptEnabled) await ready(page);
    };
    await go("/sign-in");
    await page.getByRole("link", { name: "Forgot your password?" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Forgot your password?");
    if (javaScriptEnabled) await ready(page);
    const words: string[] = [];
    for (const email of [person("Nora", "Nobody").email, thandi.email]) {
      await go("/forgot-password");
      await page.getByLabel("E-mail").fill(email);
      await page.getByRole("button", { name: "Send link" }).click();
      await expect(page).toHaveURL(/\/forgot-password\/sent$/);
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("Check your e-mail");
      words.push(await page.getByRole("main").innerText());
    }
    expect(words[0]).toBe(words[1]);

    const link = await linkTo(owner.request, thandi.email, "password-reset");
    for (const method of ["HEAD", "GET"]) expect((await owner.request.fetch(link, { method })).status()).toBe(200);
    await go(link);
    await expect(page.getByText(`For the login ${thandi.email}.`)).toBeVisible();
    await choose(page, "Password123!");
    await page.getByRole("button", { name: "Save password" }).click();
    await expect(page.getByText("This is one of the most common passwords")).toBeVisible();
    await choose(page, NEW);
    await page.getByRole("button", { name: "Save password" }).click();
    await expect(page).toHaveURL(/\/sign-in\?password=reset$/);
    await expect(page.getByText("Your password was changed. Sign in with the new one.")).toBeVisible();
    expect((await call(owner.request, "get_profile")).status()).toBe(401);
    if (javaScriptEnabled) await ready(page);
    await signIn(page, thandi.email, NEW);
    await page.waitForURL(`**${account}`);
    await go(link);
    await expect(page.getByRole("heading", { name: "This link doesn't work" })).toBeVisible();
  });

  test(`a change of address is undone, ${how}`, async ({ page: thief, newPage, watch }) => {
    watch.expects(401, 404);
    const thandi = person("Thandi", "Dlamini");
    const account = await found(thief.request, thandi);
    for (const next of [person("Mallory", "One"), person("Mallory", "Two")]) {
      await succeed(thief.request, "change_own_email", { "form[email]": next.email, "form[password]": PASSWORD });
      const link = await linkTo(thief.request, next.email, "email");
      await succeed(thief.request, "confirm_email", { "form[secret]": link.replace("/email/", "") });
    }
    const page = await newPage({ javaScriptEnabled });
    await page.goto(await linkTo(page.request, thandi.email, "email-undo"));
    if (javaScriptEnabled) await ready(page);
    await expect(page.getByText(`You'll sign in as ${thandi.email} again.`)).toBeVisible();
    await page.getByRole("button", { name: "Undo the change" }).click();
    await expect(page.getByText(`You now sign in as ${thandi.email} again.`)).toBeVisible();
    expect((await call(thief.request, "get_profile")).status()).toBe(401);
    await choose(page, NEW);
    await page.getByRole("button", { name: "Save password" }).click();
    await expect(page).toHaveURL(/\/sign-in\?password=reset$/);
    if (javaScriptEnabled) await ready(page);
    await signIn(page, thandi.email, NEW);
    await page.waitForURL(`**${account}`);
  });
}
