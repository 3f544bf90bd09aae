//! Events with a range for a date whose outcome may be meant for the whole range.
//!
//! An event has its effects at its end. What it begins holds from the end of the range on, which
//! surprises whoever took the sentence for that of a state: `from 648 to 658: Tang garrisons
//! Karasahr`. So it is said, with the sentence of the state.

use annals_chronicle::{
    Argument, Chronicle, Claim, Effect, Filler, Mode, Origin, Point, Sentence, Shared, Template,
};
use annals_text::{Report, Span};

/// Says of events that last by their dates alone when what they begin holds.
pub(crate) fn lint(chronicle: &Chronicle, reports: &mut Vec<Report>) {
    let mut told: Option<Span> = None;
    for claim in &chronicle.claims {
        // The claims of one list share their line.
        if claim.draft || claim.mode != Mode::Asserted || told == Some(claim.span) {
            continue;
        }
        let Some(when) = ranged(claim) else { continue };
        let Some(state) = begun(chronicle, claim) else {
            continue;
        };
        told = Some(claim.span);
        reports.push(
            Report::lint(
                "begins-at-the-end",
                format!("`{state}` begins only as this ends"),
            )
            .at(when, "the event lasts so long")
            .note("an event has its effects at its end; what lasts through a range is a state")
            .help(format!(
                "if it held all that time, write the state: `{state}`"
            ))
            .help("if it began at the start of the range, give the event that date alone"),
        );
    }
}

/// The claim's own date, where it says that the event lasts.
fn ranged(claim: &Claim) -> Option<Span> {
    let lasts = |p: &Point| matches!(p, Point::Span { from: Some(_), .. } | Point::Throughout(_));
    let mut conditions = claim.when.conditions.iter();
    let found = conditions.find(|c| c.origin == Origin::Claim && c.alternatives.iter().any(lasts));
    found.map(|c| c.span)
}

/// The sentence of the first state that the claim's event begins, unless its type lasts by itself:
/// then an outcome is expected at its end.
fn begun(chronicle: &Chronicle, claim: &Claim) -> Option<String> {
    let Sentence::Happens {
        event_type, roles, ..
    } = &claim.sentence
    else {
        return None;
    };
    let event_type = &chronicle.vocabulary.event_types[event_type.index()];
    if event_type.lasting {
        return None;
    }
    event_type.effects.iter().find_map(|effect| match effect {
        Effect::Begins(template) => state(chronicle, template, roles),
        _ => None,
    })
}

fn state(chronicle: &Chronicle, template: &Template, roles: &[Filler]) -> Option<String> {
    let arguments = template.arguments.iter();
    let filled = arguments.map(|argument| match argument {
        Argument::Role(role) => roles.get(*role as usize).cloned(),
        Argument::Any => None,
    });
    let holds = Sentence::Holds {
        relation: template.relation,
        roles: filled.collect::<Option<Shared<Filler>>>()?,
        tail: vec![],
    };
    let name = |id: annals_chronicle::EntityId, _: &_| chronicle.name_of(id);
    let plural = |things: &[annals_chronicle::EntityId]| match things {
        [only] => chronicle.entities[only.index()].plural,
        several => several.len() > 1,
    };
    let vocabulary = &chronicle.vocabulary;
    let words = annals_sentence::sentence_words(vocabulary, &holds, &name, &plural);
    Some(words)
}
