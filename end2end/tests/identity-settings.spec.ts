import type { Locator, Page } from "@playwright/test";
import { found, join, nameOf, person, signIn } from "./support/people.ts";
import { expect, expectNoSidewaysScroll, open, test } from "./support/test.ts";

const section = (page: Page, name: string): Locator => page.getByRole("region", { name, exact: true });

/** When somebody joined, exactly, in the row that has their name. */
const joined = (page: Page, name: string): Locator => page.getByRole("row").filter({ hasText: name }).locator("time").first();

test("a name is changed, and everybody sees it", async ({ page, newPage }) => {
  const [thandi, ana] = [person("Thandi", "Dlamini"), person("Ana", "Ruiz")];
  const account = await found(page.request, thandi);
  const hers = await newPage();
  await join(page.request, hers.request, account, ana, "viewer");
  const elsewhere = await newPage();
  await signIn(elsewhere.request, ana);
  await open(page, `${account}/members`);
  await open(elsewhere, account);
  await open(hers, `${account}/settings`);

  const profile = section(hers, "Profile");
  await expect(profile.getByText(ana.email)).toBeVisible();
  await expect(profile.getByText("Confirmed", { exact: true })).toBeVisible();
  await expect(profile.getByRole("listitem").filter({ hasText: "Northwind Retail" })).toContainText("Thandi Dlamini can change it.");
  await profile.getByLabel("First name").fill("");
  await profile.getByRole("button", { name: "Save changes" }).click();
  await expect(profile.getByLabel("First name")).toHaveAccessibleDescription("Required.");
  await profile.getByLabel("First name").fill("Zoë");
  await profile.getByRole("button", { name: "Save changes" }).click();
  await expect(hers.getByText("Profile saved.")).toBeVisible();
  await expect(profile.getByText("Zoë Ruiz")).toBeVisible();
  await expect(profile.locator(".avatar-initials")).toHaveText("ZR");

  await expect(elsewhere.getByRole("heading", { level: 1 })).toHaveText("Hello, Zoë");
  await expect(page.getByRole("row").filter({ hasText: "Zoë Ruiz" })).toBeVisible();
  await expect(page.getByText(nameOf(ana))).toHaveCount(0);
  await open(page, `${account}/access-log`);
  await expect(page.getByRole("row").filter({ hasText: "changed their name" })).toContainText("Zoë Ruiz");
});

test("a zone is chosen, and every date moves", async ({ page, newPage, watch }) => {
  watch.expects(422);
  const thandi = person("Thandi", "Dlamini");
  const account = await found(page.request, thandi);
  const elsewhere = await newPage();
  await signIn(elsewhere.request, thandi);
  // The page says in which zone its browser is once its code runs; the next one is in it.
  await open(elsewhere, account);
  await open(elsewhere, `${account}/members`);
  await expect(joined(elsewhere, nameOf(thandi))).toHaveAttribute("title", / SAST$/);

  await open(page, `${account}/settings`);
  const region = section(page, "Region");
  const zone = region.getByRole("combobox", { name: "Time zone" });
  await zone.fill("Atlantis");
  await region.getByRole("button", { name: "Save changes" }).click();
  await expect(zone).toHaveAccessibleDescription(/^Choose a time zone from the list/);
  await zone.fill("Kathmandu");
  await region.getByRole("combobox", { name: "Country" }).selectOption("Nepal");
  await region.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByText("Region saved.")).toBeVisible();
  await expect(zone).toHaveValue("Asia/Kathmandu (UTC+05:45)");

  await expect(joined(elsewhere, nameOf(thandi))).toHaveAttribute("title", / \+0545$/);
  for (const path of ["", "/access-log", "/policy", "/organisation"]) {
    await open(page, account + path);
    await expect(page.locator("main")).not.toContainText("SAST");
    for (const time of await page.locator("main time[tabindex]").all()) await expect(time).toHaveAttribute("title", / \+0545$/);
  }
  await expect(page.getByRole("combobox", { name: "Country" }).first()).toHaveValue("NP");

  await open(page, `${account}/settings`);
  await zone.fill("");
  await region.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByText("Region saved.")).toBeVisible();
  await expect(joined(elsewhere, nameOf(thandi))).toHaveAttribute("title", / SAST$/);
});

test("without the page's code", async ({ newPage, watch }) => {
  watch.expects(422);
  const page = await newPage({ javaScriptEnabled: false });
  const thandi = person("Thandi", "Dlamini");
  const account = await found(page.request, thandi);
  await page.goto(`${account}/settings`);
  const [profile, region] = [section(page, "Profile"), section(page, "Region")];
  await profile.getByLabel("Last name").fill("Mbeki");
  await profile.getByRole("button", { name: "Save changes" }).click();
  await expect(page).toHaveURL(`${account}/settings#profile`);
  await expect(profile.getByText("Thandi Mbeki")).toBeVisible();

  await region.getByRole("combobox", { name: "Time zone" }).fill("Africa/Nowhere");
  await region.getByRole("button", { name: "Save changes" }).click();
  await expect(region.getByRole("combobox", { name: "Time zone" })).toHaveAccessibleDescription(/^Choose a time zone from the list/);
  await expect(region.getByRole("combobox", { name: "Time zone" })).toHaveValue("Africa/Nowhere");
  await region.getByRole("combobox", { name: "Time zone" }).fill("Asia/Kathmandu");
  await region.getByRole("combobox", { name: "Country" }).selectOption("Nepal");
  await region.getByRole("button", { name: "Save changes" }).click();
  await expect(region.getByRole("combobox", { name: "Time zone" })).toHaveValue("Asia/Kathmandu (UTC+05:45)");
  await page.goto(`${account}/members`);
  await expect(joined(page, "Thandi Mbeki")).toHaveAttribute("title", / \+0545$/);
});

test("each section has an address", async ({ page }) => {
  const account = await found(page.request, person("Thandi", "Dlamini"));
  await open(page, `${account}/settings`);
  await page.getByRole("navigation", { name: "Sections" }).getByRole("link", { name: "Authenticator app" }).click();
  await expect(page).toHaveURL(`${account}/settings#two-factor`);
  await expect(section(page, "Authenticator app")).toBeFocused();
  await open(page, account);
  await open(page, `${account}/settings#region`);
  await expect(section(page, "Region")).toBeFocused();
  await expect(section(page, "Region").getByRole("heading", { name: "Region" })).toBeInViewport();
  await section(page, "Profile").getByRole("link", { name: "Change e-mail address" }).click();
  await expect(section(page, "My e-mail address")).toBeFocused();
  await page.setViewportSize({ width: 375, height: 667 });
  await expectNoSidewaysScroll(page);
});
