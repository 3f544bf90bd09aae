//! One sentence: its clauses read in turn, and what hangs from them.

use std::collections::BTreeMap;
use std::ops::Range;

use super::chunks::{Chunk, Chunker, What};
use super::clauses::{Clause, Intro, Parts, Subject, group, parts};
use super::context::{Context, Sight};
use super::cues::{Placed, placed, without_brackets, without_cues};
use super::guarding::Guards;
use super::leftovers::bytes;
use super::phrases::{Said, Saying};
use super::retracting::Taken;
use super::search::{Found, Hit};
use super::verbs::plan;
use super::{Input, Prose, Share};
use crate::article::lexicon::Lexicon;
use crate::article::matching::{Read, Reader, in_two_ways};
use crate::article::names::{Class, NameBook};
use crate::article::statement::{Statement, Unread};
use crate::article::tokens::{Token, tokens};

/// Whether a word leaves the time of what was told before.
pub(super) fn goes_on(word: &str) -> bool {
    matches!(
        word,
        "later" | "subsequently" | "eventually" | "afterwards" | "thereafter"
    )
}

/// What reading goes through a text with.
pub struct State<'a> {
    pub book: &'a NameBook,
    pub lexicon: &'a Lexicon,
    pub reader: &'a Reader,
    pub context: Context,
    /// Whether the text has gone beyond the time of its heading.
    pub later: bool,
}

/// A sentence on the table.
pub(super) struct Desk<'a> {
    pub number: usize,
    pub input: &'a Input<'a>,
    pub text: &'a str,
    pub tokens: Vec<Token>,
    pub chunks: Vec<Chunk>,
    pub parts: Parts,
    pub cues: Vec<Placed>,
    pub guards: Guards,
    /// For each clause, the statements it made.
    pub made: Vec<Vec<usize>>,
    /// For each clause, the ways of saying its subject.
    pub subjects: Vec<Vec<Said>>,
    /// For each clause, whether its verb is passive.
    pub passive: Vec<bool>,
    /// Who acted in the sentence before.
    pub before: Vec<usize>,
    /// For each date that is counted from an event, that event: the same for all verbs that share it.
    pub anchors: BTreeMap<usize, Option<usize>>,
    /// Why clauses are not read.
    pub whys: Vec<String>,
    /// Whether every clause was read whole.
    pub whole: bool,
}

impl<'a> State<'a> {
    pub(super) fn sight(&self) -> Sight<'a> {
        Sight {
            book: self.book,
            lexicon: self.lexicon,
        }
    }

    /// Reads a sentence into statements; how much of it they hold.
    pub(super) fn read(
        &mut self,
        number: usize,
        input: &Input<'_>,
        taken: Option<&Taken>,
        prose: &mut Prose,
    ) -> Share {
        let mut desk = self.desk(number, input);
        if let Some(taken) = taken {
            desk.guards.taken_back(taken);
        }
        let first = prose.statements.len();
        for at in 0..desk.parts.clauses.len() {
            self.clause(&mut desk, at, prose);
        }
        self.look(&desk, 0);
        // What stands beside the verbs has no mode to carry a doubt in.
        if desk.guards.doubts.is_empty() && desk.guards.told_by.is_none() {
            self.asides(&mut desk, prose);
            self.nominals(&mut desk, prose);
        }
        self.list_unanchored(&mut desk, prose);
        self.forget(&desk);
        self.order(&desk, prose);
        self.remember(&desk);
        self.list_left_out(&mut desk, prose, first);
        let made = prose.statements.len() - first;
        let share = match (made, desk.whole) {
            (0, _) => Share::Nothing,
            (_, true) => Share::Whole,
            (_, false) => Share::Part,
        };
        if share != Share::Whole {
            desk.whys.dedup();
            prose.unread.push(Unread {
                words: desk.text.to_owned(),
                bytes: input.passage.flow.origin_of(0..desk.text.len()),
                why: match share {
                    Share::Nothing => desk.whys.join("; "),
                    _ => format!("read in part: {}", desk.whys.join("; ")),
                },
            });
        }
        share
    }

    fn desk<'d>(&self, number: usize, input: &'d Input<'d>) -> Desk<'d> {
        let text = input.passage.flow.text();
        let all = without_brackets(tokens(text));
        let cues = placed(&all, self.lexicon);
        let mut guards = Guards::of(text, &all, &cues, self.lexicon);
        let (tokens, cues) = without_cues(all, cues);
        let chunker = Chunker {
            lexicon: self.lexicon,
            book: self.book,
            year: self.context.year.as_deref(),
        };
        let chunks = chunker.chunks(text, &tokens);
        let person = |p: &super::chunks::Phrase| {
            p.final_name()
                .is_some_and(|t| self.book.things[t].is_person())
        };
        let parts = parts(&chunks, self.lexicon, &person);
        let count = parts.clauses.len();
        guards.complete(&tokens, &chunks, &parts, self.lexicon);
        let whys: Vec<String> = guards.remark.iter().cloned().collect();
        let whole = whys.is_empty();
        Desk {
            number,
            input,
            text,
            tokens,
            chunks,
            parts,
            cues,
            guards,
            made: vec![Vec::new(); count],
            subjects: vec![Vec::new(); count],
            passive: vec![false; count],
            before: self.context.subject.clone(),
            anchors: BTreeMap::new(),
            whys,
            whole,
        }
    }

    /// Reads one clause.
    fn clause(&mut self, desk: &mut Desk<'_>, at: usize, prose: &mut Prose) {
        let clause = desk.parts.clauses[at].clone();
        let later = |c: &Chunk| match &c.what {
            What::Word(word) => goes_on(word),
            What::Group(group) => group.adverbs.iter().any(|w| goes_on(w)),
            _ => false,
        };
        // `later` leaves the window of the heading, and so does all that follows it.
        self.later |=
            desk.input.year.is_some() && desk.chunks[clause.whole.clone()].iter().any(later);
        self.look(desk, clause.verb);
        desk.subjects[at] = match self.of_the_one_before(desk, &clause) {
            true => Vec::new(),
            false => self.subject(desk, &clause),
        };
        let outcome = self.try_clause(desk, at, &clause, prose);
        if let Err(why) = outcome {
            desk.whole = false;
            desk.whys.push(why);
            // What is counted from the event told before is counted from this one, which is not known.
            let acts = group(desk.chunks.get(clause.verb)).is_some_and(|g| g.verb.is_some());
            if acts && matches!(clause.intro, Intro::Main | Intro::Further) {
                self.context.event = None;
            }
        }
        // Whoever acted here is whom the next pronoun means, read or not.
        let acting = !matches!(
            clause.intro,
            Intro::Reduced | Intro::Relative | Intro::Likewise
        );
        let things = desk.subjects[at]
            .first()
            .map(|s| s.things.clone())
            .unwrap_or_default();
        if acting && !things.is_empty() {
            self.context.subject.clone_from(&things);
        }
        for thing in things {
            self.context.mention(thing);
        }
        let mentioned = self.mentions(desk, clause.whole.clone());
        for thing in mentioned {
            self.context.mention(thing);
        }
    }

    pub(super) fn mentions(&self, desk: &Desk<'_>, range: Range<usize>) -> Vec<usize> {
        let mut found = Vec::new();
        for chunk in &desk.chunks[range] {
            if let What::Phrase(phrase) = &chunk.what {
                found.extend(phrase.names.iter().map(|(t, _)| *t));
                if let Some(super::chunks::Owner::Thing(t)) = phrase.owner {
                    found.push(t);
                }
            }
        }
        found
    }

    fn subject(&self, desk: &Desk<'_>, clause: &Clause) -> Vec<Said> {
        match &clause.subject {
            Subject::Missing => Vec::new(),
            Subject::Of(other) => match desk.subjects.get(*other) {
                Some(known) if !known.is_empty() => known.clone(),
                _ => match desk.parts.clauses.get(*other) {
                    // A participle before its main clause: that clause has its subject itself.
                    Some(later) if matches!(later.subject, Subject::Own(_)) => {
                        self.subject(desk, later)
                    }
                    _ => Vec::new(),
                },
            },
            Subject::Own(range) => {
                let sight = self.sight();
                // `had him put to death`: whoever had it done is not he.
                let outer = desk.parts.clauses.iter().zip(&desk.subjects);
                let mut outer = outer.filter(|(c, _)| {
                    clause.intro == Intro::Reduced
                        && c.segment == clause.segment
                        && c.verb < clause.verb
                });
                let apart = outer.next().and_then(|(_, s)| s.first());
                let apart = apart.map(|s| s.things.clone()).unwrap_or_default();
                let saying = Saying {
                    context: &self.context,
                    sight: &sight,
                    apart: &apart,
                    subject: None,
                    quotes: false,
                };
                let mut ways = saying.said(&desk.chunks[range.clone()]);
                if let Some(thing) = self.named_beside(&desk.chunks, range.clone()) {
                    ways.insert(0, self.plain(thing));
                }
                ways
            }
        }
    }

    pub(super) fn plain(&self, thing: usize) -> Said {
        Said {
            text: self.book.things[thing].name.clone(),
            things: vec![thing],
            ..Said::default()
        }
    }

    /// `the king of Tashkent, Chabish,`: the person whom a description before a comma introduces.
    pub(super) fn named_beside(&self, chunks: &[Chunk], range: Range<usize>) -> Option<usize> {
        let What::Phrase(first) = &chunks.get(range.start)?.what else {
            return None;
        };
        let head = first.head.as_deref()?;
        let describes = self.lexicon.is_any(&["person-noun", "kin-noun"], head);
        if !describes || !matches!(chunks.get(range.end)?.what, What::Comma) {
            return None;
        }
        let What::Phrase(name) = &chunks.get(range.end + 1)?.what else {
            return None;
        };
        let ends = match chunks.get(range.end + 2).map(|c| &c.what) {
            None | Some(What::Comma | What::Relative(_) | What::Break) => true,
            Some(What::Word(word)) => word.is_empty(),
            Some(_) => false,
        };
        let kin = name.owner.is_some() && name.words.iter().all(|w| self.lexicon.is("kin-noun", w));
        let bare = name.head.is_none() && (name.words.is_empty() && name.owner.is_none() || kin);
        let thing = name.final_name().filter(|_| ends && bare)?;
        (self.book.things[thing].class() == Class::Person).then_some(thing)
    }

    fn try_clause(
        &mut self,
        desk: &mut Desk<'_>,
        at: usize,
        clause: &Clause,
        prose: &mut Prose,
    ) -> Result<(), String> {
        let governed = self.governed(desk, at, clause)?;
        self.weakened(desk, clause)?;
        let before = match clause.subject {
            Subject::Of(other) => clause.intro == Intro::Further && desk.passive[other],
            _ => false,
        };
        let plan = plan(
            &desk.chunks,
            clause.verb,
            self.lexicon,
            before || clause.intro == Intro::Reduced,
        )?;
        desk.passive[at] = plan.passive;
        self.repeatable(desk, at, clause, &plan, prose)?;
        let mode = match (governed.mode, plan.mode) {
            (None, mode) | (mode, None) => mode,
            (Some(_), Some(_)) => return Err("two words govern it at once".to_owned()),
        };
        if desk.subjects[at].is_empty() {
            return Err(format!(
                "whose “{}” it is cannot be told",
                self.verb_word(desk, clause)
            ));
        }
        let subjects = desk.subjects[at].clone();
        let range = self.reach(desk, clause, &plan, &governed);
        let beyond = self.beyond(desk, range.clone())?;
        let hit = self.hit(desk, clause, &plan, range, &subjects);
        let hit = match hit {
            Found::One(hit) => *hit,
            Found::Several(ways) => return Err(in_two_ways(&ways)),
            Found::Nothing => {
                let verb = self.verb_word(desk, clause);
                let open = self.left_open(desk, clause);
                return Err(format!("no pattern fits “{verb}” here{open}"));
            }
        };
        super::narrowing::sound(&hit)?;
        self.some_of_them(desk, &self.told_of(desk, clause, &hit))?;
        let denied = matches!(mode, Some("not" | "refused" | "unknown whether")) || plan.failed;
        if denied {
            self.denied_whole(desk, clause.verb..plan.after, &hit, beyond.clone())?;
        }
        let mut statement = self.statement(desk, &hit);
        self.reached(desk, clause, &plan, &hit, &mut statement);
        self.count(desk, &hit, &mut statement);
        statement.mode = mode;
        statement.doubted = plan.doubted || governed.doubted;
        statement.according_to = governed.according_to.clone();
        statement.remarks.extend(governed.because.iter().cloned());
        statement.remarks.extend(
            plan.because
                .clone()
                .filter(|_| mode.is_some() || plan.doubted || plan.failed),
        );
        self.date(desk, clause, &mut statement, prose);
        self.keep(desk, at, &hit, statement, plan.failed, prose);
        Ok(())
    }

    /// Puts the men who are counted in a clause under its claim.
    fn count(&self, desk: &Desk<'_>, hit: &Hit, statement: &mut Statement) {
        for left in &hit.left {
            if let Some(detail) = self.figure(desk, left.clone()) {
                statement.details.push(detail);
                statement.reach.extend(bytes(desk, left.clone()));
            }
        }
        statement
            .details
            .extend(hit.counts.iter().map(|c| format!("with {c}")));
    }

    fn keep(
        &mut self,
        desk: &mut Desk<'_>,
        at: usize,
        hit: &Hit,
        mut statement: Statement,
        failed: bool,
        prose: &mut Prose,
    ) {
        if failed {
            let mut tried = statement.clone();
            tried.mode = Some("attempted");
            tried.label = None;
            prose.statements.push(tried);
            statement.mode = Some("not");
        }
        let asserted = statement.mode.is_none() && !statement.doubted;
        if statement.mode.is_some() || !hit.read.single || !hit.read.event {
            statement.label = None;
        }
        if asserted {
            if let Some(ruler) = hit.read.ruler {
                self.context.role("ruler", ruler);
            }
            self.note_role(hit);
        }
        let anchor = asserted && statement.event && statement.label.is_some();
        prose.statements.push(statement);
        let index = prose.statements.len() - 1;
        desk.made[at].push(index);
        let clause = &desk.parts.clauses[at];
        if anchor && matches!(clause.intro, Intro::Main | Intro::Further) {
            self.context.event = Some(index);
        } else if asserted && matches!(clause.intro, Intro::Main | Intro::Further) && hit.read.event
        {
            // A list is several events: nothing can be counted from it.
            self.context.event = None;
        }
    }

    /// `Matthias was king of Hungary`: from here on the king may be he.
    fn note_role(&mut self, hit: &Hit) {
        let noun = hit
            .text
            .split(' ')
            .find(|w| self.lexicon.is("person-noun", w.trim_matches('"')));
        if let (Some(noun), [subject, ..]) = (noun, &hit.things[..])
            && !hit.read.event
            && self.book.things[*subject].class() == Class::Person
        {
            let noun = noun.trim_matches('"').to_owned();
            self.context.role(&noun, *subject);
        }
    }

    pub(super) fn verb_word(&self, desk: &Desk<'_>, clause: &Clause) -> String {
        self.words_of(desk, clause.verb..clause.verb + 1)
    }

    /// The words of some chunks as they stand.
    pub(super) fn words_of(&self, desk: &Desk<'_>, range: Range<usize>) -> String {
        let (Some(first), Some(last)) = (
            desk.chunks.get(range.start),
            desk.chunks.get(range.end.saturating_sub(1)),
        ) else {
            return String::new();
        };
        let (Some(from), Some(to)) = (
            desk.tokens.get(first.tokens.start),
            desk.tokens.get(last.tokens.end.saturating_sub(1)),
        ) else {
            return String::new();
        };
        desk.text
            .get(from.range.start..to.range.end)
            .unwrap_or("")
            .to_owned()
    }

    pub(super) fn statement(&self, desk: &Desk<'_>, hit: &Hit) -> Statement {
        let mut statement = self.bare(desk, &hit.text, &hit.read, "a clause by a sentence pattern");
        statement.remarks.extend(hit.why.iter().cloned());
        statement
    }

    /// A statement of this sentence.
    pub(super) fn bare(&self, desk: &Desk<'_>, text: &str, read: &Read, rule: &str) -> Statement {
        let label = read.event.then(|| self.label(read));
        Statement {
            sentence: text.to_owned(),
            timeless: read.timeless,
            event: read.event,
            label: label.filter(|_| read.single),
            key: read.key.clone(),
            quote: desk.text.to_owned(),
            bytes: desk.input.passage.flow.origin_of(0..desk.text.len()),
            rule: rule.to_owned(),
            uses: read.uses.iter().map(|(t, c)| (*t, c.word())).collect(),
            section: desk.input.section,
            later: self.later,
            passage: Some(desk.number),
            ..Statement::default()
        }
    }

    /// A label that says what happened to whom; the draft makes it unique.
    fn label(&self, read: &Read) -> String {
        let name = read
            .uses
            .last()
            .map_or("", |(t, _)| self.book.things[*t].name.as_str());
        let words = format!("{} {name}", read.slug.split(' ').next().unwrap_or(""));
        let mut label = String::new();
        for c in words.chars() {
            if c.is_alphanumeric() {
                label.extend(c.to_lowercase());
            } else if !label.ends_with('-') && !label.is_empty() && c != '\'' {
                label.push('-');
            }
        }
        label.trim_end_matches('-').to_owned()
    }
}
