//! Every stage of the pipeline as text: what `annals dump STAGE` prints.

use std::fmt;
use std::str::FromStr;

use annals_chronicle::DaySet;
use annals_text::render_short;

use crate::phrasing::days_in_words;
use crate::{Compiled, Refusal, Scope};

/// A stage of the pipeline that can be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The trees of the chronicle's own files.
    Tree,
    /// Names, dates and sentences as understood.
    Chronicle,
    /// The constraints on the days of all moments.
    Network,
    /// The same, tightened: the exact days of every moment.
    MinimalNetwork,
    /// What every state did through time.
    Histories,
    /// All reports.
    Findings,
    /// The answer to a question.
    Answer,
    /// Events and states in the order of time.
    Timeline,
    /// What pictures are made of, as JSON.
    Overview,
}

impl Stage {
    /// Every stage, in the order of the pipeline.
    pub const ALL: [Stage; 9] = [
        Stage::Tree,
        Stage::Chronicle,
        Stage::Network,
        Stage::MinimalNetwork,
        Stage::Histories,
        Stage::Findings,
        Stage::Answer,
        Stage::Timeline,
        Stage::Overview,
    ];

    /// The word that names it on the command line.
    pub fn word(self) -> &'static str {
        match self {
            Stage::Tree => "tree",
            Stage::Chronicle => "chronicle",
            Stage::Network => "network",
            Stage::MinimalNetwork => "minimal-network",
            Stage::Histories => "histories",
            Stage::Findings => "findings",
            Stage::Answer => "answer",
            Stage::Timeline => "timeline",
            Stage::Overview => "overview",
        }
    }
}

impl fmt::Display for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl FromStr for Stage {
    type Err = String;

    fn from_str(word: &str) -> Result<Stage, String> {
        let found = Stage::ALL.into_iter().find(|s| s.word() == word);
        found.ok_or_else(|| format!("there is no stage `{word}`"))
    }
}

impl Compiled {
    /// A stage as text; `question` is asked by [`Stage::Answer`] alone.
    ///
    /// # Errors
    ///
    /// Reports that point into the question.
    pub fn dump(&self, stage: Stage, question: &str) -> Result<String, Box<Refusal>> {
        let print = |days: &DaySet| days_in_words(days, &self.resolved);
        Ok(match stage {
            Stage::Tree => self.dump_trees(),
            Stage::Chronicle => annals_resolve::dump(&self.files, self.chronicle()),
            Stage::Network => self.reasoner.dump_network(&print),
            Stage::MinimalNetwork => self.reasoner.dump_minimal(&print),
            Stage::Histories => self.reasoner.dump_histories(&print),
            Stage::Findings => render_short(&self.files, &self.reports),
            Stage::Answer => self.ask(question)?.to_text(),
            Stage::Timeline => self.timeline(None)?.to_text(),
            Stage::Overview => self.overview(&Scope::default()).to_json_text(),
        })
    }

    /// The shipped vocabulary is read the same way and left out: it is not the chronicle's text.
    fn dump_trees(&self) -> String {
        let own = self.trees.iter().filter(|tree| self.is_own(tree.file));
        own.map(|tree| {
            let name = &self.files.get(tree.file).name;
            format!("{name}\n{}\n", annals_syntax::dump(&self.files, tree))
        })
        .collect()
    }
}
