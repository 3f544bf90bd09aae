//! The passes in their order, and the chronicle put together from what they give.

use std::collections::BTreeSet;
use std::sync::Arc;

use annals_chronicle::{
    Choice, Chronicle, Claim, ClaimId, Entity, Event, EventId, Identity, Mover, Road, Sentence,
    Unit, Vocabulary,
};
use annals_sentence::Matcher;
use annals_text::{Files, Report, Span};

use crate::claims::{self, Line, Step};
use crate::dates::{self, Dated};
use crate::declare;
use crate::detail_values::Shelf;
use crate::details::{self, Extras, Told};
use crate::events;
use crate::frame::{Frame, calendar_name};
use crate::kept::{Again, Alone, Before, Kept, KeptLine, declared, same_things};
use crate::sources::SourceBook;
use crate::texts::Texts;
use crate::vocabulary::VocabularyRead;
use crate::when::Grids;
use crate::{
    Input, Resolved, choices, containment, floats, identities, lints, lunar, movers, outcomes,
    plural, repair, roads, vocabulary,
};

/// What the declarations of all files say, before any claim is read.
struct Known<'a> {
    vocabulary: Vocabulary,
    vocabulary_read: Arc<VocabularyRead>,
    book: SourceBook<'a>,
    frame: Frame,
    entities: Vec<Entity>,
    matcher: Arc<Matcher>,
    identities: Vec<Identity>,
    roads: Vec<Road>,
    units: Vec<Unit>,
    movers: Vec<Mover>,
}

impl<'a> Known<'a> {
    fn read(
        input: Input<'a>,
        before: Option<&'a Before<'a>>,
        reports: &mut Vec<Report>,
    ) -> (Known<'a>, Option<Again<'a>>) {
        let Input {
            files,
            trees,
            shipped,
            references,
            project,
            vocabulary,
            ..
        } = input;
        let vocabulary_read = vocabulary::gather(files, trees, vocabulary);
        reports.extend(vocabulary_read.reports());
        let vocabulary = vocabulary_read.vocabulary();
        let mut book = SourceBook::new(files, trees, references, reports);
        let frame = Frame::read(files, trees, &project.dates, &mut book, reports);
        let things = declare::read(files, trees, &vocabulary, &frame, &mut book, reports);
        let entities = things.entities;
        let same = |b: &Resolved| {
            Arc::ptr_eq(&b.vocabulary, &vocabulary_read)
                && same_things(declared(&b.chronicle), &entities)
        };
        let matcher = match before.map(|b| b.resolved).filter(|b| same(b)) {
            Some(before) => before.matcher.clone(),
            None => Arc::new(Matcher::new(&vocabulary, &entities)),
        };
        let words = (&*entities, &*matcher);
        let again = Again::new(before, &vocabulary_read, words, &frame.file_settings);
        reports.extend(matcher.remarks(&entities));
        let identities = identities::join(files, things.ties, &entities, &matcher, reports);
        let (roads, units) = roads::read(
            (files, trees, shipped),
            (&vocabulary, &matcher),
            &frame,
            &mut book,
            reports,
        );
        let movers = movers::read(
            (files, trees, shipped),
            (&vocabulary, &units),
            &frame,
            &mut book,
            reports,
        );
        let known = Known {
            vocabulary,
            vocabulary_read,
            book,
            frame,
            entities,
            matcher,
            identities,
            roads,
            units,
            movers,
        };
        (known, again)
    }
}

/// Runs all passes.
pub(crate) fn assemble(input: Input<'_>, before: Option<&Before<'_>>) -> (Resolved, Vec<Report>) {
    let (files, trees) = (input.files, input.trees);
    let drafts = input.drafts.clone();
    let mut reports = Vec::new();
    let (mut known, again) = Known::read(input, before, &mut reports);
    let again = again.as_ref();
    let mut texts = Texts::new(&known.vocabulary, &known.entities);
    let readers = (&*known.matcher, again);
    let steps = claims::read(files, trees, readers, &mut texts, &mut reports);
    texts.finish(&mut known.vocabulary, &mut known.entities);
    let drafts = Drafts {
        frame: &known.frame,
        lines: &drafts,
    };
    let events::Grouped { mut events, labels } = events::group(
        (files, trees),
        &steps,
        again,
        (&known.vocabulary, &known.entities, &known.identities),
        &mut reports,
    );
    let mut grids = Grids::default();
    let dated = dates::read(
        files,
        &steps,
        &known.vocabulary,
        &known.frame,
        (&labels, again),
        &mut grids,
        &mut reports,
    );
    let mut reader = details::Reader {
        files,
        shelf: Shelf {
            matcher: &known.matcher,
            vocabulary: &known.vocabulary,
            entities: &known.entities,
            labels: &labels,
        },
        frame: &known.frame,
        book: &mut known.book,
        again,
        reports: &mut reports,
    };
    let mut extras = reader.read(&steps);
    reader.more(trees, &events, &told(&steps, drafts), &mut extras);
    reader.strays(trees);
    let choices = choices::read(files, trees, &labels, &mut reader);
    let (claims, lines) = put_together(steps, drafts, &labels.event_of, dated, extras, &mut events);
    mark_lasting_types(&known.vocabulary, &claims, &mut events);
    known.learn(files, &claims);
    let kept = Kept {
        lines,
        days: grids.days().to_vec(),
        event_of: labels.event_of,
        settings: known.frame.file_settings.clone(),
    };
    let resolved = known.chronicle((events, claims, choices), grids, kept);
    advise(files, &resolved, &mut reports);
    repair::finish(files, trees, &mut reports);
    (resolved, reports)
}

/// Reports what is readable but odd.
fn advise(files: &Files, resolved: &Resolved, reports: &mut Vec<Report>) {
    let chronicle = &resolved.chronicle;
    lints::uncited(files, chronicle, reports);
    lints::movers(chronicle, reports);
    lints::same_event(chronicle, reports);
    outcomes::lint(chronicle, reports);
    lunar::lint(chronicle, &resolved.settings, reports);
    floats::lint(chronicle, reports);
}

impl Known<'_> {
    /// What the claims tell of the declared things: which are one, what lies in what, what is
    /// many; and which names they share.
    fn learn(&mut self, files: &Files, claims: &[Claim]) {
        let Known {
            vocabulary,
            entities,
            identities,
            ..
        } = self;
        identities::from_claims(claims, vocabulary, entities, identities);
        containment::mark(claims, vocabulary, identities, entities);
        plural::mark(files, claims, vocabulary, entities);
        declare::mark_shared_names(entities);
    }

    fn chronicle(
        self,
        (events, claims, choices): (Vec<Event>, Vec<Claim>, Vec<Choice>),
        grids: Grids,
        kept: Kept,
    ) -> Resolved {
        let frame = self.frame;
        let chronicle = Chronicle {
            title: frame.title,
            calendar: calendar_name(frame.settings.calendar),
            covers: frame.covers,
            vocabulary: self.vocabulary,
            entities: self.entities,
            sources: self.book.finish(),
            preferences: frame.preferences,
            sections: frame.sections,
            events,
            claims,
            choices,
            identities: self.identities,
            grids: grids.lay_out(frame.covers, &frame.settings),
            roads: self.roads,
            units: self.units,
            movers: self.movers,
        };
        Resolved {
            chronicle: chronicle.into(),
            matcher: self.matcher,
            settings: frame.settings,
            vocabulary: self.vocabulary_read,
            kept: kept.into(),
        }
    }
}

/// Which claims are drafts: those of a file that says so, and those of certain lines.
#[derive(Clone, Copy)]
struct Drafts<'a> {
    frame: &'a Frame,
    lines: &'a BTreeSet<Span>,
}

impl Drafts<'_> {
    fn has(self, line: &Line<'_>) -> bool {
        let context = self.frame.context(line.tree, line.at);
        context.draft || self.lines.contains(&line.statement.line)
    }
}

/// What later passes need to know of every claim, in the order of claims.
fn told<'s>(steps: &'s [Step<'_>], drafts: Drafts<'_>) -> Vec<Told<'s>> {
    let mut told = Vec::new();
    for step in steps {
        if let Step::Line(line) = step {
            let draft = drafts.has(line);
            told.extend(line.said.iter().map(|sentence| Told {
                mode: line.mode,
                sentence,
                draft,
            }));
        }
    }
    told
}

/// How many claims are put together before the memory of what they were made of is given back.
const GIVEN_BACK: usize = 1 << 16;

/// Claims in document order, of what the passes have found out about them, and the lines they
/// stand on.
///
/// They are made from the last to the first, so that the lists they are made of can shrink
/// meanwhile: of a large chronicle there is no room for everything twice.
fn put_together(
    mut steps: Vec<Step<'_>>,
    drafts: Drafts<'_>,
    event_of: &[EventId],
    mut dated: Vec<Dated>,
    mut extras: Vec<Extras>,
    events: &mut [Event],
) -> (Vec<Claim>, Vec<KeptLine>) {
    let mut lines = Vec::with_capacity(steps.len());
    let mut claims: Vec<Claim> = Vec::with_capacity(event_of.len());
    while let Some(step) = steps.pop() {
        let Step::Line(line) = step else { continue };
        let section = drafts.frame.context(line.tree, line.at).section;
        let draft = drafts.has(&line);
        lines.extend(kept(&line, &dated, &extras));
        for sentence in line.said.into_iter().rev() {
            let (Some(dated_last), Some(extra)) = (dated.pop(), extras.pop()) else {
                continue;
            };
            let id = ClaimId(dated.len() as u32);
            let event = event_of[id.index()];
            let mut when = dated_last.when;
            when.conditions.extend(extra.conditions);
            events[event.index()].lasting |= dated_last.lasting || extra.lasting;
            claims.push(Claim {
                id,
                span: line.statement.line,
                sentence_span: line.claim.sentence,
                event,
                when,
                mode: line.mode,
                sentence,
                doubted: line.claim.doubted.is_some(),
                attestations: extra.attestations,
                details: extra.details,
                section,
                // An unusable denial keeps its label and place, as a draft does.
                draft: draft || dated_last.unusable,
            });
        }
        if steps.len().is_multiple_of(GIVEN_BACK) {
            steps.shrink_to_fit();
            dated.shrink_to_fit();
            extras.shrink_to_fit();
        }
    }
    claims.reverse();
    lines.reverse();
    lines.shrink_to_fit();
    (claims, lines)
}

/// What is kept of a line that makes claims, the last of those left.
fn kept(line: &Line<'_>, dated: &[Dated], extras: &[Extras]) -> Option<KeptLine> {
    let claim = dated.len().checked_sub(line.said.len())?;
    let (date, extra) = (dated.get(claim)?, extras.get(claim..)?);
    Some(KeptLine {
        tree: line.tree as u32,
        at: line.at as u32,
        claim: claim as u32,
        days: date.days,
        alone: Alone {
            sentence: line.alone,
            date: date.alone,
            own: date.own,
            details: extra.iter().all(|e| e.alone),
        },
    })
}

/// An event lasts if the vocabulary says so of any account of it.
fn mark_lasting_types(vocabulary: &Vocabulary, claims: &[Claim], events: &mut [Event]) {
    for claim in claims {
        if let Sentence::Happens { event_type, .. } = &claim.sentence {
            let lasting = vocabulary.event_types[event_type.index()].lasting;
            events[claim.event.index()].lasting |= lasting;
        }
    }
}
