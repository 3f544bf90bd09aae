//! Pictures of the chronicle.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{StatusCode, Uri};

use crate::api::answers::near;
use crate::desk::Desk;
use crate::parameters::Parameters;
use crate::problem::Problem;
use crate::reply::Reply;

/// What a picture is asked to show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// The day of the cursor.
    pub at: Option<i32>,
    /// The days shown.
    pub window: Option<(i32, i32)>,
    /// The thing it is about.
    pub about: Option<String>,
    /// `light`, `dark` or `print`.
    pub theme: String,
    /// Pixels.
    pub width: Option<u32>,
}

const KNOWN: [&str; 9] = [
    "at", "from", "to", "about", "theme", "width", "download", "without", "prefer",
];

/// `GET /api/picture/{name}.svg`
pub async fn picture(
    State(desk): State<Arc<Desk>>,
    Path(name): Path<String>,
    uri: Uri,
) -> Result<Reply, Problem> {
    let asked = Parameters::read(&uri, &KNOWN)?;
    let _view = View::read(&asked)?;
    let _told = desk.told(asked.changes()?).await?;
    match name.as_str() {
        "timeline.svg" | "map.svg" | "graph.svg" => Err(Problem::new(
            StatusCode::NOT_IMPLEMENTED,
            "not-drawn",
            "this picture is not drawn yet",
        )),
        _ => Err(Problem::missing(
            "the pictures are timeline.svg, map.svg and graph.svg",
        )),
    }
}

impl View {
    fn read(asked: &Parameters) -> Result<View, Problem> {
        let at: Option<i32> = asked.number("at")?;
        let window = match (asked.number("from")?, asked.number("to")?) {
            (None, None) => None,
            (Some(from), Some(to)) if from <= to => Some((from, to)),
            _ => {
                let words = "`from` and `to` are given together, the earlier day first";
                return Err(Problem::parameter(words));
            }
        };
        let days = at.into_iter().chain(window.iter().flat_map(|w| [w.0, w.1]));
        days.clone().try_for_each(near)?;
        let theme = asked.one("theme").unwrap_or("light");
        if !["light", "dark", "print"].contains(&theme) {
            return Err(Problem::parameter("`theme` is light, dark or print"));
        }
        let width: Option<u32> = asked.number("width")?;
        if width.is_some_and(|w| !(200..=10_000).contains(&w)) {
            return Err(Problem::parameter("`width` is from 200 to 10000 pixels"));
        }
        Ok(View {
            at,
            window,
            about: asked.one("about").map(str::to_owned),
            theme: theme.to_owned(),
            width,
        })
    }
}
