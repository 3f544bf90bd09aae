//! `ask`, `when`, `show`, `timeline`, `why`: questions to a chronicle, and their answers.

use annals::{Answer, Compiled, Refusal};
use annals_text::render_human;

use crate::args::{AnswerFormat, Asking};
use crate::check::chronicle;
use crate::output::{Failure, say, say_error};
use crate::run::Exit;

/// A question in any of its forms.
pub fn ask(question: &str, asking: &Asking) -> Result<Exit, Failure> {
    answer(asking, |compiled| compiled.ask(question))
}

/// When an event happened or a state held.
pub fn when(question: &str, asking: &Asking) -> Result<Exit, Failure> {
    answer(asking, |compiled| compiled.when(question))
}

/// What is recorded of a thing.
pub fn show(name: &str, at: Option<&str>, asking: &Asking) -> Result<Exit, Failure> {
    answer(asking, |compiled| compiled.show(name, at))
}

/// Events and states in the order of time.
pub fn timeline(name: Option<&str>, asking: &Asking) -> Result<Exit, Failure> {
    answer(asking, |compiled| compiled.timeline(name))
}

/// Why a sentence holds on a day, or does not.
pub fn why(sentence: &str, at: &str, asking: &Asking) -> Result<Exit, Failure> {
    answer(asking, |compiled| compiled.why(sentence, at))
}

fn answer(
    asking: &Asking,
    ask: impl FnOnce(&Compiled) -> Result<Answer, Box<Refusal>>,
) -> Result<Exit, Failure> {
    let compiled = chronicle(asking.file.as_deref())?;
    match ask(&compiled) {
        Ok(answer) => {
            let mut text = match asking.format {
                AnswerFormat::Human => answer.to_text(),
                AnswerFormat::Json => format!("{:#}", answer.to_json()),
            };
            if !text.ends_with('\n') {
                text.push('\n');
            }
            say(&text)?;
            Ok(Exit::Clean)
        }
        Err(refused) => refusal(&refused),
    }
}

/// A question that cannot be read is wrong usage: its reports say what is wrong with it.
pub fn refusal(refused: &Refusal) -> Result<Exit, Failure> {
    say_error(&render_human(&refused.files, &refused.reports, true))?;
    Ok(Exit::Failed)
}
