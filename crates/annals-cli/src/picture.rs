//! `-o x.svg`: answers as pictures in a file.
//!
//! What comes in: where to write, how it is to look, and dates as people write them. What goes out:
//! an SVG file, and on standard error the day it is drawn at where that had to be chosen.

use std::path::{Path, PathBuf};

use annals::calendar::read;
use annals::{Changes, Comparison, Compiled, Outcome, Overview, Scope};
use annals_draw::calendar::{day_words, settings_of};
use annals_draw::{
    CompareOptions, GraphOptions, Look, MapOptions, Theme, TimelineOptions, compare, figures,
    graph, graph_text, map, map_summary, timeline,
};
use clap::{Args, ValueEnum};

use crate::args::{Asking, Graph, WhatIf};
use crate::check::chronicle;
use crate::disk::{may_be_output, write_whole};
use crate::output::{Failure, say, say_error};
use crate::run::Exit;

/// Arguments of every command that can draw.
#[derive(Debug, Args)]
pub struct Drawing {
    /// Write a picture into this SVG file instead of printing text
    #[arg(short, long, value_name = "FILE.svg")]
    pub output: Option<PathBuf>,
    /// The ground the picture is drawn for
    #[arg(long, value_enum, default_value = "light")]
    pub theme: Ground,
    /// The picture's width in pixels
    #[arg(long, value_name = "PIXELS", default_value = "1080")]
    pub width: u16,
}

/// The ground of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Ground {
    /// Dark ink on light paper
    Light,
    /// Light ink on a dark ground
    Dark,
    /// Black on white
    Print,
}

impl Drawing {
    /// How the picture is to look, at a day if one is asked for.
    ///
    /// # Errors
    ///
    /// A date that cannot be read.
    pub fn look(&self, overview: &Overview, at: Option<&str>) -> Result<Look, Failure> {
        Ok(Look {
            theme: match self.theme {
                Ground::Light => Theme::Light,
                Ground::Dark => Theme::Dark,
                Ground::Print => Theme::Print,
            },
            width: f64::from(self.width),
            at: at.map(|date| day_of(overview, date)).transpose()?,
            citation: None,
        })
    }
}

/// The days a date allows, from first to last.
///
/// # Errors
///
/// A date that cannot be read, or that has no first or no last day.
pub fn days_of(overview: &Overview, date: &str) -> Result<(i32, i32), Failure> {
    let settings = settings_of(&overview.calendar);
    let reading = read(date, &settings)
        .map_err(|e| Failure::Input(format!("the date `{date}` cannot be read: {e}")))?;
    let days = reading.shape.hull();
    let day = |day: Option<i64>| day.and_then(|day| i32::try_from(day).ok());
    match (day(days.first()), day(days.last())) {
        (Some(first), Some(last)) => Ok((first, last)),
        _ => Err(Failure::Input(format!(
            "the date `{date}` is open; a picture needs a first and a last day"
        ))),
    }
}

/// One day of a date: its only one, or the first of several, which is then said.
///
/// # Errors
///
/// As [`days_of`].
pub fn day_of(overview: &Overview, date: &str) -> Result<i32, Failure> {
    let (first, last) = days_of(overview, date)?;
    if first != last {
        let words = day_words(first, &settings_of(&overview.calendar));
        say_error(&format!(
            "note: drawn as of {words}, the first day of {date}\n"
        ))?;
    }
    Ok(first)
}

/// Writes a picture.
///
/// # Errors
///
/// A file that cannot be written.
pub fn write(path: &Path, picture: &str) -> Result<Exit, Failure> {
    may_be_output(path).map_err(Failure::Input)?;
    write_whole(path, picture.as_bytes())
        .map_err(|e| Failure::Input(format!("`{}` cannot be written: {e}", path.display())))?;
    Ok(Exit::Clean)
}

/// The chronicle asked for and what pictures show of it.
///
/// # Errors
///
/// A chronicle that cannot be read.
pub fn overview(file: Option<&Path>) -> Result<(Compiled, Overview), Failure> {
    let compiled = chronicle(file)?;
    let overview = compiled.overview(&Scope::default());
    Ok((compiled, overview))
}

/// A timeline as a picture.
///
/// # Errors
///
/// A name, a date or a file that cannot be used.
pub fn draw_timeline(
    path: &Path,
    name: Option<&str>,
    within: Option<&str>,
    drawing: &Drawing,
    asking: &Asking,
) -> Result<Exit, Failure> {
    let (compiled, overview) = overview(asking.chronicle())?;
    // The text form knows what is wrong with a name that is not there.
    if let Err(refused) = compiled.timeline(name) {
        return crate::ask::refusal(&refused);
    }
    let options = TimelineOptions {
        look: drawing.look(&overview, None)?,
        window: within.map(|date| days_of(&overview, date)).transpose()?,
        about: name.map(str::to_owned),
        ..TimelineOptions::default()
    };
    write(path, &timeline(&overview, &options))
}

/// How far one comes from a place, for a map.
#[derive(Clone, Copy, Debug)]
pub struct Within<'a> {
    /// The place.
    pub from: &'a str,
    /// The days.
    pub days: u64,
    /// The mover.
    pub by: &'a str,
}

/// The map of a day: in words, or as a picture. A picture without a day shows places and roads.
///
/// # Errors
///
/// A date, a place or a file that cannot be used.
pub fn draw_map(
    at: Option<&str>,
    within: Option<Within>,
    drawing: &Drawing,
    asking: &Asking,
) -> Result<Exit, Failure> {
    let (compiled, overview) = overview(asking.chronicle())?;
    let look = drawing.look(&overview, at)?;
    let mut reach = None;
    if let Some(within) = within {
        match compiled.reach(within.from, within.days, Some(within.by)) {
            Ok(answer) => {
                reach = answer
                    .results
                    .into_iter()
                    .find_map(|outcome| match outcome {
                        Outcome::Reach(shown) => Some(shown),
                        _ => None,
                    });
            }
            Err(refused) => return crate::ask::refusal(&refused),
        }
    }
    if let Some(path) = &drawing.output {
        return write(path, &map(&overview, &MapOptions { look, reach }));
    }
    if let Some(day) = look.at {
        say(&map_summary(&overview, day))?;
    }
    Ok(Exit::Clean)
}

/// Strengths and losses as bars.
///
/// # Errors
///
/// A label or a file that cannot be used.
pub fn draw_figures(
    path: &Path,
    label: Option<&str>,
    drawing: &Drawing,
    asking: &Asking,
) -> Result<Exit, Failure> {
    let (compiled, overview) = overview(asking.chronicle())?;
    let answer = match compiled.figures(label) {
        Ok(answer) => answer,
        Err(refused) => return crate::ask::refusal(&refused),
    };
    let look = drawing.look(&overview, None)?;
    let title = match (label, &overview.title) {
        (Some(label), _) => format!("Strengths and losses of {label}"),
        (None, Some(title)) => format!("Strengths and losses: {title}"),
        (None, None) => "Strengths and losses".to_owned(),
    };
    for outcome in &answer.results {
        if let Outcome::Figures(shown) = outcome {
            return write(path, &figures(shown, &title, &look));
        }
    }
    Ok(Exit::Clean)
}

/// The graph, in words or as a picture.
///
/// # Errors
///
/// A name, a date or a file that cannot be used.
pub fn graph_of(arguments: &Graph) -> Result<Exit, Failure> {
    let file = arguments.file.as_deref().or(arguments.bare_file.as_deref());
    let (compiled, overview) = overview(file)?;
    // The text form of a person's timeline knows what is wrong with a name that is not there.
    if let Some(name) = arguments.family.as_deref()
        && let Err(refused) = compiled.timeline(Some(name))
    {
        return crate::ask::refusal(&refused);
    }
    let options = GraphOptions {
        look: arguments.drawing.look(&overview, arguments.at.as_deref())?,
        family_of: arguments.family.clone(),
        alone: arguments.alone,
        ..GraphOptions::default()
    };
    match &arguments.drawing.output {
        Some(path) => write(path, &graph(&overview, &options)),
        None => say(&graph_text(&overview, &options)).map(|()| Exit::Clean),
    }
}

/// What changes draw differently.
///
/// # Errors
///
/// Changes or a file that cannot be used.
pub fn draw_what_if(path: &Path, changes: &Changes, arguments: &WhatIf) -> Result<Exit, Failure> {
    let (compiled, before) = overview(arguments.asking.chronicle())?;
    let changed = match compiled.what_if(changes) {
        Ok(changed) => changed,
        Err(refused) => return crate::ask::refusal(&refused),
    };
    let names = ["as it stands".to_owned(), changes.words()];
    let after = changed.overview(&Scope::default());
    write_comparison(path, [&before, &after], (names, None), &arguments.drawing)
}

/// Two sources over one axis, each heard alone.
///
/// # Errors
///
/// A source or a file that cannot be used.
pub fn draw_comparison(
    path: &Path,
    sources: [&str; 2],
    file: Option<&Path>,
    drawing: &Drawing,
) -> Result<Exit, Failure> {
    let compiled = chronicle(file)?;
    let mut heard = Vec::new();
    for source in sources {
        match compiled.alone(source) {
            Ok(alone) => heard.push(alone.overview(&Scope::default())),
            Err(refused) => return crate::ask::refusal(&refused),
        }
    }
    let compared = match compiled.compare(sources[0], sources[1]) {
        Ok(answer) => answer.results.into_iter().next(),
        Err(refused) => return crate::ask::refusal(&refused),
    };
    let compared = match compared {
        Some(Outcome::Comparison(compared)) => Some(compared),
        _ => None,
    };
    let names = sources.map(str::to_owned);
    let [first, second] = [&heard[0], &heard[1]];
    write_comparison(path, [first, second], (names, compared), drawing)
}

fn write_comparison(
    path: &Path,
    [first, second]: [&Overview; 2],
    (names, compared): ([String; 2], Option<Comparison>),
    drawing: &Drawing,
) -> Result<Exit, Failure> {
    let options = CompareOptions {
        look: drawing.look(first, None)?,
        names,
        compared,
        ..CompareOptions::default()
    };
    write(path, &compare(first, second, &options))
}
