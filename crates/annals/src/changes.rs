//! What a question changes in a chronicle, as the words of its arguments.
//!
//! What comes in: `@source`, `#label`, `FILE:LINE`. What goes out: a [`Withdrawal`], which says of
//! every claim and every part cited apart whether it is left out. What it refuses: to guess. A
//! source, a label or a line that is not there is a report at the argument itself.

use std::collections::BTreeSet;

use annals_chronicle::{Attestation, Chronicle, Claim};
use annals_sentence::nearest;
use annals_syntax::{DetailKind, Directive, Statement, StatementKind};
use annals_text::{FileId, Files, Report, Span};

use crate::Compiled;

/// What is changed: claims left out, claims added, trust declared. All at once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// What is left out: `@source`, `#label`, `FILE:LINE`.
    pub without: Vec<String>,
    /// What is assumed, each a claim as a chronicle writes it, or a declaration.
    pub with: Vec<String>,
    /// Whom to trust, each `@a over @b`.
    pub prefer: Vec<String>,
}

impl Changes {
    /// The changes as they are asked for: `without @jts, with "…", prefer @a over @b`.
    pub fn words(&self) -> String {
        let without = self.without.iter().map(|w| format!("without {}", w.trim()));
        let with = self.with.iter().map(|w| format!("with \"{}\"", w.trim()));
        let prefer = self.prefer.iter().map(|p| {
            let p = p.trim();
            format!("prefer {}", p.strip_prefix("prefer ").unwrap_or(p))
        });
        let all: Vec<String> = without.chain(with).chain(prefer).collect();
        format!("what if {}", all.join(", "))
    }
}

/// What is left out.
#[derive(Clone, Debug, Default)]
pub(crate) struct Withdrawal {
    /// Keys of sources that are not heard.
    pub sources: BTreeSet<String>,
    /// The one source that is heard, where it is asked alone.
    pub alone: Option<String>,
    /// Lines of claims, choices and preferences.
    pub lines: BTreeSet<Span>,
    /// Details: lines below a claim or a declaration.
    pub details: BTreeSet<Span>,
}

impl Withdrawal {
    /// Whether a source still stands for something, itself or as the one who reports another.
    pub fn hears(&self, chronicle: &Chronicle, attestation: &Attestation) -> bool {
        let key = |id: annals_chronicle::SourceId| &chronicle.sources[id.index()].key;
        let (source, via) = (key(attestation.source), attestation.via.map(key));
        match &self.alone {
            Some(alone) => source == alone || via == Some(alone),
            None => !self.sources.contains(source) && via.is_none_or(|v| !self.sources.contains(v)),
        }
    }

    /// Whether what these attest is left without a witness. What nobody attests stays: it is a
    /// declaration.
    pub fn silences(&self, chronicle: &Chronicle, attestations: &[Attestation]) -> bool {
        !attestations.is_empty() && attestations.iter().all(|a| !self.hears(chronicle, a))
    }

    /// Whether a claim is left out.
    pub fn takes(&self, chronicle: &Chronicle, claim: &Claim) -> bool {
        self.lines.contains(&claim.span) || self.silences(chronicle, &claim.attestations)
    }
}

/// An argument and its place in a file made for it.
#[derive(Clone, Copy)]
pub(crate) struct Argument<'t> {
    pub text: &'t str,
    pub span: Span,
}

impl<'t> Argument<'t> {
    /// Puts an argument among the files, so that a report can point into it.
    pub fn new(name: &str, text: &'t str, files: &mut Files) -> Argument<'t> {
        let file = files.add(name, text);
        Argument {
            text: text.trim(),
            span: Span::new(file, 0, text.len() as u32),
        }
    }
}

impl Compiled {
    /// Adds what one argument leaves out.
    pub(crate) fn read_withdrawal(
        &self,
        argument: Argument<'_>,
        all: &mut Withdrawal,
    ) -> Result<(), Report> {
        if argument.text.starts_with('@') {
            all.sources.insert(self.read_source(argument)?);
        } else if let Some(label) = argument.text.strip_prefix('#') {
            all.lines.extend(self.read_label(label, argument.span)?);
        } else if let Some((file, line)) = file_and_line(argument.text) {
            self.read_line(file, line, argument.span, all)?;
        } else {
            let report = Report::error("bad-change", "this names nothing that can be left out")
                .at(argument.span, "a source, a label or a line was expected")
                .help("write `@key` for a source, `#label` for an event, `FILE:LINE` for a line");
            return Err(report);
        }
        Ok(())
    }

    /// The key of a source, written with its `@`.
    pub(crate) fn read_source(&self, argument: Argument<'_>) -> Result<String, Report> {
        let key = argument.text.strip_prefix('@').unwrap_or(argument.text);
        let key = key.trim_matches(['{', '}']);
        let sources = &self.chronicle().sources;
        // A file that cites nobody stands for itself and has no `@`.
        if let Some(source) = sources.iter().find(|s| s.key == key) {
            return Ok(source.key.clone());
        }
        let words = format!("the source `@{key}` is not in the chronicle");
        let mut report = Report::error("unknown-source", words)
            .at(argument.span, "no claim and no bibliography names it");
        let known = sources.iter().map(|s| s.key.as_str());
        if let Some(near) = nearest(key, known) {
            report = report.help(format!("the nearest source is `@{near}`"));
        }
        Err(report)
    }

    /// The lines of the claims that tell of a label.
    fn read_label(&self, label: &str, span: Span) -> Result<Vec<Span>, Report> {
        let chronicle = self.chronicle();
        if let Some(event) = chronicle.event_of_label(label) {
            let claims = chronicle.events[event.index()].claims.iter();
            return Ok(claims.map(|c| chronicle.claims[c.index()].span).collect());
        }
        let labels = chronicle.events.iter().filter_map(|e| e.label.as_deref());
        let mut report = Report::error("unknown-label", format!("no claim has the label #{label}"))
            .at(span, "this label is not in the chronicle");
        if let Some(near) = nearest(label, labels) {
            report = report.help(format!("the nearest label is #{near}"));
        }
        Err(report)
    }

    fn read_line(
        &self,
        file: &str,
        line: u32,
        span: Span,
        all: &mut Withdrawal,
    ) -> Result<(), Report> {
        let id = self.file_called(file, span)?;
        let trees = self.trees.iter().filter(|t| t.file == id);
        let on = |s: Span| self.files.position(s).line == line;
        for statement in trees.flat_map(|t| &t.statements) {
            if on(statement.line) && can_be_left_out(&statement.kind) {
                all.lines.insert(statement.line);
                return Ok(());
            }
            let detail = statement.details.iter().find(|d| on(d.span));
            if let Some(detail) = detail.filter(|d| d.kind != DetailKind::Broken) {
                all.details.insert(detail.span);
                return Ok(());
            }
        }
        let name = &self.files.get(id).name;
        let headline = format!("there is no claim on line {line} of {name}");
        let mut report = Report::error("no-claim-there", headline)
            .at(span, "a line with a claim or a detail was expected");
        if let Some(near) = self.nearest_claim(id, line) {
            report = report.help(format!("the nearest claim is on line {near}"));
        }
        Err(report)
    }

    fn nearest_claim(&self, file: FileId, line: u32) -> Option<u32> {
        let claims = self.chronicle().claims.iter();
        let lines = claims
            .filter(|c| c.span.file == file)
            .map(|c| self.files.position(c.span).line);
        lines.min_by_key(|l| (l.abs_diff(line), *l))
    }

    /// The file of a name: whole, or its last parts where these suffice.
    fn file_called(&self, name: &str, span: Span) -> Result<FileId, Report> {
        let name = name.replace('\\', "/");
        let name = name.trim_start_matches("./");
        let own = || self.files.iter().filter(|(id, _)| self.is_own(*id));
        if let Some((id, _)) = own().find(|(_, f)| f.name == name) {
            return Ok(id);
        }
        let ending = format!("/{name}");
        let ends: Vec<_> = own().filter(|(_, f)| f.name.ends_with(&ending)).collect();
        match ends[..] {
            [(id, _)] => Ok(id),
            [] => {
                let headline = format!("the chronicle has no file `{name}`");
                let mut report =
                    Report::error("missing-file", headline).at(span, "it is made of other files");
                if let Some(near) = nearest(name, own().map(|(_, f)| f.name.as_str())) {
                    report = report.help(format!("the nearest is `{near}`"));
                }
                Err(report)
            }
            _ => {
                let names: Vec<&str> = ends.iter().map(|(_, f)| f.name.as_str()).collect();
                let report = Report::error("bad-change", format!("`{name}` may be several files"))
                    .at(span, "write more of its path");
                Err(report.note(format!("they are {}", names.join(", "))))
            }
        }
    }
}

/// `main.annals:12`
fn file_and_line(text: &str) -> Option<(&str, u32)> {
    let (file, line) = text.rsplit_once(':')?;
    let digits = !line.is_empty() && line.bytes().all(|b| b.is_ascii_digit());
    // A number beyond all lines is still a line that is not there.
    digits.then(|| (file, line.parse().unwrap_or(u32::MAX)))
}

fn can_be_left_out(kind: &StatementKind) -> bool {
    matches!(
        kind,
        StatementKind::Claim(_)
            | StatementKind::Choice { .. }
            | StatementKind::Directive(Directive::Prefer { .. })
    )
}

/// Takes details out of statements. A further name of a thing is not forgotten: it becomes a
/// doubted one, so that its sentences can still be read, and the tie is dropped later.
pub(crate) fn take_details(statements: &mut [Statement], details: &BTreeSet<Span>) {
    for statement in statements {
        let declares = matches!(statement.kind, StatementKind::Declaration { .. });
        statement.details.retain_mut(|detail| {
            if !details.contains(&detail.span) {
                return true;
            }
            let span = detail.span;
            match &mut detail.kind {
                DetailKind::Also(aliases) if declares => {
                    for alias in aliases {
                        alias.doubted.get_or_insert(span);
                    }
                    true
                }
                _ => false,
            }
        });
    }
}
