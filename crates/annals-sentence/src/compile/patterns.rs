//! The patterns of a declaration: its first line and its `also` lines.

use std::collections::BTreeSet;

use annals_chronicle::{Pattern, PatternPiece, Role, RoleContent, Vocabulary};
use annals_text::Span;

use super::{Clause, Compiler, Declaration, Declared, bad};
use crate::pattern::{Element, Fault, Raw, Row, expand, fixed_words, inside, parse};

/// The text of a clause after its first word or words, with its place; `None` where the clause
/// does not begin with them.
pub(super) fn after<'a>(clause: &Clause<'a>, opening: &str) -> Option<(&'a str, Span)> {
    let mut rest = clause.text.trim_start();
    for word in opening.split(' ') {
        rest = rest.strip_prefix(word)?;
        if rest.starts_with(|c: char| c.is_alphanumeric()) {
            return None;
        }
        rest = rest.trim_start();
    }
    let from = clause.text.len() - rest.len();
    let rest = rest.trim_end();
    Some((rest, inside(clause.span, from, from + rest.len())))
}

/// A pattern with all its rows.
pub(super) type Expanded = (Pattern, Vec<Row>);

impl<'a> Compiler<'a> {
    /// The roles and patterns of a relation, an event type or a circumstance.
    pub(super) fn patterns_of(
        &mut self,
        declaration: &Declaration<'a>,
    ) -> Option<(Vec<Role>, Vec<Expanded>)> {
        let mut roles: Vec<Role> = vec![];
        let raw = parse(declaration.rest, declaration.rest_span)
            .map_err(|fault| self.fault(fault))
            .ok()?;
        let pieces = self.first_pieces(&raw, &mut roles)?;
        let first = self.checked(pieces, declaration.rest_span)?;
        if declaration.word == Declared::Circumstance && roles.len() > 1 {
            let headline = "A circumstance has one slot at most";
            self.reports
                .push(bad(declaration.rest_span, headline, "more than one slot"));
            return None;
        }
        let mut patterns = vec![first];
        for clause in &declaration.clauses {
            if let Some((text, span)) = after(clause, "also") {
                self.further_patterns(text, span, &roles, &mut patterns);
            }
        }
        Some((roles, patterns))
    }

    fn fault(&mut self, fault: Fault) {
        self.reports
            .push(bad(fault.span, "This pattern cannot be read", fault.words));
    }

    /// Pieces of the first pattern; each slot makes a role.
    fn first_pieces(&mut self, raw: &[Raw], roles: &mut Vec<Role>) -> Option<Vec<PatternPiece>> {
        let mut pieces = vec![];
        for piece in raw {
            pieces.push(match piece {
                Raw::Word(forms) => PatternPiece::Word(forms.clone()),
                Raw::Optional(inner) => PatternPiece::Optional(self.first_pieces(inner, roles)?),
                Raw::Slot { inner, span } => {
                    let role = self.role(inner, *span)?;
                    if roles.iter().any(|r| r.name == role.name) {
                        let headline = format!("Two slots have the role `{}`", role.name);
                        self.reports.push(
                            bad(*span, headline, "the second of the name")
                                .help(format!("name the role, as in `{{other: {}}}`", role.name)),
                        );
                        return None;
                    }
                    roles.push(role);
                    PatternPiece::Slot(roles.len() as u32 - 1)
                }
            });
        }
        Some(pieces)
    }

    /// Pieces of a further pattern; each slot names a role of the first.
    fn further_pieces(
        &mut self,
        raw: &[Raw],
        roles: &[Role],
        used: &mut BTreeSet<u32>,
    ) -> Option<Vec<PatternPiece>> {
        let mut pieces = vec![];
        for piece in raw {
            pieces.push(match piece {
                Raw::Word(forms) => PatternPiece::Word(forms.clone()),
                Raw::Optional(inner) => {
                    PatternPiece::Optional(self.further_pieces(inner, roles, used)?)
                }
                Raw::Slot { inner, span } => {
                    let role = self.role_named(inner, *span, roles)?;
                    if !used.insert(role) {
                        let headline = "A pattern names a role twice";
                        self.reports.push(bad(*span, headline, "the second time"));
                        return None;
                    }
                    PatternPiece::Slot(role)
                }
            });
        }
        Some(pieces)
    }

    /// A pattern needs a word, and a bounded number of readings.
    fn checked(&mut self, pieces: Vec<PatternPiece>, span: Span) -> Option<Expanded> {
        let pattern = Pattern { pieces, span };
        let headline = match expand(&pattern) {
            None => "This pattern has too many optional parts, forms or words",
            Some(rows) if rows.is_empty() || rows.iter().any(|row| wordless(row)) => {
                "A pattern needs a fixed word outside its optional parts"
            }
            Some(rows) => return Some((pattern, rows)),
        };
        self.reports.push(bad(span, headline, "in this pattern"));
        None
    }

    /// `also {captive} is captured` is a whole pattern; `also seizes/seize/seized` replaces the
    /// words between the two slots, and commas may part several such replacements.
    fn further_patterns(
        &mut self,
        text: &'a str,
        span: Span,
        roles: &[Role],
        patterns: &mut Vec<Expanded>,
    ) {
        let whole = text.contains('{');
        let mut at = 0;
        for part in text.split(|c| c == ',' && !whole) {
            let place = inside(span, at, at + part.len());
            at += part.len() + 1;
            let raw = match parse(part, place) {
                Ok(raw) => raw,
                Err(fault) => {
                    self.fault(fault);
                    continue;
                }
            };
            let Some(mut pieces) = self.further_pieces(&raw, roles, &mut BTreeSet::new()) else {
                continue;
            };
            if !whole {
                match replace_words(&patterns[0].0.pieces, pieces) {
                    Some(replaced) => pieces = replaced,
                    None => {
                        let headline = "These words replace nothing: the first pattern has no \
                                        two slots with only words between them";
                        self.reports.push(
                            bad(place, headline, "words without slots")
                                .help("write the whole pattern with its slots"),
                        );
                        continue;
                    }
                }
            }
            if let Some(pattern) = self.checked(pieces, place) {
                patterns.push(pattern);
            }
        }
    }

    /// The quoted words of `meaning "…"`; the first one where there are several.
    pub(super) fn meaning_of(&mut self, declaration: &Declaration) -> String {
        let mut meanings = declaration
            .clauses
            .iter()
            .filter_map(|c| after(c, "meaning"));
        let Some((text, _)) = meanings.next() else {
            return String::new();
        };
        if let Some((_, again)) = meanings.next() {
            let headline = "A declaration has one meaning";
            self.reports.push(bad(again, headline, "a second one"));
        }
        text.trim_start_matches(':')
            .trim()
            .trim_matches(['"', '“', '”'])
            .trim()
            .to_owned()
    }
}

fn wordless(row: &[Element]) -> bool {
    !row.iter().any(|e| matches!(e, Element::Word(_)))
}

/// Puts other words between the first two slots of a pattern, or around its only slot.
fn replace_words(first: &[PatternPiece], words: Vec<PatternPiece>) -> Option<Vec<PatternPiece>> {
    let slots: Vec<usize> = (0..first.len())
        .filter(|i| matches!(first[*i], PatternPiece::Slot(_)))
        .collect();
    let is_word = |p: &PatternPiece| matches!(p, PatternPiece::Word(_));
    match slots[..] {
        [a] if first[a + 1..].iter().any(is_word) => {
            let tail = first[a + 1..].iter().skip_while(|p| is_word(p));
            Some(
                first[..=a]
                    .iter()
                    .cloned()
                    .chain(words)
                    .chain(tail.cloned())
                    .collect(),
            )
        }
        [a, b, ..] if first[a + 1..b].iter().all(is_word) && b > a + 1 => {
            let tail = first[b..].iter().cloned();
            Some(
                first[..=a]
                    .iter()
                    .cloned()
                    .chain(words)
                    .chain(tail)
                    .collect(),
            )
        }
        _ => None,
    }
}

/// A short stable name: all fixed words of a relation or circumstance, and the first run of
/// fixed words of an event type.
pub(super) fn name_of(patterns: &[Pattern], word: Declared) -> String {
    let Some(first) = patterns.first() else {
        return String::new();
    };
    if word != Declared::Event {
        return fixed_words(&first.pieces).join(" ");
    }
    let run: Vec<PatternPiece> = first
        .pieces
        .iter()
        .skip_while(|p| !matches!(p, PatternPiece::Word(_)))
        .take_while(|p| matches!(p, PatternPiece::Word(_)))
        .cloned()
        .collect();
    fixed_words(&run).join(" ")
}

/// The name itself, or one with more of the pattern in it where it is taken.
pub(super) fn unique(
    seen: &mut BTreeSet<String>,
    name: &str,
    patterns: &[Pattern],
    roles: &[Role],
) -> String {
    let mut name = name.to_owned();
    if seen.contains(&name)
        && let Some(first) = patterns.first()
    {
        name = fixed_words(&first.pieces).join(" ");
    }
    if seen.contains(&name) {
        let slots: Vec<&str> = roles.iter().map(|r| r.name.as_str()).collect();
        name = format!("{name} ({})", slots.join(", "));
    }
    let mut numbered = name.clone();
    let mut n = 2;
    while !seen.insert(numbered.clone()) {
        numbered = format!("{name} {n}");
        n += 1;
    }
    numbered
}

/// Whether some declared kind of things may fill both roles.
pub(super) fn may_share(vocabulary: &Vocabulary, a: &RoleContent, b: &RoleContent) -> bool {
    match (a, b) {
        (RoleContent::Text, RoleContent::Text) | (RoleContent::Number, RoleContent::Number) => true,
        (RoleContent::Text | RoleContent::Number, _)
        | (_, RoleContent::Text | RoleContent::Number) => false,
        (RoleContent::Any, _) | (_, RoleContent::Any) => true,
        (RoleContent::Kinds(a), RoleContent::Kinds(b)) => (0..vocabulary.kinds.len() as u32)
            .map(annals_chronicle::KindId)
            .any(|kind| {
                a.iter().any(|k| vocabulary.is_a(kind, *k))
                    && b.iter().any(|k| vocabulary.is_a(kind, *k))
            }),
    }
}
