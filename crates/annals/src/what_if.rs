//! What if: a chronicle compiled again with some claims left out, others added, trust changed.
//!
//! It equals the compilation of the changed text. A claim that nobody is left to attest becomes a
//! draft: its label keeps its place as a bare undated moment, so that what hangs from it loses
//! its dates and not its meaning. What is assumed is a text of its own, read like any file of the
//! chronicle after all others; where it cites nobody, it stands for itself.

use std::collections::BTreeSet;
use std::sync::Arc;

use annals_chronicle::{Attestation, Chronicle, Constraint, Few};
use annals_resolve::{Input, resolve};
use annals_sentence::{Holes, Outcome, Target};
use annals_syntax::{Directive, Notation, StatementKind, Tree};
use annals_text::{FileId, Files, Report, Severity, Span};

use crate::changes::{Argument, Changes, Withdrawal, take_details};
use crate::compile::{Read, reasoned};
use crate::shipped::VOCABULARY;
use crate::{Compiled, Refusal};

/// The name of the text that holds what is assumed, in reports and answers.
pub(crate) const ASSUMPTION: &str = "assumption";

impl Compiled {
    /// The chronicle with changes.
    ///
    /// # Errors
    ///
    /// Reports that point into the changes: a source, a label or a line that is not there, a
    /// claim that cannot be read.
    pub fn what_if(&self, changes: &Changes) -> Result<Compiled, Box<Refusal>> {
        let mut files = self.files.clone();
        let mut withdrawal = Withdrawal::default();
        let mut refused = Vec::new();
        for text in &changes.without {
            let argument = Argument::new("--without", text, &mut files);
            refused.extend(self.read_withdrawal(argument, &mut withdrawal).err());
        }
        for text in changes.with.iter().filter(|t| t.trim().is_empty()) {
            let argument = Argument::new("--with", text, &mut files);
            let report = Report::error("bad-change", "nothing is assumed here");
            refused.push(report.at(argument.span, "a claim was expected"));
        }
        if !refused.is_empty() {
            return Err(refusal(files, refused));
        }
        let text = self.assumption(changes);
        self.changed(&withdrawal, text)
    }

    /// The chronicle as one source alone tells it: its own claims, and what nobody in particular
    /// is said to stand for, such as names and places.
    ///
    /// # Errors
    ///
    /// A report that points into `source`, where there is no such source.
    pub fn alone(&self, source: &str) -> Result<Compiled, Box<Refusal>> {
        let mut files = self.files.clone();
        let argument = Argument::new("source", source, &mut files);
        match self.read_source(argument) {
            Ok(key) => {
                let alone = Some(key);
                let withdrawal = Withdrawal {
                    alone,
                    ..Withdrawal::default()
                };
                self.changed(&withdrawal, None)
            }
            Err(report) => Err(refusal(files, vec![report])),
        }
    }

    fn changed(
        &self,
        withdrawal: &Withdrawal,
        assumption: Option<String>,
    ) -> Result<Compiled, Box<Refusal>> {
        let mut read = Read {
            files: self.files.clone(),
            main: self.main,
            trees: self.trees.clone(),
            references: self.references.clone(),
            project: self.project.clone(),
            reports: self.reports_on_reading.clone(),
        };
        let mut details = self.silenced_details(withdrawal);
        details.extend(&withdrawal.details);
        let concerned = |t: &&mut Tree| details.iter().any(|d| d.file == t.file);
        for tree in read.trees.iter_mut().filter(concerned) {
            take_details(&mut tree.statements, &details);
        }
        let added = assumption.map(|text| add(&mut read, text)).transpose()?;
        let (mut resolved, mut reports) = resolve(Input {
            files: &read.files,
            trees: &read.trees,
            shipped: VOCABULARY.len(),
            references: read.references.clone(),
            project: read.project.clone(),
            drafts: self.left_out(withdrawal),
            vocabulary: Some(self.resolved.vocabulary.clone()),
        });
        if let Some(file) = added {
            let own = |r: &Report| r.labels.iter().any(|l| l.span.file == file);
            let errors = reports
                .iter()
                .filter(|r| r.severity == Severity::Error && own(r));
            let errors: Vec<Report> = errors.cloned().collect();
            if !errors.is_empty() {
                return Err(refusal(read.files, errors));
            }
            // That an assumption cites nobody is what makes it one.
            reports.retain(|r| r.code != "uncited" || !own(r));
        }
        let chronicle = Arc::make_mut(&mut resolved.chronicle);
        withdraw(chronicle, withdrawal, &details, added);
        Ok(reasoned(read, resolved, reports, Some(&self.reasoner)))
    }

    /// What the readers of the text have to say about what is assumed, in words: that it looks like
    /// something told already, that its date floats.
    pub(crate) fn advice(&self) -> Vec<String> {
        let assumed = |span: &Span| self.files.get(span.file).name == ASSUMPTION;
        let mut told = Vec::new();
        for report in &self.reports {
            let own = report.place().is_some_and(|p| assumed(&p));
            // Contradictions are part of the answer itself.
            if own && report.code != "cannot-all-be-true" {
                told.push(format!("{} [{}]", report.headline, report.code));
            }
        }
        told
    }

    /// Lines of claims that are left out or that nobody is left to attest. The claims of a list
    /// have one line and one set of witnesses.
    fn left_out(&self, withdrawal: &Withdrawal) -> BTreeSet<Span> {
        let chronicle = self.chronicle();
        let claims = chronicle.claims.iter();
        claims
            .filter(|c| withdrawal.takes(chronicle, c))
            .map(|c| c.span)
            .collect()
    }

    /// Details that are cited apart from their claim, by nobody who is still heard.
    fn silenced_details(&self, withdrawal: &Withdrawal) -> BTreeSet<Span> {
        let chronicle = self.chronicle();
        let details = chronicle.claims.iter().flat_map(|c| &c.details);
        details
            .filter(|d| withdrawal.silences(chronicle, &d.attestations))
            .map(|d| d.span)
            .collect()
    }

    /// What is assumed as the text of a file; `None` where nothing is.
    fn assumption(&self, changes: &Changes) -> Option<String> {
        let mut lines: Vec<String> = Vec::new();
        for trust in &changes.prefer {
            let trust = trust.trim();
            let bare = trust.strip_prefix("prefer ").unwrap_or(trust);
            lines.push(format!("prefer {bare}"));
        }
        for claim in &changes.with {
            lines.push(format!(
                "{}{}",
                self.date_to_add(claim.trim()),
                claim.trim()
            ));
        }
        (!lines.is_empty()).then(|| lines.join("\n") + "\n")
    }

    /// A sentence without a date is meant as it stands: at all times where that is the only way
    /// to say it, else on some day.
    fn date_to_add(&self, claim: &str) -> &'static str {
        let kinds = &self.chronicle().vocabulary.kinds;
        let first = claim.split_whitespace().next().unwrap_or("");
        let mut files = Files::new();
        let id = files.add("", claim);
        let (tree, _) = annals_syntax::parse(&files, id, Notation::Chronicle);
        let kind = tree.statements.first().map(|s| &s.kind);
        match kind {
            Some(StatementKind::Declaration { .. })
                if !kinds.iter().any(|k| k.name.eq_ignore_ascii_case(first)) => {}
            _ => return "",
        }
        let mut files = Files::new();
        let id = files.add("", format!("undated: {claim}"));
        let (tree, _) = annals_syntax::parse(&files, id, Notation::Chronicle);
        let Some(StatementKind::Claim(line)) = tree.statements.first().map(|s| &s.kind) else {
            return "";
        };
        let matcher = &self.resolved.matcher;
        match matcher.read(files.slice(line.sentence), line.sentence, Holes::Refused) {
            Outcome::Read(readings) => match readings.first().map(|r| &r.target) {
                Some(Target::Relation(id)) if self.is_timeless(*id) => "always: ",
                _ => "undated: ",
            },
            Outcome::Failed(_) => "undated: ",
        }
    }

    fn is_timeless(&self, relation: annals_chronicle::RelationId) -> bool {
        let relation = &self.chronicle().vocabulary.relations[relation.index()];
        relation.constraints.contains(&Constraint::Timeless)
    }
}

/// Reads what is assumed as the last file. It may say what a claim, a declaration or a
/// preference says; what rules whole files has no place in it.
fn add(read: &mut Read, text: String) -> Result<FileId, Box<Refusal>> {
    let id = read.files.add(ASSUMPTION, text);
    let (tree, mut reports) = annals_syntax::parse(&read.files, id, Notation::Chronicle);
    reports.extend(out_of_place(&tree));
    reports.retain(|r| r.severity == Severity::Error);
    if !reports.is_empty() {
        return Err(refusal(read.files.clone(), reports));
    }
    read.trees.push(tree);
    Ok(id)
}

fn out_of_place(tree: &Tree) -> Vec<Report> {
    let mut reports = Vec::new();
    for statement in &tree.statements {
        let fits = match &statement.kind {
            StatementKind::Directive(directive) => {
                matches!(directive, Directive::Prefer { .. } | Directive::Source(_))
            }
            StatementKind::Comment => false,
            _ => true,
        };
        if !fits {
            let report = Report::error("bad-change", "this is not something to assume")
                .at(statement.line, "a claim or a declaration was expected")
                .help("write it as a chronicle does: `644: Tang attacks Karasahr. #attack [@me]`");
            reports.push(report);
        }
    }
    reports
}

/// Takes out witnesses that are not heard, and the ties, choices and preferences that are left
/// out or that nobody is left to attest. What was `added` stays, whomever it cites.
fn withdraw(
    chronicle: &mut Chronicle,
    withdrawal: &Withdrawal,
    details: &BTreeSet<Span>,
    added: Option<FileId>,
) {
    let stays = |span: Span| Some(span.file) == added;
    let before = chronicle.clone();
    for claim in &mut chronicle.claims {
        if stays(claim.span) {
            continue;
        }
        // Who else attests it still does; a claim without any keeps its witnesses as a draft.
        let heard = |a: &Attestation| withdrawal.hears(&before, a);
        let details = claim.details.iter_mut().map(|d| &mut d.attestations);
        for attestations in details.chain([&mut claim.attestations]) {
            if attestations.iter().any(heard) {
                attestations.retain(heard);
            }
        }
    }
    let left_out = |span: Span, attestations: &[Attestation]| {
        !stays(span)
            && (withdrawal.lines.contains(&span)
                || details.contains(&span)
                || withdrawal.silences(&before, attestations))
    };
    chronicle
        .identities
        .retain(|i| !left_out(i.span, &i.attestations));
    chronicle
        .choices
        .retain(|c| !left_out(c.span, &c.attestations));
    chronicle.preferences.retain(|p| !left_out(p.span, &[]));
    let heard = |span: Span, all: &mut Few<Attestation>| {
        if !stays(span) {
            all.retain(|a| withdrawal.hears(&before, a));
        }
    };
    for identity in &mut chronicle.identities {
        heard(identity.span, &mut identity.attestations);
    }
    for choice in &mut chronicle.choices {
        heard(choice.span, &mut choice.attestations);
    }
}

fn refusal(files: Files, reports: Vec<Report>) -> Box<Refusal> {
    Box::new(Refusal { files, reports })
}
