//! Which module may use which, read from the source itself, so that a new edge between the phases
//! shows up as a failing test and not only as a line in a diff.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Each module of the library with the modules it may name.
const ALLOWED: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("error", &["model"]),
    ("config", &["model", "error"]),
    ("text", &["model", "config", "error"]),
    ("quote", &["model", "config", "error", "text"]),
    ("fingerprint", &["model", "config", "error", "text"]),
    ("join", &["model", "config", "error", "text"]),
    ("compare", &["model", "config", "error", "text"]),
    ("provenance", &["model", "config", "error", "text"]),
    ("read", &["model", "config", "error", "text"]),
    ("report", &["model", "config", "error", "text"]),
    (
        "index",
        &[
            "model",
            "config",
            "error",
            "text",
            "quote",
            "fingerprint",
            "join",
            "compare",
            "provenance",
        ],
    ),
    (
        "pipeline",
        &[
            "model",
            "config",
            "error",
            "text",
            "quote",
            "fingerprint",
            "join",
            "compare",
            "provenance",
            "read",
            "index",
            "report",
        ],
    ),
];

/// All Rust files below a folder, or the file itself.
fn rust_files(path: &Path, out: &mut Vec<PathBuf>) {
    if path.is_dir() {
        let mut entries: Vec<_> =
            std::fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()).collect();
        entries.sort();
        for entry in entries {
            rust_files(&entry, out);
        }
    } else if path.extension().is_some_and(|extension| extension == "rs") {
        out.push(path.to_path_buf());
    }
}

/// The module of `src/` that a file belongs to: its folder, or its own name.
fn module_of(file: &Path, source: &Path) -> String {
    let first = file.strip_prefix(source).unwrap().components().next().unwrap();
    let name = first.as_os_str().to_str().unwrap();
    name.strip_suffix(".rs").unwrap_or(name).to_owned()
}

/// The modules named as `crate::x` in a line of code (comments and documentation aside).
fn named_modules(line: &str) -> BTreeSet<String> {
    let code = line.split("//").next().unwrap_or("");
    code.match_indices("crate::")
        .flat_map(|(at, _)| {
            let rest = &code[at + "crate::".len()..];
            let inside = match rest.strip_prefix('{') {
                Some(list) => list.split('}').next().unwrap_or(""),
                None => rest,
            };
            let ends = |character: char| !(character.is_alphanumeric() || character == '_');
            if rest.starts_with('{') {
                inside
                    .split(',')
                    .map(|item| item.trim().split(ends).next().unwrap_or("").to_owned())
                    .collect::<Vec<_>>()
            } else {
                vec![inside.split(ends).next().unwrap_or("").to_owned()]
            }
        })
        .filter(|name| !name.is_empty())
        .collect()
}

#[test]
fn modules_use_only_what_lies_below_them() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    rust_files(&source, &mut files);
    let modules: BTreeSet<&str> = ALLOWED.iter().map(|(module, _)| *module).collect();
    let mut wrong = Vec::new();
    for file in files {
        let module = module_of(&file, &source);
        if module == "lib" || module == "bin" {
            continue;
        }
        let Some((_, allowed)) = ALLOWED.iter().find(|(name, _)| *name == module) else {
            wrong.push(format!("{module}: no rule says what it may use"));
            continue;
        };
        for (number, line) in std::fs::read_to_string(&file).unwrap().lines().enumerate() {
            for named in named_modules(line) {
                if named != module
                    && modules.contains(named.as_str())
                    && !allowed.contains(&named.as_str())
                {
                    let place = file.strip_prefix(&source).unwrap().display();
                    wrong.push(format!("src/{place}:{}: {module} uses {named}", number + 1));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "edges that the dependency rule forbids:\n{}", wrong.join("\n"));
}

#[test]
fn only_the_pipeline_names_rayon() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    rust_files(&source, &mut files);
    for file in files {
        let module = module_of(&file, &source);
        if module == "pipeline" || module == "bin" {
            continue;
        }
        for line in std::fs::read_to_string(&file).unwrap().lines() {
            let code = line.split("//").next().unwrap_or("");
            assert!(!code.contains("rayon::"), "{} names rayon: {line}", file.display());
        }
    }
}

#[test]
fn named_modules_are_read_from_use_lines_and_paths() {
    let check_named = |line: &str, expected: &[&str]| {
        let named: Vec<String> = named_modules(line).into_iter().collect();
        assert_eq!(named, expected, "{line}");
    };
    check_named("use crate::model::{Span, Word};", &["model"]);
    check_named("use crate::{model::Span, text};", &["model", "text"]);
    check_named("    let x = crate::join::pairs(crate::text::words(t));", &["join", "text"]);
    check_named("// see [`crate::report`]", &[]);
}
