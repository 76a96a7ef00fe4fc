import path from "node:path";
import { test as base, expect, type BrowserContext, type BrowserContextOptions, type Page } from "@playwright/test";

/** Listens to every page of a test, and keeps what should not have happened. */
class Watch {
  readonly faults: string[] = [];
  private expected: (number | RegExp)[] = [];

  /** Answers of this status, and console errors like this, belong to the test. */
  expects(...what: (number | RegExp)[]): void {
    this.expected.push(...what);
  }

  follow(context: BrowserContext): void {
    context.on("console", (message) => {
      if (message.type() !== "error") return;
      const text = message.text();
      // The browser's own note of an answer, which is looked at below.
      if (text.includes("Failed to load resource: the server responded with a status of")) return;
      if (!this.isExpected(text)) this.faults.push(`console: ${text}`);
    });
    context.on("weberror", (error) => {
      this.faults.push(`exception: ${error.error().message} on ${error.page()?.url()}`);
    });
    context.on("response", (response) => {
      const status = response.status();
      if (status >= 400 && !this.expected.includes(status)) this.faults.push(`${status}: ${response.url()}`);
    });
  }

  private isExpected(text: string): boolean {
    return this.expected.some((one) => one instanceof RegExp && one.test(text));
  }
}

interface Fixtures {
  watch: Watch;
  /** A page in a browser of its own: another person, or another device. */
  newPage: (options?: BrowserContextOptions) => Promise<Page>;
}

export const test = base.extend<Fixtures>({
  baseURL: async ({}, use, info) => {
    const { firstPort, workers } = info.config.metadata;
    const quarter = [...path.basename(info.file)].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % 4;
    // By its name, to which passkeys belong: an IP address is none.
    await use(`http://localhost:${firstPort + info.parallelIndex + workers * quarter}`);
  },
  watch: async ({}, use) => {
    const watch = new Watch();
    await use(watch);
    expect(watch.faults, "errors of the pages").toEqual([]);
  },
  context: async ({ context, watch }, use) => {
    watch.follow(context);
    await use(context);
  },
  newPage: async ({ browser, watch }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (options = {}) => {
      const context = await browser.newContext(options);
      contexts.push(context);
      watch.follow(context);
      return context.newPage();
    });
    for (const context of contexts) await context.close();
  },
});

export { expect };

/** Waits until the page's code has taken over: before that, a click does what plain HTML does. */
export async function ready(page: Page): Promise<void> {
  await page.locator("html[data-hydrated]").waitFor();
}

/** Opens a page; that of an account with its live channel. Sections further down stay as the server wrote them. */
export async function openAtTop(page: Page, path: string): Promise<void> {
  const live = path.startsWith("/accounts/") ? page.waitForResponse(/\/live$/) : undefined;
  await page.goto(path);
  await ready(page);
  await live;
}

/** Opens a page, and waits until the code of all its sections has taken over, each of which comes when it is about to be seen. */
export async function open(page: Page, path: string): Promise<void> {
  await openAtTop(page, path);
  const sections = page.locator("[data-lazy]");
  for (let left = await sections.count(); left > 0 && !path.includes("#"); left = await sections.count()) {
    await sections.first().scrollIntoViewIfNeeded();
    await expect(sections).not.toHaveCount(left);
    if ((await sections.count()) === 0) await page.evaluate(() => scrollTo(0, 0));
  }
}

/** Fails when the page can be scrolled sideways. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const surplus = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(surplus, "pixels beyond the right edge").toBeLessThanOrEqual(0);
  const cut = await page.locator(".card table:visible").evaluateAll((tables) =>
    tables.map((table) => table.getBoundingClientRect().width - (table.closest(".card")?.getBoundingClientRect().width ?? 0)));
  expect(Math.max(0, ...cut), "pixels of a table that its card cuts off").toBeLessThanOrEqual(0);
}
