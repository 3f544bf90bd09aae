//! What governs a clause from outside its verb group: cues, reports, conditions.

use std::ops::Range;

use super::chunks::What;
use super::clauses::{Clause, Intro, Subject};
use super::cues::Placed;
use super::sentence::{Desk, State};
use crate::article::lexicon::Lexicon;
use crate::article::names::Class;

/// What governs a clause from outside.
#[derive(Clone, Debug, Default)]
pub(super) struct Governed {
    pub mode: Option<&'static str>,
    pub doubted: bool,
    pub according_to: Option<String>,
    pub because: Vec<String>,
    /// Where what follows the verb is no longer the clause's own.
    pub cut: Option<usize>,
}

impl Governed {
    /// Takes over whom a remark in brackets names as the one who says it.
    fn told_by(&mut self, desk: &Desk<'_>) {
        if self.according_to.is_none()
            && let Some(reporter) = &desk.guards.told_by
        {
            self.according_to = Some(reporter.clone());
            self.because.push(format!("“(according to {reporter})”"));
        }
    }
}

/// Whether a cue tells of what somebody heard or thinks, and not of what he saw.
fn unsure(cue: &Placed, lexicon: &Lexicon) -> bool {
    let mut words = cue.words.split(' ');
    words.any(|w| lexicon.is_any(&["hearsay", "opinion"], w))
}

impl State<'_> {
    /// What governs a clause, or why nothing is claimed by it.
    pub(super) fn governed(
        &self,
        desk: &Desk<'_>,
        at: usize,
        clause: &Clause,
    ) -> Result<Governed, String> {
        let under = self.barred(desk, clause)?;
        let mut governed = Governed {
            doubted: under || !desk.guards.doubts.is_empty(),
            because: desk.guards.doubts.clone(),
            ..Governed::default()
        };
        let verb = desk.chunks[clause.verb].tokens.clone();
        behind_a_report(desk, verb.start)?;
        let whole = token_range(desk, clause.whole.clone());
        for cue in &desk.cues {
            let place = cue.tokens.start;
            let inside = whole.contains(&place) || place == whole.end;
            let several = cue.words.contains(' ');
            match cue.mode {
                "unknown" if place <= verb.start && self.first_after(desk, at, place) => {
                    governed.mode = Some("unknown whether");
                    governed.because.push(format!("“{}”", cue.words));
                }
                "doubt" if several && (place <= verb.start || follows(desk, &verb, cue)) => {
                    governed.doubted = true;
                    governed.because.push(format!("“{}”", cue.words));
                }
                "doubt" if !several && inside => {
                    let follows = desk.chunks.iter().position(|c| c.tokens.start >= place);
                    let then = follows.and_then(|f| desk.chunks.get(f)).map(|c| &c.what);
                    let only_rest = place >= verb.end
                        && matches!(then, Some(What::Preposition(_) | What::Comma) | None);
                    if only_rest {
                        governed.cut = follows;
                    } else {
                        governed.doubted = true;
                        governed.because.push(format!("“{}”", cue.words));
                    }
                }
                "not" if several && place <= verb.start => {
                    governed.mode = Some("not");
                    governed.because.push(format!("“{}”", cue.words));
                }
                "not" if !several && inside && cue.words != "without" => {
                    return Err(format!("“{}” denies a part of it", cue.words));
                }
                // `X fell; according to Livy, Y fled`: Livy is not asked about X.
                "according" if place > verb.start && broken(desk, verb.start..place) => {}
                "reporting" | "according" if place <= verb.start || cue.mode == "according" => {
                    governed.according_to = self.reporter(desk, cue);
                    governed.because.push(format!("“{}”", cue.words));
                    if governed.according_to.is_none() || unsure(cue, self.lexicon) {
                        governed.doubted = true;
                    }
                }
                _ => {}
            }
        }
        governed.told_by(desk);
        let conditional = self.conditional(clause);
        let participle = matches!(clause.intro, Intro::Participle(_));
        let free = governed.mode.is_none() && governed.because.is_empty();
        if conditional && (participle || free) {
            return Err("it stands under a condition or another verb".to_owned());
        }
        self.inherited(desk, clause, &mut governed);
        Ok(governed)
    }

    /// Whether the word that opens a clause leaves open whether it happened.
    fn conditional(&self, clause: &Clause) -> bool {
        match &clause.intro {
            Intro::Subordinate(word) => self.lexicon.is("conditional", word) || word == "that",
            Intro::Participle(Some(word)) => !self.lexicon.is("asserting", word),
            _ => false,
        }
    }

    /// Clauses that hang from what is itself only asked or said stand under the same.
    fn inherited(&self, desk: &Desk<'_>, clause: &Clause, governed: &mut Governed) {
        let Subject::Of(other) = clause.subject else {
            return;
        };
        let further = clause.intro == Intro::Further;
        if let Some(parent) = desk
            .parts
            .clauses
            .get(other)
            .filter(|_| further && governed.mode.is_none())
            && desk.cues.iter().any(|c| c.mode == "unknown")
            && let Ok(above) = self.governed(desk, other, parent)
        {
            governed.mode = above.mode;
            governed.because = above.because;
        }
    }

    /// Whether a clause is the first one after a cue.
    fn first_after(&self, desk: &Desk<'_>, at: usize, place: usize) -> bool {
        let first = desk
            .parts
            .clauses
            .iter()
            .position(|c| desk.chunks[c.verb].tokens.start >= place);
        first == Some(at)
    }

    /// The descriptions of a clause of which it is not told what they mean, with what they may.
    pub(super) fn left_open(&self, desk: &Desk<'_>, clause: &Clause) -> String {
        let mut said = String::new();
        for chunk in &desk.chunks[clause.whole.clone()] {
            let What::Phrase(phrase) = &chunk.what else {
                continue;
            };
            let things = self.context.may_mean(phrase, &self.sight());
            if let (Some(head), [_, _, ..]) = (&phrase.head, &things[..]) {
                let names = things.iter().map(|t| self.book.things[*t].name.as_str());
                let names: Vec<&str> = names.collect();
                said.push_str(&format!("; “the {head}” may mean {}", names.join(" or ")));
            }
        }
        said
    }

    /// Whose report it is.
    fn reporter(&self, desk: &Desk<'_>, cue: &Placed) -> Option<String> {
        if cue.mode == "according" {
            let words = cue.words.strip_prefix("according to ")?;
            let words = words.strip_prefix("the ").unwrap_or(words);
            return Some(words.to_owned()).filter(|w| !w.is_empty());
        }
        let reports = desk.chunks.iter().rev().find_map(|c| match &c.what {
            // Whoever stands in what another denies is not the one who reports.
            What::Phrase(_) if desk.guards.at(c.tokens.start).is_some() => None,
            // `because he believed that`: whoever stands before `he` is not the one who believed.
            What::Phrase(p) if p.pronoun.is_some() && c.tokens.end == cue.tokens.start => {
                Some(None)
            }
            What::Phrase(p) if c.tokens.end <= cue.tokens.start => {
                p.surfaces.last().map(|s| Some((s.clone(), p.final_name())))
            }
            _ => None,
        });
        let (surface, thing) = reports??;
        // A town reports nothing.
        let mute = |t: usize| matches!(self.book.things[t].class(), Class::Place);
        (!thing.is_some_and(mute)).then_some(surface)
    }
}

/// Whether a hedge after a verb belongs to it: no other verb stands between the two.
fn follows(desk: &Desk<'_>, verb: &Range<usize>, cue: &Placed) -> bool {
    let between = |c: &Clause| {
        let start = desk.chunks[c.verb].tokens.start;
        start >= verb.end && start < cue.tokens.start
    };
    !cue.words.ends_with(" that") && !desk.parts.clauses.iter().any(between)
}

/// Whether a semicolon or a colon stands between two tokens.
fn broken(desk: &Desk<'_>, tokens: Range<usize>) -> bool {
    let found = desk.tokens.get(tokens).unwrap_or_default();
    found.iter().any(|t| matches!(t.text.as_str(), ";" | ":"))
}

/// `he believed that X; Y fled`: whether he believed Y too is not said.
fn behind_a_report(desk: &Desk<'_>, verb: usize) -> Result<(), String> {
    let reports = desk.cues.iter().filter(|c| c.mode == "reporting");
    let mut before = reports.filter(|c| c.tokens.start <= verb);
    match before.find(|c| broken(desk, c.tokens.start..verb)) {
        Some(cue) => Err(format!("“{}” may reach behind the semicolon", cue.words)),
        None => Ok(()),
    }
}

/// The tokens of some chunks.
fn token_range(desk: &Desk<'_>, range: Range<usize>) -> Range<usize> {
    let start = desk.chunks.get(range.start).map_or(0, |c| c.tokens.start);
    let end = desk
        .chunks
        .get(range.end.saturating_sub(1))
        .map_or(start, |c| c.tokens.end);
    start..end
}
