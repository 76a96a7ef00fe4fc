// Makes the programs of the bundle small, joins those that each part needs into one file, and puts a brotli-compressed copy
// beside every text and program.
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompressSync, constants } from "node:zlib";

const bundle = process.env.TRUNK_STAGING_DIR;
const split = join(process.env.TRUNK_SOURCE_DIR, "../target/wasm-bindgen/release/parts");
const text = (path) => readFileSync(path, "utf8");

// All of one build carry the name of its main program.
const mains = readdirSync(bundle).filter((name) => /^frontend-.*\.js$/.test(name));
const main = mains[0];
// One that was interrupted leaves its files behind.
if (mains.length !== 1) throw new Error(`${bundle} holds ${mains.join(" and ") || "no frontend-HASH.js"}: remove dist/ and build again`);
const hash = main.slice("frontend-".length, -".js".length);

const generated = text(join(split, "__wasm_split.js"));
const small = await optimize(readdirSync(split).filter((name) => name.endsWith(".wasm") && name !== "frontend.wasm").map((name) => join(split, name)));
const parts = new Map();
for (const [part, files] of filesOfParts(generated, [...small.keys()])) {
  parts.set(part, { file: `./${part}-${hash}.bin`, programs: files.map((file) => [file, small.get(file).length]) });
  writeFileSync(join(bundle, `${part}-${hash}.bin`), Buffer.concat(files.map((file) => small.get(file))));
}
writeFileSync(join(bundle, `loader-${hash}.js`), loader(generated));
// The program still calls the loader by its old name: only where it is imported from changes.
writeFileSync(join(bundle, main), replace(text(join(bundle, main)), 'from "./__wasm_split.js"', `from "./loader-${hash}.js"`));
for (const [name, program] of await optimize(readdirSync(bundle).filter((name) => name.endsWith(".wasm")).map((name) => join(bundle, name)))) {
  writeFileSync(join(bundle, name), program);
}

for (const name of readdirSync(bundle).filter((name) => /\.(js|css|wasm|bin)$/.test(name))) {
  const content = readFileSync(join(bundle, name));
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: 11,
    [constants.BROTLI_PARAM_LGWIN]: 24,
    [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
  };
  writeFileSync(join(bundle, `${name}.br`), brotliCompressSync(content, { params }));
}

/**
 * The files of the split program that each part needs: what it shares with others first, its own last.
 * wasm-split-cli 0.2.4 has no manifest: its library returns one (`prefetch_map`), which its command drops. So this reads the
 * loader, where a comment above each shared file names its parts, and refuses one that does not name every file just once.
 */
function filesOfParts(loader, files) {
  const shared = [...loader.matchAll(/^\/\* (\w+(?:, \w+)*) \*\/\n[^"]*"\.\/(chunk_\d+\.wasm)"/gm)];
  const own = [...loader.matchAll(/"\.\/(split_(\w+)\.wasm)"/g)];
  const inLoader = [...shared.map(([, , file]) => file), ...own.map(([, file]) => file)].sort().join(" ");
  if (!files.length || inLoader !== [...files].sort().join(" ")) {
    throw new Error(`the loader of wasm-split-cli has another shape than expected: it names ${inLoader || "nothing"}, and there are ${files.join(" ") || "no files"}`);
  }
  return own.map(([, file, part]) => [part, [...shared.filter(([, owners]) => owners.split(", ").includes(part)).map(([, , file]) => file), file]]);
}

/**
 * The generated loader fetches some seventy small files for a page. This one fetches one for each part, in which they are
 * joined, and makes each program in it that no other part has brought. How the main program is reached, and how it is told
 * that a part is there, stays as generated.
 */
function loader(generated) {
  const end = generated.indexOf("function makeLoad(");
  const reach = generated.slice(0, end);
  if (end < 0 || !reach.includes("function getSharedImports(") || !reach.includes("function wrapAsyncCb(")) {
    throw new Error("the loader of wasm-split-cli has another shape than expected");
  }
  const loads = [...parts].map(([part, { file, programs }]) => `export const __wasm_split_load_${part} = wrapAsyncCb(part(${JSON.stringify(file)}, ${JSON.stringify(programs)}));\n`);
  return replace(reach, '"./frontend.js"', `"./${main}"`) + text(join(process.env.TRUNK_SOURCE_DIR, "loader.js")) + loads.join("");
}

/** The text with one place changed, which has to be there. */
function replace(text, from, to) {
  if (!text.includes(from)) throw new Error(`the tools of the bundle no longer write ${from}`);
  return text.replaceAll(from, to);
}

/** Programs made small, by the names of their files. */
async function optimize(paths) {
  // What Chromium, Firefox and Safari all run.
  const features = ["bulk-memory", "bulk-memory-opt", "call-indirect-overlong", "nontrapping-float-to-int", "sign-ext", "mutable-globals", "reference-types", "multivalue"];
  const folder = mkdtempSync(join(tmpdir(), "tenantry-bundle-"));
  const made = new Map();
  const left = [...paths];
  const work = async () => {
    for (let path = left.pop(); path; path = left.pop()) {
      const name = path.split("/").at(-1);
      await promisify(execFile)("wasm-opt", ["-Oz", "--strip-debug", "--strip-producers", ...features.map((feature) => `--enable-${feature}`), path, "-o", join(folder, name)]);
      made.set(name, readFileSync(join(folder, name)));
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  rmSync(folder, { recursive: true });
  return made;
}
