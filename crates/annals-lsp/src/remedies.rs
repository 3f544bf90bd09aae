//! Remedies of a report, with the edits that carry them out.
//!
//! What comes in: a chronicle and one of its reports. What goes out: the report's own remedies in
//! their order, and after them what its advice says in the language itself, made into edits: the
//! trust that was tried out and settles a contradiction (`prefer @a over @b`), and a `?` at each
//! statement that clashes. Which trust settles what is decided where the report is made; nothing
//! is decided here.

use annals::syntax::{ClaimLine, Directive, Statement, StatementKind, Tree};
use annals::{Edit, FileId, Files, Remedy, Report, Resolved, Span};

/// The code of reports on statements that no timeline satisfies together.
const CONTRADICTION: &str = "cannot-all-be-true";

/// What a report's remedies are made from.
#[derive(Clone, Copy)]
pub struct Writing<'a> {
    /// Every text read.
    pub files: &'a Files,
    /// The main file.
    pub main: Option<FileId>,
    /// The trees of all files.
    pub trees: &'a [Tree],
    /// What they mean.
    pub resolved: &'a Resolved,
}

/// The remedies of a report; those of its own keep their place.
pub fn remedies(writing: Writing<'_>, report: &Report) -> Vec<Remedy> {
    let mut all = report.remedies.clone();
    if report.code == CONTRADICTION {
        let advice = report.remedies.iter().filter(|r| r.edits.is_empty());
        let trust = advice.flat_map(|r| settling(&r.words));
        all.extend(trust.filter_map(|(line, effect)| writing.trusting(line, effect)));
        let spans = report.labels.iter().map(|label| label.span);
        let mut doubts: Vec<Remedy> = Vec::new();
        for doubt in spans.filter_map(|span| writing.doubting(span)) {
            if doubts.iter().all(|known| known.edits != doubt.edits) {
                doubts.push(doubt);
            }
        }
        all.extend(doubts);
    }
    all
}

/// The lines of trust that an advice names in the language, each with what it says would follow:
/// "`prefer @a over @b` (line 8 would yield)".
fn settling(words: &str) -> Vec<(&str, &str)> {
    let pieces: Vec<&str> = words.split('`').collect();
    let pairs = pieces.windows(2).skip(1).step_by(2);
    pairs
        .filter(|pair| pair[0].starts_with("prefer @") && pair[0].contains(" over @"))
        .map(|pair| {
            let end = pair[1].find(')').map_or(0, |end| end + 1);
            (pair[0], pair[1][..end].trim())
        })
        .collect()
}

impl Writing<'_> {
    /// A line of trust written into the main file, where such lines stand or may stand.
    fn trusting(&self, line: &str, effect: &str) -> Option<Remedy> {
        let main = self.main?;
        let tree = self.trees.iter().find(|t| t.file == main)?;
        let last = |wanted: fn(&StatementKind) -> bool| {
            let mut all = tree.statements.iter();
            all.rfind(|s| wanted(&s.kind))
        };
        let trust = last(|k| matches!(k, StatementKind::Directive(Directive::Prefer { .. })));
        let declared = || {
            use Directive::{Bibliography, Chronicle, Covers, Include, Source};
            last(|k| match k {
                StatementKind::Directive(d) => matches!(
                    d,
                    Bibliography(_) | Chronicle(_) | Covers(_) | Include(_) | Source(_)
                ),
                _ => false,
            })
        };
        let edit = match trust.or_else(declared) {
            Some(after) => Edit {
                span: Span::new(main, after.span.end, after.span.end),
                replacement: format!("\n{line}"),
            },
            None => Edit {
                span: Span::new(main, 0, 0),
                replacement: format!("{line}\n"),
            },
        };
        Some(Remedy {
            words: format!("write `{line}` {effect}").trim_end().to_owned(),
            edits: vec![edit],
            safe: false,
        })
    }

    /// A `?` after the date or the sentence that a label stands at.
    fn doubting(&self, label: Span) -> Option<Remedy> {
        let (statement, claim) = self.claim_line(label)?;
        let line = self.line(statement.line);
        let within = |span: Span| span.start <= label.start && label.end <= span.end;
        if within(claim.when) && self.can_be_doubted(label) {
            return Some(Remedy {
                words: format!("doubt the date in {line} with `?`"),
                edits: vec![Edit {
                    span: Span::new(label.file, label.end, label.end),
                    replacement: "?".to_owned(),
                }],
                safe: false,
            });
        }
        if claim.doubted.is_some() {
            return None;
        }
        // The `?` stands in the place of the stop.
        let text = &self.files.get(label.file).text;
        let rest = &text[claim.sentence.end as usize..];
        let stop = rest.starts_with(['.', '。']);
        let end = rest.chars().next().filter(|_| stop);
        let end = claim.sentence.end + end.map_or(0, |c| c.len_utf8() as u32);
        Some(Remedy {
            words: format!("doubt {line} with `?`"),
            edits: vec![Edit {
                span: Span::new(label.file, claim.sentence.end, end),
                replacement: " ?".to_owned(),
            }],
            safe: false,
        })
    }

    /// Whether a date can be read with a `?` after it.
    fn can_be_doubted(&self, date: Span) -> bool {
        let written = self.files.slice(date);
        let settings = &self.resolved.settings;
        let read = |text: &str| annals::calendar::read(text, settings).is_ok();
        !written.ends_with('?') && read(written) && read(&format!("{written}?"))
    }

    fn claim_line(&self, label: Span) -> Option<(&Statement, &ClaimLine)> {
        let tree = self.trees.iter().find(|t| t.file == label.file)?;
        let mut lines = tree.statements.iter();
        lines.find_map(|statement| match &statement.kind {
            StatementKind::Claim(claim)
                if statement.line.start <= label.start && label.end <= statement.line.end =>
            {
                Some((statement, claim))
            }
            _ => None,
        })
    }

    /// `line 7`, `line 7 of places.annals`
    fn line(&self, span: Span) -> String {
        let file = self.files.get(span.file);
        let line = file.position(span.start).line;
        match Some(span.file) == self.main {
            true => format!("line {line}"),
            false => format!("line {line} of {}", file.name),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trust_is_read_out_of_advice() {
        let words = "`prefer @a over @b` (line 8 would yield) or `prefer @b over @a` (line 7 would \
                     yield) would settle it";
        assert_eq!(
            settling(words),
            [
                ("prefer @a over @b", "(line 8 would yield)"),
                ("prefer @b over @a", "(line 7 would yield)")
            ]
        );
        assert!(settling("`prefer` decides it: line 8 must yield").is_empty());
    }
}
