// The import graph of the crates: no arrow points upward, and none leads back to where it began. Reads the sources without
// comments, strings and tests, and follows every path (`crate::`, `super::`, `self::`, and names that a `use` brought in)
// through modules and re-exports to the file that it ends in.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

const top = new URL("..", import.meta.url).pathname;
const failures = [];

/** A source without its comments and strings. */
function source(file) {
  const noise = /\/\/.*|\/\*[\s\S]*?\*\/|\br(#*)"[\s\S]*?"\1|"(?:\\[\s\S]|[^"\\])*"|'(?:\\.[^']*|[^\\'])'/g;
  return readFileSync(file, "utf8").replace(noise, (token) => (token.startsWith("/") ? "" : '""'));
}

/** The same without items behind `#[cfg(test)]`. */
function withoutTests(text) {
  for (let start; (start = text.indexOf("#[cfg(test)]")) >= 0; ) {
    let end = start + text.slice(start).search(/[;{]/);
    for (let depth = 0; end < text.length; end += 1) {
      depth += { "{": 1, "}": -1 }[text[end]] ?? 0;
      if (depth === 0) break;
    }
    text = text.slice(0, start) + text.slice(end + 1);
  }
  return text;
}

/** `a::{self, b as c, d::*}` as `[["a"], "a"], [["a", "b"], "c"], [["a", "d", "*"], "*"]]`: each path with its name here. */
function leaves(tree) {
  const tokens = tree.match(/\w+|::|[{},*]/g) ?? [];
  let at = 0;
  const level = (before) => {
    let path = before;
    let alias;
    const all = [];
    for (; at < tokens.length; at += 1) {
      const token = tokens[at];
      if (token === "{") {
        at += 1;
        all.push(...level(path));
        path = undefined;
      } else if (token === "}" || token === ",") {
        if (path && path !== before) all.push([path, alias ?? path.at(-1)]);
        path = before;
        alias = undefined;
        if (token === "}") return all;
      } else if (token === "as") alias = tokens[(at += 1)];
      else if (token === "self" && path.length > 0) path = [...path];
      else if (token !== "::") path = [...path, token];
    }
    if (path && path !== before) all.push([path, alias ?? path.at(-1)]);
    return all;
  };
  return level([]);
}

/** A crate's modules by path (`people::member`), each with its code and what it imports, under the names it gives them. */
function modulesOf(crate) {
  const root = join(top, crate, "src");
  const modules = new Map();
  const ofTests = [];
  for (const file of readdirSync(root, { recursive: true }).filter((name) => name.endsWith(".rs"))) {
    const path = file.replace(/(^|\/)(mod|lib)\.rs$|\.rs$/, "").split("/").filter(Boolean);
    const all = source(join(root, file));
    for (const [, name] of all.matchAll(/#\[cfg\(test\)\]\s*mod (\w+);/g)) ofTests.push([...path, name].join("::"));
    const text = withoutTests(all);
    const uses = [...text.matchAll(/\buse\s+([^;]+);/g)].flatMap(([, tree]) => leaves(tree));
    modules.set(path.join("::"), { path, file: `${crate}/src/${file}`, text: text.replace(/\buse\s+[^;]+;/g, ""), uses });
  }
  for (const name of ofTests) modules.delete(name);
  return modules;
}

/** Where a path leads that is written in the module `from`: to the module of its last name, or out of the crate. */
function target(modules, from, path, seen = new Set()) {
  const question = `${from.join("::")} ${path.join("::")}`;
  if (seen.has(question)) return undefined;
  seen.add(question);
  let [here, rest] = path[0] === "crate" ? [[], path.slice(1)] : path[0] === "self" ? [from, path.slice(1)] : [from, path];
  while (rest[0] === "super") [here, rest] = [here.slice(0, -1), rest.slice(1)];
  // Without one of these in front it begins with a module below, with what a `use` brought in, or leads out of the crate.
  const begins = rest === path;
  for (; rest.length > 0; rest = rest.slice(1)) {
    const [name] = rest;
    const below = [...here, name];
    if (modules.has(below.join("::"))) {
      here = below;
      continue;
    }
    const module = modules.get(here.join("::"));
    const through = module?.uses.find(([, alias]) => alias === name);
    if (through) return target(modules, here, [...through[0], ...rest.slice(1)], seen);
    for (const [glob] of module?.uses.filter(([, alias]) => alias === "*") ?? []) {
      const open = target(modules, here, glob.slice(0, -1), seen);
      if (!open || open.length <= here.length) continue;
      const item = new RegExp(`\\b(fn|struct|enum|trait|type|const|static|macro_rules!) ${name}\\b`);
      if (item.test(modules.get(open.join("::")).text)) return open;
      const further = target(modules, open, ["self", ...rest], seen);
      if (further && further.length > open.length) return further;
    }
    return begins && rest === path ? undefined : here;
  }
  return here;
}

/** Every arrow of a crate between its units, into which `unitOf` sorts modules: from, to, the module it ends in, and where it is written. */
function arrowsOf(crate, unitOf) {
  const modules = modulesOf(crate);
  const arrows = [];
  for (const { path, file, text, uses } of modules.values()) {
    const from = unitOf(path);
    const written = [...text.matchAll(/(?<![\w:])\w+(?:::\w+)+/g)].map(([path]) => path.split("::"));
    for (const used of [...uses.map(([path]) => path), ...written]) {
      const end = target(modules, path, used.filter((name) => name !== "*"));
      const to = end && unitOf(end);
      if (from && to && to !== from) arrows.push({ from, to, end: end.join("::"), place: `${used.join("::")} in ${file}` });
    }
  }
  return arrows;
}

/** The shortest way that leads back to where it began, if there is one. */
function forbidCycles(arrows) {
  const units = [...new Set(arrows.map(({ from }) => from))];
  const cycles = units.flatMap((unit) => {
    const ways = [[]];
    const reached = new Set();
    for (const way of ways) {
      for (const arrow of arrows.filter(({ from }) => from === (way.at(-1)?.to ?? unit))) {
        if (arrow.to === unit) return [[...way, arrow]];
        if (!reached.has(arrow.to)) ways.push([...way, arrow]);
        reached.add(arrow.to);
      }
    }
    return [];
  });
  const [shortest] = cycles.sort((one, other) => one.length - other.length);
  if (shortest) failures.push(`a cycle:${shortest.map(({ from, to, place }) => `\n  ${from} -> ${to} by ${place}`).join("")}`);
}

/** `layers` from the lowest to the highest: each unit uses only those of lower ones. */
function forbidUpward(crate, arrows, layers) {
  const height = (unit) => layers.findIndex((layer) => layer.includes(unit));
  for (const { from, to, place } of arrows) {
    if (height(from) < 0) failures.push(`${crate}/src/${from} has no place among the layers of scripts/cycles.mjs`);
    else if (height(to) >= height(from) || height(to) < 0) failures.push(`${from} must not know ${to}: ${place}`);
  }
}

// The service: the kernel names no area, an entity nothing but the column type that only the kernel makes, and no resource
// is reached again from what it uses. What is beside the areas (`demo`, `sweep`, `start`) brings them together.
const service = arrowsOf("service", ([area, name]) => {
  if (["kernel", "entity", "demo"].includes(area) || name === undefined) return area ?? "lib";
  return name === "details" ? area : `${area}::${name}`;
});
for (const { from, to, end, place } of service) {
  if (from === "kernel" && to !== "entity") failures.push(`the kernel must not know ${to}: ${place}`);
  if (from === "entity" && end !== "kernel::encryption") failures.push(`an entity must not know ${end}: ${place}`);
}
forbidCycles(service.filter(({ from }) => from !== "kernel" && from !== "entity"));

// The server, by what stands directly in it.
forbidCycles(arrowsOf("server", ([module]) => module ?? "lib"));

// The pages: what is nearer to the reader knows what is further.
const app = arrowsOf("app", ([folder]) => folder ?? "lib");
forbidUpward("app", app, [
  ["request"],
  ["runtime"],
  ["api"],
  ["components"],
  ["console", "pages"],
  ["parts"],
  ["router"],
  ["shell"],
  ["lib"],
]);

for (const failure of new Set(failures)) console.error(`imports: ${failure}`);
process.exit(failures.length > 0 ? 1 : 0);
