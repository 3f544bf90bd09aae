//! Difference constraints over integer days, with holes, order and disjunctions.
//!
//! What comes in: a [`System`] of variables, each with a [`Domain`] of allowed days; arcs
//! `x_to - x_from <= weight`; order edges inside the line of moments; and choices between
//! alternatives. What goes out: whether it has a solution, the exact days a variable can take,
//! and whether a moment can be the last or the next one of its slot at a day ([`Probe`]).
//! Nothing here knows what a day or a variable stands for. A search that exceeds its budget
//! says so ([`Found::Spent`]) and is never reported as an answer.
//!
//! The theory: a system of difference constraints and single-variable disjunctions is closed
//! under pointwise maximum and minimum (Jeavons and Cooper 1995), so one label-correcting pass
//! finds the greatest solution of all variables at once. Choices between two variables are
//! searched, and only where the solution found does not satisfy them already.

mod difference;
mod domain;
mod network;
mod order;
mod parts;
mod probe;
mod rows;
mod search;
mod settle;
mod solver;
mod system;
mod tighten;
mod values;
mod view;

pub use difference::Difference;
pub use domain::{Domain, HORIZON};
pub use network::{Hulls, Network};
pub use probe::{Point, Probe};
pub use rows::Rows;
pub use solver::{Extract, Found, Solver};
pub use system::{Alternative, Arc, Choice, System, Var};
pub use values::Values;
