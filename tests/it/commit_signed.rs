//! Signed commits, verified by real Git.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use crate::support::{Repo, has};

const FIRST: &str = "items/BL-22222-first.md";

#[test]
fn signs_with_ssh() {
    if !has("ssh-keygen") {
        return;
    }
    let repo = Repo::with_backlog();
    let key = repo.beside("home/key");
    let made =
        repo.command("ssh-keygen").args(["-q", "-t", "ed25519", "-N", "", "-f"]).arg(&key).status();
    assert!(made.unwrap().success());
    let public = fs::read_to_string(repo.beside("home/key.pub")).unwrap();
    fs::write(repo.beside("home/signers"), format!("mira@example.org {public}")).unwrap();
    repo.git(&["config", "gpg.format", "ssh"]);
    repo.git(&[
        "config",
        "gpg.ssh.allowedSignersFile",
        repo.beside("home/signers").to_str().unwrap(),
    ]);
    check_signed(&repo, key.to_str().unwrap());
}

#[test]
fn signs_with_gpg() {
    if !has("gpg") {
        return;
    }
    let repo = Repo::with_backlog();
    let home = repo.beside("home");
    fs::set_permissions(&home, fs::Permissions::from_mode(0o700)).unwrap();
    let program = repo.beside("home/gpg");
    fs::write(&program, format!("#!/bin/sh\nGNUPGHOME='{}' exec gpg \"$@\"\n", home.display()))
        .unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    let made = repo
        .command(&program)
        .args([
            "--batch",
            "--quiet",
            "--passphrase",
            "",
            "--quick-generate-key",
            "mira@example.org",
            "ed25519",
            "sign",
        ])
        .output()
        .unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    repo.git(&["config", "gpg.program", program.to_str().unwrap()]);
    check_signed(&repo, "mira@example.org");
    let _stopped = repo.command("gpgconf").env("GNUPGHOME", &home).args(["--kill", "all"]).status();
}

fn check_signed(repo: &Repo, key: &str) {
    repo.git(&["config", "user.signingKey", key]);
    repo.git(&["config", "commit.gpgSign", "true"]);
    repo.write(&format!(".backlog/{FIRST}"), "changed\n");
    repo.commit(&[FIRST]).unwrap();
    repo.git(&["verify-commit", "HEAD"]);
    repo.git(&["config", "user.signingKey", "/no/such/key"]);
    let head = repo.git(&["rev-parse", "HEAD"]);
    repo.write(&format!(".backlog/{FIRST}"), "changed again\n");
    let error = repo.commit(&[FIRST]).unwrap_err();
    let said = error.to_string();
    assert!(said.starts_with("cannot sign the commit: ") && !said.contains("stderr="), "{said}");
    assert_eq!(repo.git(&["rev-parse", "HEAD"]), head);
    assert_eq!(repo.git(&["status", "--porcelain"]), format!(" M .backlog/{FIRST}"));
    assert!(!repo.path(".git/index.lock").exists());
}
