//! Where two histories part, compared with what Git says, also where clocks were wrong.

use std::collections::BTreeSet;
use std::fmt::Write;

use crate::support::Repo;

/// The next number of a fixed series.
fn next(state: &mut u64) -> usize {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    (*state >> 33) as usize
}

/// A history of so many commits, each with one or two parents and any time. Their ids, oldest first.
fn random_history(repo: &Repo, n_commits: usize, state: &mut u64) -> Vec<String> {
    let mut stream = String::new();
    for number in 1..=n_commits {
        let time = 1_700_000_000 + next(state) % 40;
        writeln!(stream, "commit refs/heads/c{number}\nmark :{number}").unwrap();
        writeln!(stream, "committer Mira <mira@example.org> {time} +0000\ndata 1\nx").unwrap();
        if number > 1 {
            let near = |state: &mut u64| number - 1 - next(state) % (number - 1).min(8);
            let (one, other) = (near(state), near(state));
            writeln!(stream, "from :{one}").unwrap();
            if one != other {
                writeln!(stream, "merge :{other}").unwrap();
            }
        }
        writeln!(stream, "M 100644 inline f\ndata {}\n{number}", number.to_string().len()).unwrap();
    }
    std::fs::write(repo.beside("stream"), stream).unwrap();
    let mut shell = repo.command("sh");
    let run = repo.output(shell.args(["-c", "git fast-import --quiet <../stream"]));
    assert_eq!(run.code, Some(0), "{run}");
    (1..=n_commits).map(|number| repo.git(&["rev-parse", &format!("c{number}")])).collect()
}

#[test]
fn the_merge_bases_are_those_of_git() {
    let mut n_several = 0;
    for seed in 1..=3 {
        let (repo, mut state) = (Repo::new(), seed);
        let ids = random_history(&repo, 30, &mut state);
        let opened = repo.open();
        for _ in 0..30 {
            let (one, other) = (&ids[next(&mut state) % 30], &ids[next(&mut state) % 30]);
            let by_git = repo.git(&["merge-base", "--all", one, other]);
            let ours = opened.merge_bases(one, other).unwrap();
            let ours: BTreeSet<&str> = ours.iter().map(String::as_str).collect();
            assert_eq!(ours, by_git.lines().collect(), "{one} and {other}, seed {seed}");
            n_several += usize::from(ours.len() > 1);
        }
    }
    assert!(n_several > 3, "only {n_several} pairs with several bases");
}
