//! Pictures of the chronicle.

use std::sync::Arc;

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::{StatusCode, Uri};

use annals_draw::Theme;

use crate::api::answers::near;
use crate::api::travel::Reach;
use crate::desk::Desk;
use crate::draw::{PICTURES, View, draw};
use crate::parameters::Parameters;
use crate::problem::Problem;
use crate::reply::Reply;
use crate::tell::{citation, overview_of};

const KNOWN: [&str; 12] = [
    "at", "from", "to", "about", "theme", "width", "reach", "days", "by", "download", "without",
    "prefer",
];

/// `GET /api/picture/{name}.svg`
pub async fn picture(
    State(desk): State<Arc<Desk>>,
    name: Result<Path<String>, PathRejection>,
    uri: Uri,
) -> Result<Reply, Problem> {
    let asked = Parameters::read(&uri, &KNOWN)?;
    let name = name.map_or(String::new(), |Path(name)| name);
    let kind = name.strip_suffix(".svg").filter(|k| PICTURES.contains(k));
    let kind = kind
        .ok_or_else(|| Problem::missing("the pictures are timeline.svg, map.svg and graph.svg"))?;
    let (view, download) = (view_of(&asked)?, asked.flag("download")?);
    let reach = Reach::read(&asked, "reach")?;
    let told = desk.told(asked.changes()?).await?;
    let (kind, key) = (
        kind.to_owned(),
        format!("picture {name} {view:?} {reach:?} {download}"),
    );
    desk.reply(told, &key, move |told| {
        let mut view = view;
        let overview = overview_of(&told.compiled, view.about.as_deref());
        if let Some(reach) = reach {
            view.reach = reach.shown(&told.compiled)?;
        }
        if download {
            view.citation = Some(citation(told, &overview, view.about.as_deref()));
        }
        let svg = draw(&kind, &overview, &view).ok_or_else(|| {
            let words = "this program does not draw that picture";
            Problem::new(StatusCode::NOT_IMPLEMENTED, "not-drawn", words)
        })?;
        let reply = Reply::new("image/svg+xml", svg);
        Ok(match download {
            true => reply.saved_as(&format!("{kind}.svg")),
            false => reply,
        })
    })
    .await
}

/// What a picture is asked to show.
fn view_of(asked: &Parameters) -> Result<View, Problem> {
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
    let theme = Theme::parse(asked.one("theme").unwrap_or("light"));
    let theme = theme.ok_or_else(|| Problem::parameter("`theme` is light, dark or print"))?;
    let width: Option<u32> = asked.number("width")?;
    if width.is_some_and(|w| !(200..=10_000).contains(&w)) {
        return Err(Problem::parameter("`width` is from 200 to 10000 pixels"));
    }
    Ok(View {
        at,
        window,
        about: asked.one("about").map(str::to_owned),
        theme,
        width,
        reach: None,
        citation: None,
    })
}
