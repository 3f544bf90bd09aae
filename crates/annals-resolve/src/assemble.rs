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
    matcher: Matcher,
    identities: Vec<Identity>,
    roads: Vec<Road>,
    units: Vec<Unit>,
    movers: Vec<Mover>,
}

impl<'a> Known<'a> {
    fn read(input: Input<'a>, reports: &mut Vec<Report>) -> Known<'a> {
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
        let declared = declare::read(files, trees, &vocabulary, &frame, &mut book, reports);
        let entities = declared.entities;
        let (matcher, found) = Matcher::new(&vocabulary, &entities);
        reports.extend(found);
        let identities = identities::join(files, declared.ties, &entities, &matcher, reports);
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
        Known {
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
        }
    }
}

/// Runs all passes.
pub(crate) fn assemble(input: Input<'_>) -> (Resolved, Vec<Report>) {
    let (files, trees) = (input.files, input.trees);
    let drafts = input.drafts.clone();
    let mut reports = Vec::new();
    let mut known = Known::read(input, &mut reports);
    let mut texts = Texts::new(&known.vocabulary, &known.entities);
    let steps = claims::read(files, trees, &known.matcher, &mut texts, &mut reports);
    texts.finish(&mut known.vocabulary, &mut known.entities);
    let drafts = Drafts {
        frame: &known.frame,
        lines: &drafts,
    };
    let events::Grouped {
        mut events,
        event_of,
        labels,
    } = events::group(
        files,
        trees,
        &steps,
        (&known.vocabulary, &known.entities, &known.identities),
        &mut reports,
    );
    let mut grids = Grids::default();
    let dated = dates::read(
        files,
        &steps,
        &known.vocabulary,
        &known.frame,
        (&event_of, &labels),
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
        reports: &mut reports,
    };
    let mut extras = reader.read(&steps);
    reader.more(trees, &events, &told(&steps, drafts), &mut extras);
    reader.strays(trees);
    let choices = choices::read(files, trees, &labels, &mut reader);
    let claims = put_together(steps, drafts, &event_of, dated, extras, &mut events);
    mark_lasting_types(&known.vocabulary, &claims, &mut events);
    known.learn(files, &claims);
    let resolved = known.chronicle(events, claims, choices, grids);
    let chronicle = &resolved.chronicle;
    lints::uncited(files, chronicle, &mut reports);
    lints::movers(chronicle, &mut reports);
    lints::same_event(chronicle, &mut reports);
    outcomes::lint(chronicle, &mut reports);
    lunar::lint(chronicle, &resolved.settings, &mut reports);
    floats::lint(chronicle, &mut reports);
    repair::finish(files, trees, &mut reports);
    (resolved, reports)
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
        events: Vec<Event>,
        claims: Vec<Claim>,
        choices: Vec<Choice>,
        grids: Grids,
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

/// Claims in document order, of what the passes have found out about them.
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
) -> Vec<Claim> {
    let mut claims: Vec<Claim> = Vec::with_capacity(event_of.len());
    while let Some(step) = steps.pop() {
        let Step::Line(line) = step else { continue };
        let section = drafts.frame.context(line.tree, line.at).section;
        let draft = drafts.has(&line);
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
    claims
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
