//! A toggle that nothing asks for says so.

use model::Permission;
use std::{fs, path::Path};

/// What the service is written in, without the demo.
fn source(folder: &Path) -> String {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let text = |path: std::path::PathBuf| match path {
        path if path.ends_with("demo") => String::new(),
        path if path.is_dir() => source(&path),
        path => fs::read_to_string(path).unwrap(),
    };
    entries.map(text).collect()
}

#[test]
fn what_is_available_is_asked_for() {
    let source = source(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src")));
    for permission in Permission::ALL {
        let name = format!("Permission::{permission:?}");
        let is_whole = |rest: &str| !rest.starts_with(|next: char| next.is_ascii_alphanumeric());
        let is_asked_for = source.split(&name).skip(1).any(is_whole);
        assert_eq!(is_asked_for, permission.is_available(), "{permission}");
    }
}
