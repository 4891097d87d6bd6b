//! Programs that `sync` runs, and those that it must not.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use super::{Clones, Desk};

/// A program that leaves a trace, and ends with a code.
fn canary(clones: &Clones, name: &str, code: i32) -> String {
    let trace = clones.path(&format!("{name}.ran"));
    program(clones, name, &format!("#!/bin/sh\ntouch '{}'\nexit {code}\n", trace.display()))
}

/// A program beside the clones.
pub(super) fn program(clones: &Clones, name: &str, script: &str) -> String {
    let path = clones.path(name);
    fs::write(&path, script).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    path.to_str().unwrap().to_owned()
}

/// Whether a canary ran since it was last asked.
fn has_run(clones: &Clones, name: &str) -> bool {
    fs::remove_file(clones.path(&format!("{name}.ran"))).is_ok()
}

fn hook(desk: &Desk, name: &str, program: &str) {
    fs::create_dir_all(desk.path(".git/hooks")).unwrap();
    fs::copy(program, desk.path(&format!(".git/hooks/{name}"))).unwrap();
}

#[test]
fn hooks_of_merging_and_pushing_run_unless_told_not_to() {
    let clones = Clones::new(2);
    let (ada, ben) = clones.pair();
    for name in ["post-merge", "pre-push"] {
        hook(&ben, name, &canary(&clones, name, 0));
    }
    for (arguments, runs) in [(&["sync"][..], true), (&["sync", "--no-verify"], false)] {
        let value = format!("value={}", arguments.len());
        ada.expect(&["set", "BL-22222", &value, "-m", "Ada"], 0, "");
        ada.expect(&["sync"], 0, "pushed");
        ben.expect(&["set", "BL-33333", &value, "-m", "Ben"], 0, "");
        ben.expect(arguments, 0, "pushed");
        for name in ["post-merge", "pre-push"] {
            assert_eq!(has_run(&clones, name), runs, "{name} {arguments:?}");
        }
        ada.expect(&["sync"], 0, "");
    }
    hook(&ben, "pre-push", &canary(&clones, "no", 1));
    ben.expect(&["set", "BL-33333", "value=9", "-m", "Ben"], 0, "");
    let remote = clones.remote();
    ben.expect(&["sync"], 7, "the hook pre-push of this repository refused");
    assert_eq!(clones.remote(), remote);
    ben.expect(&["sync", "--no-verify"], 0, "pushed");
}

#[test]
fn a_program_that_the_repository_names_is_not_run() {
    let clones = Clones::new(1);
    let ada = clones.desk("ada");
    let path = canary(&clones, "canary", 1);
    // An ssh that goes nowhere, so that what is asked is only who is called.
    let ssh = "ssh://nobody@127.0.0.1:1/x.git";
    let helper = format!("!{path}");
    let cases: [(&str, &str, &str); 6] = [
        ("core.sshCommand", &path, ssh),
        ("remote.origin.uploadpack", &path, "../origin.git"),
        ("remote.origin.receivepack", &path, "../origin.git"),
        ("core.fsmonitor", &path, "../origin.git"),
        ("credential.helper", &helper, "http://127.0.0.1:1/x.git"),
        ("core.gitProxy", &path, "git://127.0.0.1:1/x.git"),
    ];
    ada.expect(&["set", "BL-22222", "value=1", "-m", "Ada"], 0, "");
    for (key, value, url) in cases {
        ada.git(&["config", "remote.origin.url", url]);
        ada.git(&["config", key, value]);
        let run = ada.run(&["sync"]);
        assert!(!has_run(&clones, "canary"), "{key}: {run}");
        assert!(matches!(run.code, Some(0 | 6)), "{key}: {run}");
        let is_asked =
            !matches!(key, "core.fsmonitor" | "credential.helper" | "remote.origin.receivepack");
        if is_asked {
            ada.run(&["sync", "--trust-repository"]);
            assert!(has_run(&clones, "canary"), "{key} is not even run with trust");
        }
        ada.git(&["config", "--unset", key]);
    }
}
