//! A draft as blocks: a comment with the claim's number, the claim, its details.

use std::collections::BTreeSet;

use annals::{MemoryWorld, Severity, prepare};

use super::Pending;

/// A claim with the lines that belong to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Block {
    pub number: usize,
    pub rule: String,
    pub section: String,
    /// The claim's own line.
    pub claim: String,
    /// The number of that line, from zero.
    pub line: usize,
    /// All its lines, the comment first.
    pub text: String,
    /// Where they begin.
    start: usize,
}

/// A draft.
pub(super) struct Page<'t> {
    text: &'t str,
    pub blocks: Vec<Block>,
}

impl Block {
    /// The lines below the claim.
    pub fn details(&self) -> Vec<&str> {
        self.text
            .lines()
            .filter(|l| l.starts_with([' ', '\t']))
            .map(str::trim)
            .collect()
    }

    /// The labels that its lines refer to, its own left out.
    pub fn needs(&self) -> Vec<String> {
        let own = self.label();
        let mut found = Vec::new();
        let (when, _) = split_when(&self.claim);
        let because: Vec<&str> = self
            .details()
            .into_iter()
            .filter(|d| !d.starts_with("quote") && !d.starts_with("note"))
            .collect();
        for text in std::iter::once(when).chain(because) {
            found.extend(labels(text));
        }
        found.retain(|l| Some(l) != own.as_ref());
        found.dedup();
        found
    }

    /// Its own label.
    pub fn label(&self) -> Option<String> {
        let (_, sentence) = split_when(&self.claim);
        labels(outside_quotes(sentence).as_str())
            .into_iter()
            .next_back()
    }

    /// Its comment once a person has written the claim: what is left is where its passage stands.
    pub fn written_anew(&self) -> String {
        let parts = self.rule.split("; ");
        let place: String = parts
            .filter(|part| part.starts_with("line "))
            .map(|part| format!("; {part}"))
            .collect();
        format!("// claim {}: written in review{place}", self.number)
    }

    pub(super) fn pending(&self) -> Pending {
        let (quotes, details): (Vec<&str>, Vec<&str>) = self
            .details()
            .into_iter()
            .partition(|d| d.starts_with("quote "));
        let quote = quotes.first().map_or("", |q| q["quote ".len()..].trim());
        Pending {
            number: self.number,
            rule: self.rule.clone(),
            section: self.section.clone(),
            claim: self.claim.clone(),
            details: details.into_iter().map(str::to_owned).collect(),
            quote: quote.trim_matches(['"', '\u{201C}', '\u{201D}']).to_owned(),
            needs: self.needs(),
        }
    }
}

/// The date and the sentence of a claim.
fn split_when(claim: &str) -> (&str, &str) {
    claim.split_once(": ").unwrap_or(("", claim))
}

/// The labels in a text.
fn labels(text: &str) -> Vec<String> {
    let parts = text.split('#').skip(1);
    let label = |p: &str| -> String {
        p.chars()
            .take_while(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
            .collect()
    };
    parts.map(label).filter(|l| !l.is_empty()).collect()
}

fn outside_quotes(text: &str) -> String {
    text.split('"').step_by(2).collect::<Vec<_>>().join(" ")
}

/// `// claim 12: a rule; line 3`
fn numbered(line: &str) -> Option<(usize, String)> {
    let (number, rule) = line.strip_prefix("// claim ")?.split_once(':')?;
    Some((number.trim().parse().ok()?, rule.trim().to_owned()))
}

impl<'t> Page<'t> {
    /// The blocks of a draft.
    pub fn of(text: &'t str) -> Page<'t> {
        let mut blocks: Vec<Block> = Vec::new();
        let mut section = String::new();
        let mut open: Option<Block> = None;
        let mut at = 0;
        for (number, line) in text.split_inclusive('\n').enumerate() {
            let bare = line.trim_end();
            let start = at;
            at += line.len();
            let indented = bare.starts_with([' ', '\t']);
            if let Some(block) = &mut open {
                let begun = !block.claim.is_empty();
                if begun && indented {
                    block.text.push_str(line);
                    continue;
                }
                if !begun && !bare.is_empty() && !bare.starts_with("//") && !indented {
                    block.claim = bare.to_owned();
                    block.line = number;
                    block.text.push_str(line);
                    continue;
                }
            }
            blocks.extend(open.take().filter(|b| !b.claim.is_empty()));
            if bare.starts_with("section ") {
                section = bare.to_owned();
            }
            if let Some((claim, rule)) = numbered(bare) {
                open = Some(Block {
                    number: claim,
                    rule,
                    section: section.clone(),
                    claim: String::new(),
                    line: 0,
                    text: line.to_owned(),
                    start,
                });
            }
        }
        blocks.extend(open.take().filter(|b| !b.claim.is_empty()));
        Page { text, blocks }
    }

    /// Whether all these claims wait.
    pub fn known(&self, numbers: &[usize]) -> Result<(), String> {
        let waiting: BTreeSet<usize> = self.blocks.iter().map(|b| b.number).collect();
        match numbers.iter().find(|n| !waiting.contains(n)) {
            Some(number) => Err(format!("no claim {number} waits in the draft")),
            None => Ok(()),
        }
    }

    /// The text with some blocks replaced.
    pub fn with(&self, replaced: impl Fn(&Block) -> Option<String>) -> String {
        let mut out = String::new();
        let mut at = 0;
        for block in &self.blocks {
            let Some(text) = replaced(block) else {
                continue;
            };
            out.push_str(&self.text[at..block.start]);
            out.push_str(&text);
            at = block.start + block.text.len();
        }
        out.push_str(&self.text[at..]);
        out
    }
}

/// The first error of a draft at a line, from zero, or right below it.
pub(super) fn first_error(draft: &str, line: usize) -> Option<String> {
    let world = MemoryWorld::new().with("draft.annals", draft);
    let prepared = prepare(&world, "draft.annals");
    let reports = prepared
        .reports()
        .iter()
        .filter(|r| r.severity == Severity::Error);
    let at = |r: &&annals::Report| {
        r.labels.first().is_some_and(|l| {
            prepared.is_own(l.span.file)
                && draft
                    .get(..l.span.start as usize)
                    .unwrap_or("")
                    .matches('\n')
                    .count()
                    == line
        })
    };
    reports.filter(at).map(|r| r.headline.clone()).next()
}
