//! What forbids a claim, or doubts it, from anywhere in a sentence: `it is false that`, `if`, a loose
//! `not`, a remark in brackets that calls the whole disputed.
//!
//! What comes in: the tokens of a sentence as they stand, and its chunks. What goes out: stretches
//! under which nothing is claimed, each with why, and doubts that hold for the whole sentence. The
//! rules are wide on purpose: a clause refused is listed and read by a person, a denial dropped is not.

use std::ops::Range;

use super::chunks::{Chunk, What};
use super::clauses::{Clause, Intro, Parts, Subject, group};
use super::cues::Placed;
use super::retracting::Taken;
use super::sentence::{Desk, State};
use crate::article::lexicon::Lexicon;
use crate::article::tokens::{Kind, Token};

/// What a sentence forbids.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Guards {
    /// Tokens under which nothing is claimed, and why.
    bars: Vec<(Range<usize>, String)>,
    /// Words that doubt all of the sentence.
    pub doubts: Vec<String>,
    /// Who alone says all of the sentence, by a remark in brackets.
    pub told_by: Option<String>,
    /// A remark in brackets that tells something and is not read.
    pub remark: Option<String>,
}

impl Guards {
    /// What the words of a sentence forbid before cues are taken out of them.
    pub fn of(text: &str, all: &[Token], cues: &[Placed], lexicon: &Lexicon) -> Guards {
        let mut guards = Guards::default();
        guards.brackets(text, lexicon);
        guards.predicates(all, cues, lexicon);
        guards.frames(all, cues, lexicon);
        for cue in cues {
            let denied = match cue.mode {
                "not" | "unknown" => None,
                "according" => all[cue.tokens.clone()].iter().find(|t| t.is("no")),
                _ if cue.words.contains(' ') => before(all, cue.tokens.start)
                    .iter()
                    .find(|t| lexicon.is_any(&["denying", "conditional", "modal"], &t.lower))
                    .or_else(|| before(all, cue.tokens.start).iter().find(|t| t.is("few"))),
                _ => None,
            };
            if let Some(word) = denied {
                guards.refuse(
                    0..usize::MAX,
                    &format!("“{}” stands before “{}”", word.text, cue.words),
                );
            }
        }
        guards
    }

    /// What a later sentence does to all of this one.
    pub fn taken_back(&mut self, taken: &Taken) {
        match taken.weight {
            Weight::Denies => {
                self.refuse(0..usize::MAX, &format!("“{}” takes it back", taken.by));
            }
            Weight::Doubts => self.doubts.push(format!("“{}”", taken.by)),
            Weight::Nothing => {}
        }
    }

    fn refuse(&mut self, tokens: Range<usize>, why: &str) {
        self.bars.push((tokens, why.to_owned()));
    }

    /// Why nothing is claimed at a token.
    pub fn at(&self, token: usize) -> Option<&str> {
        let bar = self.bars.iter().find(|(tokens, _)| tokens.contains(&token));
        bar.map(|(_, why)| why.as_str())
    }

    /// `(disputed)`, `(which is false)`, `(killed by Scipio)`.
    fn brackets(&mut self, text: &str, lexicon: &Lexicon) {
        let mut depth = 0usize;
        let mut inner: Vec<Token> = Vec::new();
        for token in crate::article::tokens::tokens(text) {
            match token.kind {
                Kind::Open => depth += 1,
                Kind::Close => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 {
                        self.remark(text, &inner, lexicon);
                        inner.clear();
                    }
                }
                _ if depth > 0 => inner.push(token),
                _ => {}
            }
        }
        self.remark(text, &inner, lexicon);
    }

    fn remark(&mut self, text: &str, inner: &[Token], lexicon: &Lexicon) {
        let (Some(first), Some(last)) = (inner.first(), inner.last()) else {
            return;
        };
        let words = text.get(first.range.start..last.range.end).unwrap_or("");
        let number = inner.iter().any(|t| t.kind == Kind::Number);
        // `(1313 according to Villani)`, `(1313 in Villani)`: another date, which somebody gives.
        let rival = first.kind == Kind::Number
            && inner.windows(2).any(|two| {
                two[0].is("according")
                    || two[0].is("in") && two[1].is_capital() && !lexicon.is("month", &two[1].lower)
            });
        let reporter = inner.get(2).filter(|_| first.is("according") && !number);
        if let Some(reporter) = reporter {
            let words = text.get(reporter.range.start..last.range.end).unwrap_or("");
            let words = words.strip_prefix("the ").unwrap_or(words);
            self.told_by = Some(words.to_owned());
        }
        if first.is("or") && number || rival {
            self.refuse(0..usize::MAX, &format!("“({words})” leaves the date open"));
        }
        // `(some historians prefer 5 January)`, `(the sources disagree on the day)`
        let dated = number || inner.iter().any(|t| lexicon.is("month", &t.lower));
        let some = |t: &Token| matches!(&*t.lower, "others" | "some" | "another");
        let other = inner
            .iter()
            .any(|t| lexicon.is("rivalling", &t.lower) || dated && some(t));
        if other && reporter.is_none() {
            self.refuse(
                0..usize::MAX,
                &format!("“({words})” tells of another account"),
            );
        }
        match weight(inner, lexicon) {
            Weight::Denies => self.refuse(0..usize::MAX, &format!("“({words})” denies it")),
            Weight::Doubts => self.doubts.push(format!("“({words})”")),
            Weight::Nothing => {}
        }
        let tells = inner.iter().any(|t| {
            let known = lexicon.forms(&t.lower).iter().any(|(form, _)| {
                use crate::article::lexicon::Form;
                matches!(form, Form::Past | Form::Participle | Form::Third)
            });
            t.kind == Kind::Word && !t.is_capital() && (known || lexicon.is("be", &t.lower))
        });
        if tells {
            self.remark = Some(format!("what stands in brackets is not read: “{words}”"));
        }
    }

    /// `, which is false`, `though this is doubtful`, `but Livy denies it`.
    fn predicates(&mut self, all: &[Token], cues: &[Placed], lexicon: &Lexicon) {
        for (at, token) in all.iter().enumerate() {
            let near = &all[at.saturating_sub(4)..at];
            let said_to_be = near.iter().any(|t| {
                lexicon.is("be", &t.lower) || matches!(&*t.lower, "remains" | "remained" | "seems")
            });
            let opens = |i: usize| matches!(all[i].kind, Kind::Comma | Kind::Break);
            // `X fell, a claim that Livy rejects`
            let told = at >= 2 && opens(at - 2) && matches!(&*all[at - 1].lower, "a" | "an");
            let excepted = token.is("except")
                || token.is("but") && at > 0 && lexicon.is("everyone", &all[at - 1].lower);
            let asked = at + 1 == all.len() && token.text == "?";
            if lexicon.is("falsely", &token.lower) || excepted || asked {
                self.refuse(0..usize::MAX, &format!("“{}” takes it back", token.text));
            } else if told && lexicon.is("told-thing", &token.lower) {
                self.doubts.push(format!("“{}”", token.text));
            }
            let of_it = all
                .get(at + 1)
                .is_some_and(|t| matches!(&*t.lower, "it" | "this"));
            if said_to_be && lexicon.is("untrue", &token.lower) {
                self.refuse(0..usize::MAX, &format!("“{}” denies it", token.text));
            } else if cues
                .iter()
                .any(|c| c.mode == "unknown" && c.tokens.contains(&at))
            {
                // `and it is unclear whether`: that is asked of what follows alone.
            } else if said_to_be && lexicon.is("doubtful", &token.lower)
                || of_it && lexicon.is("doubting-verb", &token.lower)
            {
                self.doubts.push(format!("“{}”", token.text));
            }
        }
    }

    /// `Masrur, it was feared, would attack`, `In the play, Masrur attacks`: what is told within a
    /// remark or a work is not said to have happened.
    fn frames(&mut self, all: &[Token], cues: &[Placed], lexicon: &Lexicon) {
        for (at, token) in all.iter().enumerate() {
            let after = &all[at + 1..];
            if token.kind == Kind::Comma
                && let [it, be, ..] = after
                && it.is("it")
                && lexicon.is_any(&["be", "have"], &be.lower)
                && let Some(end) = after.iter().take(6).position(|t| t.kind == Kind::Comma)
                && !cues.iter().any(|c| c.tokens.contains(&(at + 1)))
            {
                let words: Vec<&str> = after[..end].iter().map(|t| t.text.as_str()).collect();
                self.refuse(
                    0..usize::MAX,
                    &format!("“{}” leaves it open", words.join(" ")),
                );
            }
            let told = after
                .iter()
                .take(4)
                .find(|t| lexicon.is("fiction", &t.lower));
            if let Some(work) = told.filter(|_| token.is("in")) {
                let why = format!("“{}” is no account of what happened", work.text);
                self.refuse(0..usize::MAX, &why);
            }
        }
    }

    /// What the chunks and clauses of the sentence forbid, once they are known.
    pub fn complete(
        &mut self,
        tokens: &[Token],
        chunks: &[Chunk],
        parts: &Parts,
        lexicon: &Lexicon,
    ) {
        for (at, token) in tokens.iter().enumerate() {
            let word = token.lower.as_str();
            let open = at == 0 || matches!(tokens[at - 1].kind, Kind::Comma | Kind::Break);
            let named = tokens.get(at + 1).is_some_and(|t| {
                t.is_capital() || lexicon.is_any(&["he", "she", "it", "they", "article"], &t.lower)
            });
            let would = tokens[..at]
                .iter()
                .any(|t| t.is("would") || t.is("might") || t.is("could"));
            let inverted = word == "had" && named && (open || would);
            let follow = |words: &[&str]| {
                let here = |(i, w): (usize, &&str)| tokens.get(at + i).is_some_and(|t| t.is(w));
                words.iter().enumerate().all(here)
            };
            let named_only = follow(&["in", "name", "only"]) || follow(&["all", "but", "name"]);
            if lexicon.is("in-name", word) || named_only {
                let why = "it is said to be so in name or in effect alone";
                self.refuse(stretch(tokens, at), why);
            }
            if inverted || lexicon.is("supposing", word) {
                self.refuse(
                    stretch(tokens, at),
                    &format!("“{}” makes it a condition", token.text),
                );
            } else if word == "whether" {
                let end = stretch(tokens, at).end;
                self.refuse(at..end, "“whether” leaves it open");
            } else if matches!(word, "neither" | "nor")
                || open
                    && word == "it"
                    && tokens
                        .get(at + 1)
                        .is_some_and(|t| lexicon.is("be", &t.lower))
                    && tokens
                        .get(at + 2)
                        .is_some_and(|t| lexicon.is("not", &t.lower))
            {
                self.refuse(
                    stretch(tokens, at),
                    &format!("“{}” denies a part of it", token.text),
                );
            }
        }
        self.reports(tokens, chunks, lexicon);
        self.opened_by_that(tokens, chunks, parts);
    }

    /// `Livy says Hannibal fled`: a report without its `that`.
    fn reports(&mut self, tokens: &[Token], chunks: &[Chunk], lexicon: &Lexicon) {
        for (at, three) in chunks.windows(3).enumerate() {
            if let [says, phrase, told] = three
                && let What::Group(group) = &says.what
                && lexicon.is("saying", &group.word)
                && matches!(
                    (&phrase.what, &told.what),
                    (What::Phrase(_), What::Group(_))
                )
            {
                let from = chunks[at + 1].tokens.start;
                let end = stretch(tokens, from).end;
                self.refuse(from..end, "it is only what somebody says");
            }
        }
    }

    /// `the claim that X fell`: what is only said.
    fn opened_by_that(&mut self, tokens: &[Token], chunks: &[Chunk], parts: &Parts) {
        for (number, segment) in parts.segments.iter().enumerate() {
            let Some(opener) = segment.range.start.checked_sub(1) else {
                continue;
            };
            let own = parts.clauses.iter().any(|c| {
                c.segment == number
                    && matches!(&c.subject, Subject::Own(r) if r.start >= segment.range.start)
            });
            let said = match (&segment.intro, &chunks[opener].what) {
                (Intro::Subordinate(word), _) => word == "that",
                // `the claim that X fell`; `the army that took X` has no subject of its own.
                (Intro::Relative, What::Relative(word)) => word == "that" && own,
                _ => false,
            };
            if said {
                let from = chunks[opener].tokens.start;
                let end = stretch(tokens, from).end;
                self.refuse(
                    from..end,
                    "what stands before “that” does not say that it happened",
                );
            }
        }
    }
}

/// What a remark does to what it stands beside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    Denies,
    Doubts,
    Nothing,
}

/// What a remark in brackets does to what it stands beside.
pub fn weight(words: &[Token], lexicon: &Lexicon) -> Weight {
    let any = |wanted: &dyn Fn(&Token) -> bool| words.iter().any(wanted);
    // `(not to be confused with X)` and `(no. 5)` deny nothing.
    let aside = any(&|t| t.is("confused"));
    let denies = |t: &Token| {
        lexicon.is("untrue", &t.lower) || !aside && !t.is("no") && lexicon.is("denying", &t.lower)
    };
    let doubting = |t: &Token| {
        lexicon.is_any(
            &["doubtful", "doubting-verb", "hearsay", "doubting-mark"],
            &t.lower,
        ) || lexicon
            .cues()
            .iter()
            .any(|c| c.mode == "doubt" && c.words.first().is_some_and(|w| *w == t.lower))
    };
    let lone = matches!(words, [only] if only.text == "?");
    match () {
        () if any(&denies) && !any(&|t| lexicon.is("doubtful", &t.lower)) => Weight::Denies,
        () if lone || any(&doubting) => Weight::Doubts,
        () => Weight::Nothing,
    }
}

/// The words before a token back to the last comma or break.
fn before(tokens: &[Token], at: usize) -> &[Token] {
    let from = tokens[..at]
        .iter()
        .rposition(|t| matches!(t.kind, Kind::Comma | Kind::Break))
        .map_or(0, |i| i + 1);
    &tokens[from..at]
}

/// The stretch between two breaks that a token stands in.
fn stretch(tokens: &[Token], at: usize) -> Range<usize> {
    let breaks = |t: &Token| t.kind == Kind::Break && !t.range.is_empty();
    let from = tokens[..at].iter().rposition(breaks).map_or(0, |i| i + 1);
    let end = tokens[at..]
        .iter()
        .position(breaks)
        .map_or(usize::MAX, |i| at + i);
    from..end
}

impl State<'_> {
    /// Whether a verb above a clause doubts it, or why nothing is claimed by it whatever its own says.
    ///
    /// # Errors
    ///
    /// In words: a bar over it, a denial that is not its verb's own, an alternative.
    pub(super) fn barred(&self, desk: &Desk<'_>, clause: &Clause) -> Result<bool, String> {
        let verb = desk.chunks[clause.verb].tokens.start;
        if let Some(why) = desk.guards.at(verb) {
            return Err(why.to_owned());
        }
        self.denied(desk, clause)?;
        let range = desk
            .parts
            .segments
            .get(clause.segment)
            .map_or(clause.whole.clone(), |s| s.range.clone());
        let or = |at: usize| matches!(desk.chunks.get(at).map(|c| &c.what), Some(What::Conjunction(w)) if w == "or");
        let comma = matches!(
            desk.chunks.get(range.end).map(|c| &c.what),
            Some(What::Comma)
        );
        if range.start > 0 && or(range.start - 1) || or(range.end) || comma && or(range.end + 1) {
            return Err("“or” leaves open which of two it was".to_owned());
        }
        self.under_another(desk, clause)
    }

    /// A denial that stands loose in the clause or right before it, or goes over from the verb before.
    fn denied(&self, desk: &Desk<'_>, clause: &Clause) -> Result<(), String> {
        let denying = |chunk: &Chunk| {
            desk.tokens[chunk.tokens.clone()]
                .iter()
                .find(|t| self.lexicon.is("denying", &t.lower))
        };
        let start = desk
            .parts
            .segments
            .get(clause.segment)
            .map_or(clause.whole.start, |s| {
                s.range.start.min(clause.whole.start)
            });
        for (at, chunk) in desk.chunks[start..clause.whole.end].iter().enumerate() {
            let at = at + start;
            let after_to =
                at > 0 && matches!(&desk.chunks[at - 1].what, What::Preposition(p) if p == "to");
            let loose = match &chunk.what {
                What::Date(_) => false,
                What::Group(_) => at != clause.verb && after_to,
                _ => true,
            };
            if let Some(word) = denying(chunk).filter(|_| loose) {
                return Err(format!("“{}” denies a part of it", word.text));
            }
        }
        let outside = desk.chunks[start.saturating_sub(2)..start]
            .iter()
            .filter(|c| matches!(c.what, What::Word(_) | What::Conjunction(_)));
        if let Some(word) = outside.into_iter().find_map(denying) {
            return Err(format!("“{}” stands before it", word.text));
        }
        // `never crossed the Alps and took it`: both are denied, or only together.
        let joined =
            start > 0 && matches!(&desk.chunks[start - 1].what, What::Conjunction(w) if w == "and");
        if let Subject::Of(other) = clause.subject
            && joined
            && clause.intro == Intro::Further
            && let Some(parent) = desk.parts.clauses.get(other)
            && group(desk.chunks.get(parent.verb)).is_some_and(|g| g.negated)
        {
            return Err("the denial before “and” may go on".to_owned());
        }
        Ok(())
    }

    /// `claimed to be the son of`: what an infinitive says is its verb's to assert; whether that
    /// verb only doubts it.
    fn under_another(&self, desk: &Desk<'_>, clause: &Clause) -> Result<bool, String> {
        let to = clause
            .verb
            .checked_sub(1)
            .filter(|at| matches!(&desk.chunks[*at].what, What::Preposition(p) if p == "to"));
        let Some(to) = to else { return Ok(false) };
        let above = (0..to).rev().find_map(|at| group(desk.chunks.get(at)));
        let own = group(desk.chunks.get(clause.verb)).is_some_and(|g| g.verb.is_some());
        let word = above.map_or("", |g| g.word.as_str());
        let passive = above.is_some_and(|g| g.be.is_some());
        let plain = above.is_some_and(|g| !g.negated && g.modal.is_none());
        let cues = self.lexicon.cues().iter();
        let mut modes = cues
            .filter(|c| c.infinitive && c.words.contains(&word))
            .map(|c| c.mode);
        match modes.next().filter(|_| plain && own) {
            Some("asserted") => Ok(false),
            Some("doubted") if passive || self.lexicon.is("seeming", word) => Ok(true),
            _ => Err(format!(
                "what follows “{word} to” is not said to have happened"
            )),
        }
    }
}
