//! `check --fix`: mends what can be mended, by the byte.

use insta::assert_snapshot;

use super::{document, shop};
use crate::support::Repo;

fn shop_to_mend() -> Repo {
    let repo = shop();
    repo.write(
        ".backlog/items/BL-22222-old.md",
        "---\r\nid: BL-22222\r\ntitle: Old   # as it was\r\ntype: 'Task'\r\nstatus: In Progress # for weeks\r\nrank: mbgd\r\nlabls: [x]\r\n---\r\n\r\n<!-- backlog: allow LK001 because of the import -->\r\n\r\nText.  \r\n",
    );
    repo
}

#[test]
fn mends_what_is_safe_and_nothing_else() {
    let repo = shop_to_mend();
    assert_snapshot!(repo.session(
        "git backlog check --fix --dry-run
         git backlog check --fix
         git backlog check --fix
         git backlog undo",
    ), @r#"
    $ git backlog check --fix --dry-run
    diff --git a/.backlog/items/BL-22222-old.md b/.backlog/items/BL-22222-old.md
    --- a/.backlog/items/BL-22222-old.md
    +++ b/.backlog/items/BL-22222-old.md
    @@ -1,12 +1,11 @@
     ---
     id: BL-22222
     title: Old   # as it was
    -type: 'Task'
    -status: In Progress # for weeks
    +type: 'task'
    +status: in-progress # for weeks
     rank: mbgd
     labls: [x]
     ---
     
    -<!-- backlog: allow LK001 because of the import -->
     
     Text.  
    .backlog/items/BL-22222-old.md:4:7: error[FM012]: unknown type 'Task'
        did you mean 'task'? (or story, bug, spike, epic)
    .backlog/items/BL-22222-old.md:5:9: error[FM012]: unknown status 'In Progress'
        did you mean 'in-progress'? (or proposed, ready, review, done, rejected)
    .backlog/items/BL-22222-old.md:7:1: warning[FM013]: unknown field 'labls'
        did you mean 'labels'?
    .backlog/items/BL-22222-old.md:10:1: warning[SU001]: LK001 (dangling-link) finds nothing that this allows
        remove it

    9 documents checked: 2 errors, 2 warnings; 3 can be fixed with --fix, 1 more with --unsafe-fixes
    = 1
    $ git backlog check --fix
    .backlog/items/BL-22222-old.md:7:1: warning[FM013]: unknown field 'labls'
        did you mean 'labels'?

    9 documents checked: 0 errors, 1 warning; 1 can be fixed with --fix --unsafe-fixes
    ! mended 3 findings in 1 document
    $ git backlog check --fix
    .backlog/items/BL-22222-old.md:7:1: warning[FM013]: unknown field 'labls'
        did you mean 'labels'?

    9 documents checked: 0 errors, 1 warning; 1 can be fixed with --fix --unsafe-fixes
    $ git backlog undo
    set BL-22222 type task → Task "Old"
    set BL-22222 status in-progress → In Progress "Old"
    edit BL-22222 "Old"
    ! taking back the last change, which was not committed
    ! warning: .backlog/items/BL-22222-old.md:4:7: unknown type 'Task' (did you mean 'task'? (or story, bug, spike, epic))
    ! warning: .backlog/items/BL-22222-old.md:5:9: unknown status 'In Progress' (did you mean 'in-progress'? (or proposed, ready, review, done, rejected))
    "#);
}

#[test]
fn mends_the_rest_when_asked() {
    let repo = shop_to_mend();
    assert_snapshot!(repo.session("git backlog check --fix --unsafe-fixes"), @"
    $ git backlog check --fix --unsafe-fixes
    9 documents checked, nothing found
    ! mended 4 findings in 1 document
    ");
    assert_eq!(
        repo.read(".backlog/items/BL-22222-old.md"),
        "---\r\nid: BL-22222\r\ntitle: Old   # as it was\r\ntype: 'task'\r\nstatus: in-progress # for weeks\r\nrank: mbgd\r\nlabels: [x]\r\n---\r\n\r\n\r\nText.  \r\n"
    );
}

#[test]
fn a_comment_that_is_not_closed_takes_nothing_along() {
    let repo = shop();
    let text = "---\nid: BL-22222\ntitle: Old\ntype: task\nstatus: ready\nrank: mbgd\n---\n\n\
                <!-- backlog: allow LK001 because of the import\n\n## Notes\n\nText.\n";
    repo.write(".backlog/items/BL-22222-old.md", text);
    repo.run(&["check", "--fix", "--unsafe-fixes"]);
    assert_eq!(repo.read(".backlog/items/BL-22222-old.md"), text);
}

#[test]
fn mends_only_what_counts() {
    let repo = shop_to_mend();
    document(&repo, "items/BL-33333-new", "type: Task\nstatus: ready\nrank: mbhd\n");
    let path = ".backlog/items/BL-33333-new.md";
    let run = repo.run(&["check", "--fix", path]);
    assert_eq!(run.code, Some(0), "{}", run.out);
    assert!(repo.read(path).contains("type: task"));
    assert!(repo.read(".backlog/items/BL-22222-old.md").contains("'Task'"));
}
