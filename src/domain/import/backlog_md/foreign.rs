//! The folder as documents: what each file holds, and by which names it is known.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::domain::document::Document;
use crate::domain::import::draft::id_for;
use crate::domain::import::{Import, Request};
use crate::domain::kind::{DECISION, ITEM, Kind, RELEASE};
use crate::domain::problem::{Problem, ProblemKind};
use crate::domain::source::SourceFile;

/// What each folder holds, by the beginning of the path.
const FOLDERS: &[(&str, Holds)] = &[
    ("tasks/", Holds::Tasks),
    ("completed/", Holds::Tasks),
    ("drafts/", Holds::Drafts),
    ("archive/tasks/", Holds::Archive),
    ("archive/drafts/", Holds::Archive),
    ("decisions/", Holds::Decisions),
    ("milestones/", Holds::Milestones),
    ("archive/milestones/", Holds::Milestones),
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holds {
    Tasks,
    Drafts,
    Archive,
    Decisions,
    Milestones,
}

impl Holds {
    pub(super) fn kind(self) -> &'static Kind {
        match self {
            Self::Tasks | Self::Drafts | Self::Archive => &ITEM,
            Self::Decisions => &DECISION,
            Self::Milestones => &RELEASE,
        }
    }
}

/// A foreign document that could be read.
pub(super) struct Foreign {
    pub(super) holds: Holds,
    pub(super) document: Document,
    /// Its id here, and whether it is here already.
    pub(super) id: String,
    pub(super) is_known: bool,
    /// The name by which it is known again.
    pub(super) alias: String,
}

/// The documents of the folder with their ids here. The files that cannot be read are problems.
pub(super) fn read(request: &Request<'_>, import: &mut Import) -> Vec<Foreign> {
    let mut foreign: Vec<Foreign> = Vec::new();
    let mut elsewhere = 0;
    for file in request.files {
        let is_readme = file.path.to_lowercase().ends_with("readme.md");
        let Some((_, holds)) = FOLDERS.iter().find(|(folder, _)| file.path.starts_with(folder))
        else {
            elsewhere += usize::from(!is_readme);
            continue;
        };
        let document = document(file);
        if let Some(problem) = document.problems().first() {
            if !(is_readme && problem.kind == ProblemKind::FrontMatter) {
                import.problems.push((file.path.clone(), problem.clone()));
            }
            continue;
        }
        let own = document.text_of("id").filter(|id| !id.is_empty()).map(Cow::into_owned);
        let alias = own.unwrap_or_else(|| stem(&file.path).to_owned());
        let alias = unique(&alias, &foreign, import);
        let known = request.backlog.called(&alias).map(|entry| entry.id().to_owned());
        let is_known = known.is_some();
        let taken = |id: &str| request.backlog.names(id) || foreign.iter().any(|it| it.id == id);
        let kind = holds.kind();
        let prefix =
            if kind.is_ranked() { &*request.backlog.config.id.prefix } else { kind.prefix };
        let id = known.or_else(|| id_for(prefix, request.backlog.config.id.length, &alias, taken));
        let Some(id) = id else {
            let problem = Problem::whole(ProblemKind::Id, "no free id is left")
                .hint("set a larger id.length in config.yml");
            import.problems.push((file.path.clone(), problem));
            continue;
        };
        foreign.push(Foreign { holds: *holds, document, id, is_known, alias });
    }
    if import.n_twice > 0 {
        let count = import.n_twice;
        import.notes.push(format!(
            "{count} ids stand in several files; the later ones got a number, as in BACK-12-2"
        ));
    }
    if elsewhere > 0 {
        import.notes.push(format!(
            "{elsewhere} files of other folders (docs and the like) stay where they are"
        ));
    }
    foreign
}

/// An alias that no other document has: a backlog may hold a task twice, in two folders.
fn unique(alias: &str, foreign: &[Foreign], import: &mut Import) -> String {
    let is_taken = |name: &str| foreign.iter().any(|it| it.alias.eq_ignore_ascii_case(name));
    if !is_taken(alias) {
        return alias.to_owned();
    }
    let free = (2..).map(|number| format!("{alias}-{number}")).find(|name| !is_taken(name));
    import.n_twice += 1;
    free.unwrap_or_else(|| alias.to_owned())
}

/// The document, with values that begin with `@` in quotes as YAML wants them.
fn document(file: &SourceFile) -> Document {
    let text = match &file.text {
        Ok(text) => text,
        Err(problem) => return Document::unreadable(&*file.path, problem.clone()),
    };
    let document = Document::parse(&*file.path, &**text);
    if document.is_readable() {
        return document;
    }
    let mut in_front = false;
    let quoted: String = text
        .split_inclusive('\n')
        .map(|line| {
            in_front ^= line.trim_end() == "---";
            match line.split_once(": @") {
                Some((key, name)) if in_front && !key.contains(['"', '\'']) => {
                    let end = &name[name.trim_end().len()..];
                    format!("{key}: \"@{}\"{end}", name.trim_end())
                }
                _ => line.to_owned(),
            }
        })
        .collect();
    let repaired = Document::parse(&*file.path, quoted);
    if repaired.is_readable() { repaired } else { document }
}

/// The name of a file before the first blank: `back-12 - Title.md` is back-12.
fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.strip_suffix(".md").unwrap_or(name).split(' ').next().unwrap_or(name)
}

/// The ids here by foreign names. A project that changes the prefix of its tasks keeps their
/// numbers, so that `task-4` is BACK-4 as long as nothing else has that number.
#[derive(Default)]
pub(super) struct Names {
    by_alias: BTreeMap<String, String>,
    by_number: BTreeMap<String, Vec<String>>,
}

impl Names {
    pub(super) fn of(foreign: &[Foreign]) -> Self {
        let mut names = Self::default();
        for it in foreign {
            names.by_alias.insert(it.alias.to_lowercase(), it.id.clone());
            if let Some(number) = number(&it.alias).filter(|_| it.holds == Holds::Tasks) {
                names.by_number.entry(number).or_default().push(it.id.clone());
            }
        }
        names
    }

    pub(super) fn get(&self, name: &str) -> Option<&String> {
        let by_number = || match self.by_number.get(&number(name)?).map(Vec::as_slice) {
            Some([id]) => Some(id),
            _ => None,
        };
        self.by_alias.get(&name.to_lowercase()).or_else(by_number)
    }
}

/// The number in `task-355.02`, without zeros in front: 355.2.
fn number(name: &str) -> Option<String> {
    let (_, number) = name.split_once('-')?;
    let part = |part: &str| part.parse::<u32>().ok().map(|part| part.to_string());
    let parts: Option<Vec<String>> = number.split('.').map(part).collect();
    parts.map(|parts| parts.join("."))
}
