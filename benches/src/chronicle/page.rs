//! The text of one polity while its region is told: claims under the section of a reign.

use std::fmt::Write as _;

/// An event that later claims can name.
#[derive(Clone, Debug)]
pub struct Named {
    /// Its label without `#`.
    pub label: String,
    /// The day it starts.
    pub start: i64,
    /// The day it ends.
    pub end: i64,
}

/// What a claim says, before it is written down.
#[derive(Clone, Debug, Default)]
pub struct Told {
    /// Everything before the colon.
    pub when: String,
    /// Mode with its colon, or nothing.
    pub mode: &'static str,
    /// The sentence without its full stop.
    pub sentence: String,
    /// Its label without `#`, or nothing.
    pub label: String,
    /// The citation with its brackets, or nothing.
    pub cite: String,
    /// Whether the source doubts it.
    pub doubted: bool,
    /// Lines below it, without their indent.
    pub details: Vec<String>,
}

/// A growing text and how many claims it makes.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// The text.
    pub text: String,
    /// Claims in it.
    pub claims: usize,
}

impl Page {
    /// Writes one line as it is.
    pub fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    /// Writes a claim.
    pub fn claim(&mut self, told: &Told) {
        let Told {
            when,
            mode,
            sentence,
            label,
            cite,
            ..
        } = told;
        let text = &mut self.text;
        // Writing to a string cannot fail.
        let _ = write!(text, "{when}: {mode}{sentence}");
        text.push_str(if told.doubted { " ?" } else { "." });
        if !label.is_empty() {
            let _ = write!(text, " #{label}");
        }
        if !cite.is_empty() {
            let _ = write!(text, "  {cite}");
        }
        text.push('\n');
        for detail in &told.details {
            let _ = writeln!(text, "  {detail}");
        }
        self.claims += 1;
    }
}
