//! The lexer, the parser and the lossless tree of a chronicle.
//!
//! What comes in: the text of a chronicle, of a Markdown note with fences, or of a table. What
//! goes out: a [`Tree`] that covers every byte, and reports on lines it could not read. A
//! declaration's kind is just its first word and a when is just its bytes: this room knows no
//! meanings and no vocabulary.
//!
//! One statement is one line and the indented lines below it, so reading is line by line:
//! [`parse`] cuts the text into lines (`lines`, `fences` for Markdown), scans each line once for
//! the marks that structure it (`scan`: the colon, brackets, labels, the comment), and hands it to
//! the form it has (`statement`, `claim`, `directive`, `detail`, `cite`). A line that cannot be
//! read becomes [`StatementKind::Broken`] with a report; its neighbours are read as if it were
//! well. Tables ([`table`]) are laid out as text with one line a row and give the same tree.
//! [`parse_after`] does the same after an edit, and reads only the lines around it.
//! [`format()`] writes a tree back in its canonical form and [`dump()`] shows it for people and tests.

mod again;
mod alias;
mod chars;
mod cite;
mod claim;
mod detail;
mod directive;
mod dump;
mod fences;
mod format;
mod invisible;
mod lines;
mod missing;
mod moved;
mod parse;
mod reader;
mod scan;
mod statement;
pub mod table;
mod text;
mod tree;

pub use again::{Alike, Earlier, compare, parse_after};
pub use chars::key_words;
pub use dump::dump;
pub use format::format;
pub use parse::parse;
pub use table::{Row, TableText, Trouble, lay_out, parse_table, read_csv};
pub use tree::*;
