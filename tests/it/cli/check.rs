//! `check`.

use insta::assert_snapshot;

use super::{document, shop};
use crate::support::Repo;

/// A backlog with something to find.
fn careless_shop() -> Repo {
    let repo = shop();
    document(
        &repo,
        "items/BL-22222-no-criteria",
        "type: story\nstatus: ready\nrank: mbgd\nlabls: [x]\n",
    );
    document(
        &repo,
        "items/BL-33333-wrong-values",
        "type: stroy\nstatus: redy\nvalue: 1e999\ncreated: soon\ngoal: GOAL-x\nrank: A1\n",
    );
    repo.write(".backlog/items/BL-44444-broken.md", "---\nid: BL-44444\ntitle: a\ntitle: b\n---\n");
    repo
}

#[test]
fn a_sound_backlog_has_no_findings() {
    assert_snapshot!(shop().session("git backlog check"), @r"
    $ git backlog check
    8 documents checked, nothing found
    ");
}

#[test]
fn tells_what_is_wrong_and_where() {
    assert_snapshot!(careless_shop().session("git backlog check"), @r#"
    $ git backlog check
    .backlog/items/BL-22222-no-criteria.md:7:1: warning[FM013]: unknown field 'labls'
        did you mean 'labels'?
    .backlog/items/BL-22222-no-criteria.md:10:1: error[AC001]: a story without acceptance criteria
        add one: git backlog criteria BL-22222 add "…"
    .backlog/items/BL-33333-wrong-values.md:4:7: error[FM012]: unknown type 'stroy'
        did you mean 'story'? (or bug, task, spike, epic)
    .backlog/items/BL-33333-wrong-values.md:5:9: error[FM012]: unknown status 'redy'
        did you mean 'ready'? (or proposed, in-progress, review, done, rejected)
    .backlog/items/BL-33333-wrong-values.md:6:8: error[FM011]: value: '1e999' is not a number
    .backlog/items/BL-33333-wrong-values.md:7:10: error[FM011]: created: 'soon' is not a day
        write it as 2026-11-23
    .backlog/items/BL-33333-wrong-values.md:8:7: error[LK001]: goal: there is no document 'GOAL-x'
    .backlog/items/BL-33333-wrong-values.md:9:7: error[RK001]: 'A1' is not a rank key
        give it a place: git backlog rank BL-33333 --bottom
    .backlog/items/BL-44444-broken.md:4:1: error[FM008]: duplicate key 'title', first at line 3
        remove one of them

    11 documents checked: 8 errors, 1 warning; 1 can be fixed with --fix --unsafe-fixes
    = 1
    "#);
}

#[test]
fn prints_every_format() {
    let repo = careless_shop();
    let one = ".backlog/items/BL-44444-broken.md";
    assert_snapshot!(repo.session(&format!("
        git backlog check --format json {one}
        git backlog check --format jsonl {one}
        git backlog check --format csv {one}
        git backlog check --format markdown {one}
        git backlog check --format sarif {one}
    ")), @r#"
    $ git backlog check --format json .backlog/items/BL-44444-broken.md
    {
      "schema": 1,
      "documents": 1,
      "findings": [
        {
          "code": "FM008",
          "name": "duplicate-key",
          "severity": "error",
          "path": ".backlog/items/BL-44444-broken.md",
          "line": 4,
          "column": 1,
          "end_line": 4,
          "end_column": 6,
          "id": "BL-44444",
          "message": "duplicate key 'title', first at line 3",
          "hint": "remove one of them",
          "fix": null,
          "fingerprint": "83c73350e39004c30f32408d973b088b"
        }
      ]
    }
    = 1
    $ git backlog check --format jsonl .backlog/items/BL-44444-broken.md
    {"code":"FM008","name":"duplicate-key","severity":"error","path":".backlog/items/BL-44444-broken.md","line":4,"column":1,"end_line":4,"end_column":6,"id":"BL-44444","message":"duplicate key 'title', first at line 3","hint":"remove one of them","fix":null,"fingerprint":"83c73350e39004c30f32408d973b088b"}
    = 1
    $ git backlog check --format csv .backlog/items/BL-44444-broken.md
    path,line,column,end_line,end_column,severity,code,id,message,hint,fix,fingerprint
    .backlog/items/BL-44444-broken.md,4,1,4,6,error,FM008,BL-44444,"duplicate key 'title', first at line 3",remove one of them,,83c73350e39004c30f32408d973b088b
    = 1
    $ git backlog check --format markdown .backlog/items/BL-44444-broken.md
    **1 document checked: 1 error, 0 warnings**

    ### 1 error

    | rule | where | what | hint |
    | --- | --- | --- | --- |
    | FM008 duplicate-key | .backlog/items/BL-44444-broken.md:4:1 | duplicate key 'title', first at line 3 | remove one of them |
    = 1
    $ git backlog check --format sarif .backlog/items/BL-44444-broken.md
    {
      "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
      "version": "2.1.0",
      "runs": [
        {
          "tool": {
            "driver": {
              "name": "git-backlog",
              "version": "0.1.0",
              "semanticVersion": "0.1.0",
              "rules": [
                {
                  "id": "FM008",
                  "name": "duplicate-key",
                  "shortDescription": {
                    "text": "A key stands twice."
                  },
                  "fullDescription": {
                    "text": "Readers of YAML disagree on which of the two counts."
                  },
                  "help": {
                    "text": "A key stands twice.\n\nReaders of YAML disagree on which of the two counts.",
                    "markdown": "A key stands twice.\n\n| minimal | recommended | strict | fix |\n| --- | --- | --- | --- |\n| error | error | error | – |\n\nReaders of YAML disagree on which of the two counts.\n\n## Found\n\n```markdown\n---\nid: BL-7k3qd\ntitle: Guest checkout\ntype: task\nstatus: ready\nstatus: done\nrank: mbbb\n---\n```\n\n## Not found\n\n```markdown\n---\nid: BL-7k3qd\ntitle: Guest checkout\ntype: task\nstatus: ready\nrank: mbbb\n---\n```\n\n## Settings\n\nWhat cannot be read is always an error: no setting turns it off, no comment allows it.\n"
                  },
                  "defaultConfiguration": {
                    "enabled": true,
                    "level": "error"
                  },
                  "properties": {
                    "tags": [
                      "backlog",
                      "files and their fields"
                    ],
                    "problem.severity": "error"
                  }
                }
              ]
            }
          },
          "invocations": [
            {
              "executionSuccessful": true
            }
          ],
          "originalUriBaseIds": {
            "SRCROOT": {
              "description": {
                "text": "The root of the repository."
              }
            }
          },
          "columnKind": "unicodeCodePoints",
          "results": [
            {
              "ruleId": "FM008",
              "ruleIndex": 0,
              "level": "error",
              "message": {
                "text": "duplicate key 'title', first at line 3\nremove one of them"
              },
              "locations": [
                {
                  "physicalLocation": {
                    "artifactLocation": {
                      "uri": ".backlog/items/BL-44444-broken.md",
                      "uriBaseId": "SRCROOT"
                    },
                    "region": {
                      "startLine": 4,
                      "startColumn": 1,
                      "endLine": 4,
                      "endColumn": 6
                    }
                  },
                  "logicalLocations": [
                    {
                      "name": "BL-44444"
                    }
                  ]
                }
              ],
              "partialFingerprints": {
                "gitBacklog/v1": "83c73350e39004c30f32408d973b088b"
              }
            }
          ]
        }
      ]
    }
    = 1
    "#);
    let findings =
        repo.run(&["check", "--format", "json"]).json()["findings"].as_array().unwrap().len();
    assert_eq!(repo.run(&["check", "--format", "csv"]).csv().len(), findings + 1);
    assert_eq!(repo.run(&["check", "--format", "jsonl"]).out.lines().count(), findings);
}

#[test]
fn the_exit_code_is_the_same_in_every_format() {
    let (good, bad) = (shop(), careless_shop());
    for format in ["table", "json", "jsonl", "csv", "markdown"] {
        let code = |repo: &Repo| repo.run(&["check", "--format", format]).code;
        assert_eq!((code(&good), code(&bad)), (Some(0), Some(1)), "{format}");
    }
}

#[cfg(unix)]
#[test]
fn a_folder_behind_a_link_is_not_absent() {
    let repo = shop();
    std::fs::rename(repo.path(".backlog/goals"), repo.path("goals")).unwrap();
    crate::support::link("../goals", repo.path(".backlog/goals"));
    let run = repo.run(&["check"]);
    assert_eq!(run.code, Some(1), "{run}");
    assert!(run.out.contains(".backlog/goals:1:1: error[FM002]"), "{run}");
}

#[test]
fn warnings_do_not_fail() {
    let repo = shop();
    document(
        &repo,
        "items/BL-22222-typing-slip",
        "type: bug\nstatus: ready\nrank: mbgd\nlabls: [x]\n",
    );
    assert_snapshot!(repo.session("git backlog check"), @"
    $ git backlog check
    .backlog/items/BL-22222-typing-slip.md:7:1: warning[FM013]: unknown field 'labls'
        did you mean 'labels'?

    9 documents checked: 0 errors, 1 warning; 1 can be fixed with --fix --unsafe-fixes
    ");
    repo.write(".backlog/config.yml", "rules:\n  unknown-field: error\n");
    assert_eq!(repo.run(&["check"]).code, Some(1));
    repo.write(".backlog/config.yml", "preset: minimal\nrules:\n  FM013: off\n");
    let run = repo.run(&["check"]);
    assert!(run.out.contains("nothing found"), "{run}");
}

#[test]
fn looks_at_the_paths_that_are_named() {
    let repo = careless_shop();
    let commands = "
        git backlog check .backlog/goals
        git backlog check .backlog/items/BL-7k3qd-guest-checkout.md .backlog/goals
        git backlog check .backlog/items/BL-44444-broken.md
        git backlog check nowhere
        git backlog check src
        git backlog -C src check ../.backlog/goals
    ";
    assert_snapshot!(repo.session(commands), @"
    $ git backlog check .backlog/goals
    .backlog/items/BL-44444-broken.md:4:1: error[FM008]: duplicate key 'title', first at line 3
        remove one of them

    1 document checked: 1 error, 0 warnings
    = 1
    $ git backlog check .backlog/items/BL-7k3qd-guest-checkout.md .backlog/goals
    .backlog/items/BL-44444-broken.md:4:1: error[FM008]: duplicate key 'title', first at line 3
        remove one of them

    2 documents checked: 1 error, 0 warnings
    = 1
    $ git backlog check .backlog/items/BL-44444-broken.md
    .backlog/items/BL-44444-broken.md:4:1: error[FM008]: duplicate key 'title', first at line 3
        remove one of them

    1 document checked: 1 error, 0 warnings
    = 1
    $ git backlog check nowhere
    ! error: there is no file or document 'nowhere'
    ! hint: see the ids with: git backlog list --all
    = 2
    $ git backlog check src
    ! error: 'src' is not in .backlog
    = 2
    $ git backlog -C src check ../.backlog/goals
    .backlog/items/BL-44444-broken.md:4:1: error[FM008]: duplicate key 'title', first at line 3
        remove one of them

    1 document checked: 1 error, 0 warnings
    = 1
    ");
    assert_eq!(repo.run(&["check", "."]).out, repo.run(&["check"]).out);
}

#[test]
fn explains_its_rules() {
    let repo = shop();
    let commands = "
        git backlog check --explain AC001
        git backlog check --explain NO-CRITERIA --format json
        git backlog check --explain AC01
        git backlog check --explain AC001 src
    ";
    assert_snapshot!(repo.session(commands), @r#"
    $ git backlog check --explain AC001
    AC001  no-criteria
    error: A story past its first status has no acceptance criteria, or another item whose type asks for some

    Without criteria nobody can say when a story is done, and everybody will say something else. They are the confirmation among card, conversation and confirmation (Jeffries 2001).

    Found
        ---
        id: BL-7k3qd
        title: Guest checkout
        type: story
        status: ready
        rank: mbbb
        ---

        As a shopper, I want to pay without an account.

    Not found
        ---
        id: BL-7k3qd
        title: Guest checkout
        type: story
        status: ready
        rank: mbbb
        ---

        As a shopper, I want to pay without an account.

        ## Acceptance criteria

        - [ ] A guest reaches payment in one step.

    Settings
    off, info, warning or error, and what a document says to allow a finding.
        # .backlog/config.yml
        rules:
          AC001: error

        <!-- backlog: allow AC001 because … -->
    $ git backlog check --explain NO-CRITERIA --format json
    {
      "schema": 1,
      "code": "AC001",
      "name": "no-criteria",
      "family": "acceptance criteria",
      "severity": "error",
      "summary": "A story past its first status has no acceptance criteria, or another item whose type asks for some",
      "why": "Without criteria nobody can say when a story is done, and everybody will say something else. They are the confirmation among card, conversation and confirmation (Jeffries 2001).",
      "fix": null,
      "parameters": [],
      "bad": "---\nid: BL-7k3qd\ntitle: Guest checkout\ntype: story\nstatus: ready\nrank: mbbb\n---\n\nAs a shopper, I want to pay without an account.\n",
      "good": "---\nid: BL-7k3qd\ntitle: Guest checkout\ntype: story\nstatus: ready\nrank: mbbb\n---\n\nAs a shopper, I want to pay without an account.\n\n## Acceptance criteria\n\n- [ ] A guest reaches payment in one step.\n"
    }
    $ git backlog check --explain AC01
    ! error: no rule 'AC01'
    ! hint: did you mean 'AC001'?
    = 2
    $ git backlog check --explain AC001 src
    ! error: the argument '--explain <CODE>' cannot be used with '[PATH]...'
    !
    ! Usage: git backlog check --explain <CODE> [PATH]...
    ! hint: see what there is with -h
    = 2
    "#);
    let rules = repo.run(&["check", "--explain", "all", "--format", "jsonl"]).out;
    assert!(rules.lines().count() > 10);
    // No backlog is needed for this.
    let nowhere = Repo::without_repository();
    assert_eq!(nowhere.run(&["check", "--explain", "all", "--format", "jsonl"]).out, rules);
}

#[test]
fn reads_earlier_states() {
    let repo = careless_shop();
    repo.git(&["add", "--all"]);
    repo.git(&["commit", "--quiet", "--message", "careless"]);
    assert_eq!(repo.run(&["check"]).code, Some(1));
    assert_eq!(repo.run(&["check", "--at", "HEAD"]).out, repo.run(&["check"]).out);
    assert_eq!(repo.run(&["check", "--at", "HEAD~1"]).code, Some(0));
}

#[test]
fn wrong_settings_are_found_and_keep_commands_from_writing() {
    let repo = shop();
    repo.write(".backlog/config.yml", "id:\n  prefx: BL\n");
    let commands = "
        git backlog check
        git backlog set 7k3qd value=1
        git backlog list --limit 1
    ";
    assert_snapshot!(repo.session(commands), @"
    $ git backlog check
    .backlog/config.yml:2:3: error[FM007]: unknown key 'prefx'
        did you mean 'prefix'?

    8 documents checked: 1 error, 0 warnings
    ! warning: the settings cannot be read, so that only files were checked, and no other rule
    = 1
    $ git backlog set 7k3qd value=1
    ! warning: .backlog/config.yml:2:3: unknown key 'prefx'; the defaults are used
    ! error: .backlog/config.yml:2:3: unknown key 'prefx'
    ! hint: did you mean 'prefix'?
    = 3
    $ git backlog list --limit 1
    #  id        type   status  value  effort  met  title
    1  BL-7k3qd  story  ready       8       3  1/3  Guest checkout
    3 items; the first is shown; 2 done or dropped (--all shows them)
    ! warning: .backlog/config.yml:2:3: unknown key 'prefx'; the defaults are used
    ");
}
