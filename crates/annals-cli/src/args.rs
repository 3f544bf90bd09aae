//! The command line: commands, their arguments and their help.

use std::path::{Path, PathBuf};

use clap::builder::PossibleValuesParser;
use clap::{Args, Parser, Subcommand, ValueEnum};

use annals::Stage;

use crate::import::Import;
use crate::picture::Drawing;
use crate::review::Review;

/// History you can compile.
///
/// Write down in plain text what each source says; annals works out what was true when, how
/// surely, and on whose word.
#[derive(Debug, Parser)]
#[command(
    name = "annals",
    version,
    max_term_width = 100,
    disable_help_subcommand = true
)]
pub struct Cli {
    /// Work in this folder instead of the current one
    #[arg(short = 'C', value_name = "DIR", global = true)]
    pub folder: Option<PathBuf>,
    /// When to use colours; the variable NO_COLOR turns them off too
    #[arg(long, value_name = "WHEN", default_value = "auto", global = true)]
    pub color: Colour,
    /// What to do; without it, a short help
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// When to use colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Colour {
    /// On a terminal
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make a new project: a folder with a small chronicle that checks clean
    New {
        /// The folder to make; its name becomes the title
        name: PathBuf,
    },
    /// A short tour of the shipped chronicle, the Tang campaigns against Karasahr; then the page
    Demo(Demo),
    /// Check chronicles: everything that is odd, with its place and its remedy
    Check(Check),
    /// Bring chronicles into their canonical form; nothing is lost, unreadable lines stay
    Fmt(Fmt),
    /// The language server, for editors: they start it and talk with it
    Lsp {
        /// Over standard input and output, as always; taken because editors say so
        #[arg(long, hide = true)]
        stdio: bool,
    },
    /// Explain a report code, such as `cannot-all-be-true`
    Explain {
        /// The code in brackets at the head of a report; without it, all codes
        code: Option<String>,
    },
    /// Show what is recorded of a person, a polity, a place: on a day, or altogether
    Show {
        /// The name, as declared
        name: String,
        /// The day, such as `646-06-01`, or `at #fall`
        #[arg(long, value_name = "DATE")]
        at: Option<String>,
        /// Where to ask and how to answer
        #[command(flatten)]
        asking: Asking,
    },
    /// Ask a question: "646: ? is ruler of Karasahr"
    ///
    /// Beside a date, these may stand before the colon: `when`, `how long`, `how many`, `order`,
    /// `relation` (of `#a, #b`), `pairs` (of `SENTENCE; precedes; SENTENCE`), `why`, `why not`,
    /// `who could`.
    Ask {
        /// A date, a colon, and a sentence; `?` stands for what is asked
        question: String,
        /// Where to ask and how to answer
        #[command(flatten)]
        asking: Asking,
    },
    /// When an event happened or a state held: '#fall', "Karasahr is subject to Tang"
    When {
        /// A label with its `#`, or a sentence
        question: String,
        /// Where to ask and how to answer
        #[command(flatten)]
        asking: Asking,
    },
    /// Events and states in the order of time
    Timeline {
        /// Of this person, polity or place only
        name: Option<String>,
        /// Only what lies within these days, as `644` or `from 640 to 650`
        #[arg(long, value_name = "DATE", requires = "output")]
        within: Option<String>,
        /// As a picture
        #[command(flatten)]
        drawing: Drawing,
        /// Where to ask and how to answer
        #[command(flatten)]
        asking: Asking,
    },
    /// Who held what and what happened where, on a day
    Map {
        /// The day
        #[arg(long, value_name = "DATE", required_unless_present = "output")]
        at: Option<String>,
        /// How far one comes from this place
        #[arg(long, value_name = "PLACE", requires_all = ["days", "output"])]
        reach: Option<String>,
        /// In so many days
        #[arg(long, value_name = "N", requires = "reach")]
        days: Option<u64>,
        /// By this mover; `horse` where none is named
        #[arg(long, value_name = "MOVER", requires = "reach")]
        by: Option<String>,
        /// As a picture
        #[command(flatten)]
        drawing: Drawing,
        /// Where to ask and how to answer
        #[command(flatten)]
        asking: Asking,
    },
    /// The shortest way from one place to another, and how many days it takes
    Route(Route),
    /// Where one can come from a place in some days
    Reach(Reach),
    /// Strengths and losses as each source gives them, side by side
    Figures {
        /// Of this event and what is part of it: `#label`
        label: Option<String>,
        /// As a picture
        #[command(flatten)]
        drawing: Drawing,
        /// Where to ask and how to answer
        #[command(flatten)]
        asking: Asking,
    },
    /// Who stands under whom, beside whom and against whom
    Graph(Graph),
    /// Why a sentence holds on a day, or does not, claim by claim
    Why {
        /// The sentence
        sentence: String,
        /// The day
        #[arg(long, value_name = "DATE")]
        at: String,
        /// Where to ask and how to answer
        #[command(flatten)]
        asking: Asking,
    },
    /// The ways of reading what cannot all be true, and what each leaves out
    Readings {
        /// Where to ask and how to answer
        #[command(flatten)]
        asking: Asking,
    },
    /// What changes without a source or a claim, with another claim, with other trust
    #[command(visible_alias = "what-if")]
    Whatif(WhatIf),
    /// What two sources say, each heard alone: where they agree, differ, are silent
    Compare {
        /// The chronicle, if it is not found by itself, and two sources: `@a @b`
        #[arg(value_name = "FILE|@SOURCE", num_args = 1..=3, required = true)]
        of: Vec<String>,
        /// The chronicle, wherever this stands on the line
        #[arg(short, long, value_name = "FILE")]
        file: Option<PathBuf>,
        /// How the answer is written
        #[arg(long, value_enum, default_value = "human")]
        format: AnswerFormat,
        /// As a picture
        #[command(flatten)]
        drawing: Drawing,
    },
    /// Read a date and say which days it may be, in every calendar
    Date(Date),
    /// Documentation that the program holds
    Doc {
        /// What to print
        #[arg(value_enum)]
        page: Page,
        /// The chronicle whose own words are added to the shipped ones
        #[arg(short, long, value_name = "FILE")]
        file: Option<PathBuf>,
    },
    /// Print one stage of the pipeline, from text to timeline
    Dump {
        /// The stage
        #[arg(value_parser = stages())]
        stage: String,
        /// The chronicle; `main.annals` here or in a folder above where none is named
        file: Option<PathBuf>,
        /// The question of the stage `answer`
        #[arg(short, long)]
        question: Option<String>,
    },
    /// Open a chronicle in the browser: map, timeline, graph, sources, and an editor
    Serve(Serve),
    /// Write what a chronicle says in another form
    Export(Export),
    /// Read what others wrote into drafts for review: articles, tables, models, gazetteers, bibliographies
    Import(Import),
    /// Ask with SQL: one SELECT over claims, events, episodes, bounds, conflicts, sources, places
    #[cfg(feature = "sql")]
    Sql(Sql),
    /// Go through a draft: accept claims, edit them, reject them with a reason
    Review(Review),
    /// Print the completions of a shell, to be put where that shell looks for them
    Completions {
        /// The shell
        #[arg(value_enum)]
        shell: clap_complete::Shell,
    },
}

/// What `doc` prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Page {
    /// Kinds, relations, events and circumstances, with what they mean and how they are said
    Vocabulary,
}

/// Arguments of `check`.
#[derive(Debug, Args)]
pub struct Check {
    /// The chronicles; `main.annals` here or in a folder above where none is named
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Apply the edits that are safe, and say which
    #[arg(long)]
    pub fix: bool,
    /// Fail on this code too, or on all `warnings`, `notes` or `contradictions`
    #[arg(long, value_name = "WHAT")]
    pub deny: Vec<String>,
    /// How reports are written
    #[arg(long, value_enum, default_value = "human")]
    pub format: ReportFormat,
}

/// Arguments of `fmt`.
#[derive(Debug, Args)]
pub struct Fmt {
    /// The files; all of the chronicle here or above where none is named; `-` for standard input
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Change nothing: show what would change, and fail if anything would
    #[arg(long)]
    pub check: bool,
}

/// Arguments of `date`.
#[derive(Debug, Args)]
pub struct Date {
    /// The date, such as `c. 630`, `in the 790s`, `658 or 659`, `Zhenguan 18.8.11`
    #[arg(
        value_name = "EXPR",
        required_unless_present_any = ["from_jdn", "batch"],
        allow_hyphen_values = true
    )]
    pub date: Option<String>,
    /// Read the date in this calendar and show its days in it; `all`: in every one
    #[arg(long, value_name = "CALENDAR")]
    pub calendar: Option<String>,
    /// Show this Julian day number in every calendar
    #[arg(
        long,
        value_name = "N",
        allow_hyphen_values = true,
        conflicts_with_all = ["date", "batch"]
    )]
    pub from_jdn: Option<i64>,
    /// Read one date a line from standard input and write one JSON object a line
    #[arg(long, conflicts_with = "date")]
    pub batch: bool,
    /// Read EDTF and nothing else, in the proleptic Gregorian calendar
    #[arg(long, conflicts_with_all = ["calendar", "from_jdn"])]
    pub edtf: bool,
    /// How the answer is written
    #[arg(long, value_enum, default_value = "human")]
    pub format: AnswerFormat,
}

/// Arguments of `whatif`; each change may be given several times, and all hold at once.
#[derive(Debug, Args)]
pub struct WhatIf {
    /// Leave out a source (`@xts`), an event (`#fall`), a claim (`main.annals:12`)
    #[arg(long, value_name = "WHAT")]
    pub without: Vec<String>,
    /// Assume a claim, written as in a chronicle: "644: Tang attacks Karasahr."
    #[arg(long, value_name = "CLAIM", visible_alias = "assume")]
    pub with: Vec<String>,
    /// Trust one source more than another: "@a over @b"
    #[arg(long, value_name = "TRUST")]
    pub prefer: Vec<String>,
    /// As a picture of what differs
    #[command(flatten)]
    pub drawing: Drawing,
    /// Where to ask and how to answer
    #[command(flatten)]
    pub asking: Asking,
}

/// Arguments of `route`.
#[derive(Debug, Args)]
pub struct Route {
    /// Where it begins
    pub from: String,
    /// Where it ends
    pub to: String,
    /// A place it leads by; may be given several times, in turn
    #[arg(long, value_name = "PLACE")]
    pub via: Vec<String>,
    /// By this mover alone, such as `horse`
    #[arg(long, value_name = "MOVER")]
    pub by: Option<String>,
    /// Setting out on this date
    #[arg(long, value_name = "DATE")]
    pub on: Option<String>,
    /// Whether it can be done in so many days
    #[arg(long, value_name = "N")]
    pub within: Option<u64>,
    /// Where to ask and how to answer
    #[command(flatten)]
    pub asking: Asking,
}

/// Arguments of `reach`.
#[derive(Debug, Args)]
pub struct Reach {
    /// Where it begins
    pub from: String,
    /// How many days there are
    #[arg(long, value_name = "N")]
    pub days: u64,
    /// By this mover alone, such as `horse`
    #[arg(long, value_name = "MOVER")]
    pub by: Option<String>,
    /// Where to ask and how to answer
    #[command(flatten)]
    pub asking: Asking,
}

/// Arguments of `demo`.
#[derive(Debug, Args)]
pub struct Demo {
    /// The tour alone, without the page
    #[arg(long)]
    pub no_serve: bool,
    /// The port of the page; 0 takes any free one
    #[arg(long, value_name = "N")]
    pub port: Option<u16>,
}

/// Arguments of `export`.
#[derive(Debug, Args)]
pub struct Export {
    /// The form
    #[command(subcommand)]
    pub form: ExportForm,
}

/// What `export` writes.
#[derive(Debug, Subcommand)]
pub enum ExportForm {
    /// A folder of files that any web host can serve, and that opens without one
    Site {
        /// The chronicle; `main.annals` here or in a folder above where none is named
        file: Option<PathBuf>,
        /// The folder to write; an earlier site there is replaced
        #[arg(short, long, value_name = "DIR")]
        output: PathBuf,
        /// Write among files that are no earlier site
        #[arg(long)]
        force: bool,
    },
    /// Tables as CSV: a folder with a file a table, or one table with `--table`
    Csv(ExportTables),
    /// Tables as a workbook, a sheet a table
    Xlsx(ExportTables),
    /// Tables as one JSON document, as `docs/export-schema.json` describes
    Json {
        /// What is written where
        #[command(flatten)]
        tables: ExportTables,
        /// Write the JSON Schema of the document instead
        #[arg(long)]
        schema: bool,
    },
    /// Tables as an SQLite database
    #[cfg(feature = "sql")]
    Sqlite(ExportFile),
    /// Places, events, states and roads on a map, with columns of time, as a GeoPackage for QGIS
    #[cfg(feature = "sql")]
    Geopackage(ExportFile),
    /// Places, events, states and roads on a map, with columns of time
    Geojson(ExportFile),
    /// Places with their names and links, as gazetteers exchange them
    LinkedPlaces(ExportNamed),
    /// A slide an event, for TimelineJS
    Timelinejs(ExportFile),
    /// Statements: CIDOC CRM for what is claimed, PROV for who claims it
    Turtle(ExportNamed),
}

/// Arguments of forms whose parts have names of their own in the web of data.
#[derive(Debug, Args)]
pub struct ExportNamed {
    /// What is written where
    #[command(flatten)]
    pub file: ExportFile,
    /// What all names begin with, such as `https://example.org/karasahr`
    #[arg(long, value_name = "IRI", default_value = annals_exchange::URN)]
    pub base: String,
}

/// Arguments of forms that are tables.
#[derive(Debug, Args)]
pub struct ExportTables {
    /// The chronicle; `main.annals` here or in a folder above where none is named
    pub file: Option<PathBuf>,
    /// Where to write: a folder, or a file for one table
    #[arg(short, long, value_name = "PATH")]
    pub output: Option<PathBuf>,
    /// Replace files that are there
    #[arg(long)]
    pub force: bool,
    /// Only this table; may be given several times
    #[arg(long, value_name = "NAME")]
    pub table: Vec<String>,
    /// CSV without the apostrophes that keep spreadsheet programs from changing cells
    #[arg(long)]
    pub plain: bool,
}

/// Arguments of forms that are one file.
#[derive(Debug, Args)]
pub struct ExportFile {
    /// The chronicle; `main.annals` here or in a folder above where none is named
    pub file: Option<PathBuf>,
    /// The file to write
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Replace a file that is there
    #[arg(long)]
    pub force: bool,
}

/// Arguments of `sql`.
#[cfg(feature = "sql")]
#[derive(Debug, Args)]
pub struct Sql {
    /// One SELECT: "SELECT sentence, days FROM events"
    #[arg(value_name = "SELECT", required_unless_present = "tables")]
    pub query: Option<String>,
    /// The chronicle; `main.annals` here or in a folder above where none is named
    #[arg(value_name = "FILE", conflicts_with = "file")]
    pub bare_file: Option<PathBuf>,
    /// The chronicle, wherever this stands on the line
    #[arg(short, long, value_name = "FILE")]
    pub file: Option<PathBuf>,
    /// List the tables and their columns
    #[arg(long)]
    pub tables: bool,
    /// How the rows are written
    #[arg(long, value_enum, default_value = "table")]
    pub format: SqlFormat,
}

/// How the rows of a query are written.
#[cfg(feature = "sql")]
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SqlFormat {
    /// For people
    Table,
    /// For programs, unguarded
    Csv,
    /// One JSON document
    Json,
}

/// Arguments of `graph`.
#[derive(Debug, Args)]
pub struct Graph {
    /// On this day only; without it whenever it held
    #[arg(long, value_name = "DATE")]
    pub at: Option<String>,
    /// The family of this person instead
    #[arg(long, value_name = "NAME")]
    pub family: Option<String>,
    /// Also polities that stand in no relation to another
    #[arg(long)]
    pub alone: bool,
    /// As a picture
    #[command(flatten)]
    pub drawing: Drawing,
    /// The chronicle; `main.annals` here or in a folder above where none is named
    #[arg(value_name = "FILE", conflicts_with = "file")]
    pub bare_file: Option<PathBuf>,
    /// The chronicle, wherever this stands on the line
    #[arg(short, long, value_name = "FILE")]
    pub file: Option<PathBuf>,
}

/// Arguments of `serve`.
#[derive(Debug, Args)]
pub struct Serve {
    /// The chronicle; `main.annals` here or in a folder above where none is named
    pub file: Option<PathBuf>,
    /// The port; 0 takes any free one. Without it 4100, or a free one where that is taken
    #[arg(long, value_name = "N")]
    pub port: Option<u16>,
    /// Open the page in the browser
    #[arg(long)]
    pub open: bool,
    /// Nobody may change files
    #[arg(long)]
    pub read_only: bool,
    /// The address to listen on; anything but this machine's own lets other machines in
    #[arg(long, value_name = "ADDRESS")]
    pub host: Option<std::net::IpAddr>,
    /// A further name under which the page is asked for, as with `--host`
    #[arg(long, value_name = "NAME")]
    pub name: Vec<String>,
}

/// How reports are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ReportFormat {
    /// With the lines they speak of, on standard error
    Human,
    /// One JSON document
    Json,
    /// One line a report
    Short,
    /// SARIF 2.1.0, for code hosts
    Sarif,
}

/// Arguments of every command that asks.
#[derive(Debug, Args)]
pub struct Asking {
    /// The chronicle; `main.annals` here or in a folder above where none is named
    #[arg(value_name = "FILE", conflicts_with = "file")]
    pub bare_file: Option<PathBuf>,
    /// The chronicle, wherever this stands on the line
    #[arg(short, long, value_name = "FILE")]
    pub file: Option<PathBuf>,
    /// How the answer is written
    #[arg(long, value_enum, default_value = "human")]
    pub format: AnswerFormat,
}

impl Asking {
    /// The chronicle named, in either way.
    pub fn chronicle(&self) -> Option<&Path> {
        self.file.as_deref().or(self.bare_file.as_deref())
    }

    /// Takes an optional name for the chronicle where it is the only word and ends like a file
    /// of one: nothing declared is called `reign.annals`.
    pub fn take_file(&mut self, name: &mut Option<String>) {
        let is_file = |name: &String| name.ends_with(".annals") || name.ends_with(".md");
        if self.chronicle().is_none() && name.as_ref().is_some_and(is_file) {
            self.bare_file = name.take().map(PathBuf::from);
        }
    }
}

/// How an answer is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum AnswerFormat {
    /// For people
    Human,
    /// One JSON document, as `docs/answer-schema.md` describes
    Json,
}

fn stages() -> PossibleValuesParser {
    PossibleValuesParser::new(Stage::ALL.map(Stage::word))
}
