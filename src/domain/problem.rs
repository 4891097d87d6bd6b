//! What is wrong with a text, as a value beside what could be read of it.

use super::span::{Position, Span};

/// Something wrong at one place of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What sort of thing is wrong; the rule that reports it follows from this.
    pub kind: ProblemKind,
    /// What is there, in lower case and without a full stop.
    pub message: String,
    /// What to write instead.
    pub hint: Option<String>,
    /// Where, in bytes of the file.
    pub span: Span,
    /// Where, as an editor names it.
    pub position: Position,
}

/// The sorts of problem that reading can find.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ProblemKind {
    /// The file could not be read at all: permissions, a failing disk.
    Unreadable,
    /// A symbolic link, a device, a pipe, a folder or a submodule where a file belongs.
    NotRegular,
    /// Bytes that are not UTF-8, or a NUL.
    Encoding,
    /// Larger, deeper or wider than the limits.
    Limit,
    /// A `<<<<<<<`, `=======` or `>>>>>>>` that a merge left behind.
    Conflict,
    /// No front matter, or one that is not closed.
    FrontMatter,
    /// Not YAML.
    Syntax,
    /// A key that stands twice.
    DuplicateKey,
    /// YAML that a backlog does not use: anchors, aliases, tags, merge keys, directives.
    ForbiddenYaml,
    /// A field that must be there and is not.
    MissingField,
    /// A value of the wrong type.
    WrongType,
    /// A status, type or other word that the configuration does not know.
    UnknownWord,
    /// An id that is none, or not the one in the file name.
    Id,
    /// A rank that is no rank key.
    Rank,
    /// A key that is neither a known nor a declared field.
    UnknownField,
}

impl ProblemKind {
    /// Whether the document cannot be understood with this problem, so that it is shown as
    /// unreadable and never written to.
    pub fn is_fatal(self) -> bool {
        use ProblemKind as K;
        match self {
            K::Unreadable | K::NotRegular | K::Encoding | K::Limit | K::Conflict => true,
            K::FrontMatter | K::Syntax | K::DuplicateKey | K::ForbiddenYaml => true,
            K::MissingField | K::WrongType | K::UnknownWord => false,
            K::Id | K::Rank | K::UnknownField => false,
        }
    }
}

impl Problem {
    /// A problem at `span` of `text`.
    pub fn at(kind: ProblemKind, text: &str, span: Span, message: impl Into<String>) -> Self {
        let position = Position::of(text, span.start);
        Self { kind, message: message.into(), hint: None, span, position }
    }

    /// A problem of a file as a whole, or of one whose text is not there.
    pub fn whole(kind: ProblemKind, message: impl Into<String>) -> Self {
        let (span, position) = (Span::default(), Position::START);
        Self { kind, message: message.into(), hint: None, span, position }
    }

    /// The same problem with a word on what to write instead.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}
