//! Links from ids to the files of documents, for terminals that open links (OSC 8).

use std::collections::HashMap;
use std::fmt::Write;
use std::path::Path;

/// The files of documents by their ids.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Links {
    /// The address of the folder, without a slash at its end.
    root: String,
    /// Paths below it, by id.
    paths: HashMap<String, String>,
}

impl Links {
    /// The files of a backlog in a folder on this machine: ids and paths below the folder. Of
    /// documents with one id, the first.
    pub fn new<'a>(root: &Path, files: impl Iterator<Item = (&'a str, &'a str)>) -> Self {
        let mut paths = HashMap::new();
        for (id, path) in files {
            paths.entry(id.to_owned()).or_insert_with(|| path.to_owned());
        }
        let root = root.to_string_lossy().replace('\\', "/");
        let root = root.trim_end_matches('/');
        // A drive letter has no slash before it.
        let slash = if root.starts_with('/') { "" } else { "/" };
        Self { root: encoded(&format!("{slash}{root}")), paths }
    }

    /// The address of the file of an id, if there is one. No byte of it can end the sequence in
    /// which it stands, or begin another.
    pub(super) fn address(&self, id: &str) -> Option<String> {
        Some(format!("file://{}/{}", self.root, encoded(self.paths.get(id)?)))
    }
}

/// A path in an address: all but what needs no escape there (RFC 3986, unreserved and `/`).
fn encoded(path: &str) -> String {
    let mut address = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                address.push(char::from(byte));
            }
            byte => write!(address, "%{byte:02X}").expect("a string takes all text"),
        }
    }
    address
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(root: &str, path: &str, expected: Option<&str>) {
        let links = Links::new(Path::new(root), [("BL-7k3qd", path)].into_iter());
        assert_eq!(links.address("BL-7k3qd").as_deref(), expected, "{root} {path}");
        assert_eq!(links.address("BL-22222"), None);
    }

    #[test]
    fn an_id_leads_to_its_file() {
        let url = "file:///home/m/shop/.backlog/items/BL-7k3qd-a.md";
        check("/home/m/shop/.backlog", "items/BL-7k3qd-a.md", Some(url));
        check("C:\\shop\\.backlog", "product.md", Some("file:///C%3A/shop/.backlog/product.md"));
    }

    #[test]
    fn no_path_ends_the_sequence() {
        let url = "file:///a%20b/%1B%5C%07%0A%25.md";
        check("/a b/", "\u{1b}\\\u{7}\n%.md", Some(url));
        check("/ä", "日.md", Some("file:///%C3%A4/%E6%97%A5.md"));
    }
}
