//! `ask`, `answer` and `list questions`.

use insta::assert_snapshot;

use super::{CHECKOUT, CHECKOUT_TEXT, commit, edit, shop};
use crate::support::Repo;

const ADDRESS: &str = ".backlog/items/BL-9qqrt-orders-belong-to-an-address.md";

/// A shop with a product owner, and somebody else at the keyboard.
fn owned() -> Repo {
    let repo = shop();
    repo.write(
        ".backlog/product.md",
        "---\nid: product\ntitle: Korb\nowner: mira@example.org\n---\n",
    );
    let config = repo.read(".backlog/config.yml");
    repo.write(".backlog/config.yml", config + "policy: {teams: {devs: [max@example.org]}}\n");
    commit(&repo, "Mira", "Who owns it");
    repo.git(&["config", "user.email", "max@example.org"]);
    repo
}

#[test]
fn asks_and_answers() {
    let repo = owned();
    let commands = "
        git backlog ask 7k3qd 'Which tax rate applies?'
        git backlog ask 7k3qd 'From which day on?' --to mira
        git backlog ask GOAL-act 'Is 60 enough?' -m 'Asked in the showcase'
        git backlog show 7k3qd
        git backlog answer 7k3qd 'The reduced one'
        git backlog answer 7k3qd rate 'The reduced one, for food'
        git backlog answer 7k3qd 'January'
        git backlog answer 7k3qd 'January'
        git log -1 --format=%B
        git diff -U1
        git backlog commit -m 'From the tax office'
        git log -1 --format=%B
        git backlog undo
        git backlog undo
        git status --porcelain
    ";
    assert_snapshot!(repo.session(commands), @r#"
    $ git backlog ask 7k3qd 'Which tax rate applies?'
    ask BL-7k3qd Which tax rate applies? "Guest checkout"
    $ git backlog ask 7k3qd 'From which day on?' --to mira
    ask BL-7k3qd From which day on? "Guest checkout"
    $ git backlog ask GOAL-act 'Is 60 enough?' -m 'Asked in the showcase'
    ask GOAL-activation Is 60 enough? "Who fills a basket also orders"
    ! [main HASH] backlog: ask GOAL-activation Is 60 enough? "Who fills a basket also orders"
    $ git backlog show 7k3qd
    BL-7k3qd  Guest checkout
    position     1 of 3
    type         story
    status       ready
    created      2026-11-02
    rank         mbcd
    labels       checkout
    goal         GOAL-activation Who fills a basket also orders
    value        8
    effort       3
    depends_on   BL-9qqrt Orders belong to an address
    evidence     EV-h2vkd Shoppers leave at the form (assessed)
    questions    1 Which tax rate applies? (max@example.org, 2026-11-25)
                 2 From which day on? (max@example.org to mira, 2026-11-25)
    last change  2026-01-01 Mira: start (HASH); changed since

    As a shopper, I want to pay without an account, so that I can buy in a minute.

    ## Acceptance criteria

    ☐ A guest reaches payment in one step.
    ☑ The confirmation never requires an account. ^ac-k3
    ☐ The p95 of the payment step is at most 800 ms.

    ## Notes

    Follows from EV-h2vkd Shoppers leave at the form.
    $ git backlog answer 7k3qd 'The reduced one'
    ! error: BL-7k3qd has 2 open questions
    ! hint: 1: Which tax rate applies?; 2: From which day on?
    = 2
    $ git backlog answer 7k3qd rate 'The reduced one, for food'
    answer BL-7k3qd Which tax rate applies? "Guest checkout"
    $ git backlog answer 7k3qd 'January'
    answer BL-7k3qd From which day on? "Guest checkout"
    $ git backlog answer 7k3qd 'January'
    ! error: BL-7k3qd has no open question
    ! hint: ask one with: git backlog ask BL-7k3qd 'TEXT'
    = 2
    $ git log -1 --format=%B
    backlog: ask GOAL-activation Is 60 enough? "Who fills a basket also orders"

    Asked in the showcase

    Backlog: GOAL-activation

    $ git diff -U1
    diff --git a/.backlog/items/BL-7k3qd-guest-checkout.md b/.backlog/items/BL-7k3qd-guest-checkout.md
    index HASH..HASH 100644
    --- a/.backlog/items/BL-7k3qd-guest-checkout.md
    +++ b/.backlog/items/BL-7k3qd-guest-checkout.md
    @@ -26 +26,8 @@ As a shopper, I want to pay without an account, so that I can buy in a minute.
     Follows from [[EV-h2vkd]].
    +
    +## Questions
    +
    +- Which tax rate applies? (max@example.org, 2026-11-25)
    +  - The reduced one, for food (max@example.org, 2026-11-25)
    +- From which day on? (max@example.org to mira, 2026-11-25)
    +  - January (max@example.org, 2026-11-25)
    $ git backlog commit -m 'From the tax office'
    ! [main HASH] backlog: answer BL-7k3qd "Guest checkout"
    $ git log -1 --format=%B
    backlog: answer BL-7k3qd "Guest checkout"

    - answer BL-7k3qd Which tax rate applies? "Guest checkout"
    - answer BL-7k3qd From which day on? "Guest checkout"

    From the tax office

    Backlog: BL-7k3qd

    $ git backlog undo
    edit BL-7k3qd "Guest checkout"
    ! taking back commit HASH "backlog: answer BL-7k3qd "Guest checkout""
    ! [main HASH] backlog: undo "answer BL-7k3qd "Guest checkout""
    $ git backlog undo
    answer BL-7k3qd Which tax rate applies? "Guest checkout"
    answer BL-7k3qd From which day on? "Guest checkout"
    ! taking back commit HASH "backlog: undo "answer BL-7k3qd "Guest checkout"""
    ! [main HASH] backlog: undo "undo "answer BL-7k3qd "Guest checkout"""
    $ git status --porcelain
    "#);
}

#[test]
fn lists_the_questions_with_their_age() {
    let repo = owned();
    edit(&repo, ADDRESS, "sprint:", "questions: [Whose address is it?]\nsprint:");
    commit(&repo, "Max", "A question by hand");
    edit(
        &repo,
        CHECKOUT,
        "depends_on:",
        "questions: [\"Which rate? (ada to devs, 2026-11-20)\", \"Which day? (to mira, 2026-11-01)\"]\ndepends_on:",
    );
    let commands = "
        git backlog list questions
        git backlog list questions --for me
        git backlog list questions --for mira@example.org
        git backlog list questions --for nobody
        git backlog list questions status=ready --open -n 1
        git backlog answer 9q 'That of the buyer' -q
        git backlog list questions --answered
        git backlog list questions --at HEAD --format csv
        git backlog why 7k3qd
        git backlog list questions --sort value
        git backlog list --answered
    ";
    assert_snapshot!(repo.session(commands), @"
    $ git backlog list questions
    days  for   from  id        #  no  question
     328              BL-9qqrt  2   1  Whose address is it?
      24  mira        BL-7k3qd  1   2  Which day?
       5  devs  ada   BL-7k3qd  1   1  Which rate?
    3 open questions, the oldest 328 days old
    $ git backlog list questions --for me
    days  for   from  id        #  no  question
       5  devs  ada   BL-7k3qd  1   1  Which rate?
    1 open question, the oldest 5 days old
    $ git backlog list questions --for mira@example.org
    days  for   from  id        #  no  question
     328              BL-9qqrt  2   1  Whose address is it?
      24  mira        BL-7k3qd  1   2  Which day?
    2 open questions, the oldest 328 days old
    $ git backlog list questions --for nobody
    days  for  from  id  #  no  question
    0 open questions
    $ git backlog list questions status=ready --open -n 1
    days  for   from  id        #  no  question
      24  mira        BL-7k3qd  1   2  Which day?
    1 open question, the oldest 24 days old
    $ git backlog answer 9q 'That of the buyer' -q
    $ git backlog list questions --answered
    days  for  from  id        #  no  question              answer
     328             BL-9qqrt  2      Whose address is it?  That of the buyer
    1 answered question; median time to answer 328 days, of 1 answer
    $ git backlog list questions --at HEAD --format csv
    days,for,from,id,position,number,question
    328,,,BL-9qqrt,2,1,Whose address is it?
    $ git backlog why 7k3qd
    BL-7k3qd  Guest checkout
    position      1 of 3, ready
    moved         never since Mira added it, 2026-01-01
    worth         value 8 (Mira 2026-01-01), effort 3 (Mira 2026-01-01)
    value-effort  8 / 3 = 2.67, rank 1 of 1
    goal          GOAL-activation Who fills a basket also orders (active, 2027-03-31)
    evidence      EV-h2vkd Shoppers leave at the form (strength 4, interview)
    waits for     BL-9qqrt Orders belong to an address (in-progress)
    questions     1 Which rate? (ada to devs, 2026-11-20)
                  2 Which day? (to mira, 2026-11-01)
    $ git backlog list questions --sort value
    ! error: --sort is for lists of documents
    = 2
    $ git backlog list --answered
    ! error: --open, --answered and --for are for questions
    ! hint: write: git backlog list questions
    = 2
    ");
    assert_snapshot!(repo.session("git backlog list questions id=7k3qd --answered --open --format json"), @r#"
    $ git backlog list questions id=7k3qd --answered --open --format json
    {
      "schema": 1,
      "questions": [
        {
          "id": "BL-7k3qd",
          "title": "Guest checkout",
          "kind": "item",
          "position": 1,
          "number": 2,
          "text": "Which day?",
          "from": null,
          "for": "mira",
          "asked": "2026-11-01",
          "days": 24,
          "open": true,
          "answers": []
        },
        {
          "id": "BL-7k3qd",
          "title": "Guest checkout",
          "kind": "item",
          "position": 1,
          "number": 1,
          "text": "Which rate?",
          "from": "ada",
          "for": "devs",
          "asked": "2026-11-20",
          "days": 5,
          "open": true,
          "answers": []
        }
      ],
      "median_days": null,
      "answers_timed": 0
    }
    "#);
}

#[test]
fn says_what_is_wrong_and_writes_nothing() {
    let repo = owned();
    let commands = "
        git backlog ask 7k3qd
        git backlog ask 7k3qd ' '
        git backlog ask 7k3qd 'Why?' --to ' '
        git backlog ask zz 'Why?'
        git backlog ask EV-h2 'Why?'
        git backlog answer 7k3qd 'So.'
        git backlog answer 7k3qd 1 'So.'
        git backlog ask 7k3qd 'Why?' --dry-run
        git backlog ask 7k3qd 'Why (not)?' -q
        git backlog ask 7k3qd 'Why (not)?'
        git backlog answer 7k3qd 1
        git backlog answer 7k3qd 1 ''
        git backlog answer 7k3qd 9 'So.'
        git backlog answer 7k3qd 1 'So.' 'And so.'
    ";
    assert_snapshot!(repo.session(commands), @r#"
    $ git backlog ask 7k3qd
    ! error: no question given
    ! hint: write: git backlog ask 7k3qd 'TEXT'
    = 2
    $ git backlog ask 7k3qd ' '
    ! error: the question is empty
    = 2
    $ git backlog ask 7k3qd 'Why?' --to ' '
    ! error: --to names nobody
    = 2
    $ git backlog ask zz 'Why?'
    ! error: no document with id 'zz'
    ! hint: see the ids with: git backlog list --all
    = 2
    $ git backlog ask EV-h2 'Why?'
    ! error: EV-h2vkd is of kind evidence, which has no questions
    ! hint: ask at the item or the goal that it is about
    = 2
    $ git backlog answer 7k3qd 'So.'
    ! error: BL-7k3qd has no open question
    ! hint: ask one with: git backlog ask BL-7k3qd 'TEXT'
    = 2
    $ git backlog answer 7k3qd 1 'So.'
    ! error: BL-7k3qd has no open question
    ! hint: ask one with: git backlog ask BL-7k3qd 'TEXT'
    = 2
    $ git backlog ask 7k3qd 'Why?' --dry-run
    diff --git a/.backlog/items/BL-7k3qd-guest-checkout.md b/.backlog/items/BL-7k3qd-guest-checkout.md
    --- a/.backlog/items/BL-7k3qd-guest-checkout.md
    +++ b/.backlog/items/BL-7k3qd-guest-checkout.md
    @@ -11,6 +11,7 @@
     effort: 3
     depends_on: [BL-9qqrt]
     evidence: [EV-h2vkd]
    +questions: ["Why? (max@example.org, 2026-11-25)"]
     ---
     
     As a shopper, I want to pay without an account, so that I can buy in a minute.
    $ git backlog ask 7k3qd 'Why (not)?' -q
    $ git backlog ask 7k3qd 'Why (not)?'
    ! nothing to change
    $ git backlog answer 7k3qd 1
    ! error: no answer given
    ! hint: write: git backlog answer BL-7k3qd 1 'TEXT'
    = 2
    $ git backlog answer 7k3qd 1 ''
    ! error: the answer is empty
    = 2
    $ git backlog answer 7k3qd 9 'So.'
    ! error: BL-7k3qd has no open question '9'
    ! hint: 1: Why (not)?
    = 2
    $ git backlog answer 7k3qd 1 'So.' 'And so.'
    ! error: unexpected argument 'And so.' found
    !
    ! Usage: git backlog answer [OPTIONS] <ID> [QUESTION|TEXT] [TEXT]
    ! hint: see what there is with -h
    = 2
    "#);
    repo.git(&["checkout", "--quiet", "."]);
    edit(&repo, CHECKOUT, "depends_on:", "questions: Why?\ndepends_on:");
    edit(&repo, CHECKOUT, "## Notes", "## Notes\n\n```\nopen");
    assert_snapshot!(repo.session("git backlog answer 7k3qd 'So.'"), @"
    $ git backlog answer 7k3qd 'So.'
    ! error: the text of BL-7k3qd leaves no room for a section 'Questions'
    ! hint: close what is open at its end: git backlog edit BL-7k3qd
    = 2
    ");
}

#[test]
fn reads_texts_from_standard_input() {
    let repo = owned();
    let hostile = "Is \u{1b}[31mthis\u{202e} \"ok\": [a, b] # no?\r\n(x, y)\n";
    assert_eq!(repo.run_with(&["ask", "7k3qd", "-"], hostile).code, Some(0));
    let question = repo.run(&["list", "questions", "--format", "json"]).json();
    assert_eq!(question["questions"][0]["text"], "Is [31mthis\u{202e} \"ok\": [a, b] # no? (x, y)");
    let answer = "# Yes\n\n- [ ] if it can\n\n```\nx\n";
    assert_eq!(repo.run_with(&["answer", "7k3qd", "1", "-"], answer).code, Some(0));
    let text = repo.read(CHECKOUT);
    assert!(text.starts_with(CHECKOUT_TEXT), "{text}");
    assert!(
        text.ends_with("\n  - # Yes - [ ] if it can ``` x (max@example.org, 2026-11-25)\n"),
        "{text}"
    );
    assert_eq!(repo.run_with(&["ask", "7k3qd", "-"], [0xff]).code, Some(2));
}

#[test]
fn a_question_that_yaml_takes_for_a_mapping_is_told() {
    let repo = owned();
    edit(
        &repo,
        CHECKOUT,
        "depends_on:",
        "questions:\n  - Which tax: reduced or full?\n  - \"\"\n  - Plain one?\n  - Plain one?\ndepends_on:",
    );
    let commands = "
        git backlog list questions
        git backlog check 7k3qd
        git backlog answer 7k3qd 1 'The reduced one'
        git backlog answer 7k3qd 3 '- this one'
        git backlog answer 7k3qd 3 -q -m 'Told'
        git backlog show 7k3qd
        git backlog list questions --answered
    ";
    assert_snapshot!(repo.session(commands), @r#"
    $ git backlog list questions
    days  for  from  id        #  no  question
     328             BL-7k3qd  1   3  Plain one?
     328             BL-7k3qd  1   4  Plain one?
    2 open questions, the oldest 328 days old
    ! warning: BL-7k3qd: question 1 is a mapping; put it in quotes
    $ git backlog check 7k3qd
    .backlog/items/BL-7k3qd-guest-checkout.md:13:5: error[FM011]: question 1 is a mapping; put it in quotes

    1 document checked: 1 error, 0 warnings
    = 1
    $ git backlog answer 7k3qd 1 'The reduced one'
    ! error: BL-7k3qd: question 1 is a mapping; put it in quotes
    ! hint: mend it with: git backlog edit BL-7k3qd
    = 2
    $ git backlog answer 7k3qd 3 '- this one'
    answer BL-7k3qd Plain one? "Guest checkout"
    $ git backlog answer 7k3qd 3 -q -m 'Told'
    ! error: no answer given
    ! hint: write: git backlog answer BL-7k3qd 3 'TEXT'
    = 2
    $ git backlog show 7k3qd
    BL-7k3qd  Guest checkout
    position     1 of 3
    type         story
    status       ready
    created      2026-11-02
    rank         mbcd
    labels       checkout
    goal         GOAL-activation Who fills a basket also orders
    value        8
    effort       3
    questions    3 Plain one?
                 question 1 is a mapping; put it in quotes
    depends_on   BL-9qqrt Orders belong to an address
    evidence     EV-h2vkd Shoppers leave at the form (assessed)
    last change  2026-01-01 Mira: start (HASH); changed since
    13:5: question 1 is a mapping; put it in quotes

    As a shopper, I want to pay without an account, so that I can buy in a minute.

    ## Acceptance criteria

    ☐ A guest reaches payment in one step.
    ☑ The confirmation never requires an account. ^ac-k3
    ☐ The p95 of the payment step is at most 800 ms.

    ## Notes

    Follows from EV-h2vkd Shoppers leave at the form.

    ## Questions

    • Plain one?
      • • this one (max@example.org, 2026-11-25)
    $ git backlog list questions --answered
    days  for  from  id        #  no  question    answer
     328             BL-7k3qd  1      Plain one?  - this one
    1 answered question; median time to answer 328 days, of 1 answer
    "#);
}

#[test]
fn for_whom_a_question_is_may_be_asked_as_it_is_listed() {
    let repo = owned();
    assert_eq!(repo.run(&["ask", "7k3qd", "Which day?", "--for", "mira"]).code, Some(0));
    let listed = repo.run(&["list", "questions", "--for", "mira", "--format", "csv"]);
    assert!(listed.out.contains("Which day?"), "{listed}");
}
