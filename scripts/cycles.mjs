// The import graph of `service`: the kernel names no area, an entity nothing but the column type that only the kernel
// makes, and no resource is reached again from what it uses. Reads the `use` trees and paths of the sources, without
// comments and tests inside them.
import { readFileSync, readdirSync } from "node:fs";
import { join, relative } from "node:path";

const root = new URL("../service/src", import.meta.url).pathname;
const files = readdirSync(root, { recursive: true }).filter((name) => name.endsWith(".rs")).map((name) => join(root, name));
const read = (file) => readFileSync(file, "utf8").split("#[cfg(test)]")[0].replace(/\/\/.*$/gm, "");

/** `kernel/access.rs` is of `kernel`, `people/member/bulk.rs` of `member`, `people/mod.rs` of nothing. */
function resource(file) {
  const [area, name] = relative(root, file).split("/");
  if (name === undefined || area === "demo") return undefined; // brings the areas together
  if (area === "kernel" || area === "entity") return area;
  return name === "mod.rs" ? undefined : name === "details.rs" ? area : name.replace(/\.rs$/, "");
}

/** The first names behind each `crate::`, those within braces among them. */
function imports(text) {
  const names = new Set();
  for (const { index } of text.matchAll(/\bcrate::/g)) {
    const rest = text.slice(index + "crate::".length);
    if (!rest.startsWith("{")) {
      names.add(/^\w+/.exec(rest)?.[0]);
      continue;
    }
    let depth = 0;
    let expected = true;
    for (const [token] of rest.matchAll(/\w+|[{},]|::/g)) {
      if (token === "{") depth += 1;
      else if (token === "}") depth -= 1;
      else if (token === "," && depth === 1) expected = true;
      else if (/^\w/.test(token) && depth === 1 && expected) {
        names.add(token);
        expected = false;
      }
      if (depth === 0) break;
    }
  }
  return names;
}

const graph = new Map();
for (const file of files) {
  const of = resource(file);
  if (of === undefined) continue;
  const uses = graph.get(of) ?? new Set();
  for (const name of imports(read(file))) uses.add(name);
  graph.set(of, uses);
}

const failures = [];
for (const name of graph.get("kernel")) {
  if (name !== "kernel" && name !== "entity") failures.push(`the kernel must not know ${name}`);
}
for (const file of files.filter((file) => resource(file) === "entity")) {
  const other = read(file).match(/\bcrate::(?!kernel::encryption::Encrypted;)\S*/);
  if (other) failures.push(`an entity must not know ${other[0]}`);
}

const state = new Map();
function visit(name, path) {
  if (state.get(name) === "done" || !graph.has(name) || name === "kernel" || name === "entity") return;
  if (path.includes(name)) {
    failures.push(`a cycle: ${[...path.slice(path.indexOf(name)), name].join(" -> ")}`);
    return;
  }
  for (const used of graph.get(name)) if (used !== name) visit(used, [...path, name]);
  state.set(name, "done");
}
for (const name of graph.keys()) visit(name, []);

for (const failure of failures) console.error(`imports: ${failure}`);
process.exit(failures.length > 0 ? 1 : 0);
