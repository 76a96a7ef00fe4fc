// Measures a running server as its users meet it: pages, sessions, the live channel, size and start.
import { chromium } from "@playwright/test";
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const binary = process.env.TENANTRY_BIN ?? new URL("../target/release/tenantry", import.meta.url).pathname;
const base = "http://127.0.0.1:3190";
const folder = mkdtempSync(join(tmpdir(), "tenantry-bench-"));
const password = "Correct-horse-7";
const outboxToken = "0123456789abcdef";
const seconds = 10;

let server;
async function start(database = `${folder}/bench.db`) {
  const began = performance.now();
  server = spawn(binary, [], {
    // One key makes more requests here than any program may.
    env: { PATH: process.env.PATH, TENANTRY_API_RATE: "100000000", TENANTRY_BIND: "127.0.0.1:3190", TENANTRY_DATABASE_URL: `sqlite://${database}`, TENANTRY_LOG: "warn", TENANTRY_OUTBOX_TOKEN: outboxToken },
    stdio: "inherit",
  });
  for (;;) {
    const healthy = await fetch(`${base}/readyz`).then((response) => response.ok, () => false);
    if (healthy) return performance.now() - began;
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

function stop() {
  const ended = new Promise((resolve) => server.once("exit", resolve));
  server.kill("SIGTERM");
  return ended;
}

async function call(name, fields, cookie = "") {
  const response = await fetch(`${base}/api/${name}`, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded", cookie },
    body: new URLSearchParams(fields),
  });
  if (!response.ok) throw new Error(`${name}: ${response.status} ${await response.text()}`);
  const set = response.headers.getSetCookie().find((cookie) => cookie.startsWith("tenantry="))?.split(";")[0] ?? "";
  return { cookie: set, answer: await response.json() };
}

const person = (first, last) => ({ "form[first_name]": first, "form[last_name]": last, "form[password]": password });

async function accept(letter, number) {
  const secret = /invitations\/(\S+)/.exec(letter.text)[1];
  return (await call("accept_invitation", { ...person("Member", `Number ${number}`), "form[secret]": secret })).cookie;
}

/** An organisation of a hundred people, and one contact. */
async function organisation() {
  const owner = (await call("sign_up", { ...person("Thandi", "Dlamini"), "form[organisation]": "Northwind", "form[email]": "thandi@northwind.example" })).cookie;
  const account = (await call("get_profile", {}, owner)).answer.accounts[0].id;
  const emails = Array.from({ length: 99 }, (_, number) => `member${number}@northwind.example`);
  await call("invite_members", { account, "form[emails]": emails.join(","), "form[role]": "member" }, owner);
  const invitations = async () => {
    const letters = await fetch(`${base}/outbox.json`, { headers: { cookie: `tenantry_outbox=${outboxToken}` } }).then((response) => response.json());
    return letters.filter(({ text }) => text.includes("/invitations/"));
  };
  let letters = [];
  while (letters.length < emails.length) letters = await invitations();
  const cookies = [];
  for (const [number, letter] of letters.entries()) cookies.push(await accept(letter, number));
  await call("create_contact", { account, "form[name]": "Ana Ruiz", "form[mobile]": "+27825550100" }, owner);
  const key = { "form[name]": "Web shop", "form[permissions]": "contact.read.basic", "form[days]": "0" };
  const { secret } = (await call("create_api_key", { account, ...key }, owner)).answer;
  return { owner, account, cookies, emails, member: cookies[0], secret };
}

/** What wrk is to send: a POST to a server function, or a GET. */
function request(headers, post) {
  const script = join(folder, "request.lua");
  const lines = Object.entries(headers).map(([name, value]) => `wrk.headers["${name}"] = "${value}"`);
  if (post) lines.push('wrk.method = "POST"', 'wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"', 'wrk.body = ""');
  writeFileSync(script, lines.join("\n"));
  return script;
}

/** The latencies wrk printed; an answer that is not 2xx is no figure. */
function figures(output) {
  if (/Non-2xx/.test(output)) throw new Error(output);
  return { rate: Math.round(/Requests\/sec:\s+([\d.]+)/.exec(output)[1]), p50: /^\s+50%\s+(\S+)/m.exec(output)[1], p99: /^\s+99%\s+(\S+)/m.exec(output)[1] };
}

const wrk = (path, script, time, connections) => ["-t1", `-c${connections}`, `-d${time}s`, "--latency", "-s", script, base + path];

function load(path, headers, post = false, connections = 16) {
  const script = request(headers, post);
  const run = (time) => execFileSync("wrk", wrk(path, script, time, connections), { encoding: "utf8" });
  run(3);
  const { rate, p50, p99 } = figures(run(seconds));
  return `${rate}/s, p50 ${p50}, p99 ${p99}`;
}

/** Signs people in, one after the other in each of so many lanes, until told to stop. Gives how many a second. */
function signingIn(emails, lanes) {
  let [done, running] = [0, true];
  const began = performance.now();
  const lane = async (number) => {
    for (let turn = number; running; turn += lanes) {
      const form = { "form[email]": emails[turn % emails.length], "form[password]": password, "form[then]": "" };
      // Whoever finds the queue full is asked to come back in five seconds, and does.
      await call("sign_in", form).then(
        () => (done += 1),
        (problem) => (/^sign_in: 429/.test(problem.message) ? new Promise((resolve) => setTimeout(resolve, 5_000)) : Promise.reject(problem)),
      );
    }
  };
  const all = Promise.all(Array.from({ length: lanes }, (_, number) => lane(number)));
  return async () => {
    running = false;
    await all;
    return (done * 1000) / (performance.now() - began);
  };
}

/** The p99 of a server function, while this process has its hands free. */
function loadBeside(path, headers) {
  const running = spawn("wrk", wrk(path, request(headers, true), seconds, 16), { stdio: ["ignore", "pipe", "inherit"] });
  let output = "";
  running.stdout.on("data", (data) => (output += data));
  return new Promise((resolve, reject) => running.once("exit", () => {
    try {
      resolve(figures(output).p99);
    } catch (problem) {
      reject(problem);
    }
  }));
}

/** What signing in takes from itself and from everybody else. */
async function storm({ emails, owner }) {
  const quiet = await loadBeside("/api/get_profile", { Cookie: owner });
  const alone = signingIn(emails, 8);
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  console.log(`sign-in, 8 at once: ${(await alone()).toFixed(0)}/s`);
  const stopped = signingIn(emails, 64);
  const during = await loadBeside("/api/get_profile", { Cookie: owner });
  const memory = megabytes();
  await stopped();
  console.log(`session look-up p99, quiet ${quiet}, while 64 sign in at once ${during}; memory ${memory.toFixed(0)} MB`);
}

/** From the click on a toggle to the other person's page. */
async function live({ owner, account, member }) {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
  const open = async (cookie, path) => {
    const context = await browser.newContext();
    const [name, value] = cookie.split(/=(.*)/s);
    await context.addCookies([{ name, value, url: base }]);
    const page = await context.newPage();
    await page.goto(base + path);
    await page.waitForSelector("html[data-hydrated]");
    return page;
  };
  const profile = (await call("get_profile", {}, member)).answer;
  const members = (await call("list_members", { account, "filter[search]": profile.email }, owner)).answer;
  const theirs = await open(member, `/accounts/${account}/contacts`);
  const mine = await open(owner, `/accounts/${account}/members/${members.rows[0].id}`);
  const toggle = mine.getByRole("switch", { name: "Contacts: Read personal details" });
  // Both pages take the time themselves: what drives the browsers looks too seldom.
  const clock = "performance.timeOrigin + performance.now()";
  await mine.evaluate(`addEventListener("click", () => { window.clicked = ${clock}; }, true)`);
  const shown = (masked) =>
    theirs.evaluate(`new Promise((resolve) => {
      const look = () => (document.querySelector("td .masked") !== null) === ${masked} && document.querySelector("td") && resolve(${clock});
      new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true });
      look();
    })`);
  const times = [];
  for (let round = 0; round < 100; round += 1) {
    const on = (await toggle.getAttribute("aria-checked")) === "true";
    const changed = shown(on);
    await toggle.click();
    times.push((await changed) - (await mine.evaluate("window.clicked")));
  }
  await browser.close();
  times.sort((one, other) => one - other);
  return `median ${Math.round(times[50])} ms, p99 ${Math.round(times[98])} ms, slowest of 100 ${Math.round(times[99])} ms`;
}

const megabytes = () => /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.pid}/status`, "utf8"))[1] / 1024;

function openStream(cookie) {
  return new Promise((resolve, reject) => {
    const socket = connect(3190, "127.0.0.1", () =>
      socket.write(`GET /live HTTP/1.1\r\nHost: 127.0.0.1:3190\r\nAccept: text/event-stream\r\nCookie: ${cookie}\r\n\r\n`),
    );
    socket.on("data", (data) => /event: hello/.test(data) && resolve(socket)).on("error", reject);
  });
}

/** What two thousand live channels weigh that are open and wait. */
async function streams(cookies) {
  const before = megabytes();
  const sockets = [];
  for (const cookie of cookies) sockets.push(...(await Promise.all(Array.from({ length: 20 }, () => openStream(cookie)))));
  const each = ((megabytes() - before) * 1024) / sockets.length;
  for (const socket of sockets) socket.destroy();
  return `${each.toFixed(1)} KiB each, of ${sockets.length}`;
}

/** The members page of ten thousand people: the first, and the hundredth, each for one reader after the other. */
async function crowded() {
  const { cookie } = await call("sign_in", { "form[email]": "thandi@northwind.example", "form[password]": password, "form[then]": "" });
  const found = (await call("search_open_accounts", { text: "Crowded" }, cookie)).answer;
  const account = /"id":"([^"]+)"[^}]*"name":"Crowded"/.exec(JSON.stringify(found))[1];
  const first = `/accounts/${account}/members`;
  let last = first;
  for (let page = 1; page < 100; page += 1) {
    const html = await fetch(base + last, { headers: { cookie } }).then((response) => response.text());
    last = `${first}?at=${[...html.matchAll(/[?&]at=([^"&]+)"/g)].at(-1)[1]}`;
  }
  // In turn: the machine is not the same from minute to minute.
  for (const [name, address] of [["page 1", first], ["page 100", last], ["page 1", first], ["page 100", last]]) {
    console.log(`members page of 10,000, ${name}, one after the other: ${load(address, { Cookie: cookie }, false, 1)}`);
  }
}

try {
  await start();
  const scene = await organisation();
  await stop();
  const healthy = await start();
  const memory = megabytes();
  console.log(`start to healthy, migrated file: ${Math.round(healthy)} ms`);
  console.log(`idle memory: ${memory.toFixed(1)} MB`);
  console.log(`binary: ${(statSync(binary).size / 2 ** 20).toFixed(1)} MB`);
  console.log(`session look-up over HTTP (/api/get_profile), 16 connections: ${load("/api/get_profile", { Cookie: scene.owner }, true)}`);
  console.log(`members page, 100 rows, 16 connections: ${load(`/accounts/${scene.account}/members`, { Cookie: scene.owner }, false)}`);
  console.log(`request with a key (/v1/key), 16 connections: ${load("/v1/key", { Authorization: `Bearer ${scene.secret}` }, false)}`);
  console.log(`memory of open live channels: ${await streams(scene.cookies)}`);
  await storm(scene);
  console.log(`toggle to the other tab: ${await live(scene)}`);
  if (process.env.BENCH_FOLDER) {
    await stop();
    await start(`${process.env.BENCH_FOLDER}/bench.db`);
    await crowded();
  }
} finally {
  if (server.exitCode === null) await stop();
  rmSync(folder, { recursive: true, force: true });
}
