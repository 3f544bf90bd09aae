//! Sentences: every claim line read by the matcher, a list as one claim each.

use annals_chronicle::{CircumstanceId, Few, Filler, Mode, Sentence};
use annals_sentence::{Holes, Matcher, Outcome, Reading, SlotContent, SlotFill, Target};
use annals_syntax::{ClaimLine, ModeWord, Statement, StatementKind, Tree};
use annals_text::{Edit, Files, Remedy, Report, Span};

use crate::figures::read_figures;
use crate::kept::{Again, Found};
use crate::texts::Texts;
use crate::when::label_name;

/// Claims that one line may make by its lists.
const MOST_CLAIMS: usize = 10_000;

/// What stands in a document, for the passes after this one.
pub(crate) enum Step<'t> {
    /// A claim line.
    Line(Line<'t>),
    /// A line that syntax could not read and reported; what it tells of is not known.
    Broken {
        /// Index of its tree.
        tree: usize,
        /// Index of its statement.
        at: usize,
    },
}

/// A claim line and the sentences it says.
pub(crate) struct Line<'t> {
    /// Index of its tree.
    pub tree: usize,
    /// Index of its statement.
    pub at: usize,
    /// The statement.
    pub statement: &'t Statement,
    /// The claim's parts.
    pub claim: &'t ClaimLine,
    /// One sentence for each claim it makes; none where it could not be read.
    pub said: Few<Sentence>,
    /// Circumstances of a quoted sentence, which has no tail of its own.
    pub quoted_tail: Vec<(CircumstanceId, Filler)>,
    /// Its label without `#`, left out where a list has one.
    pub label: Option<&'t str>,
    /// How it relates to what happened.
    pub mode: Mode,
    /// The line that it was before, where its sentence was taken from there.
    pub before: Option<u32>,
    /// Whether its sentence was read from its own words alone.
    pub alone: bool,
}

/// Reads the sentences of all trees.
pub(crate) fn read<'t>(
    files: &'t Files,
    trees: &'t [Tree],
    (matcher, again): (&Matcher, Option<&Again<'_>>),
    texts: &mut Texts,
    reports: &mut Vec<Report>,
) -> Vec<Step<'t>> {
    let lines = trees.iter().flat_map(|t| &t.statements);
    let claims = lines.filter(|s| matches!(s.kind, StatementKind::Claim(_)));
    let mut steps = Vec::with_capacity(claims.count());
    let mut near = 0;
    for (tree, of) in trees.iter().enumerate() {
        for (at, statement) in of.statements.iter().enumerate() {
            match &statement.kind {
                StatementKind::Claim(claim) => {
                    let mut line = Line {
                        tree,
                        at,
                        statement,
                        claim,
                        said: Few::new(),
                        quoted_tail: Vec::new(),
                        label: claim.label.map(|l| label_name(files.slice(l))),
                        mode: mode(claim),
                        before: again.and_then(|a| a.find(tree, at, &mut near)),
                        alone: true,
                    };
                    if !line.taken(files, again) {
                        line.read(files, matcher, texts, reports);
                    }
                    steps.push(Step::Line(line));
                }
                StatementKind::Broken => steps.push(Step::Broken { tree, at }),
                _ => {}
            }
        }
    }
    steps
}

fn mode(claim: &ClaimLine) -> Mode {
    match claim.mode.map(|(word, _)| word) {
        None => Mode::Asserted,
        Some(ModeWord::Not) => Mode::Denied,
        Some(ModeWord::UnknownWhether) => Mode::UnknownWhether,
        Some(ModeWord::Attempted) => Mode::Attempted,
        Some(ModeWord::Planned) => Mode::Planned,
        Some(ModeWord::Ordered) => Mode::Ordered,
        Some(ModeWord::Expected) => Mode::Expected,
        Some(ModeWord::Refused) => Mode::Refused,
    }
}

impl Line<'_> {
    /// What it came to before.
    pub(crate) fn found<'b>(&self, again: Option<&Again<'b>>) -> Option<Found<'b>> {
        again?.line(self.before?, self.tree, self.at)
    }

    /// Takes the sentence from before, where that can be done.
    fn taken(&mut self, files: &Files, again: Option<&Again<'_>>) -> bool {
        if again.is_some_and(|a| a.may_concern(files.slice(self.statement.span))) {
            self.before = None;
        }
        match self.found(again).and_then(Found::said) {
            Some(said) => self.said = said,
            None => self.before = None,
        }
        self.before.is_some()
    }

    fn read(
        &mut self,
        files: &Files,
        matcher: &Matcher,
        texts: &mut Texts,
        reports: &mut Vec<Report>,
    ) {
        let reported = reports.len();
        self.read_sentence(files, matcher, texts, reports);
        let declared = self.said.iter().all(|s| texts.has_none_of(s));
        self.alone = reports.len() == reported && declared && self.quoted_tail.is_empty();
    }

    fn read_sentence(
        &mut self,
        files: &Files,
        matcher: &Matcher,
        texts: &mut Texts,
        reports: &mut Vec<Report>,
    ) {
        let span = self.claim.sentence;
        let text = files.slice(span);
        if let Some(quoted) = matcher.read_quoted(text, span) {
            for (circumstance, fill) in &quoted.tail {
                match filled(fill, matcher, texts) {
                    Ok(filler) => self.quoted_tail.push((*circumstance, filler)),
                    Err(found) => reports.extend(found),
                }
            }
            if quoted.text.is_empty() {
                reports.push(
                    Report::error(
                        "empty-sentence",
                        "nothing stands between these quotation marks",
                    )
                    .at(quoted.text_span, "write what the source says here"),
                );
                return;
            }
            self.said.push(Sentence::Text(quoted.text));
            return;
        }
        let readings = match matcher.read(text, span, Holes::Refused) {
            Outcome::Read(readings) => readings,
            Outcome::Failed(found) => {
                let first = reports.len();
                reports.extend(found);
                if let (Some(report), Some(mode)) = (reports.get_mut(first), bare_mode(text)) {
                    report.remedies.insert(0, colon_after(mode, span));
                }
                return;
            }
        };
        let Some(reading) = readings.into_iter().next() else {
            reports.push(
                Report::error("unknown-sentence", "this sentence has no reading").at(span, ""),
            );
            return;
        };
        match sentences(&reading, matcher, texts) {
            Ok(None) => reports.push(
                Report::error(
                    "list-too-long",
                    "the lists of this sentence make too many claims",
                )
                .at(span, format!("more than {MOST_CLAIMS}"))
                .help("write several lines"),
            ),
            Ok(Some(said)) => self.said = said,
            Err(found) => reports.extend(found),
        }
        if self.said.len() > 1 && self.label.is_some() {
            self.refuse_label(&reading, reports);
        }
    }

    /// A label names one event, a list tells of several.
    fn refuse_label(&mut self, reading: &Reading, reports: &mut Vec<Report>) {
        let Some(label) = self.claim.label else {
            return;
        };
        let name = self.label.take().unwrap_or_default();
        let mut report = Report::error(
            "list-with-label",
            format!("`#{name}` would name {} events", self.said.len()),
        )
        .at(label, "a label names one event");
        let fills = reading
            .roles
            .iter()
            .chain(reading.tail.iter().map(|(_, f)| f));
        let list = fills
            .filter(|f| matches!(f.content, SlotContent::List(_)))
            .map(|f| f.span)
            .next();
        if let Some(list) = list {
            let end = Span::new(list.file, list.end, list.end);
            let edit = Edit {
                span: end,
                replacement: " together".to_string(),
            };
            report = report.also(list, "a list makes one claim each").fix(
                "write `together` if it is one event",
                vec![edit],
                false,
            );
        }
        reports.push(report.help("else write one line for each, with a label of its own"));
    }
}

/// The word of a mode that a sentence begins with, where its colon was forgotten.
fn bare_mode(text: &str) -> Option<&str> {
    const MODES: [&str; 6] = [
        "not",
        "attempted",
        "planned",
        "ordered",
        "expected",
        "refused",
    ];
    let word = text.split_whitespace().next()?;
    MODES.into_iter().find(|m| word.eq_ignore_ascii_case(m))
}

fn colon_after(mode: &str, sentence: Span) -> Remedy {
    let end = sentence.start + mode.len() as u32;
    let edit = Edit {
        span: Span::new(sentence.file, end, end),
        replacement: ":".to_string(),
    };
    Remedy {
        words: format!("write `{mode}:` if that is what the source says"),
        edits: vec![edit],
        safe: false,
    }
}

/// Everything a reading says: one sentence for each choice from its lists; nothing where they are
/// too many.
fn sentences(
    reading: &Reading,
    matcher: &Matcher,
    texts: &mut Texts,
) -> Result<Option<Few<Sentence>>, Vec<Report>> {
    let all = || {
        let tail = reading.tail.iter().map(|(_, f)| f);
        reading.roles.iter().chain(tail)
    };
    if !all().any(|fill| matches!(fill.content, SlotContent::List(_))) {
        let mut fillers = Vec::with_capacity(reading.roles.len());
        for fill in all() {
            fillers.push(filled(fill, matcher, texts)?);
        }
        return Ok(Some(Few::one(sentence(reading, fillers))));
    }
    let mut rows: Vec<Vec<Filler>> = vec![Vec::new()];
    for fill in all() {
        let choices = match &fill.content {
            SlotContent::List(things) => things
                .iter()
                .map(|t| Filler::Entities(Few::one(*t)))
                .collect(),
            _ => vec![filled(fill, matcher, texts)?],
        };
        if rows.len().saturating_mul(choices.len()) > MOST_CLAIMS {
            return Ok(None);
        }
        rows = rows
            .iter()
            .flat_map(|row| {
                choices.iter().map(move |choice| {
                    let mut row = row.clone();
                    row.push(choice.clone());
                    row
                })
            })
            .collect();
    }
    let said = rows.into_iter().map(|row| sentence(reading, row));
    Ok(Some(said.collect()))
}

fn sentence(reading: &Reading, mut fillers: Vec<Filler>) -> Sentence {
    let tail = fillers.split_off(reading.roles.len().min(fillers.len()));
    let circumstances = reading.tail.iter().map(|(id, _)| *id);
    let tail = circumstances.zip(tail).collect();
    match reading.target {
        Target::Event(event_type) => Sentence::Happens {
            event_type,
            roles: fillers.into(),
            tail,
        },
        Target::Relation(relation) => Sentence::Holds {
            relation,
            roles: fillers.into(),
            tail,
        },
    }
}

/// What fills a slot of a sentence: its words, or what [`together`] makes of it.
fn filled(fill: &SlotFill, matcher: &Matcher, texts: &mut Texts) -> Result<Filler, Vec<Report>> {
    match &fill.content {
        SlotContent::Text(words) if words.is_empty() => Err(vec![
            Report::error("empty-name", "nothing stands between these quotation marks")
                .at(fill.span, "write the words here"),
        ]),
        SlotContent::Text(words) => Ok(texts.filler(words, fill.span)),
        _ => together(fill, matcher),
    }
}

/// What names or a figure stand for, a list taken together.
pub(crate) fn together(fill: &SlotFill, matcher: &Matcher) -> Result<Filler, Vec<Report>> {
    Ok(match &fill.content {
        SlotContent::Unfilled | SlotContent::Hole => Filler::Unfilled,
        SlotContent::One(thing) => Filler::Entities(Few::one(*thing)),
        SlotContent::List(things) | SlotContent::Together(things) => {
            Filler::Entities(things.iter().copied().collect())
        }
        SlotContent::OneOf(things) => Filler::OneOf(things.iter().copied().collect()),
        SlotContent::Text(_) => {
            return Err(vec![
                Report::error("bad-detail", "a name stands in this place, not words")
                    .at(fill.span, "quoted words"),
            ]);
        }
        SlotContent::Number(written) => {
            let name = |text: &str, span: Span| matcher.read_name(text, span, &[]);
            let mut figures = read_figures(written, fill.span, &name)?;
            match figures.len() {
                1 => Filler::Number(Box::new(figures.remove(0))),
                _ => {
                    return Err(vec![
                        Report::error("bad-quantity", "one figure stands in this place")
                            .at(fill.span, "several stand here"),
                    ]);
                }
            }
        }
    })
}
