//! The facade: the World, the pipeline and the Rust API.
//!
//! What comes in: a [`World`], the only door to files, and the path of a main file. What goes
//! out: a [`Compiled`] chronicle with its reports, which answers questions and shows every stage.
//!
//! ```
//! use annals::{MemoryWorld, Verdict, compile};
//!
//! let world = MemoryWorld::new().with(
//!     "main.annals",
//!     "polity Karasahr\npolity Tang\n632: Karasahr submits to Tang.\n",
//! );
//! let chronicle = compile(&world, "main.annals");
//! let answer = chronicle.ask("640-06-01: Karasahr is subject to Tang").ok().expect("a question");
//! assert_eq!(answer.verdict(), Some(Verdict::Certain));
//! ```
//!
//! [`compile`] calls the rooms in the order of the pipeline; read it first. Nothing here touches
//! a disk, a clock or a network.

mod asking;
mod bibliography;
mod changes;
mod compile;
mod dump;
mod formatting;
mod loading;
mod phrasing;
mod project;
mod shipped;
mod tables;
mod what_if;
mod workbook;
mod world;

pub use asking::{Journey, Refusal};
pub use bibliography::{BibEntry, read_bibliography};
pub use changes::Changes;
pub use compile::{Compiled, Prepared, compile, prepare, prepare_after};
pub use dump::Stage;
pub use formatting::format_text;
pub use project::{PROJECT_FILE, Project, read_project};
pub use shipped::{GAZETTEERS, VOCABULARY};
pub use workbook::inspect as inspect_workbook;
pub use world::{FILE_LIMIT, MemoryWorld, World, WorldError};

pub use annals_calendar as calendar;
pub use annals_chronicle as chronicle;
pub use annals_chronicle::{Chronicle, Verdict};
pub use annals_query::*;
pub use annals_resolve::{Reference, Resolved, describe_claim, detail_keys, read_when};
pub use annals_sentence as sentence;
pub use annals_sentence::nearest;
pub use annals_syntax as syntax;
pub use annals_text as text;
pub use annals_text::{Edit, FileId, Files, Remedy, Report, Severity, Span};
