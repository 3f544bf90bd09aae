//! When a clause says that something was, and in what order clauses tell.

use super::Prose;
use super::chunks::What;
use super::clauses::{Clause, Intro, Subject, phrase_end};
use super::dates::{DateRef, single_year, year_of};
use super::leftovers::opener;
use super::sentence::{Desk, State};
use crate::article::statement::Statement;

impl State<'_> {
    /// The date of a clause: its own, or the one that opens the sentence.
    pub(super) fn date(
        &mut self,
        desk: &mut Desk<'_>,
        clause: &Clause,
        statement: &mut Statement,
        prose: &mut Prose,
    ) {
        for at in self.date_places(desk, clause) {
            let What::Date(date) = desk.chunks[at].what.clone() else {
                continue;
            };
            let date = match joined(desk, at) {
                true => DateRef::Unknown,
                false => date,
            };
            match date {
                DateRef::Absolute(words, note) => {
                    statement.when.push(words);
                    statement.remarks.extend(note);
                    self.dated_by(desk, at, statement);
                    return;
                }
                DateRef::Later(words) => {
                    let anchor = *desk.anchors.entry(at).or_insert(self.context.event);
                    let told = anchor.and_then(|e| Some((e, prose.statements.get(e)?)));
                    if let Some((event, label)) =
                        told.and_then(|(e, s)| Some((e, s.label.clone()?)))
                    {
                        statement.when.push(format!("{words} #{{{event}}}"));
                        self.dated_by(desk, at, statement);
                        statement
                            .remarks
                            .push(format!("counted from the event told before, {label}"));
                        return;
                    }
                    statement
                        .remarks
                        .push(format!("“{words}” is counted from something not read"));
                    return;
                }
                DateRef::From(_) => {}
                DateRef::Unknown => {
                    let words = self.words_of(desk, at..at + 1);
                    desk.whole = false;
                    desk.whys.push(format!("the date “{words}” is not told"));
                    return;
                }
            }
        }
    }

    /// Where the date of a clause may stand, the likeliest first.
    fn date_places(&self, desk: &Desk<'_>, clause: &Clause) -> Vec<usize> {
        let shared = clause.shared.and_then(|s| desk.parts.clauses.get(s));
        let mut places: Vec<usize> = shared
            .map(|s| s.rest.clone())
            .into_iter()
            .flatten()
            .collect();
        places.extend(clause.whole.clone().filter(|i| *i > clause.verb));
        places.extend(clause.whole.clone().filter(|i| *i < clause.verb));
        if matches!(clause.intro, Intro::Main | Intro::Further) && !under_relative(desk, clause) {
            let first = desk.parts.clauses.first().map_or(0, |c| c.whole.start);
            places.extend(0..first.min(clause.verb));
            if let Some(main) = desk.parts.clauses.iter().find(|c| c.intro == Intro::Main) {
                // `In 644 he came and took it`: the date before the first verb is that of all.
                places.extend(
                    (main.whole.start..main.verb).filter(|_| {
                        clause.intro == Intro::Further || clause.segment == main.segment
                    }),
                );
            }
        }
        // `Before the siege of Parma in 1312, he attacked`: the year is that of the siege.
        let nominal = |i: &usize| super::nominal::owns_date(&desk.chunks, *i, self.lexicon);
        places.retain(|i| !nominal(i));
        places
    }

    /// Dates such as `two years after the fall of Pegu` of which the event was not read.
    pub(super) fn list_unanchored(&self, desk: &mut Desk<'_>, prose: &Prose) {
        for at in 0..desk.chunks.len() {
            let What::Date(DateRef::From(words)) = &desk.chunks[at].what else {
                continue;
            };
            let start = format!("{words} #");
            let mut made = desk.made.iter().flatten();
            let told = |one: &usize| {
                let mut when = prose.statements[*one].when.iter();
                when.any(|w| w.starts_with(&start))
            };
            if made.any(told) {
                continue;
            }
            let phrase = desk.chunks.get(at + 1).map(|c| &c.what);
            let end = match phrase {
                Some(What::Phrase(_)) => phrase_end(&desk.chunks, at + 1),
                _ => at + 1,
            };
            let words = self.words_of(desk, at..end);
            desk.whole = false;
            desk.whys.push(format!("the date “{words}” is not told"));
        }
    }

    /// Years, kept for dates without one.
    pub(super) fn remember(&mut self, desk: &Desk<'_>) {
        for chunk in &desk.chunks {
            if let What::Date(DateRef::Absolute(words, _)) = &chunk.what
                && single_year(words)
            {
                self.context.year = year_of(words);
            }
        }
        for segment in &desk.parts.segments {
            for thing in self.mentions(desk, segment.range.clone()) {
                self.context.mention(thing);
            }
        }
    }

    /// `after the city fell`, `when the troops swam`: an order between what the clauses tell.
    pub(super) fn order(&mut self, desk: &Desk<'_>, prose: &mut Prose) {
        for (at, clause) in desk.parts.clauses.iter().enumerate() {
            let word = match &clause.intro {
                Intro::Subordinate(word) => word.as_str(),
                Intro::Participle(Some(word)) => word.as_str(),
                _ => continue,
            };
            let relation = match word {
                "after" => "after",
                "before" => "before",
                "when" => "at",
                _ => continue,
            };
            let [one] = desk.made[at][..] else { continue };
            if prose.statements[one].label.is_none() {
                continue;
            }
            let main = (0..at)
                .rev()
                .chain(at + 1..desk.parts.clauses.len())
                .find(|i| matches!(desk.parts.clauses[*i].intro, Intro::Main | Intro::Further));
            let Some(main) = main else { continue };
            for other in desk.made[main].clone() {
                let statement = &mut prose.statements[other];
                if !statement.timeless && statement.mode.is_none() {
                    statement.when.push(format!("{relation} #{{{one}}}"));
                    statement.taken.extend(opener(desk, clause));
                }
            }
        }
    }
}

/// `in the late 1370s and early 1380s`: one of two times is not the time of both.
fn joined(desk: &Desk<'_>, at: usize) -> bool {
    let and = |i: Option<usize>| {
        let chunk = i.and_then(|i| desk.chunks.get(i));
        matches!(chunk.map(|c| &c.what), Some(What::Conjunction(word)) if word == "and")
    };
    let after = matches!(
        desk.chunks.get(at + 2).map(|c| &c.what),
        Some(What::Date(_))
    );
    // What stands before the `and` may be a date that no rule reads.
    let before = at
        .checked_sub(2)
        .and_then(|i| desk.chunks.get(i))
        .is_some_and(|chunk| {
            let last = desk.tokens.get(chunk.tokens.end - 1);
            last.is_some_and(|t| {
                t.text.len() > 2 && t.text.starts_with(|c: char| c.is_ascii_digit())
            })
        });
    and(Some(at + 1)) && after || and(at.checked_sub(1)) && before
}

/// Whether a clause goes on with what `who` began: the date of the sentence need not be its own.
fn under_relative(desk: &Desk<'_>, clause: &Clause) -> bool {
    match clause.subject {
        Subject::Of(other) => desk.parts.clauses.get(other).is_some_and(|c| {
            matches!(c.intro, Intro::Relative | Intro::Subordinate(_))
                || c.intro == Intro::Further && under_relative(desk, c)
        }),
        _ => false,
    }
}
