//! Distances and ways in whole numbers: how far apart two points of the globe are at least, the
//! shortest ways over a network of roads whose lengths are intervals, and the days they take.
//!
//! What comes in: points in millionths of a degree, lengths in metres, paces in metres a day.
//! Nothing here knows a chronicle, a name or a date, and no float takes part, so that the same
//! numbers give the same answer on every machine.

mod network;
mod pace;
mod sphere;

pub use network::{Edge, Length, Network, Ways};
pub use pace::{days, nights, with_rests};
pub use sphere::{Point, at_least_m};
