//! Plain pages: pictures, tables and links, without a script.
//!
//! What comes in: an overview and what is to be looked at. What goes out: whole pages. They are
//! the app where npm was not there to build it, the view for whoever runs no scripts, and the
//! pages of a site without the app. Live pages have questions to fill in; those of a site link to
//! what was worked out before.

pub mod html;
mod views;

pub use views::{answers, claims, conflicts, front, percent, picture, sources};

use std::fmt::Write as _;

use annals::Overview;
use serde_json::Value;

use html::link;

/// Where the links of a page lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Links {
    /// To a server, which answers anything.
    Live,
    /// To the files of a site.
    Site,
}

/// What a page shows.
pub struct Plain<'a> {
    /// The chronicle.
    pub overview: &'a Overview,
    /// Its reports, as the API gives them.
    pub reports: &'a [Value],
    /// Where its links lead.
    pub links: Links,
    /// The query that keeps the changes asked for, with its `&`s; empty on a site.
    pub kept: String,
}

/// How many events or states share a file of a site.
pub const CHUNK: usize = 40;

/// The views every page links to.
const VIEWS: [(&str, &str); 7] = [
    ("plain", "Overview"),
    ("timeline", "Timeline"),
    ("map", "Map"),
    ("graph", "Graph"),
    ("claims", "Claims"),
    ("conflicts", "Conflicts"),
    ("sources", "Sources"),
];

impl Plain<'_> {
    /// The title of the chronicle.
    fn title(&self) -> &str {
        self.overview.title.as_deref().unwrap_or("A chronicle")
    }

    /// The address of a view.
    fn view(&self, name: &str) -> String {
        match self.links {
            Links::Live => {
                let kept = self.kept.trim_start_matches('&');
                let mark = if kept.is_empty() { "" } else { "?" };
                format!("{name}{mark}{kept}")
            }
            Links::Site => format!("{name}.html"),
        }
    }

    /// The address of what is said of an event.
    fn event(&self, id: u32) -> String {
        match self.links {
            Links::Live => format!("event?id={id}{}", self.kept),
            Links::Site => {
                let place = self.overview.events.iter().position(|e| e.id == id);
                let chunk = place.unwrap_or(0) / CHUNK;
                format!("events-{chunk}.html#event-{id}")
            }
        }
    }

    /// The address of why a state holds from a day on.
    fn state(&self, id: u32, day: i32) -> String {
        match self.links {
            Links::Live => format!("why?state={id}&at={day}{}", self.kept),
            Links::Site => {
                let place = self.overview.states.iter().position(|s| s.id == id);
                let chunk = place.unwrap_or(0) / CHUNK;
                format!("states-{chunk}.html#state-{id}-{day}")
            }
        }
    }

    /// A page with this heading and body.
    fn page(&self, heading: &str, body: &str) -> String {
        let mut navigation = String::new();
        for (name, words) in VIEWS {
            let _ = write!(navigation, "{}", link(&self.view(name), words));
        }
        html::page(self.title(), heading, &navigation, body)
    }
}
