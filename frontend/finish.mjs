// Puts the parts of the program beside the main one, makes all of them small, and puts a brotli-compressed
// copy beside every text and program of the bundle.
import { execFileSync } from "node:child_process";
import { copyFileSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";

const bundle = process.env.TRUNK_STAGING_DIR;
const parts = join(process.env.TRUNK_SOURCE_DIR, "../target/wasm-bindgen/release/parts");
const text = (path) => readFileSync(path, "utf8");

// All of one build carry the name of its main program.
const main = readdirSync(bundle).find((name) => /^frontend-.*\.js$/.test(name));
if (!main) throw new Error(`${bundle} holds no frontend-HASH.js: does Trunk name its files another way?`);
const hash = main.slice("frontend-".length, -".js".length);

let loader = text(join(parts, "__wasm_split.js"));
const files = readdirSync(parts).filter((name) => name.endsWith(".wasm") && name !== "frontend.wasm");
for (const [file, owners] of partsOfFiles(loader, files)) {
  const name = `${owners.join(".")}-${hash}.wasm`;
  loader = replaced(loader, `"./${file}"`, `"./${name}"`);
  copyFileSync(join(parts, file), join(bundle, name));
}
writeFileSync(join(bundle, `loader-${hash}.js`), replaced(loader, '"./frontend.js"', `"./${main}"`));
// The program still calls the loader by its old name: only where it is imported from changes.
writeFileSync(join(bundle, main), replaced(text(join(bundle, main)), 'from "./__wasm_split.js"', `from "./loader-${hash}.js"`));

/**
 * The parts that need each file of the split program: `chunk_3.wasm` is for `people` and `work`, `split_door.wasm` for `door`.
 * wasm-split-cli 0.2.4 has no manifest: its library returns one (`prefetch_map`), which its command drops. So this reads the
 * loader, where a comment above each shared file names its parts, and refuses one that does not name every file just once.
 */
function partsOfFiles(loader, files) {
  const shared = [...loader.matchAll(/^\/\* (\w+(?:, \w+)*) \*\/\n[^"]*"\.\/(chunk_\d+\.wasm)"/gm)];
  const own = [...loader.matchAll(/"\.\/(split_(\w+)\.wasm)"/g)];
  const entries = [...shared.map(([, owners, file]) => [file, owners.split(", ")]), ...own.map(([, file, owner]) => [file, [owner]])];
  const inLoader = entries.map(([file]) => file).sort().join(" ");
  if (!files.length || inLoader !== [...files].sort().join(" ")) {
    throw new Error(`the loader of wasm-split-cli has another shape than expected: it names ${inLoader || "nothing"}, and there are ${files.join(" ") || "no files"}`);
  }
  return entries;
}

/** The text with one place changed, which has to be there. */
function replaced(text, from, to) {
  if (!text.includes(from)) throw new Error(`the tools of the bundle no longer write ${from}`);
  return text.replaceAll(from, to);
}

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
