//! Ways of getting about: `mover horse`, how far it gets in a day, when it rests, how long it goes
//! without water.

use annals_chronicle::{Attestation, Geography, Mover, Unit, Vocabulary};
use annals_sentence::nearest;
use annals_syntax::{Detail, DetailKind, Directive, Statement, StatementKind, Tree};
use annals_text::{Files, Report, Span};

use crate::again;
use crate::frame::Frame;
use crate::geography::{self, Written};
use crate::length::read_pace;
use crate::roads::unknown_detail;
use crate::sources::SourceBook;
use crate::words::{brief, key, unquote};

/// Reads the movers of all trees, of which the first `shipped` are the vocabulary.
pub(crate) fn read(
    (files, trees, shipped): (&Files, &[Tree], usize),
    (vocabulary, units): (&Vocabulary, &[Unit]),
    frame: &Frame,
    book: &mut SourceBook<'_>,
    reports: &mut Vec<Report>,
) -> Vec<Mover> {
    let mut movers: Vec<Mover> = Vec::new();
    for (tree, of) in trees.iter().enumerate() {
        for (at, statement) in of.statements.iter().enumerate() {
            let StatementKind::Directive(Directive::Mover(name)) = &statement.kind else {
                continue;
            };
            let mut reader = Reader {
                files,
                vocabulary,
                units,
                default: frame.context(tree, at).default.as_ref(),
                book,
                reports,
            };
            if let Some(mover) = reader.mover(*name, statement) {
                again::keep(&mut movers, mover, shipped, reports);
            }
        }
    }
    movers
}

struct Reader<'r, 'a> {
    files: &'r Files,
    vocabulary: &'r Vocabulary,
    units: &'r [Unit],
    default: Option<&'r Attestation>,
    book: &'r mut SourceBook<'a>,
    reports: &'r mut Vec<Report>,
}

impl Reader<'_, '_> {
    fn mover(&mut self, name: Span, statement: &Statement) -> Option<Mover> {
        let name = unquote(self.files.slice(name)).trim().trim_end_matches('.');
        let mut mover = Mover {
            names: vec![key(name)],
            least_m: 0,
            usual_m: None,
            most_m: 0,
            written: String::new(),
            rests_after: None,
            water_days: None,
            carries: Vec::new(),
            exceptional: false,
            afloat: false,
            certainty: None,
            attestations: Vec::new(),
            notes: Vec::new(),
            span: statement.line,
        };
        let mut tried = false;
        for detail in &statement.details {
            if let Err(report) = self.detail(&mut mover, detail, &mut tried) {
                self.reports.push(report);
            }
        }
        if mover.most_m == 0 {
            if !tried {
                let headline = format!("it is not said how far `{}` gets in a day", brief(name));
                self.reports.push(
                    Report::error("bad-mover", headline)
                        .at(statement.line, "no journey can be reckoned with it")
                        .help("add an indented line such as `travels 25 to 38 km a day`"),
                );
            }
            return None;
        }
        Some(mover)
    }

    fn detail(
        &mut self,
        mover: &mut Mover,
        detail: &Detail,
        tried: &mut bool,
    ) -> Result<(), Report> {
        let says = self
            .book
            .cite_all(&detail.cites, None, self.reports)
            .to_vec();
        let (word, value) = match &detail.kind {
            DetailKind::Broken => return Ok(()),
            DetailKind::Cites => {
                mover.attestations.extend(says);
                return Ok(());
            }
            DetailKind::Also(aliases) => {
                let names = aliases
                    .iter()
                    .map(|a| key(unquote(self.files.slice(a.name))));
                mover.names.extend(names);
                return Ok(());
            }
            DetailKind::Item { key, value, .. } => (*key, *value),
        };
        let text = self.files.slice(value);
        match key(self.files.slice(word)).trim_end_matches(':') {
            "travels" => {
                *tried = true;
                let pace = read_pace(text, value, self.units)?;
                mover.least_m = pace.least_m;
                mover.usual_m = pace.usual_m;
                mover.most_m = pace.most_m;
                mover.written = text.trim().to_owned();
                let default = self.default.filter(|_| says.is_empty()).cloned();
                mover.attestations.extend(says.into_iter().chain(default));
            }
            "rests" => mover.rests_after = Some(rest(text, value)?),
            "water" => mover.water_days = Some(days(text, value)?),
            "exceptional" => mover.exceptional = true,
            "afloat" => mover.afloat = true,
            "for" => self.carries(mover, text, value)?,
            other => {
                let written = Written {
                    key: other,
                    value: text,
                    span: value,
                    doubted: detail.doubted.is_some(),
                };
                let mut said = Geography::default();
                let known = matches!(other, "certainty" | "note");
                if !known || !geography::take(&mut said, written, &says)? {
                    return Err(unknown_detail("mover", other, detail.span));
                }
                mover.certainty = said.certainty.or(mover.certainty);
                mover.notes.extend(said.notes);
            }
        }
        Ok(())
    }

    /// `for person, army`: the kinds that get about so.
    fn carries(&self, mover: &mut Mover, text: &str, span: Span) -> Result<(), Report> {
        for word in text.split([',', '、']).map(key) {
            let word = word.trim_start_matches("and ").trim();
            let at = self.vocabulary.kinds.iter().position(|k| k.name == word);
            let Some(at) = at else {
                let headline = format!("`{}` is not a kind", brief(word));
                let names = self.vocabulary.kinds.iter().map(|k| k.name.as_str());
                let report = Report::error("unknown-kind", headline)
                    .at(span, "kinds of things that get about so were expected");
                return Err(match nearest(word, names) {
                    Some(near) => report.help(format!("did you mean `{near}`?")),
                    None => report,
                });
            };
            mover.carries.push(annals_chronicle::KindId(at as u32));
        }
        Ok(())
    }
}

/// `1 day in 7`: after how many days of travel there is one of rest.
fn rest(text: &str, span: Span) -> Result<u32, Report> {
    let folded = key(text);
    let numbers: Vec<u32> = folded
        .split(|c: char| !c.is_ascii_digit())
        .filter_map(|n| n.parse().ok())
        .collect();
    match numbers[..] {
        [1, of] if (2..=1_000).contains(&of) => Ok(of - 1),
        _ => Err(
            Report::error("bad-mover", "this does not say when it rests")
                .at(span, "one day in so many was expected")
                .help("write it like `rests 1 day in 7`"),
        ),
    }
}

/// `3 days`
fn days(text: &str, span: Span) -> Result<u32, Report> {
    let folded = key(text);
    let number = folded
        .split_whitespace()
        .next()
        .and_then(|n| n.parse().ok());
    let unit = folded.split_whitespace().nth(1).unwrap_or("days");
    match number {
        Some(days @ 1..=1_000) if matches!(unit, "day" | "days") => Ok(days),
        _ => Err(Report::error(
            "bad-mover",
            "this does not say how long it lasts without water",
        )
        .at(span, "a number of days was expected")
        .help("write it like `water 3 days`")),
    }
}
