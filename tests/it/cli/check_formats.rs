//! `check --format`: the same findings for people, programs, code scanning and test reports.

use std::process::Stdio;

use insta::assert_snapshot;
use serde_json::Value;

use super::document;
use crate::support::{Repo, schema};

/// Every format that findings have.
pub(super) const FORMATS: [&str; 10] =
    ["table", "full", "json", "jsonl", "csv", "markdown", "sarif", "github", "gitlab", "junit"];

/// Settings under which the backlogs here show the formats and not the rules.
const FEW_RULES: &str = "rules: {AC: off, LK: off, LK001: error, RC: off, RD: off, RK: off, ST: off, \
                         RK001: error, RK002: warning}\n";

/// A backlog in good order.
pub(super) fn shop() -> Repo {
    let repo = Repo::new();
    repo.write(".backlog/config.yml", FEW_RULES);
    document(&repo, "items/BL-7k3qd-guest-checkout", "type: task\nstatus: ready\nrank: mbcd\n");
    document(&repo, "goals/GOAL-activation-more-orders", "status: active\n");
    repo
}

/// A backlog with an error, two warnings that can be mended, and a finding that is allowed.
fn careless_shop() -> Repo {
    let repo = shop();
    repo.write(
        ".backlog/items/BL-22222-old.md",
        "---\nid: BL-22222\ntitle: Old\ntype: task\nstatus: Ready\nrank: mbgd\nlabls: [x]\n\
         goal: GOAL-x\n---\n\nA card is taken.\n\n\
         <!-- backlog: allow LK001 because the goal comes with the next release -->\n",
    );
    document(&repo, "items/BL-33333-without-a-place", "type: bug\nstatus: ready\n");
    repo
}

/// The findings as SARIF, which is what its schema says.
pub(super) fn sarif(repo: &Repo) -> Value {
    let log = repo.run(&["check", "--format", "sarif"]).json();
    let schema = include_str!("../data/sarif-schema-2.1.0.json");
    let wrong = schema::problems(&log, &serde_json::from_str(schema).unwrap());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    log
}

#[test]
fn full_shows_the_lines_that_are_meant() {
    assert_snapshot!(careless_shop().session("git backlog check --format full"), @"
    $ git backlog check --format full
    error[FM012 unknown-word]: unknown status 'Ready'
     --> .backlog/items/BL-22222-old.md:5:9
      |
    5 | status: Ready
      |         ^^^^^
      = hint: did you mean 'ready'? (or proposed, in-progress, review, done, rejected)
      = fix: write 'ready' (--fix)

    warning[FM013 unknown-field]: unknown field 'labls'
     --> .backlog/items/BL-22222-old.md:7:1
      |
    7 | labls: [x]
      | ^^^^^
      = hint: did you mean 'labels'?
      = fix: rename it to 'labels' (--fix --unsafe-fixes)

    warning[RK002 missing-rank]: no rank
     --> .backlog/items/BL-33333-without-a-place.md:1:1
      = hint: give it a place: git backlog rank BL-33333 --bottom

    4 documents checked: 1 error, 2 warnings; 1 can be fixed with --fix, 1 more with --unsafe-fixes
    = 1
    ");
}

#[test]
fn sarif_is_what_code_scanning_reads() {
    let log = sarif(&careless_shop());
    let run = &log["runs"][0];
    assert_snapshot!(format!("{:#}", run["tool"]["driver"]["rules"][0]), @r#"
    {
      "id": "FM012",
      "name": "unknown-word",
      "shortDescription": {
        "text": "A status, a type or another word is none that the configuration knows."
      },
      "fullDescription": {
        "text": "An unknown status counts as not begun, which is rarely what was meant."
      },
      "help": {
        "text": "A status, a type or another word is none that the configuration knows.\n\nAn unknown status counts as not begun, which is rarely what was meant.",
        "markdown": "A status, a type or another word is none that the configuration knows.\n\n| minimal | recommended | strict | fix |\n| --- | --- | --- | --- |\n| error | error | error | safe |\n\nAn unknown status counts as not begun, which is rarely what was meant.\n\n## Found\n\n```markdown\n---\nid: BL-7k3qd\ntitle: Guest checkout\ntype: task\nstatus: Ready\nrank: mbbb\n---\n```\n\n## Not found\n\n```markdown\n---\nid: BL-7k3qd\ntitle: Guest checkout\ntype: task\nstatus: ready\nrank: mbbb\n---\n```\n\n## Settings\n\n`off`, `info`, `warning` or `error`, and what a document says to allow a finding. `--fix` mends it.\n\n```yaml\n# .backlog/config.yml\nrules:\n  FM012: error\n```\n\n```markdown\n<!-- backlog: allow FM012 because … -->\n```\n"
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
    "#);
    let mut results = run["results"].as_array().unwrap().clone();
    assert_snapshot!(format!("{:#}", results.remove(0)), @r#"
    {
      "ruleId": "FM012",
      "ruleIndex": 0,
      "level": "error",
      "message": {
        "text": "unknown status 'Ready'\ndid you mean 'ready'? (or proposed, in-progress, review, done, rejected)"
      },
      "locations": [
        {
          "physicalLocation": {
            "artifactLocation": {
              "uri": ".backlog/items/BL-22222-old.md",
              "uriBaseId": "SRCROOT"
            },
            "region": {
              "startLine": 5,
              "startColumn": 9,
              "endLine": 5,
              "endColumn": 14
            }
          },
          "logicalLocations": [
            {
              "name": "BL-22222"
            }
          ]
        }
      ],
      "partialFingerprints": {
        "gitBacklog/v1": "4e33d3c43becc54654c37d3aa6043391"
      },
      "fixes": [
        {
          "description": {
            "text": "write 'ready'"
          },
          "artifactChanges": [
            {
              "artifactLocation": {
                "uri": ".backlog/items/BL-22222-old.md",
                "uriBaseId": "SRCROOT"
              },
              "replacements": [
                {
                  "deletedRegion": {
                    "startLine": 5,
                    "startColumn": 9,
                    "endLine": 5,
                    "endColumn": 10
                  },
                  "insertedContent": {
                    "text": "r"
                  }
                }
              ]
            }
          ],
          "properties": {
            "safety": "safe"
          }
        }
      ]
    }
    "#);
    assert_snapshot!(format!("{:#}", results.pop().unwrap()["suppressions"]), @r#"
    [
      {
        "kind": "inSource",
        "justification": "the goal comes with the next release"
      }
    ]
    "#);
    for result in run["results"].as_array().unwrap() {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(run["tool"]["driver"]["rules"][index]["id"], result["ruleId"]);
    }
}

#[test]
fn sarif_without_findings_is_a_run_all_the_same() {
    let log = sarif(&shop());
    assert_eq!(log["runs"][0]["results"], Value::Array(Vec::new()));
}

#[test]
fn a_log_that_is_not_sarif_is_known_for_it() {
    let mut log = sarif(&careless_shop());
    let schema: Value =
        serde_json::from_str(include_str!("../data/sarif-schema-2.1.0.json")).unwrap();
    log["runs"][0]["results"][0]["level"] = "fatal".into();
    log["runs"][0]["results"][0]["line"] = 1.into();
    log["runs"][0]["tool"]["driver"]["name"].take();
    log["version"].take();
    let wrong = schema::problems(&log, &schema);
    assert_eq!(wrong.len(), 4, "{}", wrong.join("\n"));
}

#[test]
fn github_gets_commands_the_most_severe_first() {
    assert_snapshot!(careless_shop().session("git backlog check --format github"), @"
    $ git backlog check --format github
    ::error file=.backlog/items/BL-22222-old.md,line=5,col=9,endColumn=14,endLine=5,title=FM012 unknown-word::unknown status 'Ready'%0Adid you mean 'ready'? (or proposed, in-progress, review, done, rejected)
    ::warning file=.backlog/items/BL-22222-old.md,line=7,col=1,endColumn=6,endLine=7,title=FM013 unknown-field::unknown field 'labls'%0Adid you mean 'labels'?
    ::warning file=.backlog/items/BL-33333-without-a-place.md,line=1,col=1,endColumn=1,endLine=1,title=RK002 missing-rank::no rank%0Agive it a place: git backlog rank BL-33333 --bottom
    4 documents checked: 1 error, 2 warnings; 1 can be fixed with --fix, 1 more with --unsafe-fixes
    = 1
    ");
}

#[test]
fn github_is_told_what_it_leaves_out() {
    let repo = shop();
    for number in 10..35 {
        let fields = if number < 23 { "status: redy\n" } else { "status: ready\nodd: 1\n" };
        let fields = format!("type: task\nrank: mbcd\n{fields}");
        document(&repo, &format!("items/BL-bbb{number}-odd"), &fields);
    }
    let run = repo.run(&["check", "--format", "github"]);
    let lines: Vec<&str> = run.out.lines().collect();
    let (commands, summary) = lines.split_at(25);
    let errors = commands.iter().take_while(|line| line.starts_with("::error ")).count();
    assert_eq!(errors, 13, "{run}");
    assert!(commands[13..].iter().all(|line| line.starts_with("::warning ")), "{run}");
    assert_snapshot!(summary.join("\n"), @"
    27 documents checked: 13 errors, 12 warnings
    3 errors and 2 warnings are in this log only: GitHub shows the first 10 of each kind
    ");
}

#[test]
fn gitlab_gets_a_fingerprint_of_its_own_for_each() {
    let repo = careless_shop();
    assert_snapshot!(repo.session("git backlog check --format gitlab"), @r#"
    $ git backlog check --format gitlab
    [
      {
        "description": "FM012 unknown-word: unknown status 'Ready'",
        "check_name": "FM012",
        "fingerprint": "4e33d3c43becc54654c37d3aa6043391",
        "severity": "major",
        "location": {
          "path": ".backlog/items/BL-22222-old.md",
          "lines": {
            "begin": 5,
            "end": 5
          }
        }
      },
      {
        "description": "FM013 unknown-field: unknown field 'labls'",
        "check_name": "FM013",
        "fingerprint": "4ec3b810f6c3461e02f6d381d206d3df",
        "severity": "minor",
        "location": {
          "path": ".backlog/items/BL-22222-old.md",
          "lines": {
            "begin": 7,
            "end": 7
          }
        }
      },
      {
        "description": "RK002 missing-rank: no rank",
        "check_name": "RK002",
        "fingerprint": "f3fe0391c494412e0f19f65e386d319a",
        "severity": "minor",
        "location": {
          "path": ".backlog/items/BL-33333-without-a-place.md",
          "lines": {
            "begin": 1,
            "end": 1
          }
        }
      }
    ]
    = 1
    "#);
    repo.write(
        ".backlog/items/BL-44444-twice.md",
        "---\nid: BL-44444\ntitle: Twice\ntype: task\nstatus: ready\nrank: mbhd\nodd: 1\n---\n\n\
         [[BL-nowhere]] [[BL-nowhere]]\n",
    );
    let report = repo.run(&["check", "--format", "gitlab"]).json();
    let prints: Vec<&str> =
        report.as_array().unwrap().iter().map(|it| it["fingerprint"].as_str().unwrap()).collect();
    let mut unique = prints.clone();
    unique.sort_unstable();
    unique.dedup();
    assert_eq!(unique.len(), prints.len());
}

#[test]
fn junit_has_a_case_for_each_document() {
    assert_snapshot!(careless_shop().session("git backlog check --format junit"), @r#"
    $ git backlog check --format junit
    <?xml version="1.0" encoding="UTF-8"?>
    <testsuites name="git-backlog" tests="4" failures="1" errors="0" time="0">
      <testsuite name="git backlog check" tests="4" failures="1" errors="0" skipped="0" time="0">
        <testcase classname="goals" name="GOAL-activation-more-orders.md" time="0"/>
        <testcase classname="items" name="BL-22222-old.md" time="0">
          <failure message="unknown status 'Ready'" type="FM012">.backlog/items/BL-22222-old.md:5:9: error[FM012]: unknown status 'Ready'
        did you mean 'ready'? (or proposed, in-progress, review, done, rejected)</failure>
          <system-out>.backlog/items/BL-22222-old.md:7:1: warning[FM013]: unknown field 'labls'
        did you mean 'labels'?</system-out>
        </testcase>
        <testcase classname="items" name="BL-33333-without-a-place.md" time="0">
          <system-out>.backlog/items/BL-33333-without-a-place.md:1:1: warning[RK002]: no rank
        give it a place: git backlog rank BL-33333 --bottom</system-out>
        </testcase>
        <testcase classname="items" name="BL-7k3qd-guest-checkout.md" time="0"/>
      </testsuite>
    </testsuites>
    = 1
    "#);
}

#[test]
fn markdown_has_a_table_for_each_severity() {
    assert_snapshot!(careless_shop().session("git backlog check --format markdown"), @"
    $ git backlog check --format markdown
    **4 documents checked: 1 error, 2 warnings; 1 can be fixed with --fix, 1 more with --unsafe-fixes**

    ### 1 error

    | rule | where | what | hint |
    | --- | --- | --- | --- |
    | FM012 unknown-word | .backlog/items/BL-22222-old.md:5:9 | unknown status 'Ready' | did you mean 'ready'? (or proposed, in-progress, review, done, rejected) |

    ### 2 warnings

    | rule | where | what | hint |
    | --- | --- | --- | --- |
    | FM013 unknown-field | .backlog/items/BL-22222-old.md:7:1 | unknown field 'labls' | did you mean 'labels'? |
    | RK002 missing-rank | .backlog/items/BL-33333-without-a-place.md:1:1 | no rank | give it a place: git backlog rank BL-33333 --bottom |
    = 1
    ");
}

#[test]
fn statistics_count_the_findings_of_each_rule() {
    let repo = careless_shop();
    document(&repo, "items/BL-44444-without-a-place", "type: bug\nstatus: ready\n");
    assert_snapshot!(repo.session("
        git backlog check --statistics
        git backlog check --statistics --format json
        git backlog check --statistics --format csv
        git backlog check --statistics --format sarif
        git backlog check --statistics .backlog/goals
    "), @r#"
    $ git backlog check --statistics
    count  code   severity  fixable  unsafely  name
        2  RK002  warning         0         0  missing-rank
        1  FM012  error           1         0  unknown-word
        1  FM013  warning         0         1  unknown-field
    5 documents checked: 1 error, 3 warnings; 1 can be fixed with --fix, 1 more with --unsafe-fixes
    = 1
    $ git backlog check --statistics --format json
    {
      "schema": 1,
      "documents": 5,
      "findings": 4,
      "rules": [
        {
          "code": "RK002",
          "name": "missing-rank",
          "severity": "warning",
          "count": 2,
          "fixable": 0,
          "fixable_unsafe": 0
        },
        {
          "code": "FM012",
          "name": "unknown-word",
          "severity": "error",
          "count": 1,
          "fixable": 1,
          "fixable_unsafe": 0
        },
        {
          "code": "FM013",
          "name": "unknown-field",
          "severity": "warning",
          "count": 1,
          "fixable": 0,
          "fixable_unsafe": 1
        }
      ]
    }
    = 1
    $ git backlog check --statistics --format csv
    count,code,severity,fixable,fixable_unsafe,name
    2,RK002,warning,0,0,missing-rank
    1,FM012,error,1,0,unknown-word
    1,FM013,warning,0,1,unknown-field
    = 1
    $ git backlog check --statistics --format sarif
    ! error: no format 'sarif' here, only table, json, jsonl, csv, markdown
    = 2
    $ git backlog check --statistics .backlog/goals
    1 document checked, nothing found
    "#);
}

#[test]
fn the_exit_code_is_the_same_in_every_format() {
    let (good, bad) = (shop(), careless_shop());
    for format in FORMATS {
        let code = |repo: &Repo| repo.run(&["check", "--format", format]).code;
        assert_eq!((code(&good), code(&bad)), (Some(0), Some(1)), "{format}");
    }
}

#[test]
fn commands_without_findings_do_not_offer_their_formats() {
    assert_snapshot!(shop().session("
        git backlog list --format sarif
        git backlog check --explain AC001 --format sarif
        git backlog check --format html
    "), @"
    $ git backlog list --format sarif
    ! error: invalid value 'sarif' for '--format <FORMAT>'
    !   [possible values: table, json, jsonl, csv, markdown]
    ! hint: see what there is with -h
    = 2
    $ git backlog check --explain AC001 --format sarif
    ! error: no format 'sarif' here, only table, json, jsonl, markdown
    = 2
    $ git backlog check --format html
    ! error: invalid value 'html' for '--format <FORMAT>'
    !   [possible values: table, full, json, jsonl, csv, markdown, sarif, github, gitlab, junit]
    ! hint: see what there is with -h
    = 2
    ");
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let repo = careless_shop();
    for format in FORMATS {
        let mut program = repo.program();
        program.args(["check", "--format", format]).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = program.spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{format}");
        assert_eq!(output.status.code(), Some(0), "{format}");
    }
}
