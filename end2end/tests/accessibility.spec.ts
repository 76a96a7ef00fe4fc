import { AxeBuilder } from "@axe-core/playwright";
import type { APIRequestContext, Browser } from "@playwright/test";
import { addContact, call, found, idOf, invite, join, person, signIn } from "./support/people.ts";
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
  const contact = await addContact(context.request, account, "Bongani Nkosi", "vip, cape town");
  const invitation = await invite(context.request, account, person("Noor", "Haddad").email, "viewer");
  const signedIn = ["", "/contacts", "/contacts/new", `/contacts/${contact}`, "/contacts?search=nobody", "/members", "/members?status=pending", "/members/invite", "/access-log", "/organisation"];
  return {
    owner,
    outside: ["/sign-in", "/sign-up", invitation, "/invitations/no-such-secret", "/no/such/page", "/outbox"],
    inside: [...signedIn.map((path) => account + path), drawer, suspended],
  };
}

for (const theme of ["light", "dark"] as const) {
  for (const [device, viewport] of Object.entries({ desktop: { width: 1440, height: 900 }, phone: { width: 375, height: 800 } })) {
    test(`axe finds nothing: ${theme}, ${device}`, async ({ browser, newPage, watch }) => {
      test.setTimeout(120_000);
      watch.expects(404);
      const { owner, outside, inside } = await world(browser);
      const page = await newPage({ viewport, colorScheme: theme });
      const look = async (path: string) => {
        await (path === "/outbox" ? page.goto(path) : open(page, path));
        const { violations } = await new AxeBuilder({ page }).analyze();
        const found = violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(" ")} ${node.failureSummary ?? ""}`));
        expect.soft(found, path).toEqual([]);
      };
      for (const path of outside) await look(path);
      await signIn(page.request, owner);
      for (const path of inside) await look(path);
    });
  }
}

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
