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
const js = weight(/^(frontend|loader)-.*\.js\.br$/);
const wasm = weight(/^frontend-.*\.wasm\.br$/);
const plain = html + css + font;
const loads = { "sign-in before WASM": plain, "console with WASM": plain + js + wasm };
// What comes besides when a page of that part is first opened: `people.work-HASH.wasm` belongs to both.
const owners = (name) => name.split("-")[0].split(".");
const programs = readdirSync("dist").filter((name) => /^(?!frontend-).*\.wasm\.br$/.test(name));
for (const part of new Set(programs.flatMap(owners))) {
  loads[`part ${part}`] = sum(programs.filter((name) => owners(name).includes(part)));
}
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
