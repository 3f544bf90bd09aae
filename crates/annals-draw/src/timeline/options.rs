//! What a timeline is to show.

use crate::frame::Look;

/// How a timeline is drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct TimelineOptions {
    /// Theme, width, day, citation.
    pub look: Look,
    /// The first and the last day shown; the days on which something changes if not given.
    pub window: Option<(i32, i32)>,
    /// Only what has to do with the thing of this name.
    pub about: Option<String>,
    /// The most rows; what is left over is shown as how much lies where.
    pub most_rows: usize,
    /// Whether the days each side gives are drawn wherever sides differ; otherwise only for events
    /// that are themselves told in contradiction.
    pub all_rivals: bool,
}

impl Default for TimelineOptions {
    fn default() -> TimelineOptions {
        TimelineOptions {
            look: Look::default(),
            window: None,
            about: None,
            most_rows: 300,
            all_rivals: false,
        }
    }
}
