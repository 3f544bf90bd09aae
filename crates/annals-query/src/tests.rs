//! Questions to small chronicles, from text to text.

mod build;
mod events;
mod json;
mod states;
mod whole;
