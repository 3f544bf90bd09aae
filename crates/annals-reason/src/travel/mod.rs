//! Space: who is said to be where, and the time that the way between takes.
//!
//! A thing whose kind moves is in one place at a time. Where claims put it in two, the dates are
//! as far apart as the fastest way of getting about needs for the shortest line over the globe:
//! that alone binds timelines, for no road is shorter and nobody is faster. Roads, usual paces and
//! rests serve verdicts on journeys, which bind nothing.

mod ahead;
mod bound;
mod chain;
mod distance;
mod gait;
mod journey;
mod rules;
mod said;
mod ways;
mod whereabouts;

pub(crate) use ahead::Ahead;
pub(crate) use bound::Bound;
pub(crate) use distance::lies;
pub use journey::{Fit, Journey, JourneyWay, Stop};
pub(crate) use said::{Slot, news_of, places_somebody, site, stays};
pub use ways::{Leg, Over, Roads, Route, Times, straight_m};
