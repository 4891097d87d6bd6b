//! `man`.

use crate::support::{Repo, has};

#[test]
fn writes_a_page_for_each_command() {
    let repo = Repo::without_repository();
    let run = repo.run(&["man", "share/man1"]);
    insta::assert_snapshot!(run, @"! wrote the pages to [TMP]/repo/share/man1");
    let mut pages: Vec<String> = std::fs::read_dir(repo.path("share/man1"))
        .unwrap()
        .map(|page| page.unwrap().file_name().into_string().unwrap())
        .collect();
    pages.sort();
    insta::assert_snapshot!(pages.join("\n"), @"
    git-backlog-accept.1
    git-backlog-agenda.1
    git-backlog-answer.1
    git-backlog-ask.1
    git-backlog-blame.1
    git-backlog-board.1
    git-backlog-case.1
    git-backlog-check.1
    git-backlog-commit.1
    git-backlog-completions.1
    git-backlog-conclude.1
    git-backlog-criteria-add.1
    git-backlog-criteria-check.1
    git-backlog-criteria-edit.1
    git-backlog-criteria-move.1
    git-backlog-criteria-remove.1
    git-backlog-criteria-uncheck.1
    git-backlog-criteria.1
    git-backlog-decide.1
    git-backlog-demo.1
    git-backlog-diff.1
    git-backlog-doctor.1
    git-backlog-edit.1
    git-backlog-forecast.1
    git-backlog-groom.1
    git-backlog-import.1
    git-backlog-init.1
    git-backlog-list.1
    git-backlog-log.1
    git-backlog-man.1
    git-backlog-merge-driver.1
    git-backlog-metric.1
    git-backlog-new.1
    git-backlog-rank.1
    git-backlog-reject.1
    git-backlog-release-list.1
    git-backlog-release-notes.1
    git-backlog-release-ship.1
    git-backlog-release-show.1
    git-backlog-release.1
    git-backlog-report.1
    git-backlog-resolve.1
    git-backlog-review.1
    git-backlog-roadmap.1
    git-backlog-schema.1
    git-backlog-score.1
    git-backlog-set.1
    git-backlog-show.1
    git-backlog-split.1
    git-backlog-sprint-close.1
    git-backlog-sprint-list.1
    git-backlog-sprint-new.1
    git-backlog-sprint-note.1
    git-backlog-sprint-plan.1
    git-backlog-sprint-show.1
    git-backlog-sprint-start.1
    git-backlog-sprint.1
    git-backlog-stats.1
    git-backlog-sync.1
    git-backlog-undo.1
    git-backlog-value.1
    git-backlog-voice.1
    git-backlog-why.1
    git-backlog.1
    ");
    for page in &pages {
        assert!(repo.read(&format!("share/man1/{page}")).contains(".TH "), "{page}");
    }
    if has("man") {
        let run = repo.output(
            repo.command("man")
                .args(["--warnings", "-l", "share/man1/git-backlog-set.1"])
                .env("MANPAGER", "cat")
                .env("LC_ALL", "C.UTF-8"),
        );
        assert!(run.code == Some(0) && run.err.is_empty(), "{run}");
        assert!(run.out.contains("git backlog set 7k 9q labels+=checkout"), "{run}");
    }
}

#[test]
fn a_folder_that_cannot_be_made_is_named() {
    let repo = Repo::without_repository();
    repo.write("file", "");
    insta::assert_snapshot!(repo.session("
        git backlog man file/share
        git backlog man
    "), @r"
    $ git backlog man file/share
    ! error: cannot write to [TMP]/repo/file/share: not a directory
    = 5
    $ git backlog man
    ! error: the following required arguments were not provided:
    !   <DIR>
    !
    ! Usage: git backlog man <DIR>
    ! hint: see what there is with -h
    = 2
    ");
}
