//! Details: who attests a claim, what else is said of it, and what that does to its date.

use annals_chronicle::{
    Anchor, Attestation, Bound, ClaimId, Condition, Detail, DetailValue, Event, Few, Mode, Origin,
    Point, Sentence,
};
use annals_sentence::nearest;
use annals_syntax::{self as syntax, DetailKind, StatementKind, Tree};
use annals_text::{Files, Report, Span};

use crate::claims::{Line, Step};
use crate::detail_values::{Form, KEYS, Shelf, form_of};
use crate::frame::{Context, Frame};
use crate::kept::{Again, Found};
use crate::sources::SourceBook;
use crate::when::{Labelled, Labels, label_name, unknown_label};
use crate::words::{brief, key};

/// What is said of one claim besides its sentence and date.
#[derive(Clone, Debug, Default)]
pub(crate) struct Extras {
    /// Who says so; never empty.
    pub attestations: Few<Attestation>,
    /// Whether a default stands for it because nobody is cited.
    by_default: bool,
    /// Details.
    pub details: Vec<Detail>,
    /// Conditions that details lay on its date.
    pub conditions: Vec<Condition>,
    /// Whether a detail says that it lasted.
    pub lasting: bool,
    /// Whether the details were read from their own words alone.
    pub alone: bool,
}

/// Reads details and citations.
pub(crate) struct Reader<'r, 'a> {
    pub files: &'r Files,
    pub shelf: Shelf<'r>,
    pub frame: &'r Frame,
    pub book: &'r mut SourceBook<'a>,
    pub again: Option<&'r Again<'r>>,
    pub reports: &'r mut Vec<Report>,
}

impl Reader<'_, '_> {
    /// The extras of all claims, in the order of claims.
    pub(crate) fn read(&mut self, steps: &[Step<'_>]) -> Vec<Extras> {
        let mut all = Vec::with_capacity(steps.len());
        for step in steps {
            if let Step::Line(line) = step {
                self.line(line, &mut all);
            }
        }
        all
    }

    fn line(&mut self, line: &Line<'_>, all: &mut Vec<Extras>) {
        let context = self.frame.context(line.tree, line.at);
        let mut extras = Extras::default();
        self.attest(line, context, &mut extras);
        let Some(first) = line.said.first() else {
            // The sentence is reported; its details would only repeat that it is not known whose
            // they are.
            return;
        };
        if let Some(mut details) = line.found(self.again).and_then(Found::details) {
            let last = details.pop();
            let others = details.into_iter();
            all.extend(others.map(|details| extras.clone().again(details)));
            all.extend(last.map(|details| extras.again(details)));
            return;
        }
        for (circumstance, filler) in &line.quoted_tail {
            let name = &self.shelf.vocabulary.circumstances[circumstance.index()].name;
            extras.details.push(Detail {
                key: key(name),
                of: Vec::new(),
                value: DetailValue::Entities(filler.clone()),
                doubted: false,
                attestations: Few::new(),
                span: line.claim.sentence,
                written: self.files.slice(line.claim.sentence).to_string(),
            });
        }
        let first_claim = all.len();
        let reported = self.reports.len();
        let mut joint = Vec::new();
        for detail in &line.statement.details {
            let Some(read) = self.detail(detail, first, context.default.as_ref()) else {
                continue;
            };
            if line.said.len() > 1 && matches!(read.value, DetailValue::Figures(_)) {
                joint.push(read);
            } else {
                extras.add(read);
            }
        }
        extras.alone = reported == self.reports.len() && stand_alone(line, &extras);
        all.extend((1..line.said.len()).map(|_| extras.clone()));
        all.push(extras);
        // Details never distribute: a figure said of a list counts once, with its first claim.
        joint
            .into_iter()
            .for_each(|detail| all[first_claim].add(detail));
    }

    fn attest(&mut self, line: &Line<'_>, context: &Context, extras: &mut Extras) {
        let default = context.default.as_ref();
        let details = line.statement.details.iter();
        let mut lines = details.filter(|d| d.kind == DetailKind::Cites).peekable();
        let own = &line.claim.cites;
        extras.attestations = if lines.peek().is_none() && own.is_sorted_by_key(|c| c.span.start) {
            self.book.cite_all(own, default, self.reports)
        } else {
            let all = lines.flat_map(|d| &d.cites).chain(own);
            let mut all: Vec<syntax::Citation> = all.cloned().collect();
            all.sort_by_key(|c| c.span.start);
            self.book.cite_all(&all, default, self.reports)
        };
        if extras.attestations.is_empty() {
            let place = line.statement.line;
            extras.by_default = true;
            let own = self.default_attestation(default, place);
            extras.attestations.push(own);
        }
    }

    /// The section's or file's source, else the file itself.
    pub(crate) fn default_attestation(
        &mut self,
        default: Option<&Attestation>,
        place: Span,
    ) -> Attestation {
        match default {
            Some(default) => Attestation {
                span: place,
                ..default.clone()
            },
            None => Attestation {
                source: self.book.of_file(place.file),
                locator: None,
                via: None,
                span: place,
            },
        }
    }

    /// Reads one detail of a claim; `None` where it only cites or is reported.
    fn detail(
        &mut self,
        detail: &syntax::Detail,
        sentence: &Sentence,
        default: Option<&Attestation>,
    ) -> Option<Detail> {
        let (word, of, value) = match &detail.kind {
            DetailKind::Cites | DetailKind::Broken => return None,
            DetailKind::Also(_) => {
                self.reports.push(
                    Report::error("unknown-detail", "a claim has no further names")
                        .at(detail.span, "this line is left out")
                        .help("further names stand below the declaration of a thing"),
                );
                return None;
            }
            DetailKind::Item { key, of, value } => (*key, *of, *value),
        };
        let name = self.key_name(word);
        let attestations = self.book.cite_all(&detail.cites, default, self.reports);
        let Some(form) = form_of(&name) else {
            self.reports.push(unknown_detail(
                &name,
                self.files.slice(detail.span),
                detail.span,
            ));
            return None;
        };
        let of = match of {
            Some(of) => self.shelf.of(self.files.slice(of), of, sentence),
            None => Ok(Vec::new()),
        };
        let text = self.files.slice(value);
        let value = self.shelf.value(form, &name, (text, value), sentence);
        let (of, value) = match (of, value) {
            (Ok(of), Ok(value)) => (of, value),
            (of, value) => {
                self.reports.extend(of.err().into_iter().flatten());
                self.reports.extend(value.err().into_iter().flatten());
                return None;
            }
        };
        Some(Detail {
            key: name,
            of,
            value,
            doubted: detail.doubted.is_some(),
            attestations,
            span: detail.span,
            written: self.files.slice(detail.span).trim().to_string(),
        })
    }

    fn key_name(&self, word: Span) -> String {
        key(self.files.slice(word))
            .trim_end_matches(':')
            .to_string()
    }

    /// `#talas:` alone: its details belong to the first claim that says the event happened.
    pub(crate) fn more(
        &mut self,
        trees: &[Tree],
        events: &[Event],
        told: &[Told<'_>],
        all: &mut [Extras],
    ) {
        for (tree, of) in trees.iter().enumerate() {
            for (at, statement) in of.statements.iter().enumerate() {
                let StatementKind::More { label } = statement.kind else {
                    continue;
                };
                let name = label_name(self.files.slice(label));
                let event = match self.shelf.labels.find(name) {
                    Labelled::Event(event) => event,
                    Labelled::Unreadable | Labelled::Unknown => {
                        let names = self.shelf.labels.names();
                        self.reports.push(unknown_label(name, label, names));
                        continue;
                    }
                };
                let claim = bearer(&events[event.index()].claims, told);
                let context = self.frame.context(tree, at).clone();
                let extras = &mut all[claim.index()];
                extras.alone = false;
                self.more_details(statement, told[claim.index()].sentence, &context, extras);
            }
        }
    }

    fn more_details(
        &mut self,
        statement: &syntax::Statement,
        sentence: &Sentence,
        context: &Context,
        extras: &mut Extras,
    ) {
        let default = context.default.as_ref();
        if statement.details.is_empty() {
            self.reports.push(
                Report::lint("empty-detail", "a label alone on a line says nothing")
                    .at(statement.line, "indented details were expected below"),
            );
        }
        for detail in &statement.details {
            if detail.kind == DetailKind::Cites {
                let cites = self.book.cite_all(&detail.cites, default, self.reports);
                if extras.by_default && !cites.is_empty() {
                    extras.attestations = Few::new();
                    extras.by_default = false;
                }
                extras.attestations.extend(cites);
                continue;
            }
            let Some(mut read) = self.detail(detail, sentence, default) else {
                continue;
            };
            // What is said elsewhere is said by whoever speaks there, not by the claim's source.
            if read.attestations.is_empty() {
                read.attestations = Few::one(self.default_attestation(default, detail.span));
            }
            extras.add(read);
        }
    }

    /// Details below statements that take none.
    pub(crate) fn strays(&mut self, trees: &[Tree]) {
        for statement in trees.iter().flat_map(|t| &t.statements) {
            let takes = match &statement.kind {
                StatementKind::Choice { .. } => false,
                StatementKind::Directive(directive) => matches!(
                    directive,
                    syntax::Directive::Source(_)
                        | syntax::Directive::Road { .. }
                        | syntax::Directive::Unit(_)
                        | syntax::Directive::Mover(_)
                ),
                _ => true,
            };
            if takes {
                continue;
            }
            for detail in &statement.details {
                if detail.kind != DetailKind::Broken {
                    self.reports.push(
                        Report::error("stray-detail", "the line above takes no details")
                            .also(statement.line, "this line")
                            .at(detail.span, "left out"),
                    );
                }
            }
        }
    }
}

/// Whether the details of a line, as read, look up no label and cite nobody.
fn stand_alone(line: &Line<'_>, extras: &Extras) -> bool {
    let cite = |d: &syntax::Detail| d.kind != DetailKind::Cites && !d.cites.is_empty();
    let hangs = |d: &Detail| matches!(d.value, DetailValue::Event(_));
    line.quoted_tail.is_empty()
        && !line.statement.details.iter().any(cite)
        && !extras.details.iter().any(hangs)
}

impl Extras {
    /// The same witnesses with details from before.
    fn again(self, details: Vec<Detail>) -> Extras {
        Extras {
            lasting: details.iter().any(lasts),
            details,
            alone: true,
            ..self
        }
    }

    /// Adds a detail and what it does to the date.
    fn add(&mut self, detail: Detail) {
        let index = self.details.len() as u32;
        if let DetailValue::Event(event) = detail.value
            && form_of(&detail.key) == Some(Form::PartOf)
        {
            self.conditions.push(Condition {
                written: detail.written.as_str().into(),
                span: detail.span,
                origin: Origin::Detail(index),
                reported: false,
                doubted: detail.doubted,
                alternatives: Few::one(Point::During(Anchor {
                    event,
                    bound: Bound::Whole,
                })),
                soft: None,
                sic: None,
            });
        }
        self.lasting |= lasts(&detail);
        self.details.push(detail);
    }
}

fn lasts(detail: &Detail) -> bool {
    matches!(detail.value, DetailValue::Length { .. })
}

/// What is known of a claim before it is put together.
#[derive(Clone, Copy)]
pub(crate) struct Told<'s> {
    pub mode: Mode,
    pub sentence: &'s Sentence,
    pub draft: bool,
}

/// The claim that bears what is said of its event elsewhere: the first that says it happened; a
/// draft only where there is nothing else.
fn bearer(claims: &[ClaimId], told: &[Told<'_>]) -> ClaimId {
    let counts = |c: &&ClaimId| !told[c.index()].draft;
    let asserted = |c: &&ClaimId| told[c.index()].mode == Mode::Asserted;
    let found = claims.iter().find(|c| counts(c) && asserted(c));
    let found = found.or(claims.iter().find(counts)).or(claims.first());
    *found.expect("an event has a claim that tells of it")
}

fn unknown_detail(name: &str, written: &str, span: Span) -> Report {
    // Keys of two words end in `of`, which an unknown first word hides.
    let longer = format!("{name} of");
    let keys = || KEYS.iter().map(|(key, _)| *key);
    let near = key(written)
        .starts_with(&longer)
        .then(|| nearest(&longer, keys()))
        .flatten()
        .or_else(|| nearest(name, keys()));
    let asked = near.map(|near| format!("; did you mean `{near}`?"));
    let headline = format!(
        "a claim has no detail `{}`{}",
        brief(name),
        asked.unwrap_or_default()
    );
    Report::error("unknown-detail", headline)
        .at(span, "this line is left out")
        .help("words for readers stand in a `note`")
}
