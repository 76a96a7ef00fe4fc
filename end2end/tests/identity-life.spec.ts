import { AxeBuilder } from "@axe-core/playwright";
import type { Locator, Page } from "@playwright/test";
import { readFileSync } from "node:fs";
import { Device } from "./support/device.ts";
import { PASSWORD, found, idOf, join, linkTo, person, succeed } from "./support/people.ts";
import { codeTo, number } from "./support/text-messages.ts";
import { expect, expectNoSidewaysScroll, ready, test } from "./support/test.ts";

const NEW = "Loud-Badger-77";

/** How somebody works: with pointer or keyboard, with the page's code or without. */
interface Way {
  name: string;
  hasCode: boolean;
  press(target: Locator): Promise<void>;
  type(target: Locator, text: string): Promise<void>;
  choose(target: Locator, option: string): Promise<void>;
}

const pointer = {
  press: (target: Locator) => target.click(),
  type: (target: Locator, text: string) => target.fill(text),
  choose: async (target: Locator, option: string) => void (await target.selectOption(option)),
};

async function tabTo(target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  await expect(async () => {
    await target.page().keyboard.press("Tab");
    await expect(target).toBeFocused({ timeout: 20 });
  }).toPass({ intervals: [0], timeout: 20_000 });
}

const keyboard = {
  async press(target: Locator): Promise<void> {
    await tabTo(target);
    await target.press("Enter");
  },
  async type(target: Locator, text: string): Promise<void> {
    await tabTo(target);
    await target.press("ControlOrMeta+A");
    await target.page().keyboard.type(text);
  },
  async choose(target: Locator, option: string): Promise<void> {
    await tabTo(target);
    await target.page().keyboard.type(option);
    await expect(target.getByRole("option", { name: option, exact: true })).toHaveJSProperty("selected", true);
  },
};

const WAYS: Way[] = [
  { name: "on a phone", hasCode: true, ...pointer },
  { name: "by keyboard alone", hasCode: true, ...keyboard },
  { name: "without JavaScript", hasCode: false, ...pointer },
];

const section = (page: Page, name: string): Locator => page.getByRole("region", { name, exact: true });
const button = (place: Page | Locator, name: string): Locator => place.getByRole("button", { name, exact: true });

for (const way of WAYS) {
  test(`the whole life of a login, ${way.name}`, async ({ newPage, watch }) => {
    test.setTimeout(180_000);
    // A closed session and a deleted login are refused; forms without the page's code come back with the status of what is wrong.
    watch.expects(401, 403, 422);
    const owner = (await newPage()).request;
    await found(owner, person("Noor", "Haddad"), "Southwind");
    const ana = person("Ana", "Ruiz");
    const { typed, stored, end } = number();
    const small = { viewport: { width: 375, height: 812 }, javaScriptEnabled: way.hasCode };
    const page = await newPage(small);
    const { press, type, choose } = way;
    let account = "";
    let codes: string[] = [];

    const here = async (): Promise<void> => {
      if (way.hasCode) await ready(page);
    };
    const go = async (path: string): Promise<void> => {
      await page.goto(path);
      await here();
    };
    const arrive = async (address: RegExp | string): Promise<void> => {
      await page.waitForURL(address);
      await here();
    };
    const look = async (): Promise<void> => {
      await expectNoSidewaysScroll(page);
      if (way.hasCode) expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    };
    const signOut = async (): Promise<void> => {
      await go(account);
      await press(button(page, "My menu"));
      await press(button(page, "Sign out"));
      await arrive("**/sign-in");
    };
    const typePassword = async (who: Page, password: string): Promise<void> => {
      await who.getByLabel("E-mail").fill(ana.email);
      await who.getByLabel("Password", { exact: true }).fill(password);
      await button(who, "Sign in").click();
      await who.waitForURL("**/sign-in/code");
      if (way.hasCode) await ready(who);
    };
    const typeRecoveryCode = async (who: Page): Promise<void> => {
      await who.getByText("Use a recovery code").click();
      const form = who.locator("details").filter({ has: who.getByText("Use a recovery code") });
      await form.getByLabel("Recovery code", { exact: true }).fill(codes.pop() ?? "");
      await button(form, "Sign in").click();
      await who.waitForURL(`**${account}`);
      if (way.hasCode) await ready(who);
    };

    await test.step("signs up, and verifies the address", async () => {
      await go("/sign-up");
      await type(page.getByLabel("First name"), ana.firstName);
      await type(page.getByLabel("Last name"), ana.lastName);
      await type(page.getByLabel("Organisation"), "Northwind Retail");
      await type(page.getByLabel("Work e-mail"), ana.email);
      await type(page.getByLabel("Password", { exact: true }), PASSWORD);
      await look();
      await press(button(page, "Create organisation"));
      await arrive("**/sign-up/sent");
      await go(await linkTo(owner, ana.email, "sign-up/confirm"));
      await press(button(page, "Confirm and continue"));
      await arrive(/\/accounts\/[^/]+$/);
      account = new URL(page.url()).pathname;
    });

    if (way.hasCode) {
      await test.step("adds a passkey, and signs in with it", async () => {
        await Device.of(page);
        await go(`${account}/settings#passkeys`);
        const passkeys = section(page, "Passkeys");
        await press(button(passkeys, "Add passkey"));
        await expect(passkeys.getByRole("list", { name: "Your passkeys" }).getByRole("listitem")).toHaveCount(1);
        codes = await passkeys.getByRole("list", { name: "Recovery codes" }).getByRole("listitem").allInnerTexts();
        await signOut();
        await press(button(page, "Sign in with a passkey"));
        await arrive(`**${account}`);
      });
    }

    await test.step("verifies a number, and signs in with a text message", async () => {
      await go(`${account}/settings#phone`);
      const phone = section(page, "My mobile number");
      await choose(phone.getByLabel("Country"), "South Africa (+27)");
      await type(phone.getByLabel("Mobile number", { exact: true }), typed);
      await type(phone.getByLabel("Your password").first(), PASSWORD);
      // Who has a passkey shows it besides the password.
      await press(way.hasCode ? button(phone, "Use a passkey").first() : button(phone, "Add number"));
      const field = phone.getByLabel("Code from the text message");
      await expect(field).toBeVisible();
      const code = await codeTo(owner, stored);
      await type(field, code);
      await press(button(phone, "Verify number"));
      await expect(phone.getByText(/^\+27 82/)).toBeVisible();
      await here();
      const step = phone.locator("details").filter({ has: page.getByText("Use text messages for two-factor authentication", { exact: true }) });
      await press(step.locator("summary"));
      await press(button(step, way.hasCode ? "Use a passkey" : "Use text messages"));
      await expect(phone.getByText("Codes by text message are on.", { exact: true })).toBeVisible();
      if (!way.hasCode) codes = await phone.getByRole("list", { name: "Recovery codes" }).getByRole("listitem").allInnerTexts();
      await look();
      await signOut();
      await typePassword(page, PASSWORD);
      await press(button(page, `Send a code to •••• ${end}`));
      await expect(page.getByText(`A code is on its way to •••• ${end}.`)).toBeVisible();
      await type(page.getByRole("textbox", { name: "Code", exact: true }), await codeTo(owner, stored, code));
      await look();
      await press(button(page, "Sign in").first());
      await arrive(`**${account}`);
    });

    await test.step("changes the zone, and every date moves", async () => {
      await go(`${account}/settings#region`);
      const region = section(page, "Region");
      await type(region.getByRole("combobox", { name: "Time zone" }), "Asia/Kathmandu");
      await press(button(region, "Save changes"));
      await expect(region.getByRole("combobox", { name: "Time zone" })).toHaveValue("Asia/Kathmandu (UTC+05:45)");
      for (const path of ["", "/members", "/settings"]) {
        await go(account + path);
        const times = page.locator("main time[tabindex]");
        await expect(times.first()).toBeAttached();
        for (const time of await times.all()) await expect(time).toHaveAttribute("title", / \+0545$/);
      }
      await go(`${account}/access-log`);
      await expect(page.getByRole("row").filter({ hasText: "changed their country or time zone" }).first()).toContainText("+0545");
    });

    await test.step("resets the password", async () => {
      await signOut();
      await press(page.getByRole("link", { name: "Forgot your password?" }));
      await arrive("**/forgot-password");
      await type(page.getByLabel("E-mail"), ana.email);
      await press(button(page, "Send link"));
      await arrive("**/forgot-password/sent");
      await go(await linkTo(owner, ana.email, "password-reset"));
      await type(page.getByLabel("New password", { exact: true }), NEW);
      await type(page.getByLabel("Confirm new password"), NEW);
      await look();
      await press(button(page, "Save password"));
      await arrive("**/sign-in?password=reset");
      await typePassword(page, NEW);
      await typeRecoveryCode(page);
    });

    await test.step("closes the other browser's session, and sees it end", async () => {
      const other = await newPage({ javaScriptEnabled: way.hasCode });
      await other.goto("/sign-in");
      if (way.hasCode) await ready(other);
      await typePassword(other, NEW);
      await typeRecoveryCode(other);
      await go(`${account}/settings#sessions`);
      const row = section(page, "Sessions").getByRole("row").filter({ has: button(page, "Sign out") });
      await expect(row).toHaveCount(1);
      await press(button(row, "Sign out"));
      await expect(row).toHaveCount(0);
      if (!way.hasCode) await other.reload();
      await expect(other).toHaveURL(/\/sign-in\?then=/);
    });

    await test.step("exports the data, and deletes the login", async () => {
      // An owner hands the organisation over first.
      const theirs = (await newPage()).request;
      const drawer = await join(page.request, theirs, account, person("Ben", "Bo"), "admin");
      await succeed(page.request, "offer_ownership", { account: idOf(account), "form[member]": drawer.split("/").at(-1) ?? "" });
      await succeed(theirs, "accept_ownership", { account: idOf(account) });

      await go(`${account}/settings#export`);
      const data = section(page, "Export my data");
      await press(button(data, "Prepare export"));
      const download = data.getByRole("link", { name: "Download" });
      await expect(async () => {
        if (!way.hasCode) await page.goto(`${account}/settings`);
        await expect(download).toBeVisible({ timeout: way.hasCode ? 10_000 : 100 });
      }).toPass({ intervals: [50], timeout: 10_000 });
      const [file] = await Promise.all([page.waitForEvent("download", { timeout: 30_000 }), press(download)]);
      const exported = readFileSync(await file.path(), "utf8");
      expect(JSON.parse(exported).profile).toEqual([expect.objectContaining({ email: ana.email, first_name: "Ana" })]);
      expect(exported).toContain(stored);

      await go(`${account}/settings#delete-account`);
      await press(button(section(page, "Delete account"), "Delete account").first());
      const question = page.getByRole("dialog", { name: "Delete your account?" });
      await type(question.getByLabel("Your e-mail address"), ana.email);
      await type(question.getByLabel("Your password"), NEW);
      await type(question.getByLabel("Current code"), codes.pop() ?? "");
      await press(button(question, "Delete account"));
      await arrive("**/account-deleted");
      await look();
      await go("/sign-in");
      await page.getByLabel("E-mail").fill(ana.email);
      await page.getByLabel("Password", { exact: true }).fill(NEW);
      await button(page, "Sign in").click();
      await expect(page.getByRole("alert")).toHaveText("Wrong e-mail or password.");
    });
  });
}
