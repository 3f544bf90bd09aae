//! What a clause reaches: the sentence of the vocabulary that its subject, its verb and what
//! follows them are read as, and what of it no sentence may hold.

use std::ops::Range;

use super::chunks::What;
use super::clauses::Clause;
use super::governing::Governed;
use super::phrases::{Said, Saying, chains};
use super::search::{Found, Hit, Unit, search, units};
use super::sentence::{Desk, State};
use super::verbs::Plan;

impl State<'_> {
    /// The chunks after a verb that are its own.
    pub(super) fn reach(
        &self,
        desk: &Desk<'_>,
        clause: &Clause,
        plan: &Plan,
        governed: &Governed,
    ) -> Range<usize> {
        let range = match clause.shared.and_then(|s| desk.parts.clauses.get(s)) {
            // `was defeated and fled to France`: whither is of the later verb alone.
            Some(other) => {
                let whither = |at: &usize| match &desk.chunks[*at].what {
                    What::Preposition(p) => self.lexicon.is("whither", p),
                    _ => false,
                };
                let rest = other.rest.clone();
                let end = rest.clone().find(whither).unwrap_or(rest.end);
                rest.start..end
            }
            None => plan.after..clause.rest.end.max(plan.after),
        };
        let end = governed
            .cut
            .map_or(range.end, |cut| range.end.min(cut.max(range.start)));
        range.start..end
    }

    /// The part of a clause that stands behind a conjunction and in no list: `by Otto and by Bruno`.
    ///
    /// # Errors
    ///
    /// Where an `or` stands there: the clause says one of two things.
    pub(super) fn beyond(
        &self,
        desk: &Desk<'_>,
        range: Range<usize>,
    ) -> Result<Option<Range<usize>>, String> {
        let mut at = range.start;
        while at < range.end {
            match &desk.chunks[at].what {
                What::Phrase(_) => at = super::search::object_end(&desk.chunks, at, range.end),
                What::Conjunction(_) => break,
                What::Group(_) | What::Break | What::Relative(_) | What::Subordinator(_) => {
                    return Ok(None);
                }
                _ => at += 1,
            }
        }
        let rest = at..range.end;
        let or =
            |at: usize| matches!(&desk.chunks[at].what, What::Conjunction(word) if word == "or");
        if rest.clone().any(or) {
            return Err("“or” leaves open which of two it was".to_owned());
        }
        Ok((!rest.is_empty()).then_some(rest))
    }

    pub(super) fn hit(
        &self,
        desk: &Desk<'_>,
        clause: &Clause,
        plan: &Plan,
        range: Range<usize>,
        subjects: &[Said],
    ) -> Found {
        let apart: Vec<usize> = subjects
            .first()
            .map(|s| s.things.clone())
            .unwrap_or_default();
        let sight = self.sight();
        let saying = Saying {
            context: &self.context,
            sight: &sight,
            apart: &apart,
            subject: match apart[..] {
                [one] => Some(one),
                _ => None,
            },
            quotes: plan.passive,
        };
        let mut found = units(&desk.chunks, range, &saying, self.lexicon, plan.passive);
        for unit in &mut found {
            if let Some(thing) = self.named_beside(&desk.chunks, unit.chunks.clone()) {
                unit.ways.insert(0, self.plain(thing));
            }
        }
        if let Some(object) = &clause.object {
            found.insert(
                0,
                Unit {
                    ways: saying.list(&chains(&desk.chunks[object.clone()])),
                    chunks: object.clone(),
                    ..Unit::default()
                },
            );
        }
        let first = search(self.reader, self.lexicon, subjects, &plan.words, &found);
        self.turned(first, subjects, plan, found)
    }

    /// `towards the city from the Yulduz`: patterns have the start before the end.
    fn turned(&self, first: Found, subjects: &[Said], plan: &Plan, mut found: Vec<Unit>) -> Found {
        let opens = |u: &Unit, words: &[&str]| {
            u.ways
                .iter()
                .any(|w| words.iter().any(|p| w.text.starts_with(p)))
        };
        let to = found
            .iter()
            .position(|u| opens(u, &["to ", "toward ", "towards ", "into "]) && !u.tail);
        let from = found.iter().position(|u| opens(u, &["from "]));
        let (Some(to), Some(from)) = (to, from) else {
            return first;
        };
        if to > from {
            return first;
        }
        let moved = found.remove(from);
        found.insert(to, moved);
        let second = search(self.reader, self.lexicon, subjects, &plan.words, &found);
        // A start read beside the sentence is in none of its roles.
        let cost = |h: &Hit| {
            let open = h.read.key.iter().filter(|r| *r == "*").count();
            (h.left.len(), open)
        };
        match (&first, &second) {
            (Found::One(one), Found::One(other)) if cost(other) >= cost(one) => first,
            (_, Found::One(_)) => second,
            _ => first,
        }
    }
}
