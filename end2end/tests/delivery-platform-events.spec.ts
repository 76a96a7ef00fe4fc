import type { Locator, Page } from "@playwright/test";
import { found, join, makeKey, person, reportEvent } from "./support/people.ts";
import { expect, open, test } from "./support/test.ts";

const entry = (page: Page): Locator => page.getByRole("navigation", { name: "Pages", exact: true }).getByRole("link", { name: "Platform events", exact: true });
const row = (page: Page, text: string): Locator => page.getByRole("row").filter({ hasText: text });

test("what the platform reports appears in open pages, and is filtered by kind", async ({ page, newPage }) => {
  const account = await found(page.request, person("Thandi", "Dlamini"));
  const [viewer, member] = [await newPage(), await newPage()];
  await join(page.request, viewer.request, account, person("Vera", "Visser"), "viewer");
  await join(page.request, member.request, account, person("Ana", "Ruiz"), "member");
  const { secret } = await makeKey(page.request, account, "Platform", "event.report");

  await open(viewer, account);
  await entry(viewer).click();
  await expect(viewer.getByText("No platform events yet.")).toBeVisible();
  await reportEvent(page.request, account, secret, { id: "m-1", kind: "message.failed", message: "m-1", campaign: "Spring sale", reason: "Number not in service" });
  await expect(row(viewer, "Message m-1 of campaign Spring sale: Number not in service")).toContainText("Message failed");
  await reportEvent(page.request, account, secret, { id: "b-1", kind: "credits.balance", balance: "49.50", currency: "EUR" });
  await expect(row(viewer, "EUR 49.50 left")).toBeVisible();

  await viewer.getByRole("button", { name: "Filter", exact: true }).click();
  await viewer.getByRole("combobox", { name: "Kind" }).selectOption("Credit balance");
  await viewer.getByRole("button", { name: "Apply" }).click();
  await expect(viewer).toHaveURL(/kind=credits.balance/);
  await expect(row(viewer, "Message failed")).toHaveCount(0);
  await expect(row(viewer, "EUR 49.50 left")).toBeVisible();

  // A Member may not see alerts, and what is behind them.
  await open(member, account);
  await expect(entry(member)).toHaveCount(0);
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("platform events are listed and filtered", async ({ page }) => {
    const account = await found(page.request, person("Thandi", "Dlamini"));
    const { secret } = await makeKey(page.request, account, "Platform", "event.report");
    await reportEvent(page.request, account, secret, { id: "i-1", kind: "import.finished", rows: 12, added: 10, rejected: 2 });
    await page.goto(`${account}/platform-events`);
    await expect(row(page, "12 rows: 10 added, 2 rejected")).toContainText("Import finished");
    await page.goto(`${account}/platform-events?kind=hook.failed`);
    await expect(page.getByText("No platform events match.")).toBeVisible();
  });
});
