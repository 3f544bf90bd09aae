//! Answers as plain text: no colour, no clock, the same for the same answer.

use annals_chronicle::Verdict;

use crate::answer::{
    Answer, EventShown, Fillers, Happened, Held, History, LengthAnswer, OrderAnswer, Outcome,
    Profile, Timeline,
};
use crate::asked_text::{could_lines, pairs_lines, relation_lines, why_not_lines};
use crate::contrast_text::{comparison_lines, difference_lines, readings_lines};
use crate::figures::figures_lines;
use crate::picture::picture;
use crate::text_parts::{
    basis_lines, because, bounds_lines, bounds_words, claim_lines, claim_list, indent, source_list,
    stretch_line,
};

use crate::travel_text::{reach_lines, reckoning_lines, route_lines};

/// The width of a picture where nobody says how wide the terminal is.
const WIDTH: usize = 100;

impl Answer {
    /// The answer as plain text, ending in a line break.
    pub fn to_text(&self) -> String {
        self.to_text_within(WIDTH)
    }

    /// The answer as plain text with pictures at most so many columns wide.
    pub fn to_text_within(&self, width: usize) -> String {
        let mut lines = Vec::new();
        let head = match &self.time {
            Some(time) => format!("{} ({})", self.question, time.read_as),
            None => self.question.clone(),
        };
        lines.push(head);
        if let Some(time) = &self.time {
            for assumption in &time.assumptions {
                lines.push(format!("  {assumption}"));
            }
        }
        for note in &self.notes {
            lines.push(format!("  {note}"));
        }
        for outcome in &self.results {
            lines.push(String::new());
            match outcome {
                Outcome::Held(held) => lines.extend(held_lines(held)),
                Outcome::Fillers(fillers) => lines.extend(fillers_lines(fillers)),
                Outcome::History(history) => lines.extend(history_lines(history)),
                Outcome::Happened(happened) => lines.extend(happened_lines(happened)),
                Outcome::Event(event) => lines.extend(event_lines(event)),
                Outcome::Length(length) => lines.extend(length_lines(length)),
                Outcome::Count(count) => lines.push(format!("{}: {}", count.words, count.sentence)),
                Outcome::Order(order) => lines.extend(order_lines(order)),
                Outcome::Relation(relation) => lines.extend(relation_lines(relation)),
                Outcome::Pairs(pairs) => lines.extend(pairs_lines(pairs)),
                Outcome::WhyNot(why_not) => lines.extend(why_not_lines(why_not)),
                Outcome::Could(could) => lines.extend(could_lines(could)),
                Outcome::Profile(profile) => lines.extend(profile_lines(profile)),
                Outcome::Timeline(timeline) => lines.extend(timeline_lines(timeline, width)),
                Outcome::Readings(readings) => lines.extend(readings_lines(readings)),
                Outcome::Difference(difference) => lines.extend(difference_lines(difference)),
                Outcome::Comparison(comparison) => lines.extend(comparison_lines(comparison)),
                Outcome::Route(route) => lines.extend(route_lines(route)),
                Outcome::Reach(reach) => lines.extend(reach_lines(reach)),
                Outcome::Figures(figures) => lines.extend(figures_lines(figures)),
            }
        }
        let mut text = lines.join("\n");
        text.push('\n');
        text
    }
}

fn held_lines(held: &Held) -> Vec<String> {
    let mut lines = vec![format!("{}: {}", held.verdict.word(), held.sentence)];
    lines.extend(indent(judgement_lines(held)));
    lines
}

/// Everything of a judgement but its verdict and sentence.
pub(crate) fn judgement_lines(held: &Held) -> Vec<String> {
    let mut lines = Vec::new();
    if held.stretches.len() > 1 {
        for stretch in &held.stretches {
            lines.push(stretch_line(stretch));
            lines.extend(indent(because(&stretch.support)));
        }
    } else {
        lines.extend(basis_lines(&held.basis));
    }
    lines.extend(held.remarks.iter().cloned());
    if !held.disputed.is_empty() {
        let sides: Vec<&str> = held.disputed.iter().map(|d| d.words.as_str()).collect();
        lines.push(format!("disputed: {}", sides.join("; ")));
    }
    if held.stretches.len() <= 1 {
        lines.extend(because(&held.support));
        let said = held.support.claims.iter().chain(&held.said);
        let told: Vec<u32> = said.map(|c| c.claim).collect();
        let named = |claim: u32| told.contains(&claim);
        let more: Vec<_> = held
            .basis
            .claims
            .iter()
            .filter(|c| !named(c.claim))
            .collect();
        if !more.is_empty() {
            lines.push("the claims in question".to_owned());
            for claim in more {
                lines.extend(indent(claim_lines(claim)));
            }
        }
    }
    let because_of = |claim: u32| held.support.claims.iter().any(|c| c.claim == claim);
    let also: Vec<_> = held
        .said
        .iter()
        .filter(|c| !because_of(c.claim))
        .cloned()
        .collect();
    lines.extend(claim_list("also said", &also));
    if !held.steps.is_empty() {
        lines.push("step by step".to_owned());
        for (i, step) in held.steps.iter().enumerate() {
            lines.push(format!("  {}. {step}", i + 1));
        }
    }
    lines
}

fn fillers_lines(answer: &Fillers) -> Vec<String> {
    let with = |verdict: Verdict| {
        answer
            .fillers
            .iter()
            .filter(move |f| f.held.verdict == verdict)
    };
    let mut lines = vec![answer.sentence.clone()];
    let listed = [
        (Verdict::Certain, "certain"),
        (Verdict::Possible, "possible"),
        (Verdict::Unknown, "not known"),
        (Verdict::Impossible, "ruled out"),
    ];
    if with(Verdict::Certain).next().is_none() && with(Verdict::Possible).next().is_none() {
        lines.push(format!("  {}", answer.none));
    }
    for (verdict, word) in listed {
        let names: Vec<String> = with(verdict).map(|f| f.names.join(", ")).collect();
        if !names.is_empty() {
            lines.push(format!("  {word}: {}", names.join("; ")));
        }
    }
    for verdict in [Verdict::Certain, Verdict::Possible] {
        for filler in with(verdict) {
            lines.push(format!("  {}: {}", verdict.word(), filler.held.sentence));
            lines.extend(indent(indent(judgement_lines(&filler.held))));
        }
    }
    lines
}

fn history_lines(history: &History) -> Vec<String> {
    let mut lines = vec![history.sentence.clone()];
    if let Some(days) = &history.certain {
        lines.push(format!("  certain: {}", days.exact));
    }
    if let Some(days) = &history.possible {
        lines.push(format!("  possible: {}", days.exact));
    }
    lines.extend(indent(history.remarks.clone()));
    for stretch in &history.stretches {
        lines.push(format!("  {}", stretch_line(stretch)));
        lines.extend(indent(indent(because(&stretch.support))));
    }
    lines
}

fn happened_lines(answer: &Happened) -> Vec<String> {
    let mut lines = vec![match answer.verdict {
        Some(verdict) => format!("{}: {}", verdict.word(), answer.sentence),
        None => answer.sentence.clone(),
    }];
    lines.push(format!("  {}", answer.words));
    if !answer.proven {
        lines.push("  not proven: the time asked about moves with the claims".to_owned());
    }
    for filler in &answer.fillers {
        lines.push(format!(
            "  {}: {}",
            filler.verdict.word(),
            filler.names.join(", ")
        ));
    }
    for event in &answer.events {
        if event.verdict == Some(Verdict::Impossible) {
            lines.push(format!("  at another time, {}", event_line(event)));
        } else {
            lines.extend(indent(event_lines(event)));
        }
    }
    lines.extend(indent(claim_list("also said", &answer.said)));
    lines
}

pub(crate) fn event_lines(event: &EventShown) -> Vec<String> {
    let label = event
        .label
        .as_ref()
        .map(|l| format!(" (#{l})"))
        .unwrap_or_default();
    let lies = match event.verdict {
        Some(Verdict::Certain) => ", certainly then",
        Some(Verdict::Possible) => ", possibly then",
        Some(Verdict::Unknown | Verdict::Impossible) | None => "",
    };
    let mut lines = vec![format!("{}{label}: {}{lies}", event.sentence, event.status)];
    lines.extend(indent(event.perhaps.clone()));
    match &event.end {
        Some(end) => {
            lines.extend(indent(bounds_lines("starts", &event.start)));
            lines.extend(indent(bounds_lines("ends", end)));
        }
        None => lines.extend(indent(bounds_lines("when", &event.start))),
    }
    if let Some(reckoning) = &event.reckoning {
        lines.extend(indent(reckoning_lines(reckoning)));
    }
    for detail in &event.details {
        let doubt = if detail.doubted { " (doubted)" } else { "" };
        let sources = source_list(&detail.sources);
        lines.push(format!(
            "  {} ({}){doubt}{sources}",
            detail.words, detail.place
        ));
    }
    lines.extend(indent(claim_list("told by", &event.claims)));
    lines
}

fn length_lines(answer: &LengthAnswer) -> Vec<String> {
    let mut lines = vec![answer.sentence.clone()];
    for episode in &answer.episodes {
        let label = episode
            .label
            .as_ref()
            .map(|l| format!(" (#{l})"))
            .unwrap_or_default();
        lines.push(format!(
            "  {}: from “{}”{label}, {}, to the next change",
            episode.words, episode.starts, episode.start.exact
        ));
        if !episode.least_because.is_empty() {
            lines.push(
                "    at least, ".to_owned() + &because(&episode.least_because).join("\n    "),
            );
        }
        lines.extend(indent(indent(claim_list(
            "the next change may be",
            &episode.next_change,
        ))));
        if !episode.most_because.is_empty() {
            lines.push("    at most, ".to_owned() + &because(&episode.most_because).join("\n    "));
        }
        if !episode.least_proven {
            lines.push("    not proven: it may be sure to last longer".to_owned());
        }
        if episode.most_days.is_some() && !episode.most_proven {
            lines.push("    not proven: the greatest length may be shorter".to_owned());
        }
    }
    lines.extend(indent(answer.remarks.clone()));
    lines
}

fn order_lines(answer: &OrderAnswer) -> Vec<String> {
    let mut lines = vec![answer.words.clone()];
    if !answer.proven {
        lines.push("  not proven".to_owned());
    }
    lines.extend(indent(because(&answer.because)));
    lines
}

fn profile_lines(profile: &Profile) -> Vec<String> {
    let mut lines = vec![format!(
        "{}, {} ({})",
        profile.name, profile.of_kind, profile.declared
    )];
    if !profile.names.is_empty() {
        lines.push(format!("  also: {}", profile.names.join(", ")));
    }
    if let Some(place) = &profile.place {
        lines.push(format!("  at: {place}"));
    }
    lines.extend(indent(profile.geography.clone()));
    if !profile.roads.is_empty() {
        lines.push("  roads".to_owned());
        lines.extend(indent(indent(profile.roads.clone())));
    }
    lines.extend(indent(profile.identities.clone()));
    for held in &profile.states {
        lines.push(format!("  {}: {}", held.verdict.word(), held.sentence));
        lines.extend(indent(indent(judgement_lines(held))));
    }
    for history in &profile.histories {
        lines.push(format!("  {}", history.sentence));
        if let Some(days) = &history.certain {
            lines.push(format!("    certain: {}", days.exact));
        }
        if let Some(days) = &history.possible {
            lines.push(format!("    possible: {}", days.exact));
        }
    }
    if !profile.events.is_empty() {
        lines.push("  events".to_owned());
        for event in &profile.events {
            lines.push(format!("    {}", event_line(event)));
        }
    }
    if profile.states.is_empty() && profile.histories.is_empty() {
        lines.push("  nothing is recorded to hold of it".to_owned());
    }
    lines
}

/// An event on one line: its days, its sentence, its label.
fn event_line(event: &EventShown) -> String {
    let label = event
        .label
        .as_ref()
        .map(|l| format!(" #{l}"))
        .unwrap_or_default();
    let status = match &event.status[..] {
        "happened" => String::new(),
        other => format!(" ({other})"),
    };
    if !event.is_told()
        && let Some(claim) = event.claims.first()
    {
        // It is not said to have happened, so it has no days of its own.
        return format!("“{}” ({}){label}{status}", claim.words, claim.place);
    }
    let days = match &event.end {
        Some(end) => format!(
            "starts {}, ends {}",
            bounds_words(&event.start),
            bounds_words(end)
        ),
        None => bounds_words(&event.start),
    };
    format!("{days}: {}{label}{status}", event.sentence)
}

fn timeline_lines(timeline: &Timeline, width: usize) -> Vec<String> {
    let mut lines = vec![match &timeline.name {
        Some(name) => format!("timeline of {name}"),
        None => "timeline".to_owned(),
    }];
    lines.push(picture(timeline, width));
    if !timeline.events.is_empty() {
        lines.push(String::new());
        lines.push("events".to_owned());
        for event in &timeline.events {
            lines.push(format!("  {}", event_line(event)));
        }
    }
    if !timeline.states.is_empty() {
        lines.push("states".to_owned());
        for state in &timeline.states {
            lines.push(format!("  {}", state.sentence));
            if let Some(days) = &state.certain {
                lines.push(format!("    certain: {}", days.exact));
            }
            if let Some(days) = &state.possible {
                lines.push(format!("    possible: {}", days.exact));
            }
        }
    }
    lines
}
