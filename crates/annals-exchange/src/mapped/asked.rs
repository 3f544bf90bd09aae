//! What an import is given and what it tells.

use std::collections::BTreeSet;

use annals::Chronicle;
use annals::chronicle::KindId;

use super::Problem;
use super::map::Map;

/// Problems are told up to this number; more are counted.
const TOLD: usize = 50;
/// What becomes of rows that cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusing {
    /// Nothing is to be kept where one of them is refused.
    All,
    /// Each is kept as a comment with its cells and the reason.
    AsComments,
}

/// What a chronicle declares already, so that drafts need not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    names: BTreeSet<(String, String)>,
    pub(super) sources: BTreeSet<String>,
}

impl Known {
    /// The names and sources of a chronicle; a name counts for its kind and every kind above.
    pub fn of(chronicle: &Chronicle) -> Known {
        let vocabulary = &chronicle.vocabulary;
        let mut known = Known::default();
        for thing in chronicle.entities.iter().filter(|thing| !thing.words) {
            let kinds = (0u32..).map(KindId).zip(&vocabulary.kinds);
            for (_, kind) in kinds.filter(|(id, _)| vocabulary.is_a(thing.kind, *id)) {
                let further = thing.names.iter().map(|name| name.text.clone());
                for name in further.chain([thing.name.clone()]) {
                    known.names.insert((kind.name.clone(), name));
                }
            }
        }
        let cited = chronicle.sources.iter().filter(|source| !source.is_file);
        known.sources.extend(cited.map(|source| source.key.clone()));
        known
    }

    pub(super) fn has_name(&self, kind: &str, words: &str) -> bool {
        let name = words.trim_matches('"').to_owned();
        self.names.contains(&(kind.to_owned(), name))
    }
}

/// What an import needs besides the table.
pub struct Import<'i> {
    /// The name of the table's file, for readers of the drafts.
    pub name: &'i str,
    /// What its columns mean.
    pub map: &'i Map,
    /// What the chronicle declares already.
    pub known: &'i Known,
    /// Reads no more rows than this, the row of column names included.
    pub most_rows: Option<u64>,
    /// What becomes of rows that cannot be used.
    pub refusing: Refusing,
    /// Told the number of rows read, now and then.
    pub progress: &'i mut dyn FnMut(u64),
}

/// What an import did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Claims written.
    pub claims: u64,
    /// Rows without any cell.
    pub blank: u64,
    /// Rows refused.
    pub refused: u64,
    /// The first of the problems, in the order of the rows.
    pub problems: Vec<Problem>,
    /// How many problems there are beyond these.
    pub more: u64,
    /// Whether the table ended where its rows could not be told apart any more: then what was
    /// written is no draft, whatever was to be refused.
    pub broken: bool,
    /// Names declared.
    pub names: usize,
    /// Columns that the map does not mention and that are in no claim.
    pub unused: Vec<String>,
}

impl Summary {
    pub(super) fn refuse(&mut self, problems: Vec<Problem>) {
        self.refused += 1;
        let room = TOLD.saturating_sub(self.problems.len());
        self.more += problems.len().saturating_sub(room) as u64;
        self.problems.extend(problems.into_iter().take(room));
    }

    pub(super) fn failed(problem: Problem) -> Summary {
        let mut summary = Summary {
            broken: true,
            ..Summary::default()
        };
        summary.refuse(vec![problem]);
        summary
    }
}
