# A place in which people work: a remote, a clone of it with half-done work, a worktree linked to
# that clone, and the clone of somebody else. Run in an empty folder with HOME="$PWD/home".
set -e
mkdir home
cat > home/.gitconfig <<'END'
[user]
	name = Mira
	email = mira@example.org
[init]
	defaultBranch = main
[maintenance]
	auto = false
[advice]
	detachedHead = false
[core]
	editor = true
END
if command -v ssh-keygen > home/found; then
	ssh-keygen -q -t ed25519 -N '' -f home/key < /dev/null
	echo "mira@example.org $(cat home/key.pub)" > home/signers
	git config --global gpg.format ssh
	git config --global gpg.ssh.allowedSignersFile "$HOME/signers"
	git config --global user.signingKey "$HOME/key"
fi
git init -q --bare --template= origin.git
git clone -q --template= origin.git repo 2> home/said
cd repo
git backlog init -q
mkdir .backlog/items
item() {
	cat > ".backlog/items/BL-$1-item.md" <<END
---
id: BL-$1
title: Item $2
# Words of ours, with two  spaces
type: story
status: ready
created: 2026-11-01
rank: $3
x-team:   { name: blue,  size: [4] }   # not a field
labels: [old]
assignee: mira
value: 8
effort: 3
---

What item $2 is about.  

## Acceptance criteria

- [ ] One of $2.
- [ ] Two of $2.
- [ ] Three of $2.

## Notes

None yet.
END
}
item 22222 1 mbcd
item 33333 2 mbdd
item 44444 3 mbfd
item 55555 4 mbgd
item 66666 5 mbhd
item 77777 6 mbjd
mkdir src
for name in a b c peer; do echo "fn $name() {}" > src/$name.rs; done
git add -A
git commit -q -m start
git tag start
git push -q -u origin main 2> ../home/said
git clone -q --template= ../origin.git ../other
git worktree add -q ../linked -b side
git switch -q -c feature
sed -i 's/^value: 8/value: 13/' .backlog/items/BL-33333-item.md
sed -i 's/\[ \] Two/[x] Two/' .backlog/items/BL-44444-item.md
git rm -q .backlog/items/BL-77777-item.md
item 88888 7 mbkd
git add -A
git commit -q -m 'feature: another view'
sed -i 's/^fn b.*/fn b(feature: bool) {}/' src/b.rs
git commit -q -a -m 'feature: code'
git switch -q main
git switch -q -c topic
sed -i 's/^title: Item 2/title: Item 2 of the topic/; s/^value: 8/value: 21/' .backlog/items/BL-33333-item.md
git mv .backlog/items/BL-66666-item.md .backlog/items/BL-66666-renamed.md
git commit -q -a -m 'topic: names'
git switch -q main
mkdir -p ../foreign/tasks
for n in 1 2; do
	printf -- "---\nid: TASK-$n\ntitle: Task $n\nstatus: To Do\ncreated_date: '2026-01-05'\n---\n\n## Description\n\nWords.\n" \
		> "../foreign/tasks/task-$n - Task.md"
done
# Half-done work: staged and changed again on top, changed, not known to Git, put away.
echo '// put away' >> src/c.rs
git stash push -q
echo '// staged' >> src/a.rs
git add src/a.rs
echo '// on top' >> src/a.rs
echo '// not staged' >> src/b.rs
echo 'a note' > notes.txt
mkdir -p .git/hooks
printf '#!/bin/sh\ngit diff --cached --quiet || true\n' > .git/hooks/pre-commit
printf '#!/bin/sh\necho "Hooked: yes" >> "$1"\n' > .git/hooks/commit-msg
chmod +x .git/hooks/*
if test -f ../home/key; then git config --global commit.gpgSign true; fi
