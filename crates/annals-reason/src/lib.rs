//! From a chronicle to bounds, histories, supports and conflicts.
//!
//! What comes in: a resolved chronicle. What goes out: a [`Reasoner`] that knows which claims
//! fit together ([`Conflict`], [`Reading`]), the exact days of every event ([`Bounds`]), and
//! whether a fluent holds at a day, in how many of the timelines, and on which claims that
//! rests ([`Judgement`], [`Support`](annals_chronicle::Support)). The meaning is that of a set
//! of timelines with inertia; no verb or relation is known here by name, and no calendar.

mod allen;
mod answer;
mod arrange;
mod basis;
mod bearing;
mod before;
mod bounds;
mod cause;
mod chains;
mod component;
mod concern;
mod conflict;
mod constraints;
mod days;
mod dimension;
mod dispute;
mod doubt;
mod dump;
mod encode;
mod everywhere;
mod example;
mod finding;
mod history;
mod index;
mod instance;
mod joins;
mod judge;
mod keys;
mod moving;
mod near;
mod partition;
mod plain;
mod premise;
mod print;
mod reading;
mod reasoner;
mod refute;
mod rule;
mod scope;
mod shows;
mod sorted;
mod stretch;
mod support;
mod transitive;
mod travel;
mod trust;
mod union;
mod when;
mod world;
mod yielding;

pub use allen::{Allen, Ends, Relations};
pub use answer::{At, Bounds, Conflict, Judgement, Order, Reading, Side, Span, Stretch, Weighed};
pub use arrange::{Arrangement, Arrangements, Demand};
pub use cause::Cause;
pub use dump::PrintDays;
pub use example::{Example, Turn};
pub use finding::Words;
pub use reasoner::Reasoner;
pub use travel::{Fit, Journey, JourneyWay, Leg, Over, Roads, Route, Stop, Times, straight_m};
