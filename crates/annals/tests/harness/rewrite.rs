//! Changes carried out on the text by hand: what an answer to a what-if must equal.
//!
//! Lines that are left out move into a file that says `draft`; citations of silenced sources are
//! cut; what is assumed becomes a file of its own. `then` is written out as `after #label` first,
//! so that no line has to keep its place.

use std::collections::BTreeMap;

use annals::{Changes, Compiled, FileId, Span};
use annals_chronicle::{Attestation, Claim, Point};
use annals_syntax::{
    Citation, ClaimLine, Detail, DetailKind, Directive, Statement, StatementKind, Tree,
};

use super::answers::{OWN_LABEL, Random};
use super::chronicles::Texts;

/// The text with changes; `None` where this simple way of changing it cannot say them.
pub fn rewritten(texts: &Texts, compiled: &Compiled, changes: &Changes) -> Option<Texts> {
    let mut rewriter = Rewriter {
        compiled,
        changes,
        edits: BTreeMap::new(),
        drafts: String::from("draft\n"),
        added: String::new(),
    };
    for tree in own_trees(compiled) {
        rewriter.tree(tree)?;
    }
    let mut changed = texts.clone();
    for (id, file) in compiled.files.iter() {
        if let Some(edits) = rewriter.edits.get_mut(&id) {
            let text = applied(&file.text, edits)?;
            let own = changed
                .files
                .iter_mut()
                .find(|(name, _)| *name == file.name)?;
            own.1 = text;
        }
    }
    let mut assumed = String::new();
    for trust in &changes.prefer {
        assumed.push_str(&format!("prefer {trust}\n"));
    }
    for claim in &changes.with {
        assumed.push_str(&format!("{claim}\n"));
    }
    changed
        .files
        .push(("drafts.annals".into(), rewriter.drafts));
    changed.files.push(("added.annals".into(), rewriter.added));
    changed.files.push(("assumption".into(), assumed));
    let includes = "include \"drafts.annals\"\ninclude \"added.annals\"\ninclude \"assumption\"\n";
    Some(changed.with_end(includes))
}

/// The trees of the chronicle's own files.
pub fn own_trees(compiled: &Compiled) -> impl Iterator<Item = &Tree> {
    compiled.trees.iter().filter(|t| compiled.is_own(t.file))
}

/// The sentence of one claim with the date of another.
pub fn another_claim(compiled: &Compiled, random: &mut Random) -> Option<String> {
    let sources = compiled.chronicle().sources.iter();
    let keys: Vec<&str> = sources
        .filter(|s| !s.is_file)
        .map(|s| s.key.as_str())
        .collect();
    let lines: Vec<_> = own_trees(compiled)
        .flat_map(|t| &t.statements)
        .filter_map(|s| match &s.kind {
            StatementKind::Claim(line) => Some(line),
            _ => None,
        })
        .collect();
    let (said, dated) = (random.of(&lines)?, random.of(&lines)?);
    let mut when = compiled.files.slice(dated.when);
    if when.contains("then") || when.contains("following") || when.contains("that ") {
        when = "undated";
    }
    if compiled.files.slice(said.when) == "always" {
        when = "always";
    }
    let denied = if random.below(5) == 0 { "not: " } else { "" };
    let doubt = if random.below(6) == 0 { " ?" } else { "" };
    let cite = match random.of(&keys) {
        Some(key) if random.below(2) == 0 => format!(" [@{key}]"),
        _ => String::new(),
    };
    let sentence = compiled.files.slice(said.sentence);
    Some(format!("{when}: {denied}{sentence}.{doubt}{cite}"))
}

struct Rewriter<'c> {
    compiled: &'c Compiled,
    changes: &'c Changes,
    edits: BTreeMap<FileId, Vec<(Span, String)>>,
    drafts: String,
    added: String,
}

impl Rewriter<'_> {
    fn tree(&mut self, tree: &Tree) -> Option<()> {
        let mut from = None;
        let mut section = None;
        for statement in &tree.statements {
            match &statement.kind {
                StatementKind::Directive(Directive::From(_)) => from = Some(statement.line),
                StatementKind::Directive(Directive::Section { .. }) => {
                    section = Some(statement.line);
                }
                StatementKind::Claim(line) => {
                    self.claim(statement, line, [from, section])?;
                }
                StatementKind::More { .. } => self.more(statement)?,
                StatementKind::Declaration { .. } => self.declaration(statement)?,
                StatementKind::Choice { .. } => {
                    let all = self.compiled.chronicle().choices.iter();
                    let choice = all.into_iter().find(|c| c.span == statement.line)?;
                    if self.named(statement.line) || self.silenced(&choice.attestations) {
                        self.cut(statement.line);
                    }
                }
                StatementKind::Directive(Directive::Prefer { .. })
                    if self.named(statement.line) =>
                {
                    self.cut(statement.line);
                }
                _ => {}
            }
        }
        Some(())
    }

    fn claim(
        &mut self,
        statement: &Statement,
        line: &ClaimLine,
        heads: [Option<Span>; 2],
    ) -> Option<()> {
        let chronicle = self.compiled.chronicle();
        let claims: Vec<&Claim> = chronicle
            .claims
            .iter()
            .filter(|c| c.span == statement.line)
            .collect();
        let Some(first) = claims.first() else {
            return Some(());
        };
        let event = &chronicle.events[first.event.index()];
        let labelled = event.label.as_ref().is_some_and(|l| {
            self.changes
                .without
                .iter()
                .any(|w| w.strip_prefix('#') == Some(l))
        });
        let left_out = self.named(statement.line) || labelled || self.silenced(&first.attestations);
        // A label for those that others hang from by `then`.
        let own = format!(" #{OWN_LABEL}{}", first.id.0);
        let needs_label = event.label.is_none() && claims.len() == 1;
        let place = self.label_place(statement, line);
        if left_out {
            let head: Vec<&str> = heads.iter().flatten().map(|s| self.slice(*s)).collect();
            let relative = first
                .when
                .conditions
                .iter()
                .any(|c| !c.written.contains('#') && anchored(&c.alternatives));
            let (text, start) = (self.slice(statement.span), statement.span.start);
            let mut text = text.to_owned();
            if needs_label {
                text.insert_str((place.start - start) as usize, &own);
            }
            if relative {
                text.replace_range(..(line.when.end - start) as usize, "undated");
            }
            self.drafts
                .push_str(&format!("{}\n{text}\n", head.join("\n")));
            // The section of one draft is not that of the next.
            self.drafts.push_str("section \"another\"\n");
            self.cut(statement.span);
            return Some(());
        }
        if needs_label {
            self.edit(place, own);
        }
        for condition in &first.when.conditions {
            if condition.written.contains('#') || !anchored(&condition.alternatives) {
                continue;
            }
            // Only a plain `then` has a plain way of being written out.
            let [Point::After(anchor)] = condition.alternatives[..] else {
                return None;
            };
            let before = &chronicle.events[anchor.event.index()];
            let told = chronicle
                .claims
                .iter()
                .filter(|c| c.span == before.span)
                .count();
            let label = match &before.label {
                Some(label) => label.to_string(),
                None if told == 1 => format!("{OWN_LABEL}{}", before.claims[0].0),
                None => return None,
            };
            self.edit(condition.span, format!("after #{label}"));
        }
        self.citations(&line.cites);
        self.details(&statement.details)
    }

    fn more(&mut self, statement: &Statement) -> Option<()> {
        let chronicle = self.compiled.chronicle();
        let details = chronicle.claims.iter().flat_map(|c| &c.details);
        for detail in details {
            let below = statement.details.iter().any(|d| d.span == detail.span);
            if below && (self.named(detail.span) || self.silenced(&detail.attestations)) {
                self.cut(detail.span);
            }
        }
        for detail in &statement.details {
            // Citations alone would move from one claim to another.
            if detail.kind == DetailKind::Cites {
                return None;
            }
            self.citations(&detail.cites);
        }
        Some(())
    }

    /// Details of a claim: those whose own witnesses are silenced go, the others keep the rest.
    fn details(&mut self, details: &[Detail]) -> Option<()> {
        for detail in details {
            let silenced = !detail.cites.is_empty() && detail.cites.iter().all(|c| !self.hears(c));
            if self.named(detail.span) || silenced {
                self.cut(detail.span);
            } else {
                self.citations(&detail.cites);
            }
        }
        Some(())
    }

    /// A further name that is no longer the same thing is declared by itself.
    fn declaration(&mut self, statement: &Statement) -> Option<()> {
        let StatementKind::Declaration { kind, .. } = statement.kind else {
            return None;
        };
        for detail in &statement.details {
            let silenced = !detail.cites.is_empty() && detail.cites.iter().all(|c| !self.hears(c));
            let named = self.named(detail.span);
            let DetailKind::Also(aliases) = &detail.kind else {
                if named || silenced {
                    self.cut(detail.span);
                }
                continue;
            };
            let doubted = aliases.iter().all(|a| a.doubted.is_some());
            if silenced && !doubted && aliases.iter().any(|a| a.doubted.is_some()) {
                return None;
            }
            if named || silenced && doubted {
                for alias in aliases {
                    let (kind, name) = (self.slice(kind), self.slice(alias.name));
                    self.added.push_str(&format!("{kind} {name}\n"));
                }
                self.cut(detail.span);
            }
        }
        Some(())
    }

    /// Cuts the citations of silenced sources, where some are left.
    fn citations(&mut self, cites: &[Citation]) {
        let (Some(first), Some(last)) = (cites.first(), cites.last()) else {
            return;
        };
        let heard: Vec<&str> = cites
            .iter()
            .filter(|c| self.hears(c))
            .map(|c| self.slice(c.span))
            .collect();
        if heard.len() == cites.len() || heard.is_empty() {
            return;
        }
        let text = &self.compiled.files.get(first.span.file).text;
        let open = text[..first.span.start as usize].rfind('[');
        let close = text[last.span.end as usize..].find(']');
        if let (Some(open), Some(close)) = (open, close) {
            let span = Span::new(
                first.span.file,
                open as u32,
                last.span.end + close as u32 + 1,
            );
            self.edit(span, format!("[{}]", heard.join("; ")));
        }
    }

    /// Where a label can stand: before the citations, or at the end of the line.
    fn label_place(&self, statement: &Statement, line: &ClaimLine) -> Span {
        let text = &self.compiled.files.get(statement.line.file).text;
        let at = match (line.cites.first(), statement.comment) {
            (Some(cite), _) => text[..cite.span.start as usize]
                .rfind('[')
                .map_or(cite.span.start, |at| at as u32),
            (None, Some(comment)) => comment.start,
            (None, None) => statement.line.end,
        };
        let blank = text[..at as usize].trim_end().len() as u32;
        Span::new(statement.line.file, blank, blank)
    }

    /// Whether a line is named by its place.
    fn named(&self, span: Span) -> bool {
        let place = self.compiled.files.place(span);
        self.changes.without.contains(&place)
    }

    fn silenced(&self, attestations: &[Attestation]) -> bool {
        let sources = &self.compiled.chronicle().sources;
        let silent = |id: annals_chronicle::SourceId| self.is_silent(&sources[id.index()].key);
        !attestations.is_empty()
            && attestations
                .iter()
                .all(|a| silent(a.source) || a.via.is_some_and(silent))
    }

    fn hears(&self, cite: &Citation) -> bool {
        let keys = cite.key.iter().chain(&cite.via);
        !keys.into_iter().any(|k| self.is_silent(self.slice(*k)))
    }

    fn is_silent(&self, key: &str) -> bool {
        self.changes
            .without
            .iter()
            .any(|w| w.strip_prefix('@') == Some(key))
    }

    fn slice(&self, span: Span) -> &str {
        self.compiled.files.slice(span)
    }

    fn cut(&mut self, span: Span) {
        self.edit(span, "//".to_owned());
    }

    fn edit(&mut self, span: Span, text: String) {
        self.edits.entry(span.file).or_default().push((span, text));
    }
}

/// Whether a condition hangs from an event.
fn anchored(points: &[Point]) -> bool {
    points.iter().any(|p| {
        matches!(
            p,
            Point::After(_)
                | Point::Before(_)
                | Point::During(_)
                | Point::At(_)
                | Point::Offset { .. }
                | Point::Cell { .. }
        )
    })
}

/// The text with its edits, last ones first; `None` where two touch.
fn applied(text: &str, edits: &mut [(Span, String)]) -> Option<String> {
    edits.sort_by_key(|(span, _)| (span.start, span.end));
    let apart = edits
        .windows(2)
        .all(|pair| pair[0].0.end <= pair[1].0.start);
    let mut text = text.to_owned();
    for (span, replacement) in edits.iter().rev() {
        text.replace_range(span.start as usize..span.end as usize, replacement);
    }
    apart.then_some(text)
}
