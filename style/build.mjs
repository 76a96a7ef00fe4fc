// Builds the style sheet, and puts the font beside it under a name that carries its hash.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";

process.chdir(import.meta.dirname);
rmSync("out", { recursive: true, force: true });
mkdirSync("out/fonts", { recursive: true });
execFileSync("node_modules/.bin/tailwindcss", ["--input", "main.css", "--output", "out/main.css", "--minify"], { stdio: "inherit" });

const font = "node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2";
const hash = createHash("sha256").update(readFileSync(font)).digest("hex").slice(0, 12);
copyFileSync(font, `out/fonts/inter-${hash}.woff2`);
const css = readFileSync("out/main.css", "utf8");
writeFileSync("out/main.css", css.replaceAll("INTER_FONT", `inter-${hash}.woff2`));
