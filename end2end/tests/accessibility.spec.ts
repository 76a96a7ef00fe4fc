import { AxeBuilder } from "@axe-core/playwright";
import type { APIRequestContext, Browser } from "@playwright/test";
import { OUTBOX_TOKEN } from "./support/outbox.ts";
import { addCampaign, addContact, call, drawers, ending, found, idOf, invite, join, makeKey, person, signIn } from "./support/people.ts";
import { expect, open, ready, test } from "./support/test.ts";

/** One organisation for all the looks, and the paths of every page. */
async function world(browser: Browser) {
  const owner = person("Thandi", "Dlamini");
  const context = await browser.newContext();
  const requests = async (): Promise<APIRequestContext> => (await browser.newContext()).request;
  const account = await found(context.request, owner);
  const drawer = await join(context.request, await requests(), account, person("Ana", "Ruiz"), "custom");
  const suspended = await join(context.request, await requests(), account, person("Sam", "Okafor"), "viewer");
  await call(context.request, "suspend_member", { account: idOf(account), member: suspended.split("/").at(-1) ?? "" });
  await call(context.request, "switch_permission", { account: idOf(account), member: drawer.split("/").at(-1) ?? "", path: "contact.read.basic", on: "true" });
  const key = await makeKey(context.request, account, "Web shop", "contact.read.basic");
  const contact = await addContact(context.request, account, "Bongani Nkosi", "vip, cape town");
  const campaign = await addCampaign(context.request, account, "Spring sale", "Half price today");
  const { role, place } = await drawers(context.request, account);
  const invitation = await invite(context.request, account, person("Noor", "Haddad").email, "viewer");
  const within = (...paths: string[]): string[] => paths.map((path) => account + path);
  return {
    owner,
    "at the door": ["/sign-in", "/sign-in/code", "/sign-up", "/sign-up/sent", "/sign-up/confirm/no-such-secret", invitation, "/invitations/no-such-secret", "/email/no-such-secret", "/no/such/page", OUTBOX],
    "at work": within("", "/contacts", "/contacts/new", `/contacts/${contact}`, "/contacts?search=nobody", "/campaigns", "/campaigns/new", `/campaigns/${campaign}`, "/access-log"),
    "about access": within("/members", "/members?status=pending", "/members/invite", "/members?sort=name", "/access", "/organisation", "/billing", "/policy", "/api-keys", "/api-keys/new", `/api-keys/${key.id}`, `/access/keys/${key.id}`),
    "about the organisation": [...within("/roles", "/roles/new", "/roles/compare", role, "/accounts", "/accounts/new", place), "/invitations", "/organisations/new", "/second-factor", "/email", await ending(context.request, "Southwind")],
    "about one member": [drawer, suspended, `${drawer.replace("/members/", "/access/")}?role=viewer`],
  };
}

const OUTBOX = `/outbox?token=${OUTBOX_TOKEN}`;
const DEVICES = { desktop: { width: 1440, height: 900 }, phone: { width: 375, height: 800 } };

test.describe("axe finds nothing, light and dark, on a desk and on a phone", () => {
  test.describe.configure({ mode: "parallel" });

  for (const place of ["at the door", "at work", "about access", "about one member", "about the organisation"] as const) {
    test(place, async ({ browser, newPage, watch }) => {
      test.setTimeout(180_000);
      watch.expects(403, 404);
      const { owner, [place]: paths } = await world(browser);
      const page = await newPage({ reducedMotion: "reduce" });
      if (place !== "at the door") await signIn(page.request, owner);
      for (const path of paths) {
        await (path === OUTBOX ? page.goto(path) : open(page, path));
        for (const [device, viewport] of Object.entries(DEVICES)) {
          await page.setViewportSize(viewport);
          for (const colorScheme of ["light", "dark"] as const) {
            await page.emulateMedia({ colorScheme });
            const { violations } = await new AxeBuilder({ page }).analyze();
            const faults = violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(" ")} ${node.failureSummary ?? ""}`));
            expect.soft(faults, `${path}, ${device}, ${colorScheme}`).toEqual([]);
          }
        }
      }
    });
  }
});

test("the chosen colours hold against those of the system", async ({ newPage, browser }) => {
  const { owner } = await world(browser);
  const page = await newPage({ colorScheme: "light" });
  await signIn(page.request, owner);
  await page.goto("/");
  await ready(page);
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await background();
  await page.getByRole("button", { name: "My menu" }).click();
  await page.getByRole("button", { name: "Dark" }).click();
  const dark = await background();
  expect(dark).not.toBe(light);
  await page.reload();
  await ready(page);
  expect(await background()).toBe(dark);
  await page.getByRole("button", { name: "My menu" }).click();
  await page.getByRole("button", { name: "As the system" }).click();
  expect(await background()).toBe(light);
});
