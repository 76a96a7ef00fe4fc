// Fails when a first load weighs more than budget.json allows, in KB of brotli, as it travels.
import { readFileSync, readdirSync } from "node:fs";

const budget = JSON.parse(readFileSync("budget.json", "utf8"));
const sum = (names) => names.reduce((sum, name) => sum + readFileSync(`dist/${name}`).length, 0);
const weight = (pattern) => {
  const names = readdirSync("dist").filter((name) => pattern.test(name));
  if (!names.length) throw new Error(`dist holds no ${pattern}: run make bundle`);
  return sum(names);
};
// A page's own HTML, with room: the console's weighs about 4 KB.
const html = 6 * 1024;
const font = weight(/^inter-.*\.woff2$/);
const css = weight(/^main-.*\.css\.br$/);
const js = weight(/^frontend-.*\.js\.br$/) + weight(/^loader-.*\.js\.br$/);
const wasm = weight(/^frontend-.*\.wasm\.br$/);
const plain = html + css + font;
const loads = { "page before its code": plain };
// A page loads the main program and a file with its part and what that shares with others; a drawer that is a part of its
// own loads its list's besides: "page of members and member".
const files = readdirSync("dist").filter((name) => name.endsWith(".bin.br"));
const fileOf = (part) => files.find((name) => name.split("-")[0] === part);
const limited = (kind) => Object.keys(budget).flatMap((load) => new RegExp(`^${kind} of (.+)$`).exec(load)?.[1] ?? []);
const partsOf = (page) => page.split(" and ");
const own = (page) => sum(partsOf(page).map(fileOf));
const isThere = (page) => partsOf(page).every(fileOf);
const unlimited = files.map((name) => name.split("-")[0]).filter((part) => !limited("page").flatMap(partsOf).includes(part));
for (const page of [...limited("page"), ...unlimited].filter(isThere)) loads[`page of ${page}`] = plain + js + wasm + own(page);
// A part may have a limit of its own besides.
for (const part of limited("part").filter(isThere)) loads[`part of ${part}`] = own(part);
let failed = false;
// What is expected and missing fails, as does what has no limit yet.
for (const load of new Set([...Object.keys(budget), ...Object.keys(loads)])) {
  const weighs = loads[load] / 1024;
  const fits = weighs <= budget[load];
  failed ||= !fits;
  console.log(`${load}: ${weighs.toFixed(1)} KB of ${budget[load]}${fits ? "" : ": missing, or too much"}`);
}
console.log(`  HTML ${html}, CSS ${css}, font ${font}, JS ${js}, WASM ${wasm} bytes`);
process.exit(failed ? 1 : 0);
