// How five pages are first painted on a slow phone: Lighthouse's median of three runs each, simulated 4G.
import lighthouse from "lighthouse";
import puppeteer from "puppeteer-core";
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const binary = process.env.TENANTRY_BIN ?? new URL("../../target/release/tenantry", import.meta.url).pathname;
const base = "http://127.0.0.1:3193";
const folder = mkdtempSync(join(tmpdir(), "tenantry-lighthouse-"));
const env = { PATH: process.env.PATH, TENANTRY_BIND: "127.0.0.1:3193", TENANTRY_DATABASE_URL: `sqlite://${folder}/demo.db`, TENANTRY_LOG: "error" };
const RUNS = 3;

execFileSync(binary, ["demo"], { env });
const server = spawn(binary, [], { env, stdio: ["ignore", "ignore", "inherit"] });
const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});

async function signIn() {
  const fields = { "form[email]": "thandi@northwind.example", "form[password]": "Demo-password-1", "form[then]": "" };
  const response = await fetch(`${base}/api/sign_in`, { method: "POST", body: new URLSearchParams(fields), redirect: "manual" });
  const cookie = response.headers.getSetCookie().find((cookie) => cookie.startsWith("tenantry="));
  if (!cookie) throw new Error(`sign_in: ${response.status} ${await response.text()}`);
  return cookie.split(";")[0];
}

async function account(cookie) {
  const response = await fetch(`${base}/api/get_profile`, { method: "POST", headers: { cookie, accept: "application/json" }, body: new URLSearchParams() });
  return (await response.json()).accounts[0].id;
}

/** In a browser of its own each time, with nothing in its cache. */
async function audit(path, session) {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  if (session) {
    const [name, value] = session.split(/=(.*)/s);
    await page.setCookie({ name, value, url: base });
  }
  const { lhr } = await lighthouse(base + path, { onlyCategories: ["performance"], logLevel: "error", disableStorageReset: true }, undefined, page);
  await context.close();
  if (new URL(lhr.finalDisplayedUrl).pathname !== path) throw new Error(`${path} led to ${lhr.finalDisplayedUrl}`);
  const value = (name) => lhr.audits[name].numericValue;
  return { score: Math.round(lhr.categories.performance.score * 100), lcp: value("largest-contentful-paint"), tbt: value("total-blocking-time"), bytes: value("total-byte-weight") };
}

try {
  while (!(await fetch(`${base}/readyz`).then((response) => response.ok, () => false))) await new Promise((resolve) => setTimeout(resolve, 50));
  const cookie = await signIn();
  const place = `/accounts/${await account(cookie)}`;
  const pages = { "sign-in": ["/sign-in"], overview: [place, cookie], members: [`${place}/members`, cookie], contacts: [`${place}/contacts`, cookie], "access log": [`${place}/access-log`, cookie] };
  for (const [name, [path, as]] of Object.entries(pages)) {
    const runs = [];
    for (let run = 0; run < RUNS; run += 1) runs.push(await audit(path, as));
    const { score, lcp, tbt, bytes } = runs.sort((a, b) => a.score - b.score)[Math.floor(RUNS / 2)];
    console.log(`Lighthouse, mobile, ${name}: ${score} (LCP ${(lcp / 1000).toFixed(1)} s, blocked ${Math.round(tbt)} ms, ${Math.round(bytes / 1024)} KiB)`);
  }
} finally {
  await browser.close();
  server.kill("SIGTERM");
  rmSync(folder, { recursive: true, force: true });
}
