//! The fixed words of the language: directives, declarations, modes, keys of details.

use annals::detail_keys;

use crate::completion::context::Ground;
use crate::completion::{CompletionKind, Offers};

/// The words between a claim's date and its sentence.
pub(crate) const MODES: [&str; 7] = [
    "not: ",
    "unknown whether ",
    "attempted: ",
    "planned: ",
    "ordered: ",
    "expected: ",
    "refused: ",
];

const MODE_MEANINGS: [&str; 7] = [
    "it did not, at any moment of the date",
    "whether it did is not known",
    "it was tried; nothing is said of success",
    "it was planned",
    "it was ordered",
    "it was expected",
    "it was refused",
];

const DIRECTIVES: [(&str, &str); 18] = [
    (
        "section \"{title}\" within {644} from @{key}",
        "heading; window and source of the claims below",
    ),
    ("source {key}", "a source of its own"),
    (
        "from @{key}",
        "the source of every claim below that cites none",
    ),
    ("prefer @{key} over @{other}", "trust, where they clash"),
    ("include \"{file.annals}\"", "reads another file"),
    ("bibliography \"{sources.bib}\"", "reads BibTeX"),
    ("chronicle \"{title}\"", "the title"),
    ("calendar {julian}", "how bare dates are read"),
    ("covers {600} to {800}", "outside it nothing is claimed"),
    (
        "draft",
        "the claims of this file are shown, never reasoned with",
    ),
    ("one of #{a}, #{b}.", "exactly one of these happened"),
    (
        "relation {{{a: person}}} is {word} of {{{b: person}}}",
        "a relation of your own",
    ),
    (
        "event {{{who: person}}} {verbs}",
        "an event type of your own",
    ),
    (
        "circumstance {word} {{{place}}}",
        "a circumstance of your own",
    ),
    ("kind {word} is {place}", "a kind of your own"),
    ("road {name}", "a road between places"),
    ("unit {name}", "a unit of length"),
    ("mover {name}", "a way of getting about"),
];

/// Directives, declarations and labels of details to come, at the head of a line.
pub(crate) fn statements(offers: &mut Offers<'_>, from: usize) {
    let typed = offers.typed(from).to_lowercase();
    if typed.contains(' ') {
        return;
    }
    for (order, (form, meaning)) in DIRECTIVES.iter().enumerate() {
        if !form.starts_with(&typed) {
            continue;
        }
        let rank = 80 + order as u32;
        if form.contains('{') {
            offers.template(CompletionKind::Directive, from, form, meaning, rank);
        } else {
            offers.words(CompletionKind::Directive, from, form, meaning, rank);
        }
    }
    let kinds = &offers.resolved.chronicle.vocabulary.kinds;
    for (order, kind) in kinds.iter().enumerate() {
        if kind.name.starts_with(&typed) && kind.name != "text" {
            let form = format!("{} {{Name}}", kind.name);
            let rank = 60 + u32::from(order > 40) * 60;
            offers.template(
                CompletionKind::Declaration,
                from,
                &form,
                "a declaration",
                rank,
            );
        }
    }
}

/// Modes, before a sentence.
pub(crate) fn modes(offers: &mut Offers<'_>, from: usize) {
    let typed = offers.typed(from).to_lowercase();
    for (mode, meaning) in MODES.iter().zip(MODE_MEANINGS) {
        if mode.starts_with(&typed) {
            offers.words(CompletionKind::Mode, from, mode, meaning, 12);
        }
    }
}

/// What may follow a sentence's stop: a label, a citation.
pub(crate) fn after_the_stop(offers: &mut Offers<'_>, from: usize) {
    offers.template(
        CompletionKind::Label,
        from,
        "#{label}",
        "names the event",
        1,
    );
    let sources = offers.resolved.chronicle.sources.iter();
    for source in sources.filter(|s| !s.is_file) {
        let detail = super::source_words(&source.fields);
        let words = format!("[@{}]", source.key);
        offers.words(CompletionKind::Citation, from, &words, &detail, 2);
    }
}

/// Keys of details.
pub(crate) fn keys(offers: &mut Offers<'_>, from: usize, ground: Ground) {
    let typed = offers.typed(from).to_lowercase();
    let forms: Vec<(String, &str)> = match ground {
        Ground::Claim => detail_keys().map(|key| (claim_key(key), "")).collect(),
        Ground::Declaration => listed(&DECLARATION),
        Ground::Relation => listed(&RELATION),
        Ground::Event => listed(&EVENT),
        Ground::Circumstance => listed(&EVENT[..2]),
        Ground::Source => listed(&SOURCE),
    };
    for (order, (form, meaning)) in forms.iter().enumerate() {
        if !form.starts_with(&typed) {
            continue;
        }
        let rank = 10 + order as u32;
        if form.contains('{') {
            offers.template(CompletionKind::Detail, from, form, meaning, rank);
        } else {
            offers.words(CompletionKind::Detail, from, form, meaning, rank);
        }
    }
}

fn listed(forms: &[(&str, &'static str)]) -> Vec<(String, &'static str)> {
    forms
        .iter()
        .map(|(form, meaning)| ((*form).to_owned(), *meaning))
        .collect()
}

/// A key of a claim's details with the form of its value.
fn claim_key(key: &str) -> String {
    match key {
        "note" | "quote" | "called" | "result" => format!("{key} \"{{words}}\""),
        "part of" | "because of" | "news of" => format!("{key} #{{label}}"),
        "force of" | "losses of" | "survivors of" => format!("{key} {{name}}: {{3000 infantry}}"),
        "side" => "side: {names}".to_owned(),
        "lasting" => "lasting {40 days}".to_owned(),
        "keeps" => "keeps {relation}".to_owned(),
        key => format!("{key} {{name}}"),
    }
}

const DECLARATION: [(&str, &str); 5] = [
    ("also {name}", "another name; `?` after it doubts it"),
    ("unnamed", "may be the same as another"),
    ("at {42.06 N, 86.57 E}", "where it lies"),
    ("note \"{words}\"", "words"),
    ("is the same as {name}", "two names of one thing"),
];

const RELATION: [(&str, &str); 13] = [
    ("also {pattern}", "another way to say it"),
    ("meaning \"{words}\"", "one line of meaning"),
    (
        "one {role} per {role}",
        "the newer one instead of the older",
    ),
    ("needs {relation}", "holds only while that holds"),
    ("needs not {relation}", "excludes that"),
    ("once", "never returns"),
    ("symmetric", "the order of the slots does not matter"),
    ("transitive", "from a to b and b to c follows a to c"),
    ("timeless", "holds always or never"),
    (
        "lasts at most {120 years}",
        "bounds the days between its mentions",
    ),
    (
        "fades after {60 years}",
        "unrecorded after so long without a mention",
    ),
    ("inverse {relation}", "the same with the slots exchanged"),
    ("finds {role} at {role}", "who is where while it holds"),
];

const EVENT: [(&str, &str); 12] = [
    ("also {pattern}", "another way to say it"),
    ("meaning \"{words}\"", "one line of meaning"),
    ("begins {relation}", "makes a state true"),
    ("ends {relation}", "makes a state false"),
    ("needs {relation}", "the state holds at its start"),
    (
        "needs not {relation}",
        "the state does not hold at its start",
    ),
    ("kind of {event}", "a special case of another type"),
    ("lasting", "its start and end are two moments"),
    ("finds {role} at {role}", "who is where when it starts"),
    ("leaves {role} at {role}", "who is where when it ends"),
    ("happens at {role}", "where it takes place"),
    ("at the pace of {kind}", "how fast whoever does it gets on"),
];

const SOURCE: [(&str, &str); 5] = [
    ("title \"{title}\"", ""),
    ("author \"{author}\"", ""),
    ("year \"{year}\"", ""),
    ("kind \"{kind}\"", ""),
    ("note \"{words}\"", ""),
];

/// Calendars that can be named.
pub(crate) fn calendars(offers: &mut Offers<'_>, from: usize) {
    let names = ["julian", "gregorian", "historical"];
    for name in names {
        if name.starts_with(offers.typed(from)) {
            offers.words(CompletionKind::Directive, from, name, "a calendar", 1);
        }
    }
}
