//! Pictures for the page, the plain pages and the site: what is asked for, in the words of the
//! room that draws.

use annals::{Overview, ReachShown};
use annals_draw::{GraphOptions, Look, MapOptions, Theme, TimelineOptions, graph, map, timeline};

/// What a picture is asked to show.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct View {
    /// The day of the cursor.
    pub at: Option<i32>,
    /// The days shown.
    pub window: Option<(i32, i32)>,
    /// The thing it is about.
    pub about: Option<String>,
    /// The ground it is drawn for.
    pub theme: Theme,
    /// Pixels.
    pub width: Option<u32>,
    /// How far one comes from a place, on a map.
    pub reach: Option<ReachShown>,
    /// A line below the picture that says where it is from.
    pub citation: Option<String>,
}

/// The pictures there are.
pub const PICTURES: [&str; 3] = ["timeline", "map", "graph"];

/// Draws a picture; `None` where no room draws one of that name.
pub fn draw(kind: &str, overview: &Overview, view: &View) -> Option<String> {
    let usual = Look::default();
    let look = Look {
        theme: view.theme,
        width: view.width.map_or(usual.width, f64::from),
        at: view.at,
        citation: view.citation.clone(),
    };
    match kind {
        "timeline" => Some(timeline(
            overview,
            &TimelineOptions {
                look,
                window: view.window,
                about: view.about.clone(),
                ..TimelineOptions::default()
            },
        )),
        "map" => Some(map(
            overview,
            &MapOptions {
                look,
                reach: view.reach.clone(),
            },
        )),
        "graph" => Some(graph(
            overview,
            &GraphOptions {
                look,
                ..GraphOptions::default()
            },
        )),
        _ => None,
    }
}
