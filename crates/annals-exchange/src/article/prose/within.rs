//! Whom a sentence itself speaks of before the place that is read: a pronoun means one of these before
//! it means anybody of the text before, and where there are several nothing decides.

use super::chunks::{Chunk, Owner, Phrase, Pronoun, What};
use super::clauses::{Clause, Intro, Subject, group, phrase_end};
use super::phrases::chains;
use super::sentence::{Desk, State};
use crate::article::names::Class;

impl State<'_> {
    /// Notes whom the sentence speaks of before a chunk.
    pub(super) fn look(&mut self, desk: &Desk<'_>, upto: usize) {
        self.context.here.clear();
        self.context.unnamed.clear();
        let mut here = self.mentions(desk, 0..upto);
        for (clause, said) in desk.parts.clauses.iter().zip(&desk.subjects) {
            if clause.verb < upto {
                here.extend(said.first().map(|s| s.things.clone()).unwrap_or_default());
            }
        }
        let mut unnamed = Vec::new();
        for at in 0..upto {
            let What::Phrase(phrase) = &desk.chunks[at].what else {
                continue;
            };
            let end = phrase_end(&desk.chunks, at).min(upto.max(at + 1));
            let beside = self.named_beside(&desk.chunks, at..end).is_some();
            let Some(pronouns) = self.may_be_called(phrase).filter(|_| !beside) else {
                continue;
            };
            if predicate(desk, at) {
                continue;
            }
            let chain = chains(&desk.chunks[at..end]);
            let sight = self.sight();
            let found = chain
                .first()
                .and_then(|c| self.context.resolve(c, &sight, &[]));
            match found {
                Some(found) => here.extend(found.things),
                None => unnamed.extend_from_slice(pronouns),
            }
        }
        self.context.here = here;
        self.context.unnamed = unnamed;
    }

    /// The pronouns that a description without a name may be spoken of by.
    fn may_be_called(&self, phrase: &Phrase) -> Option<&'static [Pronoun]> {
        let head = phrase.head.as_deref()?;
        let told = phrase.definite || phrase.owner.is_some();
        if !told || !phrase.names.is_empty() {
            return None;
        }
        let lexicon = self.lexicon;
        if lexicon.is_any(&["people-noun", "force-noun"], head) {
            return Some(&[Pronoun::They]);
        }
        match Class::of_noun(lexicon, head)? {
            Class::Person => Some(&[Pronoun::He, Pronoun::She]),
            Class::Place | Class::Polity | Class::Institution => Some(&[Pronoun::It]),
            _ => None,
        }
    }

    /// Notes who acted in a sentence without being named or known, for the next one.
    pub(super) fn forget(&mut self, desk: &Desk<'_>) {
        self.context.here.clear();
        self.context.unnamed.clear();
        let clauses = desk.parts.clauses.iter().zip(&desk.subjects);
        let mut unnamed = self.several_acted(desk);
        for (clause, said) in clauses {
            let known = said.first().is_some_and(|s| !s.things.is_empty());
            if let (Subject::Own(range), false) = (&clause.subject, known)
                && let What::Phrase(phrase) = &desk.chunks[range.start].what
            {
                unnamed.extend_from_slice(self.may_be_called(phrase).unwrap_or_default());
                // Whom this `he` means was left open, and the next one is no clearer.
                unnamed.extend(phrase.pronoun);
            }
        }
        self.context.acted_unnamed = unnamed;
    }

    /// The pronouns that may mean either of two after a sentence: `Otto attacked, and Ugo surrendered to
    /// him`, `Otto or Ugo won`.
    fn several_acted(&self, desk: &Desk<'_>) -> Vec<Pronoun> {
        let sight = self.sight();
        let acts = |clause: &Clause| {
            !matches!(
                clause.intro,
                Intro::Reduced | Intro::Relative | Intro::Likewise | Intro::Participle(_)
            )
        };
        let clauses = desk.parts.clauses.iter().zip(&desk.subjects);
        let acting = clauses.filter(|(clause, _)| acts(clause));
        let firsts = acting.filter_map(|(_, said)| said.first());
        let mut actors: Vec<usize> = firsts
            .filter(|said| said.things.len() == 1)
            .flat_map(|said| said.things.iter().copied())
            .collect();
        for (at, chunk) in desk.chunks.iter().enumerate() {
            let named = |at: Option<usize>| match at.and_then(|at| desk.chunks.get(at)) {
                Some(Chunk {
                    what: What::Phrase(phrase),
                    ..
                }) => phrase.final_name(),
                _ => None,
            };
            let or = matches!(&chunk.what, What::Conjunction(word) if word == "or");
            if let (true, Some(one), Some(other)) =
                (or, named(at.checked_sub(1)), named(Some(at + 1)))
            {
                actors.extend([one, other]);
            }
        }
        let several = |pronoun: &Pronoun| {
            let mut may = actors
                .iter()
                .filter(|t| self.context.may_be(*pronoun, **t, &sight));
            let first = may.next();
            may.any(|other| Some(other) != first)
        };
        let all = [Pronoun::He, Pronoun::She];
        all.into_iter().filter(several).collect()
    }

    /// Whether `when he died` may be of somebody else than the one whose clause it hangs from: of the
    /// one who acted in the sentence before.
    pub(super) fn of_the_one_before(&self, desk: &Desk<'_>, clause: &Clause) -> bool {
        let Subject::Own(range) = &clause.subject else {
            return false;
        };
        let pronoun = match &desk.chunks[range.start].what {
            What::Phrase(phrase) => phrase.pronoun,
            _ => None,
        };
        let (Some(pronoun), Intro::Subordinate(_)) = (pronoun, &clause.intro) else {
            return false;
        };
        let main = desk.parts.clauses.iter().zip(&desk.subjects);
        let acted: Vec<usize> = main
            .filter(|(c, _)| c.verb < clause.verb)
            .filter_map(|(_, s)| Some(s.first()?.things.clone()))
            .flatten()
            .collect();
        let other = |t: &usize| !acted.contains(t) && self.likely(pronoun, *t);
        !acted.is_empty() && desk.before.iter().any(other)
    }

    /// Whether a pronoun can be said of a thing, or of somebody who is likely a person.
    fn likely(&self, pronoun: Pronoun, thing: usize) -> bool {
        let sight = self.sight();
        let named = &self.book.things[thing];
        let man = named.class() == Class::Person && !named.female;
        self.context.may_be(pronoun, thing, &sight) || pronoun == Pronoun::He && man
    }

    /// Who acts in the clause before its verb's `his`; nobody where another stands right before it
    /// (`Otto and his son`), or did the deed.
    pub(super) fn acting(
        &self,
        desk: &Desk<'_>,
        pronoun: Pronoun,
        at: usize,
        apart: usize,
    ) -> Option<usize> {
        let mut clauses = desk.parts.clauses.iter().zip(&desk.subjects);
        let (clause, said) = clauses.rfind(|(c, _)| c.whole.contains(&at) && c.verb < at)?;
        let between = &desk.chunks[clause.verb + 1..at];
        let joined = matches!(between, [.., what, and]
            if matches!(what.what, What::Phrase(_)) && matches!(and.what, What::Conjunction(_)));
        let passive = group(desk.chunks.get(clause.verb)).is_some_and(|g| g.be.is_some());
        let by = |c: &Chunk| matches!(&c.what, What::Preposition(p) if p == "by");
        if joined || passive && between.iter().any(by) {
            return None;
        }
        let sight = self.sight();
        match said.first()?.things[..] {
            [one] if one != apart && self.context.may_be(pronoun, one, &sight) => Some(one),
            _ => None,
        }
    }

    /// The only one of the sentence whom `his` can mean before its own clause has told who acts; `Err`
    /// where the sentence has several, or somebody whom it does not name.
    pub(super) fn only_one(
        &mut self,
        desk: &Desk<'_>,
        pronoun: Pronoun,
        at: usize,
        apart: usize,
    ) -> Result<Option<usize>, ()> {
        self.look(desk, at);
        let mut fitting: Vec<usize> = self.context.here.clone();
        fitting.retain(|t| *t != apart && self.likely(pronoun, *t));
        fitting.sort_unstable();
        fitting.dedup();
        match fitting[..] {
            _ if self.context.unnamed.contains(&pronoun) => Err(()),
            [] => Ok(None),
            [one] => Ok(Some(one)),
            _ => Err(()),
        }
    }
}

/// Whether a phrase says what somebody was: `was the son of Radou`.
fn predicate(desk: &Desk<'_>, at: usize) -> bool {
    let before = at.checked_sub(1).map(|b| &desk.chunks[b].what);
    match before {
        Some(What::Group(group)) => group.be.is_some() && group.verb.is_none(),
        Some(What::Preposition(p)) => p == "as",
        _ => false,
    }
}

/// Whether a phrase is owned by a pronoun, and by which.
pub(super) fn owning(phrase: &Phrase) -> Option<Pronoun> {
    match phrase.owner {
        Some(Owner::Pronoun(pronoun)) => Some(pronoun),
        _ => None,
    }
}
