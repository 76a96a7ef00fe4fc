import { AxeBuilder } from "@axe-core/playwright";
import type { Browser } from "@playwright/test";
import { readFileSync } from "node:fs";
import { GROUPS, everyPage, visit } from "./support/pages.ts";
import { found, person, signIn } from "./support/people.ts";
import { expect, ready, test } from "./support/test.ts";

/** An organisation with one of everything, its owner, and the addresses of all pages. */
async function world(browser: Browser) {
  const owner = person("Thandi", "Dlamini");
  const newRequest = async () => (await browser.newContext()).request;
  const request = await newRequest();
  const account = await found(request, owner);
  return { owner, ...(await everyPage(request, newRequest, account)) };
}

const DEVICES = { desktop: { width: 1440, height: 900 }, phone: { width: 375, height: 800 } };

test.describe("axe finds nothing, light and dark, on a desk and on a phone", () => {
  test.describe.configure({ mode: "parallel" });

  for (const group of GROUPS) {
    test(group, async ({ browser, newPage, watch }) => {
      test.setTimeout(180_000);
      watch.expects(403, 404);
      const { owner, outsider, pages } = await world(browser);
      const page = await newPage({ reducedMotion: "reduce" });
      if (group !== "at the door") await signIn(page.request, group === "without an account" ? outsider : owner);
      for (const path of pages[group]) {
        await visit(page, path);
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

/** The routes of the router, each as what its addresses look like. "/" is none of them: it only leads to another. */
function routes(): Map<string, RegExp> {
  const router = readFileSync(new URL("../../app/src/router.rs", import.meta.url), "utf8");
  const above: string[] = [];
  const routes = new Map<string, RegExp>();
  for (const [tag, parent, path = ""] of router.matchAll(/<(Parent)?Route path=path!\("([^"]*)"\)|<\/ParentRoute>/g)) {
    if (tag.startsWith("</")) above.pop();
    else if (parent !== undefined) above.push(path);
    else {
      const route = [...above, path].join("/").replace(/\/$/, "");
      if (route !== "") routes.set(route, new RegExp(`^${route.replaceAll(/:[a-z]+/g, "[^/]+")}$`));
    }
  }
  return routes;
}

test("every route is looked at", async ({ browser }) => {
  const { pages } = await world(browser);
  const all = [...routes()];
  const seen = Object.values(pages).flat().map((path) => all.find(([, pattern]) => pattern.test(path.replace(/\?.*/, "")))?.[0]);
  expect(all.length).toBeGreaterThan(GROUPS.length);
  expect(all.map(([route]) => route).filter((route) => !seen.includes(route))).toEqual([]);
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
  await page.getByRole("button", { name: "System" }).click();
  expect(await background()).toBe(light);
});
