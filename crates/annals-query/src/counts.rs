//! `how many: ? is ruler of Karasahr`: how many of what is recorded there were, at least and at
//! most.
//!
//! What is certain counts at least, what is possible at most. Two names that may be one thing count
//! once at the least. Both figures hold in every timeline; where several possibilities exclude each
//! other the true number may lie more narrowly between them, which the words do not deny. Nothing is
//! said of what no claim tells of.

use std::collections::BTreeSet;

use annals_chronicle::{EntityId, Filler, Fluent, Sentence, Verdict};
use annals_reason::At;
use annals_text::Report;

use crate::answer::{Answer, CountAnswer, Held, History, Outcome, is_told};
use crate::ask::{Asked, Asker};
use crate::events::Standing;
use crate::sentence::Meant;

impl Asker<'_> {
    /// `how many: SENTENCE`, `how many: DATE: SENTENCE`. What is counted follows the count.
    pub(crate) fn ask_how_many(
        &self,
        question: Asked<'_>,
        asked: Asked<'_>,
    ) -> Result<Answer, Vec<Report>> {
        let mut answer = self.ask(asked)?;
        question.text.clone_into(&mut answer.question);
        let counts = self.counts(asked, &answer.results);
        if counts.is_empty() {
            let report = Report::error("not-a-count", "this question has nothing to count")
                .at(asked.span, "a sentence with `?` for what is counted was expected")
                .help("ask, for example, \"how many: ? is ruler of Karasahr\" or \"how many: 648: ? captures ?\"");
            return Err(vec![report]);
        }
        answer.results.splice(0..0, counts);
        Ok(answer)
    }

    fn counts(&self, asked: Asked<'_>, results: &[Outcome]) -> Vec<Outcome> {
        let mut found = Vec::new();
        let mut histories: Vec<&History> = Vec::new();
        for outcome in results {
            match outcome {
                Outcome::Fillers(fillers) => {
                    let each = fillers.fillers.iter();
                    let counted = each.map(|f| (f.names.clone(), at_some_time(&f.held)));
                    found.push(self.count_names(&fillers.sentence, &counted.collect::<Vec<_>>()));
                }
                Outcome::History(history) => histories.push(history),
                Outcome::Happened(happened) => {
                    let verdicts = happened.events.iter().map(|e| match e.verdict {
                        Some(verdict) => verdict,
                        None if e.status == "happened" || e.status == "held" => Verdict::Certain,
                        None if is_told(&e.status) => Verdict::Possible,
                        None => Verdict::Impossible,
                    });
                    let (least, most) = sum(verdicts);
                    found.push(CountAnswer::new(&happened.sentence, (least, most), "event"));
                }
                _ => {}
            }
        }
        if !histories.is_empty() {
            let states = self.ever(asked, &histories);
            found.push(self.count_names(asked.text, &states));
        }
        found.into_iter().map(Outcome::Count).collect()
    }

    /// The names of states and how surely each held at some time.
    fn ever(&self, asked: Asked<'_>, histories: &[&History]) -> Vec<(Vec<String>, Verdict)> {
        // The histories were made of these, in their order.
        let meant = self.read_sentence(asked).unwrap_or_default();
        let fluents = meant.iter().flat_map(|m| match m {
            Meant::State { relation, slots } => self.states_meant(*relation, slots),
            Meant::Event { .. } => vec![],
        });
        let mut states: Vec<(Vec<String>, Verdict)> = Vec::new();
        for (history, fluent) in histories.iter().zip(fluents) {
            let verdict = match (&history.certain, &history.possible) {
                (Some(_), _) => Verdict::Certain,
                (None, Some(_)) if self.holds_at_a_moment(&fluent) => Verdict::Certain,
                (None, Some(_)) => Verdict::Possible,
                (None, None) => Verdict::Impossible,
            };
            let names = history.fluent.roles.iter().map(|r| r.name.clone());
            states.push((names.collect(), verdict));
        }
        keep_what_differs(&mut states);
        states
    }

    /// Whether a state surely holds as something closes that surely happened and begins or mentions
    /// it, though perhaps on no day that can be named.
    pub(crate) fn holds_at_a_moment(&self, fluent: &Fluent) -> bool {
        let mentions = self.chronicle.claims.iter().filter(|c| {
            let Sentence::Holds {
                relation, roles, ..
            } = &c.sentence
            else {
                return false;
            };
            let things = roles.iter().map(|r| match r {
                Filler::Entities(list) => list.first().copied().filter(|_| list.len() == 1),
                _ => None,
            });
            *relation == fluent.relation && things.eq(fluent.roles.iter().map(|e| Some(*e)))
        });
        let mentions = mentions.map(|c| (c.event, self.start_of(c.event)));
        let starters = self.starters(fluent).into_iter();
        let starters = starters.map(|event| (event, self.end_of(event)));
        starters.chain(mentions).any(|(event, moment)| {
            self.standing(event) == Standing::Sure
                && self.reasoner.weigh(fluent, At::Close(moment)).verdict == Verdict::Certain
        })
    }

    /// Of names that may be one thing only one is sure to count.
    fn count_names(&self, sentence: &str, counted: &[(Vec<String>, Verdict)]) -> CountAnswer {
        let (_, most) = sum(counted.iter().map(|(_, v)| *v));
        let certain = counted.iter().filter(|(_, v)| *v == Verdict::Certain);
        let mut groups: Vec<BTreeSet<EntityId>> = Vec::new();
        let mut least = 0;
        for (names, _) in certain {
            let things: Vec<EntityId> = names.iter().flat_map(|n| self.called(n)).collect();
            // Somebody without a name may be any of the others.
            if things
                .iter()
                .any(|e| self.chronicle.entities[e.index()].unnamed)
            {
                least = 1;
                continue;
            }
            let mut group = self.perhaps_the_same(things);
            let (same, others) = groups
                .into_iter()
                .partition(|g: &BTreeSet<_>| !g.is_disjoint(&group));
            let same: Vec<BTreeSet<EntityId>> = same;
            group.extend(same.into_iter().flatten());
            groups = others;
            groups.push(group);
        }
        CountAnswer::new(sentence, (least.max(groups.len()), most), "name")
    }

    /// The things that answers call so.
    fn called(&self, name: &str) -> Vec<EntityId> {
        let ids = self.chronicle.entities.iter().map(|e| e.id);
        ids.filter(|id| self.name(*id) == name).collect()
    }

    /// With everything that a claim, even a doubted one, takes for one of them.
    fn perhaps_the_same(&self, things: Vec<EntityId>) -> BTreeSet<EntityId> {
        let mut all = BTreeSet::from_iter(things);
        let mut before = 0;
        while all.len() > before {
            before = all.len();
            for tie in &self.chronicle.identities {
                if all.contains(&tie.a) || all.contains(&tie.b) {
                    all.extend([tie.a, tie.b]);
                }
            }
        }
        all
    }
}

/// Of a period a judgement is certain only if it is so on every day; here one day is enough.
pub(crate) fn at_some_time(held: &Held) -> Verdict {
    let has = |verdict| held.stretches.iter().any(|s| s.verdict == verdict);
    match held.verdict {
        Verdict::Certain => Verdict::Certain,
        _ if has(Verdict::Certain) => Verdict::Certain,
        _ if has(Verdict::Possible) => Verdict::Possible,
        // Unknown on some days and impossible on the others: nothing records it then.
        Verdict::Possible if !held.stretches.is_empty() => Verdict::Unknown,
        verdict => verdict,
    }
}

/// How many are certain, and how many certain or possible.
fn sum(verdicts: impl Iterator<Item = Verdict>) -> (usize, usize) {
    verdicts.fold((0, 0), |(least, most), verdict| match verdict {
        Verdict::Certain => (least + 1, most + 1),
        Verdict::Possible => (least, most + 1),
        Verdict::Unknown | Verdict::Impossible => (least, most),
    })
}

/// Takes away the names that stand in all of several states: they were asked with.
fn keep_what_differs(states: &mut [(Vec<String>, Verdict)]) {
    let Some(roles) = states.first().map(|(names, _)| names.len()) else {
        return;
    };
    let differs = |role: usize| {
        states
            .iter()
            .any(|(names, _)| names.get(role) != states[0].0.get(role))
    };
    let kept: Vec<usize> = (0..roles)
        .filter(|role| states.len() == 1 || differs(*role))
        .collect();
    for (names, _) in states {
        *names = kept
            .iter()
            .filter_map(|role| names.get(*role).cloned())
            .collect();
    }
}

impl CountAnswer {
    fn new(sentence: &str, (least, most): (usize, usize), of: &'static str) -> CountAnswer {
        let things = |n: usize| match n {
            1 => format!("1 recorded {of}"),
            n => format!("{n} recorded {of}s"),
        };
        let words = match (least, most) {
            (_, 0) => format!("no recorded {of}"),
            (least, most) if least == most => format!("exactly {}", things(least)),
            (0, most) => format!("at most {}, none for certain", things(most)),
            (least, most) => format!("at least {least} and at most {}", things(most)),
        };
        CountAnswer {
            sentence: sentence.to_owned(),
            least,
            most,
            words,
        }
    }
}
