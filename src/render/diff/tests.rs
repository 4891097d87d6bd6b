//! Diffs as Git prints them, and Git as the judge of them.

use std::process::{Command, Stdio};

use super::*;

fn edit(path: &str, before: Option<&str>, after: Option<&str>) -> FileEdit {
    FileEdit {
        path: path.to_owned(),
        before: before.map(str::to_owned),
        after: after.map(str::to_owned),
    }
}

fn patch(edit: FileEdit, style: &Style) -> String {
    let mut edits = Edits::default();
    edits.push(edit);
    let mut out = Vec::new();
    write(&edits, ".backlog", style, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// A repository of Git without a worktree: files go into the index and come out of it.
struct Index(tempfile::TempDir);

impl Index {
    fn new() -> Self {
        let index = Self(tempfile::tempdir().unwrap());
        index.git(&["init", "--quiet"], "");
        index
    }

    fn git(&self, arguments: &[&str], input: &str) -> String {
        let path = std::env::var_os("PATH").unwrap_or_default();
        let mut git = Command::new("git")
            .args(arguments)
            .current_dir(self.0.path())
            .env_clear()
            .envs([
                ("PATH", path),
                ("HOME", self.0.path().into()),
                ("GIT_CONFIG_NOSYSTEM", "1".into()),
            ])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        git.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        let output = git.wait_with_output().unwrap();
        assert!(
            output.status.success(),
            "git {arguments:?}: {}\n{input}",
            String::from_utf8_lossy(&output.stderr)
        );
        String::from_utf8(output.stdout).unwrap()
    }

    fn add(&self, path: &str, text: &str) {
        let id = self.git(&["hash-object", "-w", "--stdin"], text);
        self.git(
            &["update-index", "--add", "--cacheinfo", &format!("100644,{},{path}", id.trim())],
            "",
        );
    }
}

/// Git has to accept the patch and to end where the edit does.
fn check_applies(path: &str, before: Option<&str>, after: Option<&str>) {
    let index = Index::new();
    let full = format!(".backlog/{path}");
    if let Some(before) = before {
        index.add(&full, before);
    }
    index.git(&["apply", "--cached", "-"], &patch(edit(path, before, after), &Style::default()));
    let files = index.git(&["ls-files", "-z"], "");
    let result =
        (!files.is_empty()).then(|| index.git(&["cat-file", "blob", &format!(":{full}")], ""));
    assert_eq!(result.as_deref(), after);
}

#[test]
fn looks_as_git_prints_it() {
    let before = "---\nid: BL-7k3qd\ntitle: Guest\nstatus: ready\n---\n\na\nb\n";
    let after = "---\nid: BL-7k3qd\ntitle: Guest\nstatus: done\n---\n\na\nb\n";
    insta::assert_snapshot!(patch(edit("items/BL-7k3qd.md", Some(before), Some(after)), &Style::default()), @"
    diff --git a/.backlog/items/BL-7k3qd.md b/.backlog/items/BL-7k3qd.md
    --- a/.backlog/items/BL-7k3qd.md
    +++ b/.backlog/items/BL-7k3qd.md
    @@ -1,7 +1,7 @@
     ---
     id: BL-7k3qd
     title: Guest
    -status: ready
    +status: done
     ---
     
     a
    ");
}

#[test]
fn colours_what_changed() {
    let style = Style { color: true, ..Style::default() };
    let patch = patch(edit("a.md", Some("a\n"), Some("b\u{1b}\n")), &style);
    assert!(patch.contains("\u{1b}[31m-a\u{1b}[0m\n\u{1b}[32m+b\\e\u{1b}[0m\n"), "{patch:?}");
}

#[test]
fn git_applies_changes() {
    check_applies("a.md", Some("a\nb\n"), Some("a\nc\n"));
    check_applies("a.md", Some("a\n"), Some("a\nb\nc\nd\ne\nf\ng\nh\ni\n"));
    let long: String = (0..40).map(|number| format!("{number}\n")).collect();
    check_applies("a.md", Some(&long), Some(&long.replace("3\n", "x\n").replace("20\n", "")));
    check_applies("a.md", Some(&long), Some(&long[2..]));
}

#[test]
fn git_applies_new_and_removed_files() {
    check_applies("a.md", None, Some("a\nb\n"));
    check_applies("a.md", None, Some("a"));
    check_applies("a.md", None, Some(""));
    check_applies("a.md", Some("a\nb\n"), None);
    check_applies("a.md", Some("a"), None);
    check_applies("a.md", Some(""), None);
}

#[test]
fn git_applies_odd_line_ends() {
    check_applies("a.md", Some("a\nb"), Some("a\nb\n"));
    check_applies("a.md", Some("a\nb\n"), Some("a\nc"));
    check_applies("a.md", Some("a\r\nb\r\n"), Some("a\r\nc\r\n"));
    check_applies("a.md", Some("a\r\nb\r\n"), Some("a\nb\n"));
    check_applies("a.md", Some("\u{feff}a\n\tb\n"), Some("\u{feff}x\n\tb\n"));
    check_applies("a.md", Some(""), Some("a\n"));
    check_applies("a.md", Some("a\n"), Some(""));
}

#[test]
fn git_applies_odd_paths() {
    for path in ["with blank.md", "grün.md", "quo\"te.md", "back\\slash.md"] {
        check_applies(path, Some("a\n"), Some("b\n"));
        check_applies(path, None, Some("b\n"));
        check_applies(path, Some("b\n"), None);
    }
}

fn check_tones(language: &str, lines: &[&str], expected: &[Tone]) {
    assert_eq!(tones(language, lines), expected);
}

#[test]
fn knows_the_lines_of_a_patch_by_how_they_start() {
    use Tone::{Dim, Good, Plain, Removed, Strong};
    check_tones("diff", &["-a", "+b", " c", "", "d"], &[Removed, Good, Plain, Plain, Plain]);
    let file = ["diff --git a/x b/x", "--- a/x", "+++ b/x", "@@ -1 +1 @@"];
    check_tones("Diff", &file, &[Strong, Strong, Strong, Dim]);
    // These are lines that begin with dashes themselves.
    check_tones("diff", &["--- a", "+++ b"], &[Removed, Good]);
    check_tones("diff", &["@@ -1 +1 @@", "--- a", " b"], &[Dim, Removed, Plain]);
    check_tones("yaml", &["- a", "+b"], &[Plain, Plain]);
}

#[test]
fn prints_nothing_for_nothing() {
    assert_eq!(patch(edit("a.md", Some("a"), Some("a")), &Style::default()), "");
}
