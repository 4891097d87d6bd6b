//! The full-screen view where there is no terminal for it.

use insta::assert_snapshot;

use super::shop;

#[test]
fn needs_a_terminal() {
    let repo = shop();
    let commands = "
        git backlog groom --tui
        git backlog groom --tui --at HEAD~1
    ";
    assert_snapshot!(repo.session(commands), @"
    $ git backlog groom --tui
    ! error: the full-screen view needs a terminal
    ! hint: without one: git backlog list, git backlog rank ID --top, git backlog set ID value=8
    = 2
    $ git backlog groom --tui --at HEAD~1
    ! error: unexpected argument '--at' found
    !
    !   tip: to pass '--at' as a value, use '-- --at'
    !
    ! Usage: git backlog groom --tui [QUERY]...
    ! hint: see what there is with -h
    = 2
    ");
}
