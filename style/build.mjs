// Builds the style sheet, and puts the font beside it under a name that carries its hash.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import subset from "subset-font";

process.chdir(import.meta.dirname);
rmSync("out", { recursive: true, force: true });
mkdirSync("out/fonts", { recursive: true });
execFileSync("node_modules/.bin/tailwindcss", ["--input", "main.css", "--output", "out/main.css", "--minify"], { stdio: "inherit" });

// The letters of Western Europe in the weights that are used, and nothing else: half of what the whole file weighs.
const inter = readFileSync("node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2");
const between = (first, last) => String.fromCodePoint(...Array.from({ length: last - first + 1 }, (_, step) => first + step));
const letters = `${between(0x20, 0x7e)}${between(0xa0, 0xff)}ŒœŸ–—‘’‚“”„†•…‹›€™−×←→↑↓`;
const features = ["kern", "calt", "ccmp", "locl", "mark", "mkmk", "tnum"];
const font = await subset(inter, letters, { targetFormat: "woff2", variationAxes: { wght: { min: 400, max: 700 } }, keepFeatures: features });
const hash = createHash("sha256").update(font).digest("hex").slice(0, 12);
writeFileSync(`out/fonts/inter-${hash}.woff2`, font);
const css = readFileSync("out/main.css", "utf8");
writeFileSync("out/main.css", css.replaceAll("INTER_FONT", `inter-${hash}.woff2`));
