//! Readings, differences and comparisons as plain text.

use annals_chronicle::Verdict;

use crate::answer::DayShown;
use crate::contrast::{
    Account, Agreement, Comparison, Difference, EventChange, EventCompared, EventDays,
    ReadingChange, ReadingGroup, ReadingShown, Readings, StateChange, StateCompared, Voice,
};
use crate::evidence_types::{ClaimShown, Evidence};
use crate::text_parts::{claim_lines, indent, source_list};

/// Claims of a list that are shown one by one; the JSON form holds all.
const SHOWN: usize = 8;

pub(crate) fn readings_lines(answer: &Readings) -> Vec<String> {
    let mut lines = Vec::new();
    if answer.groups.is_empty() {
        lines.push("there is one reading: nothing has to be left out".to_owned());
    }
    for (at, group) in answer.groups.iter().enumerate() {
        if at > 0 {
            lines.push(String::new());
        }
        lines.extend(group_lines(at + 1, group));
    }
    if !answer.complete {
        let words = "not all were looked for: the budget was spent; there may be more contradictions \
                     among the same statements, and more readings";
        lines.push(words.to_owned());
    } else if !answer.listed {
        let words = "not all readings are listed: there are too many; answers take all of them into \
                     account";
        lines.push(words.to_owned());
    }
    lines
}

fn group_lines(number: usize, group: &ReadingGroup) -> Vec<String> {
    let preferred = group.readings.iter().filter(|r| r.preferred).count();
    let contradictions = counted(group.contradictions.len(), "contradiction");
    let readings = match (group.listed, group.readings.len() - preferred) {
        (false, _) => format!("{} of very many readings", group.readings.len()),
        (true, 0) => format!("{}, no other", counted(preferred, "preferred reading")),
        (true, n) => format!("{}, {n} other", counted(preferred, "preferred reading")),
    };
    let mut lines = vec![format!("{number}. {contradictions}, {readings}")];
    for contradiction in &group.contradictions {
        lines.push("  these cannot all be true".to_owned());
        lines.extend(indent(indent(statements(contradiction))));
    }
    for reading in &group.readings {
        lines.extend(indent(reading_lines(reading)));
    }
    lines
}

fn reading_lines(reading: &ReadingShown) -> Vec<String> {
    let kind = if reading.preferred {
        "a preferred reading"
    } else {
        "another reading"
    };
    let mut lines = vec![format!("{kind} {}, and leaves out", reading.words)];
    lines.extend(indent(statements(&reading.leaves_out)));
    lines
}

/// Parts of claims: which part, of which claim, by whom.
fn statements(evidence: &Evidence) -> Vec<String> {
    let mut lines = Vec::new();
    for claim in &evidence.claims {
        lines.push(part_line(claim));
        if let Some(passage) = &claim.passage {
            lines.push(format!("  the passage: “{passage}”"));
        }
    }
    for identity in &evidence.identities {
        let sources = source_list(&identity.sources);
        lines.push(format!("{} ({}){sources}", identity.words, identity.place));
    }
    for choice in &evidence.choices {
        let sources = source_list(&choice.sources);
        lines.push(format!("{} ({}){sources}", choice.words, choice.place));
    }
    lines
}

/// `its date "644" of “644: …” (main.annals:3, #fall) [@a]`
fn part_line(claim: &ClaimShown) -> String {
    let whole = claim_lines(&ClaimShown {
        uses: vec![],
        section: None,
        passage: None,
        ..claim.clone()
    });
    let parts = match claim.uses.len() {
        0 => String::new(),
        _ => format!("{} in ", claim.uses.join(", ")),
    };
    format!("{parts}{}", whole.join(" "))
}

pub(crate) fn difference_lines(answer: &Difference) -> Vec<String> {
    let mut lines = claims_lines("left out", &answer.withdrawn);
    lines.extend(claims_lines("assumed", &answer.assumed));
    if answer.is_empty() {
        lines.push("no answer changes".to_owned());
    }
    section(&mut lines, "events", &answer.events, event_change_lines);
    section(&mut lines, "states", &answer.states, state_change_lines);
    let contradiction = |evidence: &Evidence| {
        let mut lines = vec!["these cannot all be true".to_owned()];
        lines.extend(indent(statements(evidence)));
        lines
    };
    section(
        &mut lines,
        "contradictions that are gone",
        &answer.gone,
        contradiction,
    );
    section(
        &mut lines,
        "contradictions that are new",
        &answer.came,
        contradiction,
    );
    section(
        &mut lines,
        "readings",
        &answer.readings,
        reading_change_lines,
    );
    if !answer.readings_listed {
        let words = "readings are not compared: there are too many to list";
        lines.push(words.to_owned());
    }
    if !answer.proven {
        lines.push("not proven: a budget was spent, and some of this may be narrower".to_owned());
    }
    lines
}

fn section<T>(
    lines: &mut Vec<String>,
    heading: &str,
    all: &[T],
    shown: impl Fn(&T) -> Vec<String>,
) {
    if !all.is_empty() {
        lines.push(heading.to_owned());
        all.iter().for_each(|one| lines.extend(indent(shown(one))));
    }
}

fn claims_lines(heading: &str, claims: &[ClaimShown]) -> Vec<String> {
    if claims.is_empty() {
        return vec![];
    }
    let mut lines = vec![heading.to_owned()];
    for claim in claims.iter().take(SHOWN) {
        let bare = ClaimShown {
            passage: None,
            ..claim.clone()
        };
        lines.extend(indent(claim_lines(&bare)));
    }
    if claims.len() > SHOWN {
        let more = counted(claims.len() - SHOWN, "more claim");
        lines.push(format!("  … and {more}"));
    }
    lines
}

fn event_change_lines(change: &EventChange) -> Vec<String> {
    let name = event_name(&change.sentence, change.label.as_deref());
    let days = |days: &Option<EventDays>| {
        let days = days.as_ref();
        days.map_or_else(|| "not told of".to_owned(), days_words)
    };
    vec![
        name,
        format!("  before: {}", days(&change.before)),
        format!("  after:  {}", days(&change.after)),
    ]
}

fn event_name(sentence: &str, label: Option<&str>) -> String {
    match label {
        Some(label) => format!("{sentence} (#{label})"),
        None => sentence.to_owned(),
    }
}

/// `644-10-26`, `withdrawn`, `expected, until 644-10-26`
fn days_words(days: &EventDays) -> String {
    let words = match &days.end {
        Some(end) => format!("starts {}, ends {}", days.start.exact, end.exact),
        None => days.start.exact.clone(),
    };
    let open = |d: &crate::answer::DaysShown| d.exact == "any day";
    let anything = open(&days.start) && days.end.as_ref().is_none_or(open);
    match days.status.as_str() {
        "happened" | "held" => words,
        "withdrawn" => "withdrawn".to_owned(),
        status if anything => status.to_owned(),
        status => format!("{status}, {words}"),
    }
}

fn state_change_lines(change: &StateChange) -> Vec<String> {
    let mut lines = vec![change.sentence.clone()];
    for run in &change.runs {
        let days = run_days(run.first.as_ref(), run.last.as_ref());
        let (before, after) = (run.before.word(), run.after.word());
        lines.push(format!("  {days}: {before} before, {after} after"));
    }
    lines
}

fn run_days(first: Option<&DayShown>, last: Option<&DayShown>) -> String {
    match (first, last) {
        (Some(first), Some(last)) if first == last => first.text.clone(),
        (Some(first), Some(last)) => format!("{} to {}", first.text, last.text),
        (Some(first), None) => format!("from {} on", first.text),
        (None, Some(last)) => format!("until {}", last.text),
        (None, None) => "at all times".to_owned(),
    }
}

fn reading_change_lines(change: &ReadingChange) -> Vec<String> {
    let words = match (change.before, change.after) {
        (_, Some(true)) => "preferred now: the reading that leaves out",
        (None, _) => "possible now: the reading that leaves out",
        (Some(true), Some(false)) => "no longer preferred: the reading that leaves out",
        (_, None) => "no reading any more: the one that leaves out",
        (Some(false), Some(false)) => "as before: the reading that leaves out",
    };
    let mut lines = vec![words.to_owned()];
    lines.extend(indent(statements(&change.leaves_out)));
    lines
}

pub(crate) fn comparison_lines(answer: &Comparison) -> Vec<String> {
    let mut lines = vec![voice_line(&answer.first), voice_line(&answer.second)];
    let (one, other) = (&answer.first.key, &answer.second.key);
    let headings = [
        (
            Agreement::Differ,
            "events they date or tell otherwise".to_owned(),
        ),
        (
            Agreement::Compatible,
            "events on which both can be right".to_owned(),
        ),
        (Agreement::Agree, "events they tell alike".to_owned()),
        (Agreement::OnlyFirst, format!("events only @{one} tells of")),
        (
            Agreement::OnlySecond,
            format!("events only @{other} tells of"),
        ),
    ];
    for (agreement, heading) in headings {
        let events: Vec<_> = answer
            .events
            .iter()
            .filter(|e| e.agreement == agreement)
            .collect();
        if !events.is_empty() {
            lines.push(String::new());
            lines.push(heading);
            let shown = |e: &&EventCompared| indent(event_compared_lines(e, answer));
            lines.extend(events.iter().flat_map(shown));
        }
    }
    let held: Vec<Vec<String>> = answer
        .states
        .iter()
        .filter_map(|s| state_compared_lines(s, answer))
        .collect();
    if !held.is_empty() {
        lines.push(String::new());
        lines.push("states".to_owned());
        lines.extend(held.into_iter().flat_map(indent));
    }
    lines
}

fn voice_line(voice: &Voice) -> String {
    let title = voice
        .title
        .as_ref()
        .map_or_else(String::new, |t| format!(", {t}"));
    let with_itself = match voice.contradictions {
        0 => String::new(),
        n => format!(", {} with itself", counted(n, "contradiction")),
    };
    format!(
        "@{}{title}: {}{with_itself}",
        voice.key,
        counted(voice.claims, "claim")
    )
}

fn event_compared_lines(event: &EventCompared, answer: &Comparison) -> Vec<String> {
    let name = event_name(&event.sentence, event.label.as_deref());
    let account = |key: &str, account: &Account| {
        let mut lines = vec![format!("@{key}: {}", days_words(&account.days))];
        for claim in &account.claims {
            lines.push(format!("  “{}” ({})", claim.words, claim.place));
        }
        lines
    };
    let alone = matches!(
        event.agreement,
        Agreement::OnlyFirst | Agreement::OnlySecond
    );
    if alone {
        let told = event.first.as_ref().or(event.second.as_ref());
        let days = told.map_or_else(String::new, |a| days_words(&a.days));
        return vec![format!("{days}: {name}")];
    }
    let mut lines = vec![name];
    if event.agreement == Agreement::Agree {
        let days = event.first.as_ref().map(|a| days_words(&a.days));
        return vec![format!("{}: {}", days.unwrap_or_default(), lines[0])];
    }
    for (voice, said) in [
        (&answer.first, &event.first),
        (&answer.second, &event.second),
    ] {
        if let Some(said) = said {
            lines.extend(indent(account(&voice.key, said)));
        }
    }
    lines
}

/// The runs in which somebody has it hold, or in which they exclude each other; that a state did
/// not hold is said by both, or by one where the other is silent, on most days of most states.
fn state_compared_lines(state: &StateCompared, answer: &Comparison) -> Option<Vec<String>> {
    let may_hold = |v: Verdict| matches!(v, Verdict::Certain | Verdict::Possible);
    let mut lines = vec![state.sentence.clone()];
    for run in &state.runs {
        if !may_hold(run.first_says) && !may_hold(run.second_says) {
            continue;
        }
        let days = run_days(run.first.as_ref(), run.last.as_ref());
        let said = |voice: &Voice, verdict: Verdict| format!("@{} {}", voice.key, verdict.word());
        let words = match run.agreement {
            Agreement::Agree => format!("both {}", run.first_says.word()),
            Agreement::OnlyFirst => format!(
                "{}, @{} is silent",
                said(&answer.first, run.first_says),
                answer.second.key
            ),
            Agreement::OnlySecond => format!(
                "{}, @{} is silent",
                said(&answer.second, run.second_says),
                answer.first.key
            ),
            Agreement::Differ => format!(
                "they differ: {}, {}",
                said(&answer.first, run.first_says),
                said(&answer.second, run.second_says)
            ),
            Agreement::Compatible => format!(
                "{}, {}",
                said(&answer.first, run.first_says),
                said(&answer.second, run.second_says)
            ),
        };
        lines.push(format!("  {days}: {words}"));
    }
    (lines.len() > 1).then_some(lines)
}

/// `1 claim`, `2 claims`
fn counted(number: usize, noun: &str) -> String {
    match number {
        1 => format!("1 {noun}"),
        _ => format!("{number} {noun}s"),
    }
}
