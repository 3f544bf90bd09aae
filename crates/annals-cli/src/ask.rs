//! `ask`, `when`, `show`, `timeline`, `why`, `readings`, `whatif`, `compare`: questions to a
//! chronicle, and their answers.

use std::path::Path;

use annals::{Answer, Changes, Compiled, Journey, Refusal};
use annals_text::render_human;

use crate::args::{AnswerFormat, Asking, Reach, Route, WhatIf};
use crate::check::chronicle;
use crate::output::{Failure, say, say_error};
use crate::picture::{self, Drawing};
use crate::progress::Progress;
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

/// The shortest way between two places.
pub fn route(arguments: &Route) -> Result<Exit, Failure> {
    let how = Journey {
        via: arguments.via.clone(),
        by: arguments.by.clone(),
        on: arguments.on.clone(),
        within: arguments.within,
    };
    answer(&arguments.asking, |compiled| {
        compiled.route(&arguments.from, &arguments.to, &how)
    })
}

/// Strengths and losses as each source gives them.
pub fn figures(label: Option<&str>, asking: &Asking) -> Result<Exit, Failure> {
    answer(asking, |compiled| compiled.figures(label))
}

/// Where one can come in some days.
pub fn reach(arguments: &Reach) -> Result<Exit, Failure> {
    answer(&arguments.asking, |compiled| {
        compiled.reach(&arguments.from, arguments.days, arguments.by.as_deref())
    })
}

/// The ways of reading what cannot all be true.
pub fn readings(asking: &Asking) -> Result<Exit, Failure> {
    answer(asking, |compiled| Ok(compiled.readings()))
}

/// What changes with some claims left out, others assumed, trust declared.
pub fn what_if(arguments: &WhatIf) -> Result<Exit, Failure> {
    let changes = Changes {
        without: arguments.without.clone(),
        with: arguments.with.clone(),
        prefer: arguments.prefer.clone(),
    };
    if changes == Changes::default() {
        return Err(Failure::Input(
            "nothing is changed; say what with `--without`, `--with` or `--prefer`".to_owned(),
        ));
    }
    if let Some(path) = &arguments.drawing.output {
        return picture::draw_what_if(path, &changes, arguments);
    }
    answer(&arguments.asking, |compiled| compiled.difference(&changes))
}

/// What two sources say, each heard alone.
pub fn compare(
    of: &[String],
    file: Option<&Path>,
    format: AnswerFormat,
    drawing: &Drawing,
) -> Result<Exit, Failure> {
    let (sources, files): (Vec<&String>, Vec<&String>) =
        of.iter().partition(|w| w.starts_with('@'));
    let file = match files[..] {
        [] => file,
        [file] => Some(Path::new(file)),
        _ => {
            return Err(Failure::Input(
                "two sources are compared, each with its `@`".to_owned(),
            ));
        }
    };
    let [first, second] = sources[..] else {
        let words = "two sources are compared: `annals compare @a @b`";
        return Err(Failure::Input(words.to_owned()));
    };
    if let Some(path) = &drawing.output {
        return picture::draw_comparison(path, [first, second], file, drawing);
    }
    answer_of(file, format, |compiled| compiled.compare(first, second))
}

fn answer(
    asking: &Asking,
    ask: impl FnOnce(&Compiled) -> Result<Answer, Box<Refusal>>,
) -> Result<Exit, Failure> {
    answer_of(asking.chronicle(), asking.format, ask)
}

fn answer_of(
    file: Option<&Path>,
    format: AnswerFormat,
    ask: impl FnOnce(&Compiled) -> Result<Answer, Box<Refusal>>,
) -> Result<Exit, Failure> {
    let compiled = chronicle(file)?;
    let progress = Progress::of("looking for the answer");
    let found = ask(&compiled);
    drop(progress);
    match found {
        Ok(answer) => {
            let mut text = match format {
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
