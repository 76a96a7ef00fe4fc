// What people read is a value of `model`. Fails for a text that nothing shows, and for words written into a page.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

const top = new URL("..", import.meta.url).pathname;
const failures = [];

const sources = (folder) =>
  readdirSync(join(top, folder), { recursive: true })
    .filter((file) => file.endsWith(".rs"))
    .map((file) => [join(folder, file), readFileSync(join(top, folder, file), "utf8").replace(/(?<!:)\/\/.*|'"'/g, "")]);

// Every enum of texts, with its variants. Their English names all of them, so it does not count as a use.
const model = sources("model/src");
const shown = [...sources("app/src"), ...sources("server/src"), ...sources("service/src"), ...model]
  .filter(([file]) => !file.startsWith("model/src/locale/"))
  .map(([, text]) => text)
  .join("\n");
let texts = 0;
for (const [file, source] of model) {
  for (const [, name, body] of source.matchAll(/pub enum (\w+Text) \{\n([\s\S]*?)\n\}/g)) {
    for (const [, variant] of body.matchAll(/^ {4}([A-Z]\w*)/gm)) {
      texts += 1;
      if (!new RegExp(`\\b${name}::${variant}\\b`).test(shown)) failures.push(`${file}: nothing shows ${name}::${variant}`);
    }
  }
}
if (texts < 300) failures.push(`only ${texts} texts were found: are they declared otherwise now?`);

// In a page a string is a class, an address or a name. Words stand between the tags of a view, or begin as a sentence does.
const literal = /"((?:\\[\s\S]|[^"\\])*)"/g;
const allowed = /^(Tenantry|ArrowDown|ArrowUp|ArrowLeft|ArrowRight|Content-Type|Escape|Enter|Accept|Mac|PublicKeyCredential|hint|beat|\/v1| viewBox=|Control\+K Meta\+K|Authorization: Bearer)$/;
for (const [file, source] of sources("app/src")) {
  for (const found of source.matchAll(literal)) {
    const before = source.slice(0, found.index).trimEnd();
    const isChild = /(?:[^=-]>|[}"])$/.test(before) && /[A-Za-z]/.test(found[1]);
    const isSentence = /^\s*[A-Z][a-z]/.test(found[1]) || /[a-z]\. ?$|[a-z]{2} [a-z]+[.,?!:]( |$)/.test(found[1]);
    if ((isChild || isSentence) && !allowed.test(found[1])) {
      failures.push(`${file}:${before.split("\n").length}: words in a page: "${found[1]}"`);
    }
  }
}

for (const failure of failures) console.error(`texts: ${failure}`);
process.exit(failures.length > 0 ? 1 : 0);
