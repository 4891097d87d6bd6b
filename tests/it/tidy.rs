//! The walls between the layers, and what every source file owes its readers.

use std::fs;
use std::path::{Path, PathBuf};

/// A layer, and the layers that it may not name.
const WALLS: &[(&str, &[&str])] = &[
    ("domain", &["store", "render", "tui", "cli"]),
    ("store", &["render", "tui", "cli"]),
    ("render", &["store", "tui", "cli"]),
    // The view knows no files: what it wants done is an effect.
    ("tui", &["store", "cli"]),
    ("cli", &[]),
];

/// No file is longer; one that gets near asks where a seam belongs.
const LONGEST_FILE: usize = 600;

fn sources(folder: &str) -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut files = Vec::new();
    let mut folders = vec![root];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                files.push((path, text));
            }
        }
    }
    files.sort();
    files
}

fn below_src(path: &Path) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/")
}

#[test]
fn layers_point_inwards() {
    let mut wrong = Vec::new();
    for (path, text) in sources("src") {
        let name = below_src(&path);
        for (layer, walls) in WALLS {
            if !name.starts_with(&format!("{layer}/")) {
                continue;
            }
            for wall in *walls {
                let lines = text.lines().enumerate();
                let named = lines.filter(|(_, line)| line.contains(&format!("crate::{wall}")));
                wrong.extend(
                    named.map(|(at, _)| format!("{name}:{}: {layer} names {wall}", at + 1)),
                );
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn only_the_git_folder_of_the_store_names_gix() {
    let names = |(path, text): &(PathBuf, String)| {
        let name = below_src(path);
        let is_home = name.starts_with("store/git/") || name == "store/git.rs";
        (!is_home && text.contains("gix::")).then_some(name)
    };
    let wrong: Vec<String> = sources("src").iter().filter_map(names).collect();
    assert!(wrong.is_empty(), "{wrong:?} name gix");
}

#[test]
fn the_state_of_the_view_and_its_picture_touch_nothing_outside() {
    let outside = ["std::fs", "std::env", "std::process", "std::thread", "Instant", "stdout"];
    let mut wrong = Vec::new();
    for (path, text) in sources("src/tui") {
        let name = below_src(&path);
        let is_pure = name.starts_with("tui/state") || name.starts_with("tui/view");
        let named = outside.iter().filter(|word| is_pure && text.contains(**word));
        wrong.extend(named.map(|word| format!("{name} names {word}")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_file_is_declared() {
    for folder in ["src", "tests/it"] {
        let files = sources(folder);
        let all: String = files.iter().map(|(_, text)| text.as_str()).collect();
        for (path, _) in &files {
            let stem = path.file_stem().unwrap().to_string_lossy().into_owned();
            let name = match stem.as_str() {
                "main" | "lib" => continue,
                "mod" => path.parent().unwrap().file_name().unwrap().to_string_lossy().into_owned(),
                _ => stem,
            };
            assert!(all.contains(&format!("mod {name};")), "nobody declares {}", path.display());
        }
    }
}

#[test]
fn every_file_says_what_it_is() {
    for (path, text) in sources("src").iter().chain(&sources("tests/it")) {
        assert!(text.starts_with("//!"), "{} has no module doc", path.display());
    }
}

#[test]
fn no_file_is_too_long() {
    for (path, text) in sources("src").iter().chain(&sources("tests/it")) {
        let lines = text.lines().count();
        assert!(lines <= LONGEST_FILE, "{} has {lines} lines", path.display());
    }
}
