//! From arguments to a command and its exit.

use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use crate::args::{Cli, Colour, Command};
use crate::output::{Failure, say, say_error};
use crate::{
    ask, check, date, demo, doc, dump, explain, export, fmt, import_article, lsp, new, picture,
    review, serve,
};

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Nothing at or above the failing level.
    Clean,
    /// Findings at or above it.
    Findings,
    /// Usage that cannot be understood, or input that cannot be read.
    Failed,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        match exit {
            Exit::Clean => ExitCode::SUCCESS,
            Exit::Findings => ExitCode::from(1),
            Exit::Failed => ExitCode::from(2),
        }
    }
}

/// Reads the arguments and carries out the command they name.
pub fn run() -> Result<Exit, Failure> {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return usage(&error),
    };
    let colour = match cli.color {
        Colour::Auto => anstream::ColorChoice::Auto,
        Colour::Always => anstream::ColorChoice::Always,
        Colour::Never => anstream::ColorChoice::Never,
    };
    colour.write_global();
    if let Some(folder) = &cli.folder {
        std::env::set_current_dir(folder).map_err(|e| {
            Failure::Input(format!(
                "the folder `{}` cannot be used: {e}",
                folder.display()
            ))
        })?;
    }
    match cli.command {
        None => say(WELCOME).map(|()| Exit::Clean),
        Some(command) => carry_out(command),
    }
}

fn carry_out(command: Command) -> Result<Exit, Failure> {
    match command {
        Command::New { name } => new::new(&name),
        Command::Demo(arguments) => demo::demo(&arguments),
        Command::Check(arguments) => check::check(&arguments),
        Command::Fmt(arguments) => fmt::fmt(&arguments),
        Command::Lsp { stdio: _ } => lsp::lsp(),
        Command::Explain { code } => explain::explain(code.as_deref()),
        Command::Show { name, at, asking } => ask::show(&name, at.as_deref(), &asking),
        Command::Ask { question, asking } => ask::ask(&question, &asking),
        Command::When { question, asking } => ask::when(&question, &asking),
        Command::Timeline {
            mut name,
            within,
            drawing,
            mut asking,
        } => {
            asking.take_file(&mut name);
            let name = name.as_deref();
            match &drawing.output {
                None => ask::timeline(name, &asking),
                Some(path) => {
                    picture::draw_timeline(path, name, within.as_deref(), &drawing, &asking)
                }
            }
        }
        Command::Map {
            at,
            drawing,
            asking,
        } => picture::draw_map(at.as_deref(), &drawing, &asking),
        Command::Why {
            sentence,
            at,
            asking,
        } => ask::why(&sentence, &at, &asking),
        Command::Readings { asking } => ask::readings(&asking),
        Command::Graph(arguments) => picture::graph_of(&arguments),
        Command::Whatif(arguments) => ask::what_if(&arguments),
        Command::Compare {
            of,
            file,
            format,
            drawing,
        } => ask::compare(&of, file.as_deref(), format, &drawing),
        Command::Date(arguments) => date::date(&arguments),
        Command::Doc { page, file } => doc::doc(page, file.as_deref()),
        Command::Dump {
            stage,
            file,
            question,
        } => dump::dump(&stage, file.as_deref(), question.as_deref()),
        Command::Export(arguments) => export::export(&arguments),
        Command::Import(arguments) => import_article::import(&arguments),
        Command::Review(arguments) => review::review(&arguments),
        Command::Serve(arguments) => serve::serve(&arguments),
        Command::Completions { shell } => completions(shell),
    }
}

fn completions(shell: clap_complete::Shell) -> Result<Exit, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "annals", &mut script);
    say(&String::from_utf8_lossy(&script))?;
    Ok(Exit::Clean)
}

/// Prints what clap has to say: help and version are results, all else is wrong usage.
fn usage(error: &clap::Error) -> Result<Exit, Failure> {
    let text = error.render().ansi().to_string();
    if error.use_stderr() {
        say_error(&text)?;
        return Ok(Exit::Failed);
    }
    say(&text)?;
    Ok(Exit::Clean)
}

const WELCOME: &str = "\
annals: history you can compile

  annals demo         a short tour, with nothing to prepare
  annals new NAME     a small chronicle of your own to begin with
  annals check        check the chronicle of this folder
  annals ask \"646: ? is ruler of Karasahr\"
                      ask it something
  annals serve        look at it in the browser
  annals --help       all commands
";
