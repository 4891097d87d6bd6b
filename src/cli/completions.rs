//! `completions`: the scripts for shells.

mod offers;

use std::io::Write;

use clap::CommandFactory;
use clap_complete::engine::{ArgValueCandidates, CompletionCandidate};
use clap_complete::env::Shells;

use super::App;
use super::context::Context;
use super::error::{Failure, exit};
use crate::domain::suggest;
pub(super) use offers::{fields, ids, ids_and_fields, models, queries, rules, types};

/// The name of the program, which the scripts complete.
const NAME: &str = "git-backlog";

/// Print the completion script of a shell
///
/// Ids are completed with their titles, fields with their values, from the backlog of the current
/// directory, behind `git-backlog` and behind `git backlog`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  source <(git-backlog completions bash)           # in ~/.bashrc
  source <(git-backlog completions zsh)            # in ~/.zshrc
  git-backlog completions fish | source            # in config.fish")]
pub(super) struct Args {
    /// bash, zsh, fish, elvish or powershell
    #[arg(add = shells())]
    shell: String,
}

fn shells() -> ArgValueCandidates {
    ArgValueCandidates::new(|| Shells::builtins().names().map(CompletionCandidate::new).collect())
}

/// Runs the command.
pub(super) fn run(args: Args, cx: &mut Context) -> anyhow::Result<u8> {
    let shells = Shells::builtins();
    let Some(shell) = shells.completer(&args.shell) else {
        let known: Vec<&str> = shells.names().collect();
        let failure = Failure::usage(format!("unknown shell '{}'", args.shell));
        return Err(failure.hint(suggest::did_you_mean(&args.shell, &known)).into());
    };
    shell.write_registration("COMPLETE", NAME, NAME, NAME, &mut cx.out)?;
    let more = match &*args.shell {
        "bash" => BASH,
        "zsh" => ZSH,
        "fish" => FISH,
        _ => "",
    };
    cx.out.write_all(more.as_bytes())?;
    Ok(exit::DONE)
}

/// Bash takes `status=ready` for three words, and Git's own completion calls `_git_backlog` with the
/// words of the whole line.
const BASH: &str = r#"
_git_backlog_complete() {
    local -a words=()
    local i word joined="" index=0
    for ((i = 0; i < ${#COMP_WORDS[@]}; i++)); do
        word=${COMP_WORDS[i]}
        if ((i > 0)) && [[ $word == "=" || ${COMP_WORDS[i-1]} == "=" && -n $word$joined ]]; then
            words[${#words[@]}-1]+=$word
            joined=yes
        else
            words+=("$word")
            joined=""
        fi
        ((i == COMP_CWORD)) && index=$((${#words[@]} - 1)) && break
    done
    COMP_WORDS=("${words[@]}")
    COMP_CWORD=$index
    word=${words[index]}
    _clap_complete_git_backlog "git-backlog" "$word" "${words[index-1]}"
    if [[ -n $joined ]]; then
        COMPREPLY=("${COMPREPLY[@]#"${word%%=*}="}")
    fi
}

_git_backlog() {
    local skip=${__git_cmd_idx:-1}
    COMP_WORDS=("git-backlog" "${COMP_WORDS[@]:skip+1}")
    COMP_CWORD=$((COMP_CWORD - skip))
    _git_backlog_complete
}

complete -o nospace -o bashdefault -F _git_backlog_complete git-backlog
"#;

/// `git backlog …` in zsh, whose completion of Git calls the function of this name.
const ZSH: &str = r#"
_git-backlog() {
    words[1]=git-backlog
    _clap_dynamic_completer_git_backlog
}
"#;

/// `git backlog …` in fish.
const FISH: &str = r#"
function __git_backlog_is_typed
    set -l words (commandline --current-process --tokenize --cut-at-cursor)
    test (count $words) -ge 2; and test $words[2] = backlog
end
complete --keep-order --exclusive --command git --condition __git_backlog_is_typed --arguments "(COMPLETE=fish git-backlog -- git-backlog (commandline --current-process --tokenize --cut-at-cursor)[3..] (commandline --current-token))"
"#;

/// The command as the completion engine needs it.
pub(super) fn command() -> clap::Command {
    App::command().name(NAME).bin_name(NAME)
}
