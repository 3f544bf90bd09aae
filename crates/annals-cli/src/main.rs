//! The `annals` command.
//!
//! What comes in: arguments and the files of a disk. What goes out: results on standard output,
//! reports on standard error, and an exit code: 0 nothing at or above the failing level, 1
//! findings at it, 2 usage or unreadable input. Everything else is the facade's.

use std::process::ExitCode;

/// A third of a check goes into small pieces of memory, taken and given back by several threads.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

mod args;
mod ask;
mod check;
mod date;
mod date_batch;
mod date_json;
mod demo;
mod disk;
mod doc;
mod dump;
mod explain;
mod export;
mod exports;
mod fix;
mod fmt;
mod import;
mod import_article;
mod import_table;
mod lsp;
mod new;
mod output;
mod pages;
mod picture;
mod progress;
mod review;
mod run;
mod serve;
mod shipped;
#[cfg(feature = "sql")]
mod sql;
mod text;

fn main() -> ExitCode {
    match run::run() {
        Ok(exit) => exit.into(),
        Err(failure) => failure.say().into(),
    }
}
