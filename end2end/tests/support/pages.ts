import type { APIRequestContext, Page } from "@playwright/test";
import { OUTBOX_TOKEN } from "./outbox.ts";
import { addCampaign, addContact, ending, idOf, invite, join, makeKey, person, reportEvent, succeed, type Person } from "./people.ts";
import { open } from "./test.ts";

/**
 * Where pages are. Those at the door are for somebody who is not signed in, those without an account for somebody who is in no
 * organisation, all others for the owner.
 */
export const GROUPS = ["at the door", "at work", "about access", "about one member", "about the organisation", "about oneself", "without an account"] as const;
export type Group = (typeof GROUPS)[number];

/** What is written into an organisation to look at. */
interface Texts {
  name?: (first: string) => string;
  tags?: string;
  text?: string;
  guest?: string;
}

const OUTBOX = `/outbox?token=${OUTBOX_TOKEN}`;

/** Puts one of everything into an organisation, and gives the addresses of all pages with their drawers, and somebody who has left it. */
export async function everyPage(owner: APIRequestContext, newRequest: () => Promise<APIRequestContext>, account: string, texts: Texts = {}): Promise<{ pages: Record<Group, string[]>; outsider: Person }> {
  const { name = (first: string) => first, tags = "vip, cape town", text = "Half price today", guest = person("Noor", "Haddad").email } = texts;
  const of = { account: idOf(account) };
  const called = (first: string, last: string) => ({ ...person(first, last), firstName: name(first), lastName: name(last) });
  const role = (await succeed(owner, "create_role", { ...of, "form[name]": name("Marketing"), "form[like]": "member" })).headers()["location"] ?? "";
  const child: string = await (await succeed(owner, "create_account", { ...of, "form[name]": name("Durban") })).json();
  const custom = await join(owner, await newRequest(), account, called("Ana", "Ruiz"), "custom");
  await succeed(owner, "switch_permission", { ...of, member: lastOf(custom), path: "contact.read.basic", on: "true" });
  const suspended = await join(owner, await newRequest(), account, called("Sam", "Okafor"), lastOf(role));
  await succeed(owner, "suspend_member", { ...of, member: lastOf(suspended) });
  const outsider = called("Olga", "Owens");
  const left = await join(owner, await newRequest(), account, outsider, "viewer");
  await succeed(owner, "remove_member", { ...of, member: lastOf(left) });
  const { id: key } = await makeKey(owner, account, name("Web shop"), "contact.read.basic");
  const reporting = await makeKey(owner, account, name("Platform"), "event.report");
  await reportEvent(owner, account, reporting.secret, { id: "1", kind: "hook.failed", hook: name("Orders"), reason: text, status: 503 });
  const contact = await addContact(owner, account, name("Bongani"), tags);
  const campaign = await addCampaign(owner, account, name("Spring sale"), text);
  const invitation = await invite(owner, account, guest, "viewer");
  await succeed(owner, "invite_members", { account: child, "form[emails]": guest, "form[role]": "viewer" });
  const closed = await ending(owner, name("Southwind"));
  const explained = (member: string) => member.replace("/members/", "/access/");
  const within = (...paths: string[]): string[] => paths.map((path) => account + path);
  const pages = {
    "at the door": ["/sign-in", "/sign-in/code", "/sign-up", "/sign-up/sent", "/sign-up/confirm/no-such-secret", invitation, "/invitations/no-such-secret", "/email/no-such-secret", "/forgot-password", "/forgot-password/sent", "/password-reset/no-such-secret", "/email-undo/no-such-secret", "/account-deleted", "/no/such/page", OUTBOX],
    "at work": within("", "/contacts", "/contacts/new", `/contacts/${contact}`, "/contacts?search=nobody", "/campaigns", "/campaigns/new", `/campaigns/${campaign}`, "/platform-events", "/access-log"),
    "about access": within("/members", "/members?status=pending", "/members/invite", "/members?sort=name", "/access", "/policy", "/api-keys", "/api-keys/new", `/api-keys/${key}`, `/access/keys/${key}`),
    "about one member": [custom, suspended, explained(suspended), `${explained(custom)}?role=viewer`],
    "about the organisation": [
      ...within("/roles", "/roles/admin", "/roles/new", "/roles/compare", "/organisation", "/billing", "/accounts", "/accounts/new", `/accounts/${child}`),
      role,
      `/accounts/${child}/members?status=above`,
      closed,
    ],
    "about oneself": [...within("/settings"), "/passkeys", invitation],
    "without an account": [
      "/",
      "/organisations/new",
      "/invitations",
      "/passkeys",
      "/phone",
      "/second-factor",
      "/recovery-codes",
      "/sessions",
      "/email",
      "/password",
      "/my-data",
      // Without something that waits for it, this leads to the start.
      "/confirm-identity",
      "/delete-account",
    ],
  };
  return { pages, outsider };
}

const lastOf = (path: string): string => path.split("/").at(-1) ?? "";

/** Opens one of them. */
export async function visit(page: Page, path: string): Promise<void> {
  await (path === OUTBOX ? page.goto(path) : open(page, path));
}
