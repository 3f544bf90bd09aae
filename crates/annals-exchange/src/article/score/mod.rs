//! How well a draft says what an article says, by a list of claims that a person has made.
//!
//! What comes in: the text of a draft and a gold list in JSON (`docs/import-gold.md`). What goes
//! out: a [`Score`]: how many of the draft's claims are right, how many of the gold's are there, by
//! where they stand, by kind and by difficulty, and what is missed or wrong. Both texts go through
//! the compiler, so that words do not matter, only what is claimed.

mod compare;
mod gold;

use std::collections::BTreeMap;

use compare::{Item, Labels, Match};

pub use gold::Gold;

/// A share: how many of how many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// Those that count.
    pub good: usize,
    /// All.
    pub all: usize,
}

impl Share {
    fn add(&mut self, good: bool) {
        self.all += 1;
        self.good += usize::from(good);
    }

    /// In thousandths, without a float; 1000 of nothing.
    pub fn thousandths(self) -> usize {
        (self.good * 1000 + self.all / 2)
            .checked_div(self.all)
            .unwrap_or(1000)
    }

    fn words(self) -> String {
        let share = self.thousandths();
        format!(
            "{}.{:03} ({} of {})",
            share / 1000,
            share % 1000,
            self.good,
            self.all
        )
    }
}

/// How a draft compares with a gold list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Score {
    /// Right claims among those drafted, by where they stand: `infobox`, `prose`.
    pub precision: BTreeMap<String, Share>,
    /// Claims found among those of the gold list, by where they stand.
    pub recall: BTreeMap<String, Share>,
    /// The same by kind.
    pub recall_by_kind: BTreeMap<String, Share>,
    /// Precision by kind.
    pub precision_by_kind: BTreeMap<String, Share>,
    /// Recall by difficulty.
    pub recall_by_difficulty: BTreeMap<u64, Share>,
    /// Claims found whose date is as exact as the gold's.
    pub dates: Share,
    /// Gold claims that are not there.
    pub missed: Vec<String>,
    /// Drafted claims that are not right, with the nearest reason.
    pub wrong: Vec<String>,
    /// Gold lines that do not compile: the list itself is at fault.
    pub faults: Vec<String>,
}

impl Score {
    /// Precision over all.
    pub fn precision_of_all(&self) -> Share {
        total(self.precision.values())
    }

    /// Recall over all.
    pub fn recall_of_all(&self) -> Share {
        total(self.recall.values())
    }

    /// The score in words.
    pub fn words(&self) -> String {
        let mut out = String::new();
        let mut line =
            |name: &str, share: Share| out.push_str(&format!("  {name:<28} {}\n", share.words()));
        line("precision", self.precision_of_all());
        line("recall", self.recall_of_all());
        for (place, share) in &self.precision {
            line(&format!("precision, {place}"), *share);
        }
        for (place, share) in &self.recall {
            line(&format!("recall, {place}"), *share);
        }
        for (kind, share) in &self.precision_by_kind {
            line(&format!("precision, {kind}"), *share);
        }
        for (kind, share) in &self.recall_by_kind {
            line(&format!("recall, {kind}"), *share);
        }
        for (difficulty, share) in &self.recall_by_difficulty {
            line(&format!("recall, difficulty {difficulty}"), *share);
        }
        line("dates as exact", self.dates);
        for (title, list) in [
            ("missed", &self.missed),
            ("wrong", &self.wrong),
            ("faults of the gold list", &self.faults),
        ] {
            if !list.is_empty() {
                out.push_str(&format!("{title}:\n"));
            }
            for item in list {
                out.push_str(&format!("  {item}\n"));
            }
        }
        out
    }
}

fn total<'a>(shares: impl Iterator<Item = &'a Share>) -> Share {
    shares.fold(Share::default(), |sum, share| Share {
        good: sum.good + share.good,
        all: sum.all + share.all,
    })
}

/// Compares a draft with a gold list.
///
/// # Errors
///
/// In words, where the gold list cannot be read.
pub fn score(draft: &str, gold: &str) -> Result<Score, String> {
    let gold = Gold::read(gold)?;
    let mut score = Score::default();
    let (wanted, labels, faults) = gold.items();
    score.faults = faults;
    let (drafted, draft_labels) = compare::items_of(draft, "draft.annals");
    let both = Both {
        labels: &labels,
        draft_labels: &draft_labels,
    };
    judge(&drafted, &wanted, &both, &mut score);
    for (number, claim) in gold.claims.iter().enumerate() {
        let found = if claim.kind == "name" {
            compare::named_together(draft, &claim.same)
        } else {
            let ways = &wanted[number];
            let full = |d: &&Item| {
                d.place == claim.from && ways.iter().any(|w| both.compare(d, w) == Match::Full)
            };
            let found = drafted.iter().find(full);
            if let Some(item) = found {
                score
                    .dates
                    .add(ways.iter().any(|w| both.same_date(item, w)));
            }
            found.is_some()
        };
        score
            .recall
            .entry(claim.from.clone())
            .or_default()
            .add(found);
        score
            .recall_by_kind
            .entry(claim.kind.clone())
            .or_default()
            .add(found);
        score
            .recall_by_difficulty
            .entry(claim.difficulty)
            .or_default()
            .add(found);
        if !found {
            score
                .missed
                .push(format!("{}: {}", claim.id, claim.words()));
        }
    }
    Ok(score)
}

/// Which drafted claims are right.
fn judge(drafted: &[Item], wanted: &[Vec<Item>], both: &Both<'_>, score: &mut Score) {
    for item in drafted {
        let matches: Vec<Match> = wanted
            .iter()
            .flatten()
            .map(|w| both.compare(item, w))
            .collect();
        let right = matches.iter().any(|m| *m != Match::No);
        score
            .precision
            .entry(item.place.clone())
            .or_default()
            .add(right);
        score
            .precision_by_kind
            .entry(item.kind.clone())
            .or_default()
            .add(right);
        if !right {
            score
                .wrong
                .push(format!("line {}: {}", item.line, item.words));
        }
    }
}

struct Both<'a> {
    labels: &'a Labels,
    draft_labels: &'a Labels,
}

impl Both<'_> {
    fn compare(&self, draft: &Item, gold: &Item) -> Match {
        let told = compare::same_content(draft, gold);
        if told == Match::No || !compare::date_fits(draft, self.draft_labels, gold, self.labels) {
            return Match::No;
        }
        told
    }

    fn same_date(&self, draft: &Item, gold: &Item) -> bool {
        self.compare(draft, gold) == Match::Full
            && compare::same_date(draft, self.draft_labels, gold, self.labels)
    }
}
