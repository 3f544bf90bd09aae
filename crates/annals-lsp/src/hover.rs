//! What is known of what stands under the cursor, in Markdown.
//!
//! A label: the exact days, what forces them, who says so. A name: its kind, its names, where it is
//! declared, what is recorded of it. A date: the days it means. A sentence: what follows for it,
//! on whose word. A citation: its entry. What follows from a chronicle is told only if it was
//! worked out from the very text.

use annals::calendar::{Days, print_days};
use annals::chronicle::{
    Attestation, Claim, ClaimId, Condition, Day, DaySet, Edge, EntityId, EventId, Mode, Moment,
    Point, Sentence, SourceId,
};
use annals::{Compiled, EventShown, Evidence, FileId, Outcome, Resolved, Scope, Span};

use crate::completion::source_words;
use crate::diagnostics::Places;
use crate::position::Range;
use crate::said::sentence_of;
use crate::under::{Lookup, Meaning};
use crate::workspace::Analysis;

/// Words about a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hover {
    /// What they are about.
    pub range: Range,
    /// The words, in Markdown.
    pub markdown: String,
}

/// Most states and events of a thing that are listed.
const LISTED_MOST: usize = 8;

/// Words about what stands at a byte of a file; `whole` is what follows from the chronicle, if it
/// has been worked out.
pub fn hover(
    analysis: &Analysis,
    whole: Option<&Compiled>,
    file: FileId,
    at: usize,
) -> Option<Hover> {
    let lookup = Lookup::new(analysis);
    let under = lookup.under(file, at as u32)?;
    let teller = Teller { analysis, whole };
    let lines = match &under.meaning {
        Meaning::Label(name) => teller.label(name)?,
        Meaning::Thing(id) => teller.thing(*id),
        Meaning::Source(id) => teller.source(*id),
        Meaning::Date(claim, index) => teller.date(lookup.claim(*claim), *index),
        Meaning::Sentence(claims) => teller.claims(claims),
        Meaning::File(path) => vec![format!("reads `{path}`")],
    };
    Some(Hover {
        range: Places::new(analysis).range(under.span),
        markdown: lines.join("\n\n"),
    })
}

struct Teller<'a> {
    analysis: &'a Analysis,
    whole: Option<&'a Compiled>,
}

impl Teller<'_> {
    fn resolved(&self) -> &Resolved {
        self.analysis.resolved()
    }

    fn claim(&self, id: ClaimId) -> &Claim {
        &self.resolved().chronicle.claims[id.index()]
    }

    fn days(&self, days: &DaySet) -> String {
        let number = |day: Option<Day>| day.map(|day| i64::from(day.0));
        let ranges = days
            .ranges()
            .iter()
            .map(|r| (number(r.first), number(r.last)));
        let days = Days::from_ranges(ranges).unwrap_or_else(Days::all);
        print_days(&days, &self.resolved().settings)
    }

    fn place(&self, span: Span) -> String {
        self.analysis.prepared.files().place(span)
    }

    /// An event: its days, what forces them, and every account of it.
    fn label(&self, name: &str) -> Option<Vec<String>> {
        let chronicle = &self.resolved().chronicle;
        let Some(event) = chronicle.event_of_label(name) else {
            return Some(vec![format!("no event is called `#{name}`")]);
        };
        let told = &chronicle.events[event.index()];
        let first = *told.claims.first()?;
        let mut lines = vec![format!(
            "**{}** `#{name}`",
            plain(&sentence_of(self.resolved(), first))
        )];
        match self.event_answer(name) {
            Some(shown) => lines.extend(event_lines(&shown)),
            None => lines.extend(self.bounds(event)),
        }
        lines.push(self.accounts(&told.claims));
        Some(lines)
    }

    fn event_answer(&self, label: &str) -> Option<EventShown> {
        let answer = self.whole?.when(&format!("#{label}")).ok()?;
        answer
            .results
            .into_iter()
            .find_map(|outcome| match outcome {
                Outcome::Event(shown) => Some(shown),
                _ => None,
            })
    }

    /// The days an event may have, without what forces them.
    fn bounds(&self, event: EventId) -> Option<String> {
        let reasoner = &self.whole?.reasoner;
        let told = &self.resolved().chronicle.events[event.index()];
        let at = |edge| {
            let bounds = reasoner.bounds(Moment { event, edge });
            let doubt = if bounds.proven { "" } else { " (not proven)" };
            format!("{}{doubt}", self.days(&bounds.days))
        };
        Some(match told.lasting {
            true => format!("begins {}, ends {}", at(Edge::Start), at(Edge::End)),
            false => at(Edge::Start),
        })
    }

    /// Who says what of an event, a line each.
    fn accounts(&self, claims: &[ClaimId]) -> String {
        let lines = claims.iter().map(|id| {
            let claim = self.claim(*id);
            let files = self.analysis.prepared.files();
            let when = claim.when.conditions.iter();
            let when: Vec<&str> = when.map(|c| &*c.written).collect();
            let said = files.slice(claim.sentence_span);
            format!(
                "- {}: {} ({}, {})",
                plain(&when.join(", ")),
                plain(said),
                self.witnesses(&claim.attestations),
                plain(&self.place(claim.span)),
            )
        });
        lines.collect::<Vec<_>>().join("\n")
    }

    fn witnesses(&self, attestations: &[Attestation]) -> String {
        let sources = &self.resolved().chronicle.sources;
        let words = attestations.iter().map(|a| {
            let source = &sources[a.source.index()];
            let mut words = match source.is_file {
                true => format!("`{}` itself", source.key),
                false => format!("@{}", source.key),
            };
            if let Some(locator) = &a.locator {
                words.push_str(&format!(", {locator}"));
            }
            if let Some(via) = a.via {
                words.push_str(&format!(", via @{}", sources[via.index()].key));
            }
            words
        });
        words.collect::<Vec<_>>().join("; ")
    }

    /// A thing: kind, names, place, and what is recorded of it.
    fn thing(&self, id: EntityId) -> Vec<String> {
        let chronicle = &self.resolved().chronicle;
        let entity = &chronicle.entities[id.index()];
        let kind = &chronicle.vocabulary.kinds[entity.kind.index()].name;
        let mut head = format!("**{}**, {kind}", plain(&entity.name));
        let names: Vec<String> = entity.names.iter().map(|n| plain(&n.text)).collect();
        if !names.is_empty() {
            head.push_str(&format!("; also {}", names.join(", ")));
        }
        if entity.unnamed {
            head.push_str("; unnamed: may be the same as another");
        }
        let mut lines = vec![head];
        let identities = chronicle.identities.iter();
        for identity in identities.filter(|i| i.a == id || i.b == id) {
            let other = if identity.a == id {
                identity.b
            } else {
                identity.a
            };
            let doubt = if identity.doubted { "perhaps " } else { "" };
            let name = plain(&chronicle.name_of(other));
            lines.push(format!("{doubt}the same as {name}"));
        }
        let declared = match entity.words {
            true => "first said",
            false => "declared",
        };
        lines.push(format!("{declared} at {}", plain(&self.place(entity.span))));
        lines.extend(self.recorded(id));
        lines
    }

    /// States and events of a thing, in short.
    fn recorded(&self, id: EntityId) -> Option<String> {
        let whole = self.whole?;
        let name = self.resolved().chronicle.name_of(id);
        let seen = whole.overview(&Scope {
            about: Some(name),
            most_events: LISTED_MOST,
            most_states: LISTED_MOST,
        });
        let mut lines = Vec::new();
        for state in &seen.states {
            let runs = state.runs.iter().map(|run| {
                let end = |day: i32| Some(Day(day));
                let set = DaySet::range(end(run.first), run.last.and_then(end));
                let words = set.map(|set| self.days(&set)).unwrap_or_default();
                let sure = if run.certain { "" } else { "possibly " };
                format!("{sure}{words}")
            });
            let runs: Vec<String> = runs.take(4).collect();
            lines.push(format!("- {}: {}", plain(&state.sentence), runs.join("; ")));
        }
        for event in &seen.events {
            lines.push(format!(
                "- {}: {}",
                plain(&event.words),
                plain(&event.sentence)
            ));
        }
        let more = seen.left_out.events + seen.left_out.states;
        if more > 0 {
            lines.push(format!("- and {more} more"));
        }
        (!lines.is_empty()).then(|| lines.join("\n"))
    }

    fn source(&self, id: SourceId) -> Vec<String> {
        let source = &self.resolved().chronicle.sources[id.index()];
        let mut lines = vec![format!(
            "**@{}** {}",
            source.key,
            plain(&source_words(&source.fields))
        )];
        let shown = ["author", "editor", "title", "year", "date"];
        let rest = source
            .fields
            .iter()
            .filter(|(key, _)| !shown.contains(&key.as_str()));
        let rest: Vec<String> = rest
            .map(|(key, value)| format!("- {key}: {}", plain(value)))
            .collect();
        if !rest.is_empty() {
            lines.push(rest.join("\n"));
        }
        if source.fields.is_empty() {
            lines.push("no entry of a bibliography, no `source` of this key".to_owned());
        }
        let claims = self.resolved().chronicle.claims.iter();
        let count = claims
            .filter(|c| c.attestations.iter().any(|a| a.source == id))
            .count();
        lines.push(format!("claims that cite it: {count}"));
        lines
    }

    /// A date: the days it means by itself, and those left by everything else.
    fn date(&self, claim: &Claim, index: usize) -> Vec<String> {
        let Some(condition) = claim.when.conditions.get(index) else {
            return Vec::new();
        };
        let mut lines = vec![format!("**{}**", plain(&condition.written))];
        lines.push(self.condition(condition));
        if let Some(soft) = &condition.soft {
            lines.push(format!("assumed: {}", plain(&soft.words)));
        }
        if condition.doubted {
            lines.push("the source doubts this date".to_owned());
        }
        if let Some(bounds) = self.bounds(claim.event) {
            lines.push(format!("with everything else: {bounds}"));
        }
        lines
    }

    fn condition(&self, condition: &Condition) -> String {
        let points: Vec<String> = condition
            .alternatives
            .iter()
            .map(|p| self.point(p))
            .collect();
        let words = points.join(", or ");
        match condition.reported {
            true => format!("reported {words}: it happened no later"),
            false => words,
        }
    }

    fn point(&self, point: &Point) -> String {
        let label = |event: EventId| {
            let event = &self.resolved().chronicle.events[event.index()];
            match &event.label {
                Some(label) => format!("#{label}"),
                None => format!("the event of {}", plain(&self.place(event.span))),
            }
        };
        match point {
            Point::Undated => "some day, unknown which".to_owned(),
            Point::Always => "at every moment".to_owned(),
            Point::On(days) => self.days(days),
            Point::Span { from, to } => {
                let from = from.as_ref().map(|d| format!("begins {}", self.days(d)));
                let to = to.as_ref().map(|d| format!("ends {}", self.days(d)));
                from.into_iter().chain(to).collect::<Vec<_>>().join(", ")
            }
            Point::Throughout(days) => format!("at every moment of {}", self.days(days)),
            Point::After(anchor) => format!("after {}", label(anchor.event)),
            Point::Before(anchor) => format!("before {}", label(anchor.event)),
            Point::During(anchor) => format!("during {}", label(anchor.event)),
            Point::At(anchor) => format!("on a day of {}", label(anchor.event)),
            Point::Offset {
                anchor,
                least,
                most,
            } => {
                let number = |n: &Option<i32>| n.map_or("any number".to_owned(), |n| n.to_string());
                let (least, most) = (number(least), number(most));
                let days = if least == most {
                    least
                } else {
                    format!("{least} to {most}")
                };
                format!("days after {}: {days}", label(anchor.event))
            }
            Point::Cell {
                anchor,
                grid,
                offset,
            } => {
                let unit = &self.resolved().chronicle.grids[grid.index()].unit;
                format!("the {unit} {offset} after that of {}", label(anchor.event))
            }
        }
    }

    /// What follows for the claims of a line.
    fn claims(&self, claims: &[ClaimId]) -> Vec<String> {
        let mut lines = Vec::new();
        for id in claims.iter().take(4) {
            let claim = self.claim(*id);
            lines.push(format!("**{}**", plain(&sentence_of(self.resolved(), *id))));
            lines.extend(self.meaning(claim));
            lines.extend(self.verdict(claim));
        }
        if let Some(first) = claims.first() {
            let claim = self.claim(*first);
            lines.push(format!("said by {}", self.witnesses(&claim.attestations)));
        }
        lines
    }

    fn meaning(&self, claim: &Claim) -> Option<String> {
        let vocabulary = &self.resolved().chronicle.vocabulary;
        let meaning = match &claim.sentence {
            Sentence::Happens { event_type, .. } => {
                &vocabulary.event_types[event_type.index()].meaning
            }
            Sentence::Holds { relation, .. } => &vocabulary.relations[relation.index()].meaning,
            Sentence::Text(_) => return None,
        };
        (!meaning.is_empty()).then(|| format!("*{}*", plain(meaning)))
    }

    /// Of an event its days, of a state whether it held in its date and why.
    fn verdict(&self, claim: &Claim) -> Vec<String> {
        let mut lines = Vec::new();
        if claim.draft {
            lines.push("a draft: nothing follows from it".to_owned());
            return lines;
        }
        if let (Sentence::Holds { .. }, Mode::Asserted, Some(whole)) =
            (&claim.sentence, claim.mode, self.whole)
        {
            let when: Vec<&str> = claim.when.conditions.iter().map(|c| &*c.written).collect();
            let sentence = sentence_of(self.resolved(), claim.id);
            let answer = whole.ask(&format!("{}: {sentence}", when.join(", ")));
            for outcome in answer.into_iter().flat_map(|a| a.results) {
                if let Outcome::Held(held) = outcome {
                    let basis = plain(&held.basis.words);
                    lines.push(format!("{}: {basis}", held.verdict.word()));
                    lines.extend(evidence("because of", &held.support));
                    lines.extend(held.disputed.iter().map(|d| plain(&d.words)));
                }
            }
        }
        if lines.is_empty() {
            lines.extend(self.bounds(claim.event));
        }
        lines
    }
}

fn event_lines(shown: &EventShown) -> Vec<String> {
    let mut lines = vec![format!(
        "{}: {}",
        shown.status,
        plain(&shown.start.days.words)
    )];
    if shown.start.days.exact != shown.start.days.words {
        lines.push(plain(&shown.start.days.exact));
    }
    lines.extend(evidence(
        "not earlier because of",
        &shown.start.earliest_because,
    ));
    lines.extend(evidence(
        "not later because of",
        &shown.start.latest_because,
    ));
    if let Some(end) = &shown.end {
        lines.push(format!("ends {}", plain(&end.days.words)));
    }
    lines.extend(shown.start.disputed.iter().map(|d| plain(&d.words)));
    if !shown.start.proven {
        lines.push("not proven".to_owned());
    }
    lines
}

fn evidence(head: &str, evidence: &Evidence) -> Option<String> {
    let claims = evidence.claims.iter().map(|c| {
        let uses = match c.uses.is_empty() {
            true => String::new(),
            false => format!(" ({})", c.uses.join(", ")),
        };
        format!("- {}, {}{}", plain(&c.words), plain(&c.place), plain(&uses))
    });
    let assumed = evidence
        .assumptions
        .iter()
        .map(|a| format!("- {}", plain(a)));
    let lines: Vec<String> = claims.chain(assumed).collect();
    (!lines.is_empty()).then(|| format!("{head}\n{}", lines.join("\n")))
}

/// Text of a chronicle as Markdown shows it: nothing in it is taken for a mark.
pub(crate) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | '`' | '*' | '_' | '<' | '>' | '[' | ']' | '|' | '~' | '&' | '#' => {
                out.push('\\');
                out.push(c);
            }
            '\n' | '\r' => out.push(' '),
            c => out.push(c),
        }
    }
    out
}
