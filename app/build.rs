//! Makes `Icon` from the names in `icons.txt` and the drawings in Lucide's package, so that an icon
//! is added in one place and only those used are shipped.

use std::{env, error::Error, fmt::Write, fs, path::Path};

const PACKAGE: &str = "../style/node_modules/lucide-static/icons";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=icons.txt");
    let mut variants = String::new();
    let mut arms = String::new();
    for name in fs::read_to_string("icons.txt")?.lines() {
        let file = Path::new(PACKAGE).join(format!("{name}.svg"));
        let svg = fs::read_to_string(&file).map_err(|error| {
            format!("{}: {error}; run `scripts/setup build` to install the packages of style/", file.display())
        })?;
        let inner = svg.split_once("\n>").and_then(|(_, rest)| rest.split_once("</svg>"));
        let drawing: String = inner.ok_or("an icon is not drawn as expected")?.0.lines().map(str::trim).collect();
        let variant: String = name.split('-').map(capitalised).collect();
        writeln!(variants, "    {variant},")?;
        writeln!(arms, "            Self::{variant} => r#\"{drawing}\"#,")?;
    }
    let code = format!(
        "/// Lucide's icons, as far as they are used (ISC licence).\n\
         #[derive(Clone, Copy, Debug, PartialEq, Eq)]\npub enum Icon {{\n{variants}}}\n\n\
         impl Icon {{\n    const fn drawing(self) -> &'static str {{\n        match self {{\n{arms}        }}\n    }}\n}}\n"
    );
    #[expect(clippy::disallowed_methods, reason = "how cargo speaks to a build script")]
    let folder = env::var("OUT_DIR")?;
    fs::write(Path::new(&folder).join("icons.rs"), code)?;
    Ok(())
}

fn capitalised(word: &str) -> String {
    let (first, rest) = word.split_at(1);
    first.to_uppercase() + rest
}
