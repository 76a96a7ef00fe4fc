import { expect, type APIRequestContext, type APIResponse, type Locator, type Page } from "@playwright/test";
import { randomUUID } from "node:crypto";
import { OUTBOX_TOKEN } from "./outbox.ts";

export const PASSWORD = "Correct-horse-7";

export interface Person {
  firstName: string;
  lastName: string;
  email: string;
}

/** Somebody with an address that nobody had before. */
export function person(firstName: string, lastName: string): Person {
  return { firstName, lastName, email: `${firstName.toLowerCase()}.${randomUUID().slice(0, 8)}@northwind.example` };
}

export const nameOf = ({ firstName, lastName }: Person): string => `${firstName} ${lastName}`;

/** Calls a server function the way a form does. */
export async function call(request: APIRequestContext, name: string, form: Record<string, string> = {}): Promise<APIResponse> {
  return request.post(`/api/${name}`, { form });
}

/** The same, where it has to go well. */
export async function succeed(request: APIRequestContext, name: string, form: Record<string, string> = {}): Promise<APIResponse> {
  const response = await call(request, name, form);
  expect(response.status(), `${name}: ${await response.text()}`).toBe(200);
  return response;
}

/** Confirms the address that somebody signed up with, in the browser they did it in. On an installation that was empty they are in already. */
export async function confirm(request: APIRequestContext, email: string): Promise<void> {
  const link = await linkTo(request, email, "email|sign-up/confirm");
  const [name, secret] = link.startsWith("/email/") ? ["confirm_email", link.replace("/email/", "")] : ["confirm_sign_up", link.replace("/sign-up/confirm/", "")];
  await succeed(request, name, { "form[secret]": secret });
}

/** Signs up and confirms the address, without the pages, and gives the address of the new account's pages. */
export async function found(request: APIRequestContext, owner: Person, organisation = "Northwind Retail"): Promise<string> {
  await succeed(request, "sign_up", {
    "form[first_name]": owner.firstName,
    "form[last_name]": owner.lastName,
    "form[organisation]": organisation,
    "form[email]": owner.email,
    "form[password]": PASSWORD,
  });
  await confirm(request, owner.email);
  const profile = await (await succeed(request, "get_profile")).json();
  return `/accounts/${profile.accounts[0].id}`;
}

/** Founds one more, deletes it, and gives the address of what stands there. */
export async function ending(request: APIRequestContext, organisation: string): Promise<string> {
  await succeed(request, "create_organisation", { "form[name]": organisation });
  const { accounts }: { accounts: { id: string; name: string }[] } = await (await succeed(request, "get_profile")).json();
  const account = accounts.find(({ name }) => name === organisation)?.id ?? "";
  await succeed(request, "delete_organisation", { account, "form[name]": organisation });
  return `/accounts/${account}`;
}

export const idOf = (account: string): string => account.replace("/accounts/", "");

/** The link of the newest letter to this address that leads to such a page, as soon as it is there. */
export async function linkTo(request: APIRequestContext, email: string, pages = "invitations|email|sign-up/confirm"): Promise<string> {
  const links = new RegExp(`https?://[^/\\s]+(/(?:${pages})/\\S+)`);
  let link = "";
  await expect(async () => {
    const letters: { to: string; text: string }[] = await (await request.get(`/outbox.json?token=${OUTBOX_TOKEN}`)).json();
    link = letters.filter(({ to }) => to === email).map(({ text }) => links.exec(text)?.[1] ?? "").find((found) => found !== "") ?? "";
    expect(link).not.toBe("");
  }).toPass({ intervals: [50], timeout: 10_000 });
  return link;
}

export async function invite(request: APIRequestContext, account: string, email: string, role: string): Promise<string> {
  await succeed(request, "invite_members", { account: idOf(account), "form[emails]": email, "form[role]": role });
  return linkTo(request, email, "invitations");
}

/** Accepts an invitation as somebody new. */
export async function accept(theirs: APIRequestContext, link: string, who: Person): Promise<void> {
  await succeed(theirs, "accept_invitation", {
    "form[secret]": link.replace("/invitations/", ""),
    "form[first_name]": who.firstName,
    "form[last_name]": who.lastName,
    "form[password]": PASSWORD,
  });
}

/** Brings somebody in; `theirs` is signed in as them afterwards. Gives the path of their drawer. */
export async function join(owner: APIRequestContext, theirs: APIRequestContext, account: string, who: Person, role: string): Promise<string> {
  const link = await invite(owner, account, who.email, role);
  await accept(theirs, link, who);
  const members = await (await succeed(owner, "list_members", { account: idOf(account), "filter[search]": who.email })).json();
  return `${account}/members/${members.rows[0].id}`;
}

export async function addContact(request: APIRequestContext, account: string, name: string, tags = ""): Promise<string> {
  await succeed(request, "create_contact", {
    account: idOf(account),
    "form[name]": name,
    "form[mobile]": "+27825550100",
    "form[email]": `${name.toLowerCase().replaceAll(" ", ".").slice(0, 64)}@customer.example`,
    "form[tags]": tags,
  });
  const contacts = await (await succeed(request, "list_contacts", { account: idOf(account), "filter[search]": name })).json();
  return contacts.rows[0].id;
}

export async function addCampaign(request: APIRequestContext, account: string, name: string, text: string): Promise<string> {
  await succeed(request, "create_campaign", { account: idOf(account), "form[name]": name, "form[text]": text });
  const campaigns = await (await succeed(request, "list_campaigns", { account: idOf(account), "filter[search]": name })).json();
  return campaigns.rows[0].id;
}

/** Makes a key; its secret is told this one time. */
export async function makeKey(request: APIRequestContext, account: string, name: string, permissions: string): Promise<{ id: string; secret: string }> {
  const form = { account: idOf(account), "form[name]": name, "form[permissions]": permissions, "form[days]": "0" };
  return (await succeed(request, "create_api_key", form)).json();
}

/** Reports a platform event as a messaging platform does. */
export async function reportEvent(request: APIRequestContext, account: string, secret: string, event: object): Promise<void> {
  const data = { time: new Date().toISOString(), ...event };
  const response = await request.post(`/v1${account}/events`, { data, headers: { Authorization: `Bearer ${secret}` } });
  if (!response.ok()) throw new Error(`events: ${response.status()} ${await response.text()}`);
}

/** Asks for the contacts of an account as a program with a key does, and gives the status. */
export async function contactsBy(request: APIRequestContext, account: string, secret: string): Promise<number> {
  const response = await request.get(`/v1${account}/contacts`, { headers: { Authorization: `Bearer ${secret}` } });
  return response.status();
}

export const memberDrawer = (page: Page): Locator => page.getByRole("dialog", { name: "Member", exact: true });

/** The role that the member has whose drawer is open. */
export const currentRole = (page: Page): Locator => memberDrawer(page).locator("label").filter({ hasText: "Current role" });

/** Gives the member whose drawer is open another role: chosen, asked for, given. */
export async function giveRole(page: Page, role: string): Promise<void> {
  await memberDrawer(page).getByRole("radio", { name: role, exact: true }).check();
  await memberDrawer(page).getByRole("button", { name: "Change role" }).click();
  await page.getByRole("dialog", { name: /^Change the role of / }).getByRole("button", { name: `Make ${role}` }).click();
  await expect(currentRole(page)).toContainText(role);
}

/** Suspends, restores or removes the member whose drawer is open: asked for, and done. */
export async function actOnMember(page: Page, act: "Suspend" | "Restore" | "Remove"): Promise<void> {
  await memberDrawer(page).getByRole("button", { name: act, exact: true }).click();
  await page.getByRole("dialog", { name: new RegExp(`^${act} .*\\?$`) }).getByRole("button", { name: act, exact: true }).click();
}

/** Withdraws a pending invitation: asked for, and done. */
export async function withdraw(page: Page, button: string | RegExp): Promise<void> {
  await page.getByRole("button", { name: button }).click();
  await page.getByRole("dialog", { name: /^Withdraw the invitation to / }).getByRole("button", { name: "Withdraw", exact: true }).click();
}

export async function signIn(request: APIRequestContext, who: Person): Promise<void> {
  await succeed(request, "sign_in", { "form[email]": who.email, "form[password]": PASSWORD, "form[then]": "" });
}
