//! `annals dump`: one stage of the pipeline as text.

use std::path::Path;

use annals::{Stage, compile};

use crate::ask::refusal;
use crate::check::project;
use crate::disk::Disk;
use crate::output::{Failure, say};
use crate::run::Exit;

/// Prints a stage of a chronicle.
pub fn dump(stage: &str, file: Option<&Path>, question: Option<&str>) -> Result<Exit, Failure> {
    let stage: Stage = stage.parse().map_err(Failure::Input)?;
    let path = project(file)?;
    if stage == Stage::Answer && question.is_none() {
        return Err(Failure::Input(
            "the stage `answer` needs a question: `annals dump answer -q \"…\"`".to_owned(),
        ));
    }
    let compiled = compile(&Disk, &path);
    if compiled.main.is_none() {
        let words = compiled.reports.first().map(|r| r.headline.clone());
        return Err(Failure::Input(words.unwrap_or_default()));
    }
    match compiled.dump(stage, question.unwrap_or("")) {
        Ok(text) => say(&text).map(|()| Exit::Clean),
        Err(refused) => refusal(&refused),
    }
}
