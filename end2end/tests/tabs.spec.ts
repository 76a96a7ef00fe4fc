import type { BrowserContext, Page } from "@playwright/test";
import { PASSWORD, addContact, call, found, idOf, join, person } from "./support/people.ts";
import { expect, open, ready, test } from "./support/test.ts";

/** Counts the live channels that the pages of a browser open. */
function channels(context: BrowserContext): () => number {
  let opened = 0;
  context.on("request", (request) => {
    if (request.resourceType() === "eventsource") opened += 1;
  });
  return () => opened;
}

async function another(context: BrowserContext, path: string): Promise<Page> {
  const page = await context.newPage();
  await open(page, path);
  return page;
}

/** An owner's browser, and a member's whose contacts have a name that the owner can hide. */
async function ownerAndMember(page: Page, newPage: () => Promise<Page>) {
  const account = await found(page.request, person("Thandi", "Dlamini"));
  await addContact(page.request, account, "Bongani Nkosi");
  const theirs = await newPage();
  const ana = person("Ana", "Ruiz");
  const drawer = await join(page.request, theirs.request, account, ana, "member");
  const flip = (path: string, on: boolean) =>
    call(page.request, "switch_permission", {
      account: idOf(account),
      member: drawer.split("/").pop() ?? "",
      path,
      on: String(on),
    });
  const hide = (hidden: boolean) => flip("contact.read.pii", !hidden);
  const switchOff = (path: string) => flip(path, false);
  return { account, theirs, ana, hide, switchOff };
}

const shown = (page: Page) => page.getByText("Bongani Nkosi").count();

test("fifty tabs share one channel, and all of them follow", async ({ page, newPage }) => {
  test.setTimeout(300_000);
  const { account, theirs, hide } = await ownerAndMember(page, newPage);
  const context = theirs.context();
  const opened = channels(context);
  await open(theirs, `${account}/contacts`);
  const tabs = [theirs];
  while (tabs.length < 50) tabs.push(await another(context, `${account}/contacts`));
  for (const tab of tabs) await expect(tab.getByText("Bongani Nkosi")).toBeVisible();
  await hide(true);
  for (const tab of tabs) await expect(tab.getByText("Bongani Nkosi")).toBeHidden({ timeout: 30_000 });
  expect(opened()).toBe(1);
});

test("when the tab with the channel closes, another one opens it", async ({ page, newPage }) => {
  const { account, theirs, hide } = await ownerAndMember(page, newPage);
  const context = theirs.context();
  const opened = channels(context);
  await open(theirs, `${account}/contacts`);
  const [second, third] = [await another(context, `${account}/contacts`), await another(context, `${account}/contacts`)];
  expect(opened()).toBe(1);
  const next = context.waitForEvent("response", (response) => response.request().resourceType() === "eventsource");
  await theirs.close();
  await next;
  await hide(true);
  for (const tab of [second, third]) await expect(tab.getByText("Bongani Nkosi")).toBeHidden();
  expect(opened()).toBe(2);
});

test("signed out in one tab, no other shows anything", async ({ page, newPage, watch }) => {
  watch.expects(401);
  const { account, theirs } = await ownerAndMember(page, newPage);
  const context = theirs.context();
  await open(theirs, `${account}/contacts`);
  const tabs = [await another(context, `${account}/contacts`), await another(context, "/invitations")];
  const last = await another(context, account);
  await last.getByRole("button", { name: "My menu" }).click();
  await last.getByRole("button", { name: "Sign out" }).click();
  await last.waitForURL("**/sign-in");
  for (const tab of [theirs, ...tabs]) {
    await tab.waitForURL(/\/sign-in\?then=/);
    expect(await shown(tab)).toBe(0);
  }
});

test("signed out elsewhere, the page goes to the door by itself", async ({ page, newPage, watch }) => {
  watch.expects(401);
  const { account, theirs } = await ownerAndMember(page, newPage);
  await open(theirs, `${account}/contacts`);
  // Not by a page of this browser: only the server tells.
  await call(theirs.request, "sign_out");
  await theirs.waitForURL(/\/sign-in\?then=/);
  expect(await shown(theirs)).toBe(0);
});

test("somebody else has signed in: no tab shows what was there, nor saves it in their name", async ({ page, newPage, watch }) => {
  watch.expects(401, 409, 404);
  const { account, theirs } = await ownerAndMember(page, newPage);
  const context = theirs.context();
  const theo = person("Theo", "Vos");
  await join(page.request, (await newPage()).request, account, theo, "member");
  await open(theirs, `${account}/contacts`);
  const form = await another(context, `${account}/contacts/new`);
  await form.getByLabel("Name").fill("Only Ana's");
  const door = await another(context, "/sign-in");
  await door.getByLabel("E-mail").fill(theo.email);
  await door.getByLabel("Password").fill(PASSWORD);
  await door.getByRole("button", { name: "Sign in", exact: true }).click();
  await door.waitForURL(/\/accounts\//);
  for (const tab of [theirs, form]) {
    await expect(tab.getByText("You're now signed in as Theo. Reload to continue.")).toBeVisible();
    expect(await shown(tab)).toBe(0);
    await expect(tab.getByLabel("Name")).toHaveCount(0);
  }
  await theirs.getByRole("link", { name: "Reload" }).click();
  await ready(theirs);
  await theirs.getByRole("button", { name: "My menu" }).click();
  await expect(theirs.getByText(theo.email)).toBeVisible();
});

test("where tabs cannot share a channel, each asks", async ({ page, newPage }) => {
  const { account, theirs, hide } = await ownerAndMember(page, newPage);
  const context = theirs.context();
  await context.addInitScript(() => Object.defineProperty(Navigator.prototype, "locks", { value: undefined }));
  const opened = channels(context);
  await open(theirs, `${account}/contacts`);
  const second = await another(context, `${account}/contacts`);
  await hide(true);
  for (const tab of [theirs, second]) await expect(tab.getByText("Bongani Nkosi")).toBeHidden({ timeout: 15_000 });
  expect(opened()).toBe(0);
});

test("nobody is accused of what an open page would ask for", async ({ page, newPage }) => {
  const { account, theirs, switchOff } = await ownerAndMember(page, newPage);
  const second = await another(theirs.context(), `${account}/contacts?search=bongani`);
  await open(theirs, `${account}/contacts`);
  for (const tab of [theirs, second]) await expect(tab.getByText("Bongani Nkosi")).toBeVisible();
  await switchOff("contact");
  for (const tab of [theirs, second]) await expect(tab.getByText("Bongani Nkosi")).toBeHidden();
  await open(page, `${account}/access-log`);
  await expect(page.getByRole("row").filter({ hasText: "changed the permissions of Ana Ruiz" })).toBeVisible();
  await expect(page.getByRole("row").filter({ hasText: "was refused" })).toHaveCount(0);
});
