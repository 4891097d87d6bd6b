//! The settings and the order of the backlog at one state, brought from there to others at the
//! price of what differs.

use std::rc::Rc;

use crate::domain::backlog::{Keep, Reading};
use crate::domain::config::{self, Config};
use crate::domain::diff::Pairs;
use crate::domain::kind::Kind;
use crate::domain::order::{self, Order};
use crate::domain::source::{FileChange, SourceFile};
use crate::store::{Error, Repository, Source, Tree};

/// The name under which the order of the last state is kept.
const MEMO: &str = "order";

/// What is known of one state.
pub(super) struct Standing<'a> {
    repository: &'a Repository,
    folder: &'a str,
    tree: Tree,
    settings: Rc<Config>,
    /// Whether a file beside the folder may be among the settings: they can change where the folder
    /// does not.
    looks_beside: bool,
    /// `None` until somebody asks for it.
    order: Option<Order>,
}

impl<'a> Standing<'a> {
    /// The state of a tree.
    pub(super) fn at(
        repository: &'a Repository,
        folder: &'a str,
        tree: Tree,
    ) -> Result<Self, Error> {
        let (settings, looks_beside) = read_settings(&repository.at_tree(tree, folder))?;
        let settings = Rc::new(settings);
        Ok(Self { repository, folder, tree, settings, looks_beside, order: None })
    }

    /// The tree whose order is known without reading it.
    pub(super) fn remembered_tree(repository: &Repository) -> Option<Tree> {
        repository.memo_any(MEMO).map(|(tree, _)| tree)
    }

    /// The tree that it is about.
    pub(super) fn tree(&self) -> Tree {
        self.tree
    }

    /// The settings.
    pub(super) fn settings(&self) -> Rc<Config> {
        Rc::clone(&self.settings)
    }

    /// Whether the settings may be others in a state that differs in these files.
    pub(super) fn may_change_settings(&self, files: &[FileChange]) -> bool {
        self.looks_beside || files.iter().any(|file| Kind::of_path(&file.path).is_none())
    }

    /// The order. It is read once, kept for the next run, and brought along from then on.
    pub(super) fn order(&mut self) -> Result<&mut Order, Error> {
        let order = match self.order.take() {
            Some(order) => order,
            None => match self.remembered()? {
                Some(order) => order,
                None => {
                    let order = self.read_all()?;
                    self.remember(&order);
                    order
                }
            },
        };
        Ok(self.order.insert(order))
    }

    /// The order if it is known already.
    pub(super) fn known_order(&mut self) -> Option<&mut Order> {
        self.order.as_mut()
    }

    /// Keeps the order for the next run, if it is known.
    pub(super) fn keep(&self) {
        if let Some(order) = &self.order {
            self.remember(order);
        }
    }

    /// Goes to another tree.
    pub(super) fn go_to(&mut self, tree: Tree) -> Result<(), Error> {
        if tree == self.tree {
            return self.arrive(tree, self.looks_beside);
        }
        let files = self.repository.edits(self.tree, tree)?;
        let before = self.settings();
        self.arrive(tree, self.may_change_settings(&files))?;
        if let Some(order) = &mut self.order {
            Pairs::of(files).carry((&before, &self.settings), order);
        }
        Ok(())
    }

    /// Says that whoever asked for the order has brought it to another tree. An order that counts
    /// other statuses as open is forgotten.
    pub(super) fn arrive(&mut self, tree: Tree, has_other_settings: bool) -> Result<(), Error> {
        self.tree = tree;
        if has_other_settings {
            let source = self.repository.at_tree(tree, self.folder);
            let (settings, looks_beside) = read_settings(&source)?;
            self.looks_beside = looks_beside;
            if !order::agree(&settings, &self.settings) {
                self.order = None;
            }
            self.settings = Rc::new(settings);
        }
        Ok(())
    }

    /// The order of the tree that was looked at last, and what came since.
    fn remembered(&self) -> Result<Option<Order>, Error> {
        let Some((tree, bytes)) = self.repository.memo_any(MEMO) else { return Ok(None) };
        let text = String::from_utf8(bytes).unwrap_or_default();
        let Some(mut order) = Order::from_text(&text, &self.settings) else { return Ok(None) };
        if tree != self.tree {
            // An order of long ago may cost more to bring here than a new one; a tree that is gone
            // from the repository tells nothing.
            let Ok(files) = self.repository.edits(tree, self.tree) else { return Ok(None) };
            if files.len() > order.len() / 2 + 100 {
                return Ok(None);
            }
            Pairs::of(files).carry((&self.settings, &self.settings), &mut order);
            self.remember(&order);
        }
        Ok(Some(order))
    }

    fn read_all(&self) -> Result<Order, Error> {
        let source = self.repository.at_tree(self.tree, self.folder);
        let reading = Reading::new(&source.settings()?, Keep::Fields);
        source.each(&|file| reading.add(file))?;
        Ok(Order::of(&reading.finish()))
    }

    fn remember(&self, order: &Order) {
        if let Some(text) = order.to_text(&self.settings) {
            self.repository.keep_memo(MEMO, self.tree, text.as_bytes());
        }
    }
}

/// The settings of a source.
pub(super) fn settings(source: &dyn Source) -> Result<Config, Error> {
    Ok(Config::of_files(&source.settings()?).0)
}

/// The settings, and whether one of their files extends another one beside the folder, which may
/// not be there.
fn read_settings(source: &dyn Source) -> Result<(Config, bool), Error> {
    let files = source.settings()?;
    let looks_beside = |file: &SourceFile| {
        let text = file.text.as_deref().ok();
        let extended = text.and_then(|text| config::extended(&file.path, text));
        extended.is_some_and(|path| path.starts_with("../"))
    };
    Ok((Config::of_files(&files).0, files.iter().any(looks_beside)))
}
