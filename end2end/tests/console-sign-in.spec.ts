import { PASSWORD, addContact, found, person } from "./support/people.ts";
import { expect, open, ready, test } from "./support/test.ts";

test("a page of the console opened signed out leads to sign-in, and back with its filters", async ({ page, newPage, watch }) => {
  watch.expects(401);
  const thandi = person("Thandi", "Dlamini");
  const request = (await newPage()).request;
  const account = await found(request, thandi);
  await addContact(request, account, "Bongani Nkosi", "vip");
  const there = `${account}/contacts?search=bongani&tag=vip`;
  await open(page, "/sign-in");
  await page.goto(there);
  await ready(page);
  await expect(page).toHaveURL(/\/sign-in\?then=/);
  await page.getByLabel("E-mail").fill(thandi.email);
  await page.getByLabel("Password", { exact: true }).fill("Wrong-horse-7");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByText("Wrong e-mail or password.")).toBeVisible();
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page).toHaveURL(there);
  await expect(page.getByRole("row").filter({ hasText: "Bongani Nkosi" })).toBeVisible();
});

test("a page that there is not offers sign-in to whoever is signed out", async ({ page, watch }) => {
  watch.expects(404);
  await open(page, "/no/such/page");
  await expect(page.getByRole("heading", { name: "Page not found" })).toBeVisible();
  await page.getByRole("link", { name: "Sign in" }).click();
  await expect(page).toHaveURL(/\/sign-in$/);
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
});
