import { connect, createServer, type AddressInfo, type Socket } from "node:net";
import { addContact, found, join, nameOf, person } from "./support/people.ts";
import { expect, open, ready, test } from "./support/test.ts";

test("a drawer keeps the filters of its list, and closing it goes back", async ({ page, newPage }) => {
  const account = await found(page.request, person("Thandi", "Dlamini"));
  const theirs = await newPage();
  const [ana, ben] = [person("Ana", "Ruiz"), person("Ben", "Bo")];
  await join(page.request, theirs.request, account, ana, "viewer");
  await join(page.request, theirs.request, account, ben, "member");
  await open(page, `${account}/members?role=viewer`);
  const rows = page.getByRole("table").getByRole("row");
  await expect(rows).toHaveCount(2);
  const calls: string[] = [];
  page.on("request", (request) => calls.push(request.url()));
  const entries = await page.evaluate("history.length");
  // Anywhere on the row.
  await rows.filter({ hasText: nameOf(ana) }).click();
  await page.waitForURL(/\/members\/[^?]+\?role=viewer$/);
  await expect(page.getByRole("dialog", { name: "Member" })).toBeVisible();
  await expect(rows).toHaveCount(2);
  expect(calls.filter((url) => url.includes("list_members"))).toEqual([]);
  await page.getByRole("link", { name: "Close" }).click();
  await page.waitForURL(`${account}/members?role=viewer`);
  await expect(page.getByRole("dialog")).toHaveCount(0);
  expect(calls.filter((url) => url.includes("list_members"))).toEqual([]);
  await rows.filter({ hasText: nameOf(ana) }).click();
  await page.keyboard.press("Escape");
  await page.waitForURL(`${account}/members?role=viewer`);
  // The drawer lies ahead in the history, not behind.
  expect(await page.evaluate("history.length")).toBe(Number(entries) + 1);
  await page.getByRole("navigation", { name: "Members by status" }).getByRole("link", { name: /^Active/ }).click();
  await expect(page).toHaveURL(/\?(?=.*role=viewer)(?=.*status=active)/);
});

test("a list stays where it was scrolled to while a drawer is open", async ({ page }) => {
  const account = await found(page.request, person("Thandi", "Dlamini"));
  for (let number = 10; number < 40; number += 1) await addContact(page.request, account, `Contact ${number}`);
  await open(page, `${account}/contacts`);
  const last = page.getByRole("link", { name: "Contact 10" });
  await last.scrollIntoViewIfNeeded();
  const place = Number(await page.evaluate("scrollY"));
  expect(place).toBeGreaterThan(200);
  await last.click();
  await expect(page.getByRole("dialog", { name: "Contact" })).toBeVisible();
  await page.getByRole("link", { name: "Close" }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  expect(Number(await page.evaluate("scrollY"))).toBe(place);
});

test("a search begins while it is typed, and leaves nothing empty in the address", async ({ page }) => {
  const account = await found(page.request, person("Thandi", "Dlamini"));
  await addContact(page.request, account, "Bongani");
  await addContact(page.request, account, "Sipho");
  await open(page, `${account}/contacts`);
  const line = page.getByRole("searchbox", { name: "Search" });
  await line.pressSequentially("bong");
  await expect(page.getByRole("link", { name: "Sipho" })).toHaveCount(0);
  await expect(page).toHaveURL(/\/contacts\?search=bong$/);
  await expect(line).toBeFocused();
  await line.fill("");
  await expect(page.getByRole("link", { name: "Sipho" })).toBeVisible();
  await expect(page).toHaveURL(/\/contacts$/);
});

test("another tab of the list keeps what is searched for", async ({ page }) => {
  const account = await found(page.request, person("Thandi", "Dlamini"));
  await open(page, `${account}/members?search=thandi`);
  for (const [tab, status] of [["Active", "active"], ["Pending", "pending"]] as const) {
    await page.getByRole("navigation", { name: "Members by status" }).getByRole("link", { name: tab }).click();
    await expect(page).toHaveURL(new RegExp(`\\?(?=.*search=thandi)(?=.*status=${status})`));
    await expect(page.getByRole("searchbox", { name: "Search" })).toHaveValue("thandi");
  }
});

/** A way to the server that falls silent without closing anything, as a network does. */
async function relay(port: number): Promise<{ port: number; silence: (on: boolean) => void; close: () => void }> {
  const sockets = new Set<Socket>();
  let isSilent = false;
  const server = createServer((near) => {
    const far = connect(port, "127.0.0.1");
    for (const [from, to] of [[near, far], [far, near]] as const) {
      sockets.add(from);
      from.on("data", (data) => !isSilent && to.write(data));
      from.on("close", () => to.destroy());
      from.on("error", () => to.destroy());
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const silence = (on: boolean): void => {
    isSilent = on;
    // Back again, the old connections are gone.
    if (!on) for (const socket of sockets) socket.destroy();
  };
  return { port: (server.address() as AddressInfo).port, silence, close: () => { silence(false); server.close(); } };
}

test("a page says that the server is silent, keeps what it shows, and says that it is back", async ({ page, baseURL, watch }) => {
  watch.expects(/net::ERR_/);
  const account = await found(page.request, person("Thandi", "Dlamini"));
  const way = await relay(Number(new URL(baseURL ?? "").port));
  try {
    await page.goto(`http://localhost:${way.port}${account}/members`);
    await ready(page);
    const mark = page.getByText("Live", { exact: true });
    await expect(mark).toBeVisible();
    way.silence(true);
    await expect(page.getByText("Reconnecting…")).toBeVisible();
    await expect(page.getByText(/^1 person in/)).toBeVisible();
    way.silence(false);
    await expect(mark).toBeVisible();
  } finally {
    way.close();
  }
});
