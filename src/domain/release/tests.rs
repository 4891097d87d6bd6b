//! Releases over backlogs of a few items.

use super::notes::{Audience, Sort, announcement, done_since, told};
use super::*;
use crate::domain::diff::{Change, FieldChange};
use crate::domain::log::{LogDocument, LogEntry};
use crate::domain::source::SourceFile;
use crate::domain::timeline::Reading;

const TODAY: Date = Date::constant(2026, 11, 26);

fn file(path: &str, front: &str, body: &str) -> SourceFile {
    let stem = path.rsplit('/').next().unwrap();
    let title = if front.contains("title:") { String::new() } else { format!("title: {stem}\n") };
    let text = format!("---\nid: {stem}\n{title}{front}---\n{body}");
    SourceFile { path: format!("{path}.md"), text: Ok(text) }
}

/// Two releases: one of three items with an epic, one that has shipped.
fn files() -> Vec<SourceFile> {
    vec![
        file("releases/REL-1", "status: planned\ntarget: 2026-12-17\nbudget: 900\n", ""),
        file("releases/REL-2", "status: shipped\nshipped: 2026-10-01\n", ""),
        file("releases/REL-3", "status: withdrawn\n", ""),
        file("items/BL-epic", "type: epic\nstatus: ready\nrank: mbbb\nrelease: REL-1\n", ""),
        file("items/BL-part", "status: in-progress\nrank: mcbb\nparent: BL-epic\neffort: 3\n", ""),
        file("items/BL-else", "status: ready\nrank: mdbb\nparent: BL-epic\nrelease: REL-2\n", ""),
        file("items/BL-far", "status: proposed\nrank: mfbb\n", ""),
        file(
            "items/BL-open",
            "status: proposed\nrank: mgbb\nrelease: REL-1\neffort: 40\ndepends_on: [BL-last]\n",
            "",
        ),
        file("items/BL-last", "status: ready\nrank: mhbb\n", ""),
        file("items/BL-done", "status: done\nrelease: REL-1\ndone: 2026-11-02\neffort: 2\n", ""),
        file("items/BL-gone", "status: rejected\nrelease: REL-1\neffort: 5\n", ""),
    ]
}

/// So many items that were done one a week.
fn past(n: i64) -> impl Iterator<Item = SourceFile> {
    (0..n).map(|week| {
        let day = TODAY.checked_sub(jiff::Span::new().days(week * 7)).unwrap();
        file(
            &format!("items/BL-p{week:02}"),
            &format!("status: done\nstarted: {day}\ndone: {day}\n"),
            "",
        )
    })
}

fn ids<'a>(items: &[&'a Entry]) -> Vec<&'a str> {
    items.iter().map(|it| it.id()).collect()
}

fn with_outlook<T>(files: Vec<SourceFile>, look: impl Fn(&Backlog, &Outlook<'_>) -> T) -> T {
    let backlog = Backlog::parse(files);
    let timeline = Reading::new(&backlog, TODAY).finish();
    let outlook = Outlook::of(&backlog, &timeline, 1);
    look(&backlog, &outlook)
}

#[test]
fn an_item_goes_where_its_whole_goes_unless_it_says_otherwise() {
    let backlog = Backlog::parse(files());
    let contents = |id: &str| super::contents(&backlog, backlog.called(id).unwrap());
    let first = contents("REL-1");
    assert_eq!(ids(&first.open), ["BL-part", "BL-open"]);
    assert_eq!((ids(&first.done), ids(&first.wholes)), (vec!["BL-done"], vec!["BL-epic"]));
    assert_eq!((first.n_items(), first.is_done()), (3, false));
    assert_eq!(ids(&contents("REL-2").open), ["BL-else"]);
}

#[test]
fn what_is_planned_comes_first_and_what_is_withdrawn_not_at_all() {
    with_outlook(files(), |backlog, outlook| {
        let releases = releases(backlog, outlook);
        let ids: Vec<&str> = releases.iter().map(|it| it.record.id()).collect();
        assert_eq!(ids, ["REL-1", "REL-2"]);
        assert_eq!((releases[0].effort.done, releases[0].effort.open), (2.0, 43.0));
        // Nobody knows what comes of it.
        assert_eq!((&releases[0].dates, releases[0].chance()), (&None, None));
        assert_eq!(releases[0].n_to_last, Some(4));
    });
}

#[test]
fn a_release_is_done_with_all_that_stands_above_its_last_item() {
    with_outlook(files().into_iter().chain(past(30)).collect(), |backlog, outlook| {
        let release = release_of(backlog, backlog.called("REL-1").unwrap(), outlook);
        let dates = release.dates.as_ref().unwrap();
        assert_eq!(dates, &outlook.dates(4).unwrap());
        let chance = release.chance().unwrap();
        assert!(chance > 0.0 && chance < 0.85, "{chance}");
        // What has shipped has no day to come, even with items that are open.
        let shipped = release_of(backlog, backlog.called("REL-2").unwrap(), outlook);
        assert_eq!((shipped.dates, shipped.n_to_last), (None, None));
    });
}

#[test]
fn what_stands_in_the_way_is_told_of_each_item() {
    let mut files = files();
    files.push(file("sprints/S1", "status: active\ncapacity: 20\n", ""));
    with_outlook(files.into_iter().chain(past(30)).collect(), |backlog, outlook| {
        let release = release_of(backlog, backlog.called("REL-1").unwrap(), outlook);
        let [threatened] = &release.threatened[..] else { panic!("{:?}", release.threatened) };
        assert_eq!(threatened.item.id(), "BL-open");
        let last = backlog.called("BL-last").unwrap();
        let expected = [
            Threat::BlockedFromBelow(last),
            Threat::Unready(Vec::new()),
            Threat::Large { effort: 40.0, limit: 20.0 },
            Threat::BelowTheLine,
        ];
        assert_eq!(threatened.threats, expected);
    });
}

#[test]
fn a_target_that_is_past_is_never_kept() {
    let mut files: Vec<SourceFile> = files().into_iter().chain(past(30)).collect();
    files[0] = file("releases/REL-1", "status: planned\ntarget: 2026-11-01\n", "");
    with_outlook(files, |backlog, outlook| {
        let release = release_of(backlog, backlog.called("REL-1").unwrap(), outlook);
        assert_eq!((release.is_late(TODAY), release.chance()), (true, Some(0.0)));
        assert!(release.threatened.iter().all(|it| it.threats.contains(&Threat::BelowTheLine)));
        assert_eq!(release.threatened.len(), 2);
    });
}

#[test]
fn parents_in_a_circle_end_and_have_no_day() {
    let files = vec![
        file("releases/REL-1", "status: planned\n", ""),
        file("items/BL-a", "status: ready\nrank: mbbb\nrelease: REL-1\nparent: BL-b\n", ""),
        file("items/BL-b", "status: ready\nrank: mcbb\nparent: BL-a\n", ""),
    ];
    with_outlook(files, |backlog, outlook| {
        let release = release_of(backlog, backlog.called("REL-1").unwrap(), outlook);
        assert_eq!(ids(&release.contents.wholes), ["BL-a", "BL-b"]);
        assert_eq!((release.n_to_last, release.contents.n_items()), (None, 0));
    });
}

fn set(day: &str, field: &str, from: &str, to: &str) -> LogEntry {
    let value = |text: &str| (!text.is_empty()).then(|| text.into());
    let change = FieldChange { field: field.to_owned(), from: value(from), to: value(to) };
    let document = LogDocument {
        id: "BL-a".to_owned(),
        kind: "item".to_owned(),
        title: None,
        changes: vec![Change::Set(change)],
    };
    LogEntry {
        date: format!("2026-{day}T09:30:00Z"),
        documents: vec![document],
        ..LogEntry::default()
    }
}

/// The burn-up of `REL-1` for an item `BL-a` with a history, newest first.
fn check_burn_up(front: &str, history: &[LogEntry], expected: &[(&str, u32, u32)]) {
    let backlog = Backlog::parse(vec![
        file("releases/REL-1", "status: planned\n", ""),
        file("items/BL-a", &format!("rank: mbbb\ncreated: 2026-10-01\n{front}"), ""),
        file("items/BL-b", "rank: mcbb\nstatus: rejected\nrelease: REL-1\n", ""),
    ]);
    let mut reading = Reading::new(&backlog, TODAY);
    history.iter().for_each(|entry| reading.read(entry));
    let record = backlog.called("REL-1").unwrap();
    let contents = contents(&backlog, record);
    let burn_up = BurnUp::of(&backlog, &reading.finish(), record, &contents);
    let told: Vec<(String, u32, u32)> =
        burn_up.marks.iter().map(|it| (it.day.to_string(), it.scope, it.done)).collect();
    let told: Vec<(&str, u32, u32)> = told.iter().map(|it| (&*it.0, it.1, it.2)).collect();
    assert_eq!(told, expected);
}

#[test]
fn the_scope_is_what_was_in_the_release_on_each_day() {
    let done = "status: done\ndone: 2026-11-20\n";
    check_burn_up(
        &format!("{done}release: REL-1\n"),
        &[],
        &[("2026-10-01", 1, 0), ("2026-11-20", 1, 1)],
    );
    let came = set("11-05", "release", "", "REL-1");
    check_burn_up(
        &format!("{done}release: REL-1\n"),
        std::slice::from_ref(&came),
        &[("2026-11-05", 1, 0), ("2026-11-20", 1, 1)],
    );
    let left = set("11-10", "release", "REL-1", "");
    check_burn_up("status: ready\n", &[left, came], &[("2026-11-05", 1, 0), ("2026-11-10", 0, 0)]);
    check_burn_up("status: ready\n", &[], &[]);
}

#[test]
fn what_was_opened_again_is_done_no_more() {
    let history =
        [set("11-12", "status", "done", "ready"), set("11-08", "status", "ready", "done")];
    check_burn_up(
        "status: ready\nrelease: REL-1\n",
        &history,
        &[("2026-10-01", 1, 0), ("2026-11-08", 1, 1), ("2026-11-12", 1, 0)],
    );
}

#[test]
fn a_type_or_a_label_says_what_a_change_is_to_a_user() {
    let check = |front: &str, expected: Sort| {
        let backlog = Backlog::parse(vec![file("items/BL-a", front, "")]);
        assert_eq!(Sort::of(backlog.items().next().unwrap()), expected, "{front}");
    };
    check("type: story\n", Sort::New);
    check("", Sort::New);
    check("type: Feature\n", Sort::New);
    check("type: bug\n", Sort::Mended);
    check("type: improvement\n", Sort::Better);
    check("type: story\nlabels: [Usability]\n", Sort::Better);
    check("type: task\nlabels: [performance]\n", Sort::Better);
    check("type: task\n", Sort::Internal);
    check("type: bug\nlabels: [internal]\n", Sort::Internal);
}

#[test]
fn users_are_told_what_it_is_good_for_and_nothing_internal() {
    let body =
        "\nAs a host, I want a list as in [[BL-b|the plan]], so that BL-22222 is\nof no use.\n";
    let backlog = Backlog::parse(vec![
        file("items/BL-a", "status: done\ntype: story\ntitle: \"List, see BL-22222\"\n", body),
        file("items/BL-22222", "status: done\ntype: task\ntitle: A server\n", ""),
        file("items/BL-c", "status: ready\ntype: bug\n", ""),
    ]);
    let told = |audience| told(&backlog, backlog.items(), audience);
    let [only] = &told(Audience::Users)[..] else { panic!() };
    assert_eq!(only.title, "List, see A server");
    assert_eq!(only.role.as_deref(), Some("host"));
    assert_eq!(only.benefit.as_deref(), Some("so that A server is of no use"));
    let team = told(Audience::Team);
    assert_eq!(team.iter().map(|it| it.item.id()).collect::<Vec<_>>(), ["BL-a", "BL-22222"]);
    assert_eq!(team[0].title, "List, see BL-22222");
}

#[test]
fn an_announcement_names_documents_by_their_titles() {
    let body = "\n## Announcement\n\n<!-- a hint -->\n[[BL-a]] and [[BL-a|the list]], [[BL-none]], [[BL-a\n";
    let record = file("releases/REL-1", "status: planned\n", body);
    let backlog = Backlog::parse(vec![record, file("items/BL-a", "title: A list\n", "")]);
    let record = backlog.called("REL-1").unwrap();
    let text = |audience| announcement(&backlog, record, audience).unwrap();
    assert_eq!(text(Audience::Users), "A list and the list, [[BL-none]], [[BL-a");
    assert_eq!(text(Audience::Team), "[[BL-a]] and [[BL-a|the list]], [[BL-none]], [[BL-a");
}

#[test]
fn between_two_states_what_became_done_is_told() {
    let before = Backlog::parse(vec![
        file("items/BL-a", "status: ready\n", ""),
        file("items/BL-b", "status: done\n", ""),
    ]);
    let after = Backlog::parse(vec![
        file("items/BL-a", "status: done\ndone: 2026-11-09\n", ""),
        // It got another id meanwhile.
        file("items/BL-b2222", "status: done\naliases: [BL-b]\n", ""),
        file("items/BL-new", "status: done\ndone: 2026-11-02\n", ""),
        file("items/BL-whole", "status: done\n", ""),
        file("items/BL-part", "status: ready\nparent: BL-whole\n", ""),
    ]);
    assert_eq!(ids(&done_since(&before, &after)), ["BL-new", "BL-a"]);
}
