//! Answers as pictures.
//!
//! What comes in: an overview of a chronicle and how it is to be drawn. What goes out: SVG, the
//! same bytes for the same overview. The engine is not known here, nor files, nor terminals.
//!
//! Every picture is written with the same few tools. [`svg`] writes elements and escapes whatever
//! the chronicle says; [`theme`] holds colours, type and line styles; [`palette`] gives each polity
//! a colour; [`marks`] says what a page needs to know of a mark; [`text`] measures words; [`scale`]
//! and [`ticks`] lay out time. What a page may rely on is written down in `docs/pictures.md`.

pub mod calendar;
mod compare;
mod figures;
pub mod frame;
mod graph;
pub mod legend;
mod map;
pub mod marks;
pub mod palette;
pub mod scale;
pub mod svg;
pub mod text;
pub mod theme;
pub mod ticks;
mod timeline;
pub mod words;

pub use compare::{CompareOptions, compare, differences};
pub use figures::figures;
pub use frame::Look;
pub use graph::{GraphOptions, graph, graph_text};
pub use map::{MapOptions, map, summary as map_summary};
pub use palette::{Palette, palette};
pub use theme::Theme;
pub use timeline::{TimelineOptions, timeline};
