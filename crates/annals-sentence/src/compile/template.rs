//! Templates: `{vassal} is subject to {suzerain}` inside a clause, read with the relations' own
//! patterns, with the roles of the declaration (or `any`) in the slots.

use std::collections::BTreeMap;

use annals_chronicle::{Argument, EventTypeId, RelationId, Role, Template};
use annals_text::{Report, Span};

use super::patterns::may_share;
use super::{Compiler, Declared, Entry, bad};
use crate::nearest::nearest;
use crate::pattern::{BLANK, Raw, parse, skeleton, slots};
use crate::token::words;

/// A relation that a skeleton belongs to, with the roles of its slots in order.
type Owner = (RelationId, Vec<u32>);

/// All skeletons of all relations and event types.
pub(super) struct Index {
    entries: BTreeMap<Vec<String>, Vec<Owner>>,
    /// Event types by skeleton, and by fixed words alone; the first declared wins.
    events: BTreeMap<Vec<String>, EventTypeId>,
}

impl Index {
    pub(super) fn new(entries: &[Entry]) -> Index {
        let mut index = Index {
            entries: BTreeMap::new(),
            events: BTreeMap::new(),
        };
        for entry in entries {
            for row in entry.rows.iter().flatten() {
                let key = skeleton(row);
                match entry.word {
                    Declared::Relation => {
                        let owner = (RelationId(entry.index as u32), slots(row));
                        let list = index.entries.entry(key).or_default();
                        if !list.contains(&owner) {
                            list.push(owner);
                        }
                    }
                    Declared::Event => {
                        let id = EventTypeId(entry.index as u32);
                        let bare = key.iter().filter(|w| *w != BLANK).cloned().collect();
                        index.events.entry(bare).or_insert(id);
                        index.events.entry(key).or_insert(id);
                    }
                    Declared::Kind | Declared::Circumstance => {}
                }
            }
        }
        index
    }

    /// The event type of a skeleton or of bare fixed words.
    pub(super) fn event(&self, key: &[String]) -> Option<EventTypeId> {
        self.events.get(key).copied()
    }

    /// The relation whose skeleton reads like these words, slots apart, for a did-you-mean.
    fn nearest(&self, key: &[String]) -> Option<RelationId> {
        let text = key.join(" ");
        let rows: Vec<(String, RelationId)> = self
            .entries
            .iter()
            .map(|(k, e)| (k.join(" "), e[0].0))
            .collect();
        let near = nearest(&text, rows.iter().map(|(k, _)| k.as_str()))?;
        rows.iter().find(|(k, _)| k == near).map(|(_, id)| *id)
    }

    /// The relation of bare fixed words: `is subject to`.
    pub(super) fn by_words(&self, key: &[String]) -> Option<RelationId> {
        let fits = |k: &&Vec<String>| k.iter().filter(|w| *w != BLANK).eq(key.iter());
        self.entries.keys().find(fits).map(|k| self.entries[k][0].0)
    }
}

/// A template before its relation is found: its skeleton and what stands in its slots.
struct Shape {
    key: Vec<String>,
    arguments: Vec<Argument>,
}

impl Compiler<'_> {
    /// Reads a template; `None` after a report. `any` is allowed only where asked for.
    pub(super) fn template(
        &mut self,
        (text, span): (&str, Span),
        roles: &[Role],
        index: &Index,
        any_allowed: bool,
    ) -> Option<Template> {
        let shape = self.shape(text, span, roles)?;
        if !any_allowed && shape.arguments.contains(&Argument::Any) {
            let headline = "`any` may only stand in what an event ends";
            self.reports.push(bad(
                span,
                headline,
                "name a role of the declaration instead",
            ));
            return None;
        }
        let none = vec![];
        let entries = index.entries.get(&shape.key).unwrap_or(&none);
        let fitting: Vec<&Owner> = entries
            .iter()
            .filter(|e| self.kinds_fit(e, &shape, roles))
            .collect();
        match (fitting.first(), entries.first()) {
            (Some((relation, slots)), _) if fitting.iter().all(|e| e.0 == *relation) => {
                let count = self.vocabulary.relations[relation.index()].roles.len();
                let mut arguments = vec![Argument::Any; count];
                for (slot, argument) in slots.iter().zip(&shape.arguments) {
                    arguments[*slot as usize] = *argument;
                }
                Some(Template {
                    relation: *relation,
                    arguments,
                })
            }
            (Some(_), _) => {
                let headline = format!("`{text}` may mean more than one relation");
                self.reports
                    .push(bad(span, headline, "relations of several kinds fit"));
                None
            }
            (None, Some((relation, _))) => {
                let name = &self.vocabulary.relations[relation.index()].name;
                let headline = format!("The roles in `{text}` are of kinds `{name}` does not take");
                self.reports
                    .push(bad(span, headline, "no kind of things can fill both"));
                None
            }
            (None, None) => {
                self.no_relation(text, span, &shape.key, index);
                None
            }
        }
    }

    fn no_relation(&mut self, text: &str, span: Span, key: &[String], index: &Index) {
        let headline = format!("No relation reads `{text}`");
        let report = bad(
            span,
            headline,
            "expected a relation's pattern with roles in its slots",
        );
        self.reports.push(match index.nearest(key) {
            Some(id) => {
                let relation = &self.vocabulary.relations[id.index()];
                report.help(format!(
                    "did you mean `{}`?",
                    crate::phrase::pattern_words(
                        &relation.patterns[0],
                        &relation.roles,
                        &self.vocabulary,
                    )
                ))
            }
            None => report.help("declare it with `relation …`"),
        });
    }

    fn kinds_fit(&self, (relation, slots): &Owner, shape: &Shape, roles: &[Role]) -> bool {
        let theirs = &self.vocabulary.relations[relation.index()].roles;
        slots
            .iter()
            .zip(&shape.arguments)
            .all(|(slot, argument)| match argument {
                Argument::Any => true,
                Argument::Role(ours) => may_share(
                    &self.vocabulary,
                    &theirs[*slot as usize].content,
                    &roles[*ours as usize].content,
                ),
            })
    }

    fn shape(&mut self, text: &str, span: Span, roles: &[Role]) -> Option<Shape> {
        let raw = match parse(text, span) {
            Ok(raw) => raw,
            Err(fault) => {
                self.reports
                    .push(bad(fault.span, "This clause cannot be read", fault.words));
                return None;
            }
        };
        let mut shape = Shape {
            key: vec![],
            arguments: vec![],
        };
        for piece in &raw {
            match piece {
                Raw::Word(forms) if forms.len() == 1 => {
                    let word = &forms[0];
                    if word.trim_end_matches('.') == "any" {
                        shape.key.push(BLANK.to_owned());
                        shape.arguments.push(Argument::Any);
                    } else {
                        shape
                            .key
                            .extend(words(word).iter().map(crate::token::Token::lower));
                    }
                }
                Raw::Slot { inner, .. } if inner.trim() == "any" => {
                    shape.key.push(BLANK.to_owned());
                    shape.arguments.push(Argument::Any);
                }
                Raw::Slot { inner, span } => {
                    let role = self.role_named(inner, *span, roles)?;
                    shape.key.push(BLANK.to_owned());
                    shape.arguments.push(Argument::Role(role));
                }
                Raw::Word(_) | Raw::Optional(_) => {
                    let headline = "A clause says one thing: no `/` and no `[…]`";
                    self.reports
                        .push(Report::error("bad-vocabulary", headline).at(span, "in this clause"));
                    return None;
                }
            }
        }
        if shape.key.is_empty() {
            let headline = "This clause names no relation";
            self.reports
                .push(bad(span, headline, "expected a relation's pattern"));
            return None;
        }
        Some(shape)
    }
}
