// Puts the parts of the program beside the main one, makes all of them small, and puts a brotli-compressed
// copy beside every text and program of the bundle.
import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";

const bundle = process.env.TRUNK_STAGING_DIR;
const parts = join(process.env.TRUNK_SOURCE_DIR, "../target/wasm-bindgen/release/parts");
const text = (path) => readFileSync(path, "utf8");

// All of one build carry the name of its main program.
const main = readdirSync(bundle).find((name) => /^frontend-.*\.js$/.test(name));
const hash = main.slice("frontend-".length, -".js".length);
let loader = text(join(parts, "__wasm_split.js")).replaceAll("./frontend.js", `./${main}`);
const add = (part, of) => {
  const name = `${of}-${hash}.wasm`;
  loader = loader.replaceAll(`./${part}.wasm`, `./${name}`);
  writeFileSync(join(bundle, name), readFileSync(join(parts, `${part}.wasm`)));
};
// Above what several parts share stand their names.
for (const [, of, part] of loader.matchAll(/^\/\* (.+) \*\/\n[^"]*"\.\/(chunk_\d+)\.wasm"/gm)) add(part, of.replaceAll(", ", "."));
for (const [, of] of loader.matchAll(/"\.\/split_(\w+)\.wasm"/g)) add(`split_${of}`, of);
writeFileSync(join(bundle, `loader-${hash}.js`), loader);
// The program still calls the loader by its old name: only where it is imported from changes.
const bindings = text(join(bundle, main)).replaceAll('from "./__wasm_split.js"', `from "./loader-${hash}.js"`);
writeFileSync(join(bundle, main), bindings);

// What Chromium, Firefox and Safari all run.
const features = ["bulk-memory", "bulk-memory-opt", "call-indirect-overlong", "nontrapping-float-to-int", "sign-ext", "mutable-globals", "reference-types", "multivalue"];
for (const name of readdirSync(bundle).filter((name) => name.endsWith(".wasm"))) {
  const path = join(bundle, name);
  execFileSync("wasm-opt", ["-Oz", "--strip-debug", "--strip-producers", ...features.map((feature) => `--enable-${feature}`), path, "-o", path], { stdio: "inherit" });
}

for (const name of readdirSync(bundle).filter((name) => /\.(js|css|wasm)$/.test(name))) {
  const content = readFileSync(join(bundle, name));
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: 11,
    [constants.BROTLI_PARAM_LGWIN]: 24,
    [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
  };
  writeFileSync(join(bundle, `${name}.br`), brotliCompressSync(content, { params }));
}
