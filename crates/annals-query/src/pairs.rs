//! Joins: which pairs of recorded events or states stand in a relation.
//!
//! The bounds of two events often decide without a search; only what they leave open is asked of
//! the network. Two states stand in one relation here, that some day closes on which both hold;
//! an event and a state, that the state holds as the event starts, just before it does.

use annals_chronicle::{EventId, Fluent, Mode, Verdict};
use annals_reason::{Allen, At, Relations};
use annals_text::Report;

use crate::answer::{Answer, Outcome};
use crate::ask::{Asked, Asker};
use crate::asked_types::{PairShown, PairedShown, PairsAnswer};
use crate::events::Standing;
use crate::relation::Related;
use crate::sentence::{Meant, Slot};
use crate::words::listed;

/// The words by which a join names several relations at once.
const JOINS: [(&str, Relations); 5] = [
    ("precedes", Relations::FIRST),
    ("follows", Relations::LAST),
    ("within", Relations::WITHIN),
    ("at the same time as", Relations::SHARING),
    ("on the same day as", Relations::SAME_DAY),
];

/// More pairs than so many are not looked at.
const PAIRS_AT_MOST: usize = 200_000;
/// Of so many pairs at most what their bounds leave open is searched for.
const SEARCHES_AT_MOST: usize = 2_000;
/// So many pairs are listed.
const LISTED_AT_MOST: usize = 1_000;

/// What one side of a pair is.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum What {
    Event(EventId),
    State(Fluent),
}

/// One thing that a sentence means, with the names in its holes.
pub(crate) struct Member {
    pub what: What,
    names: Vec<String>,
    /// Why it fits the sentence only perhaps.
    perhaps: Vec<String>,
}

/// A verdict on a pair.
pub(crate) struct Joined {
    pub verdict: Verdict,
    pub possible: Vec<&'static str>,
    pub words: String,
    pub proven: bool,
}

impl Asker<'_> {
    /// `pairs: SENTENCE; RELATION; SENTENCE`
    pub(crate) fn ask_pairs(
        &self,
        question: Asked<'_>,
        asked: Asked<'_>,
    ) -> Result<Answer, Vec<Report>> {
        let [first, word, second] = parts(asked)[..] else {
            return Err(vec![not_pairs(asked)]);
        };
        let Some(relations) = relations_named(word.text) else {
            return Err(vec![unknown_relation(word)]);
        };
        let sides = [self.members(first)?, self.members(second)?];
        let states = |side: &[Member]| side.iter().any(|m| matches!(m.what, What::State(_)));
        let common = [Relations::SHARING, Relations::SAME_DAY].contains(&relations);
        if !common && (states(&sides[0]) || states(&sides[1])) {
            return Err(vec![states_at_once(word)]);
        }
        let mut answer = self.answer(question, None);
        let pairs = self.joined(&sides, relations);
        answer.results.push(Outcome::Pairs(PairsAnswer {
            first: first.text.to_owned(),
            relation: word.text.to_owned(),
            second: second.text.to_owned(),
            ..pairs
        }));
        Ok(answer)
    }

    /// Everything recorded that a sentence means.
    fn members(&self, sentence: Asked<'_>) -> Result<Vec<Member>, Vec<Report>> {
        let mut all: Vec<Member> = Vec::new();
        for meant in self.read_sentence(sentence)? {
            match meant {
                Meant::State { relation, slots } => {
                    let known = |f: &Fluent| {
                        let mut spelled = self.spellings(f).into_iter();
                        let fluents = self.reasoner.fluents();
                        spelled.any(|f| fluents.binary_search(&f).is_ok())
                            || slots.contains(&Slot::Hole)
                    };
                    let fluents = self.states_meant(relation, &slots).into_iter();
                    all.extend(fluents.filter(known).map(|fluent| Member {
                        names: self.hole_names(&slots, &fluent),
                        what: What::State(fluent),
                        perhaps: vec![],
                    }));
                }
                Meant::Event {
                    event_type,
                    slots,
                    tail,
                } => {
                    let fits = self.fits(event_type, &slots, &tail).into_iter();
                    all.extend(fits.filter(|f| f.told).map(|fit| Member {
                        what: What::Event(fit.event),
                        names: fit.names,
                        perhaps: fit.perhaps,
                    }));
                }
            }
        }
        let mut kept: Vec<Member> = Vec::new();
        for member in all {
            if !kept.iter().any(|k| k.what == member.what) {
                kept.push(member);
            }
        }
        Ok(kept)
    }

    fn joined(&self, [left, right]: &[Vec<Member>; 2], relations: Relations) -> PairsAnswer {
        let both_ways = relations == relations.inverse();
        let places = |of: &[Member], among: &[Member]| -> Vec<Option<usize>> {
            let place = |m: &Member| among.iter().position(|other| other.what == m.what);
            of.iter().map(place).collect()
        };
        let (in_left, in_right) = match both_ways {
            true => (places(right, left), places(left, right)),
            false => (vec![], vec![]),
        };
        let mut found: Vec<(Verdict, PairShown)> = Vec::new();
        let (mut count, mut left_out, mut searches) = (0, 0, SEARCHES_AT_MOST);
        for (at, a) in left.iter().enumerate() {
            for (to, b) in right.iter().enumerate() {
                if a.what == b.what {
                    continue;
                }
                // Of a relation that reads the same both ways a pair is told once.
                let of = |places: &[Option<usize>], at| places.get(at).copied().flatten();
                let mirrored = of(&in_left, to).zip(of(&in_right, at));
                if mirrored.is_some_and(|mirrored| mirrored < (at, to)) {
                    continue;
                }
                count += 1;
                if count > PAIRS_AT_MOST {
                    left_out += 1;
                    continue;
                }
                match self.join(a, b, relations, &mut searches) {
                    Some(joined) => found.extend(self.pair_shown(a, b, joined)),
                    None => left_out += 1,
                }
            }
        }
        found.sort_by_key(|(verdict, _)| *verdict);
        let not_listed = found.len().saturating_sub(LISTED_AT_MOST);
        found.truncate(LISTED_AT_MOST);
        PairsAnswer {
            first: String::new(),
            relation: String::new(),
            second: String::new(),
            pairs: found.into_iter().map(|(_, pair)| pair).collect(),
            of: count,
            left_out,
            not_listed,
        }
    }

    /// The verdict on a pair; `None` where too much was searched for already.
    fn join(
        &self,
        a: &Member,
        b: &Member,
        relations: Relations,
        searches: &mut usize,
    ) -> Option<Joined> {
        let mut joined = match (&a.what, &b.what) {
            (What::Event(x), What::Event(y)) => {
                // Bounds say nothing of whether some timeline has both.
                let sure = [x, y].iter().all(|e| self.standing(**e) == Standing::Sure);
                let known = sure.then(|| self.by_bounds(*x, *y)).flatten();
                let related = match known {
                    Some(known) => Related {
                        possible: Relations::of([known]),
                        proven: true,
                        examples: vec![],
                    },
                    None => {
                        *searches = searches.checked_sub(1)?;
                        self.related(*x, *y)
                    }
                };
                events_joined(&related, relations)
            }
            (What::State(x), What::State(y)) => {
                *searches = searches.checked_sub(1)?;
                self.states_joined(x, y)
            }
            (What::Event(event), What::State(fluent))
            | (What::State(fluent), What::Event(event)) => {
                *searches = searches.checked_sub(1)?;
                let judged = self
                    .reasoner
                    .weigh(fluent, At::Before(self.start_of(*event)));
                Joined {
                    verdict: judged.verdict,
                    possible: vec![],
                    words: format!("as {} starts", self.event_words(*event)),
                    proven: judged.proven,
                }
            }
        };
        let doubts: Vec<String> = [a, b].into_iter().flat_map(|m| self.doubts_of(m)).collect();
        if !doubts.is_empty() && joined.verdict == Verdict::Certain {
            joined.verdict = Verdict::Possible;
        }
        let said = std::iter::once(joined.words).filter(|w| !w.is_empty());
        joined.words = said.chain(doubts).collect::<Vec<_>>().join("; ");
        Some(joined)
    }

    /// The relation that the first and last days of two events force by themselves.
    fn by_bounds(&self, a: EventId, b: EventId) -> Option<Allen> {
        let over = |first: EventId, then: EventId| {
            let last = self.moment_days(self.end_of(first)).last();
            let next = self.moment_days(self.start_of(then)).first();
            last.zip(next).is_some_and(|(last, next)| last < next)
        };
        if over(a, b) {
            Some(Allen::Before)
        } else if over(b, a) {
            Some(Allen::After)
        } else {
            None
        }
    }

    /// Why one side of a pair is not sure to be there at all.
    fn doubts_of(&self, member: &Member) -> Vec<String> {
        let mut doubts = member.perhaps.clone();
        if let What::Event(event) = member.what
            && self.standing(event) != Standing::Sure
        {
            doubts.push(format!(
                "{}: {}",
                self.event_words(event),
                self.status(event)
            ));
        }
        doubts
    }

    fn pair_shown(&self, a: &Member, b: &Member, joined: Joined) -> Option<(Verdict, PairShown)> {
        let listed = matches!(joined.verdict, Verdict::Certain | Verdict::Possible);
        listed.then(|| {
            let shown = PairShown {
                first: self.paired(a),
                second: self.paired(b),
                verdict: joined.verdict,
                possible: joined.possible,
                words: joined.words,
                proven: joined.proven,
            };
            (joined.verdict, shown)
        })
    }

    fn paired(&self, member: &Member) -> PairedShown {
        let names = member.names.clone();
        match &member.what {
            What::Event(event) => {
                let known = &self.chronicle.events[event.index()];
                let sentence = self
                    .first_claim(*event)
                    .map(|c| self.sentence_words(&c.sentence));
                PairedShown {
                    sentence: sentence.unwrap_or_default(),
                    label: known.label.as_deref().map(str::to_owned),
                    place: self.place(known.span),
                    names,
                }
            }
            What::State(fluent) => PairedShown {
                sentence: self.fluent_words(fluent),
                label: None,
                place: String::new(),
                names,
            },
        }
    }

    /// Whether a claim that surely counts tells of a state, however it does.
    pub(crate) fn surely_told(&self, fluent: &Fluent) -> bool {
        let forms = self.spellings(fluent);
        let counts = |c: &&annals_chronicle::Claim| c.mode == Mode::Asserted && !c.draft;
        let claims = self.chronicle.claims.iter().filter(counts);
        claims
            .filter(|c| forms.iter().any(|form| self.speaks_of(c, form)))
            .any(|c| self.standing(c.event) == Standing::Sure)
    }
}

/// What the possible relations of two events say of those asked about.
fn events_joined(related: &Related, asked: Relations) -> Joined {
    let names: Vec<&'static str> = related.possible.each().map(Allen::name).collect();
    let mut inside = related.possible.each().filter(|r| asked.contains(*r));
    let verdict = if inside.next().is_none() {
        Verdict::Impossible
    } else if related.possible.is_within(asked) {
        Verdict::Certain
    } else {
        Verdict::Possible
    };
    let words = match (&names[..], verdict) {
        ([_, _, ..], _) | (_, Verdict::Possible) => {
            let names: Vec<String> = names.iter().map(|n| (*n).to_owned()).collect();
            format!("of the first to the second: {}", listed(&names, "or"))
        }
        _ => String::new(),
    };
    Joined {
        verdict,
        possible: names,
        words,
        // What is not listed is excluded, so that what is certain is so in any case.
        proven: related.proven || verdict == Verdict::Certain,
    }
}

/// The relations that a word of a join names: one of the thirteen, or one of [`JOINS`].
fn relations_named(words: &str) -> Option<Relations> {
    let name = words
        .split(|c: char| c.is_whitespace() || c == '-')
        .filter(|w| !w.is_empty())
        .map(str::to_lowercase)
        .collect::<Vec<_>>()
        .join(" ");
    let one = Allen::ALL.into_iter().find(|r| r.name() == name);
    let several = || JOINS.iter().find(|(word, _)| *word == name);
    one.map(|r| Relations::of([r]))
        .or_else(|| several().map(|(_, relations)| *relations))
}

/// The parts between semicolons that stand outside quotes and brackets.
fn parts(asked: Asked<'_>) -> Vec<Asked<'_>> {
    let mut all = Vec::new();
    let (mut quoted, mut depth, mut start) = (false, 0_u32, 0);
    for (at, c) in asked.text.char_indices() {
        match c {
            '"' | '“' | '”' => quoted = !quoted,
            '[' | '{' if !quoted => depth += 1,
            ']' | '}' if !quoted => depth = depth.saturating_sub(1),
            ';' | '；' if !quoted && depth == 0 => {
                all.push(asked.part(start, at));
                start = at + c.len_utf8();
            }
            _ => {}
        }
    }
    all.push(asked.part(start, asked.text.len()));
    all
}

fn not_pairs(asked: Asked<'_>) -> Report {
    Report::error(
        "not-pairs",
        "pairs are asked for by two sentences and a relation",
    )
    .at(
        asked.span,
        "a sentence, a relation and a sentence are expected here, with semicolons between",
    )
    .help("ask, for example, \"pairs: ? captures ?; precedes; ? dies\"")
}

fn unknown_relation(word: Asked<'_>) -> Report {
    let names: Vec<String> = JOINS
        .iter()
        .map(|(name, _)| *name)
        .chain(Allen::ALL.map(Allen::name))
        .map(|name| format!("`{name}`"))
        .collect();
    let headline = format!(
        "`{}` is no relation of time",
        crate::words::one_line(word.text)
    );
    let mut report = Report::error("unknown-relation", headline)
        .at(word.span, "a relation is expected here")
        .note(format!("the relations are {}", listed(&names, "and")));
    let known = JOINS.iter().map(|(name, _)| *name);
    let known = known.chain(Allen::ALL.map(Allen::name));
    if let Some(near) = annals_sentence::nearest(word.text, known) {
        report = report.help(format!("the nearest is `{near}`"));
    }
    report
}

fn states_at_once(word: Asked<'_>) -> Report {
    Report::error(
        "states-at-once",
        "of a state it can only be asked whether it held at the same time",
    )
    .at(word.span, "this is a relation of two events")
    .note("a state may begin and end several times, and nobody says how often")
    .help("write `at the same time as`, or ask for the events that begin and end it")
}
