//! Fetching and pushing, through the user's own Git: it knows the credentials, the proxies and the
//! keys.
//!
//! The settings of a repository may come from a stranger, in an archive or a shared folder, and
//! several of them name programs. Those of the repository itself are replaced by the user's own.

use std::collections::BTreeSet;

use gix::ObjectId;
use gix::bstr::ByteSlice;
use gix::config::Source;
use gix::refs::Target;
use gix::refs::transaction::{PreviousValue, RefEdit};

use super::program::Program;
use super::{Repository, failed};
use crate::domain::suggest;
use crate::store::error::Error;

/// The ways to a remote that run no program of its choice.
const PROTOCOLS: &str = "file:git:http:https:ssh";

/// Where the branch that is checked out comes from and goes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upstream {
    /// The branch here, in short: `main`.
    pub branch: String,
    /// The name of the remote: `origin`.
    pub remote: String,
    /// The branch there, in full: `refs/heads/main`.
    pub there: String,
    /// What is known of it here: `refs/remotes/origin/main`.
    pub tracking: String,
}

impl Upstream {
    /// As messages name it: `origin/main`.
    pub fn name(&self) -> &str {
        self.tracking.strip_prefix("refs/remotes/").unwrap_or(&self.tracking)
    }
}

/// How Git is called.
#[derive(Clone, Copy, Debug, Default)]
pub struct Trust {
    /// Whether the settings of the repository itself may name programs.
    pub repository: bool,
    /// Whether hooks are run.
    pub hooks: bool,
}

/// How a push ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pushed {
    /// The branch there is the one here.
    Done,
    /// Somebody else was faster.
    Overtaken,
}

impl Repository {
    /// Where the current branch comes from: what Git is configured for, or the branch of the same
    /// name in the only remote, or in `origin`.
    pub fn upstream(&self, remote: Option<&str>) -> Result<Upstream, Error> {
        self.check_writable()?;
        let head = self.head()?;
        let Some(branch) = head.branch else {
            return Err(Error::unusable(
                "HEAD is detached: there is no branch to bring in step",
                "check out a branch first: git switch main",
            ));
        };
        let configured = self.config_string(&format!("branch.{branch}.remote"));
        let names: BTreeSet<String> =
            self.repo.remote_names().into_iter().map(|name| name.to_string()).collect();
        let only = (names.len() == 1).then(|| names.iter().next().cloned()).flatten();
        let origin = names.contains("origin").then(|| "origin".to_owned());
        let own = configured.clone().filter(|name| names.contains(name));
        let chosen = remote.map(str::to_owned).or(own).or(origin).or(only);
        let Some(remote) = chosen else {
            return Err(Error::unusable(
                "this repository has no remote to bring the backlog in step with",
                "add one with: git remote add origin URL",
            ));
        };
        if remote.starts_with('-') || !names.contains(&remote) {
            let known: Vec<&str> = names.iter().map(String::as_str).collect();
            return Err(Error::unusable(
                format!("there is no remote '{remote}'"),
                suggest::did_you_mean(&remote, &known),
            ));
        }
        let merge = self.config_string(&format!("branch.{branch}.merge"));
        let there = merge
            .filter(|name| configured.as_ref() == Some(&remote) && name.starts_with("refs/heads/"))
            .unwrap_or_else(|| format!("refs/heads/{branch}"));
        let short = there.strip_prefix("refs/heads/").unwrap_or(&there);
        let default = self.config_string("push.default");
        if short != branch && !matches!(default.as_deref(), Some("upstream" | "tracking")) {
            // As with `git push`: work of one branch does not get into another by accident.
            return Err(Error::refused(
                format!("the branch {branch} comes from {remote}/{short}, which has another name"),
                format!(
                    "bring it in step from {short}, or: git branch --unset-upstream; if it is meant: git config push.default upstream"
                ),
            ));
        }
        let tracking = format!("refs/remotes/{remote}/{short}");
        self.check_way(&remote)?;
        Ok(Upstream { branch, remote, there, tracking })
    }

    /// Refuses a way to the remote that would run a program.
    fn check_way(&self, remote: &str) -> Result<(), Error> {
        let url = self.config_string(&format!("remote.{remote}.url")).unwrap_or_default();
        let scheme = url.split_once("::").map(|(scheme, _)| scheme);
        let scheme = scheme.or_else(|| url.split_once("://").map(|(scheme, _)| scheme));
        let is_known = |scheme: &str| PROTOCOLS.split(':').any(|known| known == scheme);
        let is_remote_helper = self.config_string(&format!("remote.{remote}.vcs")).is_some();
        if url.starts_with('-') || is_remote_helper || scheme.is_some_and(|it| !is_known(it)) {
            let known = PROTOCOLS.replace(':', ", ");
            return Err(Error::refused(
                format!("the remote {remote} is reached in a way that runs a program: '{url}'"),
                format!("use one of {known}, or fetch and push with Git itself"),
            ));
        }
        Ok(())
    }

    /// The commit of a branch there that was last brought together with the branch here; `None` if
    /// none was. Whoever only fetches does not change that.
    pub fn seen(&self, upstream: &Upstream) -> Result<Option<String>, Error> {
        if let Some(seen) = self.reference(&seen(upstream))? {
            return Ok(Some(seen));
        }
        let known = self.reference(&upstream.tracking)?;
        if let Some(known) = &known {
            self.point(&seen(upstream), known)?;
        }
        Ok(known)
    }

    /// Brings the commits of the branch there, and tells its newest; `None` if there is no such
    /// branch yet.
    pub fn fetch(&self, upstream: &Upstream, trust: Trust) -> Result<Option<String>, Error> {
        // Several may fetch at once.
        let own = std::process::id();
        let incoming = format!("refs/backlog/incoming/{own}/{}", upstream.name());
        let refspec = format!("+{}:{incoming}", upstream.there);
        let mut program = self.guarded(Trust { hooks: false, ..trust }).args(["fetch", "--quiet"]);
        if !trust.repository {
            program = program.args(["--upload-pack=git-upload-pack"]);
        }
        let output = program
            .args(["--no-tags", "--no-write-fetch-head", "--no-recurse-submodules"])
            .args(["--no-auto-maintenance", "--refmap=", "--end-of-options"])
            .args([upstream.remote.as_str(), refspec.as_str()])
            .output()?;
        if output.status.success() {
            let theirs = self.reference(&incoming)?;
            if let Some(theirs) = &theirs {
                self.point(&upstream.tracking, theirs)?;
            }
            let delete = || self.repo.find_reference(&incoming)?.delete();
            delete().map_err(|error: gix::Error| failed(&format!("remove {incoming}"), error))?;
            return Ok(theirs);
        }
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        if said.contains("couldn't find remote ref") {
            return Ok(None);
        }
        Err(Error::Remote { action: format!("fetch from {}", upstream.remote), said: last(&said) })
    }

    /// Brings the branch there to a commit that it is an ancestor of.
    pub fn push(&self, upstream: &Upstream, id: &str, trust: Trust) -> Result<Pushed, Error> {
        let mut program = self.guarded(trust).args(["push", "--porcelain"]);
        if !trust.repository {
            program = program.args(["--receive-pack=git-receive-pack", "--no-signed"]);
        }
        if !trust.hooks {
            program = program.args(["--no-verify"]);
        }
        let refspec = format!("{id}:{}", upstream.there);
        let output = program
            .args(["--no-follow-tags", "--no-recurse-submodules", "--end-of-options"])
            .args([upstream.remote.as_str(), refspec.as_str()])
            .output()?;
        if output.status.success() {
            self.remember(upstream, id)?;
            return Ok(Pushed::Done);
        }
        let out = String::from_utf8_lossy(&output.stdout).into_owned();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        let is_overtaken =
            ["(fetch first)", "(non-fast-forward)", "(stale info)", "cannot lock ref"]
                .iter()
                .any(|sign| out.contains(sign) || said.contains(sign));
        if is_overtaken {
            return Ok(Pushed::Overtaken);
        }
        let refusal = out.lines().find(|line| line.starts_with('!')).map(str::to_owned);
        if refusal.is_none() && trust.hooks && self.has_hook("pre-push") {
            let is_hooks = |line: &&str| !line.trim().is_empty() && !line.starts_with("error: ");
            let told: Vec<&str> = said.lines().filter(is_hooks).collect();
            return Err(Error::refused(
                format!(
                    "the hook pre-push of this repository refused the push{}{}",
                    if told.is_empty() { "" } else { ": " },
                    told.join("; ")
                ),
                "mend what it says, or pass it by with --no-verify; what was committed here is safe",
            ));
        }
        Err(Error::Remote {
            action: format!("push to {}", upstream.remote),
            said: refusal.unwrap_or_else(|| last(&said)),
        })
    }

    /// Remembers that the branch there was brought together with the one here.
    pub fn remember(&self, upstream: &Upstream, id: &str) -> Result<(), Error> {
        self.point(&upstream.tracking, id)?;
        self.point(&seen(upstream), id)
    }

    /// Lets a reference of what is there name a commit.
    fn point(&self, reference: &str, id: &str) -> Result<(), Error> {
        let write = || {
            let to = ObjectId::from_hex(id.as_bytes()).map_err(gix::Error::from_error)?;
            let name = gix::refs::FullName::try_from(reference).map_err(gix::Error::from_error)?;
            if self
                .repo
                .try_find_reference(&name)?
                .is_some_and(|it| it.target().try_id() == Some(&to))
            {
                return Ok(());
            }
            let log = gix::refs::transaction::LogChange {
                message: "backlog sync".into(),
                ..Default::default()
            };
            let edit = RefEdit {
                change: gix::refs::transaction::Change::Update {
                    log,
                    expected: PreviousValue::Any,
                    new: Target::Object(to),
                },
                name,
                deref: false,
            };
            self.repo.edit_reference(edit).map(drop)
        };
        // Several may learn of it at once; each of them learns the same or something newer.
        match write() {
            Err(error) if !error.is_conflict() && !error.is_retryable() => {
                Err(failed(&format!("remember {reference}"), error))
            }
            _ => Ok(()),
        }
    }

    /// The commit that a reference names.
    fn reference(&self, name: &str) -> Result<Option<String>, Error> {
        let read = || {
            let found = self.repo.try_find_reference(name)?;
            found.map(|mut found| Ok(found.peel_to_id()?.to_string())).transpose()
        };
        read().map_err(|error: gix::Error| failed(&format!("read {name}"), error))
    }

    /// Git with nothing left to ask, and with no program that the repository itself names.
    pub(super) fn guarded(&self, trust: Trust) -> Program {
        let mut program = self
            .program()
            .dir(self.workdir().unwrap_or_else(|| self.git_dir()))
            .env("GIT_ALLOW_PROTOCOL", allowed_protocols())
            .in_english();
        if !std::io::IsTerminal::is_terminal(&std::io::stderr()) {
            program = program.env("GIT_TERMINAL_PROMPT", "0");
        }
        program = program.args(["-c", "core.fsmonitor=false", "-c", "submodule.recurse=false"]);
        // Tidying up runs hooks of its own, and can wait.
        program = program.args(["-c", "maintenance.auto=false", "-c", "gc.auto=0"]);
        if !trust.hooks {
            program = program.args(["-c", "core.hooksPath=/dev/null"]);
        }
        if !trust.repository {
            let settings = self.own_programs();
            // Of several proxies the first one counts, so that none can be put in its place.
            if settings.iter().any(|(key, _)| key == "core.gitproxy") {
                program = program.env("GIT_PROXY_COMMAND", "");
            }
            program = program.settings(&settings);
        }
        program
    }

    /// Settings that put the user's own programs, or none, in place of those which the
    /// repository names.
    fn own_programs(&self) -> Vec<(String, String)> {
        let config = self.repo.config_snapshot();
        let mut of_repository: BTreeSet<String> = BTreeSet::new();
        let mut of_user: Vec<(String, String)> = Vec::new();
        for section in config.plumbing().sections() {
            let header = section.header();
            let name = header.name().to_str_lossy().to_lowercase();
            let above = match header.subsection_name() {
                Some(sub) => format!("{name}.{}", sub.to_str_lossy()),
                None => name.clone(),
            };
            let is_of_repository =
                matches!(section.meta().source, Source::Local | Source::Worktree);
            for key in section.value_names() {
                let key = key.to_string().to_lowercase();
                if !names_a_program(&name, &key) {
                    continue;
                }
                let full = format!("{above}.{key}");
                if is_of_repository {
                    of_repository.insert(full);
                } else {
                    let values = section.values(key.as_str()).into_iter();
                    of_user.extend(values.map(|value| (full.clone(), value.to_string())));
                }
            }
        }
        let is_helper = |key: &str| key.starts_with("credential.") && key.ends_with(".helper");
        let (helpers, others): (Vec<String>, Vec<String>) =
            of_repository.into_iter().partition(|key| is_helper(key));
        let mut settings = Vec::new();
        for key in others {
            let none = if key == "core.sshcommand" { "ssh" } else { "" };
            settings.push((key.clone(), none.to_owned()));
            settings.extend(of_user.iter().filter(|(name, _)| *name == key).cloned());
        }
        if !helpers.is_empty() {
            // An empty helper ends the list of all that came before it, whatever URL they are for.
            settings.extend(helpers.into_iter().map(|key| (key, String::new())));
            settings.extend(of_user.iter().filter(|(key, _)| is_helper(key)).cloned());
        }
        settings
    }
}

/// What the branch there was when it was last brought together with the one here.
fn seen(upstream: &Upstream) -> String {
    format!("refs/backlog/seen/{}", upstream.name())
}

/// The ways to a remote that are allowed, and that the user has not forbidden.
fn allowed_protocols() -> String {
    let Ok(users) = std::env::var("GIT_ALLOW_PROTOCOL") else { return PROTOCOLS.to_owned() };
    let is_allowed = |known: &&str| users.split(':').any(|it| it == *known);
    PROTOCOLS.split(':').filter(is_allowed).collect::<Vec<_>>().join(":")
}

/// Whether a setting of Git names a program that fetching, merging or pushing runs.
fn names_a_program(section: &str, key: &str) -> bool {
    match section {
        "core" => matches!(key, "sshcommand" | "gitproxy" | "askpass" | "alternaterefscommand"),
        "credential" => key == "helper",
        "gpg" => key == "program" || key == "defaultkeycommand",
        "remote" => key == "proxy",
        "http" => key == "proxyauthmethod",
        "gc" => key == "recentobjectshook",
        _ => false,
    }
}

/// The last thing that Git said, on one line.
pub(super) fn last(said: &str) -> String {
    let lines = || said.lines().map(str::trim).filter(|line| !line.is_empty());
    let fatal = lines().rev().find_map(|line| line.strip_prefix("fatal: "));
    let error = lines().find_map(|line| line.strip_prefix("error: "));
    fatal.or(error).or(lines().next_back()).unwrap_or("no reason was given").to_owned()
}
