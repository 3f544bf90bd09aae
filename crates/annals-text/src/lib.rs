//! Bytes, lines, spans, reports and their renderings.
//!
//! What comes in: the text of files under their display names. What goes out: places in those
//! texts ([`Span`]), and [`Report`]s that point at them, rendered for people or programs. This
//! room knows nothing of history or dates.

mod report;
mod span;

pub use report::{Edit, Label, Remedy, Report, Severity};
pub use span::{FileId, Files, Position, Span, TextFile};
