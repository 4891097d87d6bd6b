//! What must be true of the history once all clones are quiet.
//!
//! An edit that was acknowledged is what the backlog holds in the end, or somebody who knew of it
//! wrote something else later: in a commit that comes after its own. Somebody who decides a
//! conflict is such a one.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::document::{Field, State, ids};

/// What somebody did to a field.
#[derive(Clone, Debug)]
pub(super) struct Edit {
    pub(super) desk: String,
    /// The place among the edits of its desk.
    pub(super) seq: usize,
    pub(super) field: Field,
    pub(super) new: String,
    /// The commit that it is in; `None` while it is in none.
    pub(super) commit: Option<String>,
}

/// All that is known when everything is quiet.
pub(super) struct Case {
    pub(super) edits: Vec<Edit>,
    pub(super) first: State,
    pub(super) last: State,
    /// Each commit of the branch with its parents, parents first.
    pub(super) commits: Vec<(String, Vec<String>)>,
    /// What a commit holds.
    pub(super) state_at: Box<dyn Fn(&str) -> State>,
}

/// Which commits come before which.
struct Ancestry {
    numbers: HashMap<String, usize>,
    before: Vec<Vec<u64>>,
}

impl Ancestry {
    fn of(commits: &[(String, Vec<String>)]) -> Self {
        let n_words = commits.len().div_ceil(64);
        let mut this = Self { numbers: HashMap::new(), before: Vec::new() };
        for (at, (id, parents)) in commits.iter().enumerate() {
            let mut before = vec![0; n_words];
            for parent in parents.iter().map(|parent| this.numbers[parent]) {
                before[parent / 64] |= 1 << (parent % 64);
                let above = this.before[parent].iter();
                before.iter_mut().zip(above).for_each(|(all, more)| *all |= more);
            }
            this.numbers.insert(id.clone(), at);
            this.before.push(before);
        }
        this
    }

    fn comes_before(&self, one: &str, other: &str) -> bool {
        match (self.numbers.get(one), self.numbers.get(other)) {
            (Some(one), Some(&other)) => self.before[other][one / 64] & (1 << (one % 64)) != 0,
            _ => false,
        }
    }

    /// The newest commits that come before both.
    fn bases(&self, one: &str, other: &str) -> Vec<usize> {
        let (Some(&one), Some(&other)) = (self.numbers.get(one), self.numbers.get(other)) else {
            return Vec::new();
        };
        let has =
            |of: usize, it: usize| of == it || self.before[of][it / 64] & (1 << (it % 64)) != 0;
        let both: Vec<usize> =
            (0..self.before.len()).filter(|&it| has(one, it) && has(other, it)).collect();
        let is_newest = |it: &&usize| !both.iter().any(|&newer| newer != **it && has(newer, **it));
        both.iter().filter(is_newest).copied().collect()
    }
}

/// What is not as it has to be; nothing if all is well.
pub(super) fn judge(case: &Case) -> Vec<String> {
    let ancestry = Ancestry::of(&case.commits);
    let mut by_field: BTreeMap<&Field, Vec<&Edit>> = BTreeMap::new();
    case.edits.iter().for_each(|edit| by_field.entry(&edit.field).or_default().push(edit));
    let mut wrong = Vec::new();
    for (field, edits) in &by_field {
        let last = case.last.get(*field).cloned().unwrap_or_default();
        for edit in edits {
            match &edit.commit {
                None => wrong.push(format!("in no commit: {edit:?}")),
                Some(id) if !ancestry.numbers.contains_key(id) => {
                    wrong.push(format!("its commit is gone: {edit:?}"));
                }
                Some(_) if is_kept(case, &ancestry, edit, edits, &last) => {}
                Some(id) => {
                    let mut what = format!("lost, it is {last:?} now: {edit:?}");
                    for other in edits {
                        let Some(its) = &other.commit else { continue };
                        let place = match () {
                            () if its == id => "same",
                            () if ancestry.comes_before(its, id) => "before",
                            () if ancestry.comes_before(id, its) => "after",
                            () => "apart",
                        };
                        let Edit { desk, seq, new, .. } = other;
                        what.push_str(&format!("\n  {place}: {desk} {seq} {new:?} in {its}"));
                    }
                    wrong.push(what);
                }
            }
        }
    }
    for (field, value) in &case.last {
        let written = by_field.get(field).into_iter().flatten().any(|edit| edit.new == *value);
        if !written && case.first.get(field) != Some(value) {
            wrong.push(format!("nobody wrote {value:?} in {field:?}"));
        }
    }
    let known: BTreeSet<String> = ids(&case.first)
        .into_iter()
        .chain(case.edits.iter().map(|it| it.field.0.clone()))
        .collect();
    let there = ids(&case.last);
    wrong.extend(known.difference(&there).map(|id| format!("{id} is not there any more")));
    wrong.extend(there.difference(&known).map(|id| format!("nobody made {id}")));
    wrong
}

fn is_kept(case: &Case, ancestry: &Ancestry, edit: &Edit, edits: &[&Edit], last: &str) -> bool {
    if edit.new == last {
        return true;
    }
    let commit = edit.commit.as_deref().unwrap_or_default();
    let others = || edits.iter().filter_map(|it| Some((it, it.commit.as_deref()?)));
    let is_overwritten = |edit: &Edit, commit: &str| {
        others().any(|(other, id)| {
            let is_next = other.desk == edit.desk && other.seq > edit.seq && id == commit;
            is_next || ancestry.comes_before(commit, id)
        })
    };
    if is_overwritten(edit, commit) {
        return true;
    }
    let mut apart = others().filter(|(_, id)| !ancestry.comes_before(id, commit) && *id != commit);
    // Of two places the one further up is taken.
    if edit.field.1 == "rank" && apart.clone().any(|(other, _)| other.new < edit.new) {
        return true;
    }
    // Where two wrote the same, who knew of one of them may have overwritten both.
    if apart.clone().any(|(other, id)| other.new == edit.new && is_overwritten(other, id)) {
        return true;
    }
    // Who goes back to the value that both began with has changed nothing for the merge.
    apart.any(|(_, id)| {
        ancestry.bases(commit, id).iter().any(|&base| {
            let then = (case.state_at)(&case.commits[base].0);
            then.get(&edit.field).map_or("", String::as_str) == edit.new
        })
    })
}

#[test]
fn an_edit_that_a_merge_drops_is_found() {
    // Two commits that part from one, and a merge that takes the one side.
    let commit = |id: &str, parents: &[&str]| {
        (id.to_owned(), parents.iter().map(|it| (*it).to_owned()).collect())
    };
    let field = ("BL-22222".to_owned(), "value".to_owned());
    let state = |value: &str| State::from([(field.clone(), value.to_owned())]);
    let edit = |desk: &str, new: &str, commit: &str| Edit {
        desk: desk.to_owned(),
        seq: 1,
        field: field.clone(),
        new: new.to_owned(),
        commit: Some(commit.to_owned()),
    };
    let mut case = Case {
        edits: vec![edit("ada", "1", "a"), edit("ben", "2", "b")],
        first: state("8"),
        last: state("1"),
        commits: vec![
            commit("root", &[]),
            commit("a", &["root"]),
            commit("b", &["root"]),
            commit("m", &["a", "b"]),
            commit("d", &["m"]),
        ],
        state_at: Box::new(move |_| State::new()),
    };
    assert!(judge(&case)[0].starts_with("lost"), "{:?}", judge(&case));
    // Somebody decides.
    case.edits.push(Edit { seq: 2, ..edit("ada", "1", "d") });
    assert_eq!(judge(&case), Vec::<String>::new());
    // A value from nowhere; a branch that was pushed over another.
    case.last = state("3");
    assert!(judge(&case).iter().any(|it| it.starts_with("nobody wrote")), "{:?}", judge(&case));
    case.last = state("1");
    case.edits.push(edit("cleo", "4", "c"));
    assert!(judge(&case)[0].starts_with("its commit is gone"), "{:?}", judge(&case));
    case.edits.pop();
    case.first.insert(("BL-33333".to_owned(), "value".to_owned()), "5".to_owned());
    assert_eq!(judge(&case), ["BL-33333 is not there any more"]);
}
