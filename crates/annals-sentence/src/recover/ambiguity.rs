//! More than one reading, and holes where a claim must not have them.

use annals_chronicle::{EntityId, RelationId};
use annals_text::{Edit, Report, Span};

use crate::filler::Item;
use crate::matcher::{Matcher, fills};
use crate::phrase::{pattern_words, phrase};
use crate::reading::{Reading, SlotContent, SlotFill};
use crate::sentence::Sentence;

/// The things of a filler, in the order of the text.
fn things(content: &SlotContent) -> &[EntityId] {
    match content {
        SlotContent::One(thing) => std::slice::from_ref(thing),
        SlotContent::List(things) | SlotContent::Together(things) | SlotContent::OneOf(things) => {
            things
        }
        SlotContent::Unfilled
        | SlotContent::Hole
        | SlotContent::Text(_)
        | SlotContent::Number(_) => &[],
    }
}

/// A thing with its kind: `Karasahr (place)`.
pub(crate) fn with_kind(matcher: &Matcher, thing: EntityId) -> String {
    let name = matcher.names.name(thing);
    let kind = matcher
        .names
        .kind(thing)
        .and_then(|k| matcher.vocabulary.kinds.get(k.index()));
    match kind {
        Some(kind) => format!("{name} ({})", kind.name),
        None => name.to_owned(),
    }
}

/// A filler in words; `None` where the slot is left out.
fn fill_words(matcher: &Matcher, fill: &SlotFill) -> Option<String> {
    let joined = |joiner: &str| {
        let names: Vec<String> = things(&fill.content)
            .iter()
            .map(|t| with_kind(matcher, *t))
            .collect();
        names.join(joiner)
    };
    match &fill.content {
        SlotContent::Unfilled => None,
        SlotContent::Hole => Some("?".to_owned()),
        SlotContent::One(_) | SlotContent::List(_) => Some(joined(" and ")),
        SlotContent::Together(_) => Some(format!("{} together", joined(" and "))),
        SlotContent::OneOf(_) => Some(joined(" or ")),
        SlotContent::Text(text) => Some(format!("\"{text}\"")),
        SlotContent::Number(number) => Some(number.clone()),
    }
}

/// A reading as a sentence with every name's kind.
fn reading_words(matcher: &Matcher, reading: &Reading) -> String {
    let roles: Vec<Option<String>> = reading
        .roles
        .iter()
        .map(|fill| fill_words(matcher, fill))
        .collect();
    let mut words = phrase(&matcher.vocabulary, &reading.target, &roles);
    for (id, fill) in &reading.tail {
        let circumstance = &matcher.vocabulary.circumstances[id.index()];
        words = format!("{words}, {}", circumstance.name);
        if let Some(filler) = fill_words(matcher, fill) {
            words = format!("{words} {filler}");
        }
    }
    words
}

/// The first filler that two readings with one target fill with different things.
fn differing<'r>(a: &'r Reading, b: &'r Reading) -> Option<(&'r SlotFill, EntityId, EntityId)> {
    if a.target != b.target {
        return None;
    }
    fills(a).zip(fills(b)).find_map(|(x, y)| {
        if x.span != y.span {
            return None;
        }
        let pairs = things(&x.content).iter().zip(things(&y.content));
        pairs
            .into_iter()
            .find(|(p, q)| p != q)
            .map(|(p, q)| (x, *p, *q))
    })
}

/// Two readings fit equally well: both in words, and how to say which is meant.
pub(crate) fn two_readings(matcher: &Matcher, sentence: &Sentence, readings: &[Reading]) -> Report {
    let text = sentence.source.trim();
    let [first, second, ..] = readings else {
        return Report::error("two-readings", format!("`{text}` can be read in two ways"));
    };
    let count = if readings.len() == 2 {
        "two"
    } else {
        "several"
    };
    let mut report = Report::error(
        "two-readings",
        format!("`{text}` can be read in {count} ways"),
    );
    let Some((fill, p, q)) = differing(first, second) else {
        report = report.at(sentence.span, "which is meant?");
        for reading in &readings[..2] {
            report = report.note(format!("It may say: {}.", reading_words(matcher, reading)));
        }
        return report.help(
            "say the kind of a name in parentheses, as in `Kucha (place)`, or put a name in quotes",
        );
    };
    let (a, b) = (with_kind(matcher, p), with_kind(matcher, q));
    if matcher.names.kind(p) == matcher.names.kind(q) {
        let from = (fill.span.start - sentence.span.start) as usize;
        let to = (fill.span.end - sentence.span.start) as usize;
        let name = sentence.source.get(from..to).unwrap_or(text);
        let (a, b) = (with_kind(matcher, p), with_kind(matcher, q));
        report.code = "ambiguous-name";
        report.headline = format!("`{name}` may mean several things: {a}, {b}");
    }
    report = report
        .at(fill.span, format!("{a} or {b}?"))
        .note(format!("It may say: {}.", reading_words(matcher, first)))
        .note(format!("It may say: {}.", reading_words(matcher, second)));
    let single = matches!(fill.content, SlotContent::One(_));
    choose(report, matcher, (fill.span, single), &[p, q])
}

/// Adds a remedy for each thing a name may mean.
fn choose(
    mut report: Report,
    matcher: &Matcher,
    (span, single): (Span, bool),
    things: &[EntityId],
) -> Report {
    // The kind tells things apart, unless it is the same; then their first names may.
    let differ = |words: &dyn Fn(&EntityId) -> String| {
        let all: std::collections::BTreeSet<String> = things.iter().map(words).collect();
        all.len() == things.len()
    };
    let kind = |t: &EntityId| format!("{:?}", matcher.names.kind(*t));
    let by_kind = differ(&kind);
    if !by_kind && !differ(&|t: &EntityId| matcher.names.name(*t).to_owned()) {
        return report.help(
            "both are of one kind: give each a name of its own with `also`, and use that here",
        );
    }
    for thing in things {
        let name = match by_kind {
            true => with_kind(matcher, *thing),
            false => matcher.names.name(*thing).to_owned(),
        };
        // The very words that are ambiguous are no remedy.
        if report.headline.starts_with(&format!("`{name}` ")) {
            report = report.help(format!(
                "if the thing declared as `{name}` is meant, give it a further name with `also`, \
                 and use that here"
            ));
            continue;
        }
        let edits = if single {
            vec![Edit {
                span,
                replacement: name.clone(),
            }]
        } else {
            vec![]
        };
        report = report.fix(format!("write `{name}`"), edits, false);
    }
    report
}

/// A name by itself that may mean several things.
pub(crate) fn ambiguous_name(matcher: &Matcher, sentence: &Sentence, item: &Item) -> Report {
    let words = sentence.slice(item.start, item.end);
    let all: Vec<String> = item.things.iter().map(|t| with_kind(matcher, *t)).collect();
    let place = sentence.place(item.start, item.end);
    let headline = format!("`{words}` may mean several things: {}", all.join(", "));
    let report = Report::error("ambiguous-name", headline).at(place, "which is meant?");
    choose(report, matcher, (place, true), &item.things)
}

/// A claim must say what a question may ask.
pub(crate) fn hole_in_claim(span: Span) -> Report {
    Report::error("hole-in-claim", "A claim cannot leave a name open with `?`")
        .at(span, "only questions have holes")
        .help(
            "declare the thing and mark it `unnamed`, as in `person tudun of 644`, or leave the \
               part out where the pattern allows it",
        )
}

/// Words that no relation, or more than one, has.
pub(crate) fn relation_words(
    matcher: &Matcher,
    text: &str,
    span: Span,
    found: &[(u32, RelationId)],
) -> Report {
    let relations = &matcher.vocabulary.relations;
    if found.is_empty() {
        let headline = format!("No relation has the words `{}`", text.trim());
        let report = Report::error("unknown-sentence", headline)
            .at(span, "expected words of a relation, as in `ruler of`");
        let near = crate::nearest(text.trim(), relations.iter().map(|r| r.name.as_str()));
        return match near {
            Some(near) => report.help(format!("did you mean `{near}`?")),
            None => report,
        };
    }
    let headline = format!("`{}` may mean several relations", text.trim());
    let mut report = Report::error("two-readings", headline).at(span, "which is meant?");
    for (_, id) in found.iter().take(4) {
        let relation = &relations[id.index()];
        let words = pattern_words(&relation.patterns[0], &relation.roles, &matcher.vocabulary);
        report = report.note(format!("It may mean: {words}"));
    }
    report.help("use more of the relation's words")
}
