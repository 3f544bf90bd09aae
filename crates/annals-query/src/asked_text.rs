//! Relations, pairs, `why not` and `who could` as plain text.

use annals_chronicle::Verdict;

use crate::answer::Held;
use crate::asked_types::{
    CandidateShown, CouldAnswer, PairShown, PairedShown, PairsAnswer, RelationAnswer,
    RelationShown, TimelineShown, WhyNotAnswer,
};
use crate::text::{event_lines, judgement_lines};
use crate::text_parts::{because, claim_list, indent};
use crate::words::listed;

pub(crate) fn relation_lines(answer: &RelationAnswer) -> Vec<String> {
    let none = answer.possible.is_empty();
    let ends = match none {
        true => format!("  {} and {}", answer.first, answer.second),
        false => format!("  of {} to {}", answer.first, answer.second),
    };
    let mut lines = vec![answer.words.clone(), ends];
    lines.extend(indent(answer.remarks.clone()));
    for relation in &answer.possible {
        lines.push(format!("  {}: {}", relation.relation, relation.meaning));
        let open = "    no example: some of its days are open".to_owned();
        let open = (answer.proven && answer.certain.is_none()).then_some(open);
        lines.extend(example_line(relation).or(open));
    }
    if !answer.proven {
        lines.push("  not proven: some of these may be impossible".to_owned());
    }
    let reasons = because(&answer.because);
    if let Some((first, rest)) = reasons.split_first() {
        let others = match answer.possible.len() {
            0 => "",
            1 => "nothing else, ",
            _ => "none of the others, ",
        };
        lines.push(format!("  {others}{}", first.trim_start()));
        lines.extend(indent(rest.to_vec()));
    }
    lines
}

fn example_line(relation: &RelationShown) -> Option<String> {
    let days = relation.example.as_ref()?;
    let of = |start: &str, end: &str| match start == end {
        true => start.to_owned(),
        false => format!("{start} to {end}"),
    };
    Some(format!(
        "    for example {} and {}",
        of(&days.first_start.text, &days.first_end.text),
        of(&days.second_start.text, &days.second_end.text)
    ))
}

pub(crate) fn pairs_lines(answer: &PairsAnswer) -> Vec<String> {
    let mut lines = vec![format!(
        "{}; {}; {}",
        answer.first, answer.relation, answer.second
    )];
    let with = |verdict| answer.pairs.iter().filter(move |p| p.verdict == verdict);
    for verdict in [Verdict::Certain, Verdict::Possible] {
        for pair in with(verdict) {
            lines.extend(indent(pair_lines(pair, &answer.relation)));
        }
    }
    let (found, of) = (answer.pairs.len() + answer.not_listed, answer.of);
    let of = match of {
        1 => "1 pair".to_owned(),
        n => format!("{n} pairs"),
    };
    lines.push(match found {
        0 => format!("  none of {of} on record"),
        n => format!("  {n} of {of} on record"),
    });
    if answer.not_listed > 0 {
        lines.push(format!("  {} of these are not listed", answer.not_listed));
    }
    if answer.left_out > 0 {
        lines.push(format!(
            "  not looked at, because there are too many: {}",
            answer.left_out
        ));
    }
    lines
}

fn pair_lines(pair: &PairShown, relation: &str) -> Vec<String> {
    let mut lines = vec![format!(
        "{}: {} {relation} {}",
        pair.verdict.word(),
        paired_words(&pair.first),
        paired_words(&pair.second)
    )];
    if !pair.words.is_empty() {
        lines.push(format!("  {}", pair.words));
    }
    if !pair.proven {
        lines.push("  not proven".to_owned());
    }
    lines
}

fn paired_words(side: &PairedShown) -> String {
    match (&side.label, &side.place[..]) {
        (Some(label), _) => format!("“{}” (#{label})", side.sentence),
        (None, "") => format!("“{}”", side.sentence),
        (None, place) => format!("“{}” ({place})", side.sentence),
    }
}

pub(crate) fn why_not_lines(answer: &WhyNotAnswer) -> Vec<String> {
    let mut lines = vec![format!("{}: {}", answer.verdict.word(), answer.sentence)];
    lines.extend(indent(answer.words.clone()));
    for timeline in &answer.timelines {
        lines.extend(indent(example_timeline(timeline)));
    }
    lines.extend(indent(claim_list("decided by", &answer.open)));
    if let Some(held) = &answer.held {
        lines.extend(indent(judged(held)));
    }
    if let Some(claim) = &answer.denied {
        lines.extend(indent(claim_list("denied by", std::slice::from_ref(claim))));
    }
    for event in &answer.events {
        lines.extend(indent(event_lines(event)));
    }
    lines
}

/// Of what is settled, all of it; of what is open, what the timelines above do not show.
fn judged(held: &Held) -> Vec<String> {
    if matches!(held.verdict, Verdict::Certain | Verdict::Impossible) {
        return judgement_lines(held);
    }
    let mut lines = held.remarks.clone();
    if !held.disputed.is_empty() {
        let sides: Vec<&str> = held.disputed.iter().map(|d| d.words.as_str()).collect();
        lines.push(format!("disputed: {}", sides.join("; ")));
    }
    lines.extend(claim_list("also said", &held.said));
    lines
}

fn example_timeline(timeline: &TimelineShown) -> Vec<String> {
    let mut lines = vec![format!(
        "one timeline in which {}: {}",
        timeline.shows, timeline.because
    )];
    for moment in &timeline.days {
        lines.push(format!("  {}: {}", moment.day.text, moment.what));
    }
    lines.extend(indent(timeline.settled.clone()));
    lines
}

pub(crate) fn could_lines(answer: &CouldAnswer) -> Vec<String> {
    let mut lines = vec![answer.sentence.clone()];
    let kinds = [
        ("could", "could"),
        ("disputed", "could by some readings"),
        ("could-not", "could not"),
    ];
    let with = |could| answer.candidates.iter().filter(move |c| c.could == could);
    if with("could").next().is_none() && with("disputed").next().is_none() {
        lines.push("  nobody that is known".to_owned());
    }
    for (could, words) in kinds {
        let names: Vec<String> = with(could).map(name_and_told).collect();
        if !names.is_empty() {
            lines.push(format!("  {words}: {}", names.join("; ")));
        }
    }
    let mut told: Vec<&CandidateShown> = Vec::new();
    for candidate in answer
        .candidates
        .iter()
        .filter(|c| !c.excluded_by.is_empty())
    {
        // What excludes several in the same words is told once.
        if told.iter().any(|t| t.excluded_by == candidate.excluded_by) {
            continue;
        }
        told.push(candidate);
        let alike = answer.candidates.iter();
        let alike = alike.filter(|c| c.excluded_by == candidate.excluded_by);
        let names: Vec<String> = alike.map(|c| c.name.clone()).collect();
        lines.extend(indent(excluded_lines(&listed(&names, "and"), candidate)));
    }
    if answer.left_out > 0 {
        lines.push(format!(
            "  not tried, because there are too many: {}",
            answer.left_out
        ));
    }
    lines
}

fn name_and_told(candidate: &CandidateShown) -> String {
    let told = match candidate.told {
        Verdict::Certain => " (certain already)",
        Verdict::Possible => " (possible already)",
        Verdict::Unknown | Verdict::Impossible => "",
    };
    let proven = if candidate.proven {
        ""
    } else {
        " (not proven)"
    };
    format!("{}{told}{proven}", candidate.name)
}

fn excluded_lines(names: &str, candidate: &CandidateShown) -> Vec<String> {
    let mut lines = Vec::new();
    for excluded in &candidate.excluded_by {
        let mut words = excluded.words.join("; ");
        if words.is_empty() {
            "the dates leave no day".clone_into(&mut words);
        }
        lines.push(format!("{names}: {words}"));
        let mut reasons = because(&excluded.claims);
        if let Some(first) = reasons.first_mut() {
            "beside".clone_into(first);
        }
        lines.extend(indent(reasons));
    }
    lines
}
