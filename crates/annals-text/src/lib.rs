//! Bytes, lines, spans, reports and their renderings.
//!
//! What comes in: the text of files under their display names. What goes out: places in those
//! texts ([`Span`]), and [`Report`]s that point at them, rendered for people ([`render_human`],
//! [`render_short`]) or programs ([`render_json`], [`render_sarif`]). [`safe_edits`] and
//! [`apply_edits`] carry out the remedies reports propose. This room knows nothing of history or
//! dates; the same reports give the same bytes.

mod edits;
mod excerpt;
mod human;
mod json;
mod report;
mod sarif;
mod shift;
mod short;
mod span;

pub use edits::{apply_edits, safe_edits};
pub use human::render_human;
pub use json::render_json;
pub use report::{Edit, Label, Remedy, Report, Severity};
pub use sarif::render_sarif;
pub use shift::Shift;
pub use short::render_short;
pub use span::{FileId, Files, Position, Span, TextFile};
