//! The plain pages, live.

use std::sync::Arc;

use annals::Changes;
use annals::calendar::{print_day, read};
use axum::extract::State;
use axum::http::{StatusCode, Uri};
use serde_json::Value;

use crate::api::answers::near;
use crate::desk::Desk;
use crate::draw::{View, draw};
use crate::edition::Told;
use crate::parameters::Parameters;
use crate::plain::{self, Links, Plain, percent};
use crate::problem::Problem;
use crate::reply::Reply;
use crate::tell::{chronicle_reports, overview_of};

type Asked = State<Arc<Desk>>;

/// `GET /plain`
pub async fn front(desk: Asked, uri: Uri) -> Reply {
    page(desk, uri, "front", &[], |plain, _, _| {
        Ok(plain::front(plain))
    })
    .await
}

/// `GET /claims`
pub async fn claims(desk: Asked, uri: Uri) -> Reply {
    page(desk, uri, "claims", &[], |plain, _, _| {
        Ok(plain::claims(plain))
    })
    .await
}

/// `GET /conflicts`
pub async fn conflicts(desk: Asked, uri: Uri) -> Reply {
    page(desk, uri, "conflicts", &[], |plain, _, _| {
        Ok(plain::conflicts(plain))
    })
    .await
}

/// `GET /sources`
pub async fn sources(desk: Asked, uri: Uri) -> Reply {
    page(desk, uri, "sources", &[], |plain, _, _| {
        Ok(plain::sources(plain))
    })
    .await
}

/// `GET /timeline`
pub async fn timeline(desk: Asked, uri: Uri) -> Reply {
    picture(desk, uri, "timeline").await
}

/// `GET /map`
pub async fn map(desk: Asked, uri: Uri) -> Reply {
    picture(desk, uri, "map").await
}

/// `GET /graph`
pub async fn graph(desk: Asked, uri: Uri) -> Reply {
    picture(desk, uri, "graph").await
}

async fn picture(desk: Asked, uri: Uri, kind: &'static str) -> Reply {
    page(desk, uri, kind, &["date"], move |plain, told, asked| {
        let settings = &told.compiled.resolved.settings;
        let mut day = None;
        if let Some(date) = asked.one("date") {
            let days = read(date, settings).map_err(|e| Problem::parameter(e.message))?;
            let days = days.shape.hull();
            day = days
                .first()
                .or(days.last())
                .and_then(|d| i32::try_from(d).ok());
        }
        if day.is_none() && kind != "timeline" {
            // Pictures of a day need one; the middle of everything says more than its ends.
            day = Some(plain.overview.first.midpoint(plain.overview.last));
        }
        let view = View {
            at: day,
            width: Some(1200),
            ..View::default()
        };
        let svg = draw(kind, plain.overview, &view);
        let words = day.map(|d| (d, print_day(i64::from(d), settings)));
        let words = words.as_ref().map(|(d, words)| (*d, words.as_str()));
        Ok(plain::picture(plain, kind, svg.as_deref(), words))
    })
    .await
}

/// `GET /event`
pub async fn event(desk: Asked, uri: Uri) -> Reply {
    page(desk, uri, "event", &["id"], |plain, told, asked| {
        let id: Option<u32> = asked.number("id")?;
        let answer = id.and_then(|id| told.compiled.event_numbered(id));
        let answer = answer.ok_or_else(|| Problem::missing("no event has that number"))?;
        Ok(answered(plain, &answer))
    })
    .await
}

/// `GET /why`
pub async fn why(desk: Asked, uri: Uri) -> Reply {
    page(desk, uri, "why", &["state", "at"], |plain, told, asked| {
        let state: Option<u32> = asked.number("state")?;
        let day: Option<i32> = asked.number("at")?;
        day.map_or(Ok(()), near)?;
        let answer = state.zip(day);
        let answer = answer.and_then(|(state, day)| told.compiled.why_state(state, day));
        let answer = answer.ok_or_else(|| Problem::missing("no state has that number"))?;
        Ok(answered(plain, &answer))
    })
    .await
}

/// `GET /ask`
pub async fn ask(desk: Asked, uri: Uri) -> Reply {
    page(desk, uri, "ask", &["q"], |plain, told, asked| {
        let answer = told.compiled.ask(asked.needed("q")?);
        let answer = answer.map_err(|r| Problem::refusal(&r))?;
        Ok(answered(plain, &answer))
    })
    .await
}

fn answered(plain: &Plain<'_>, answer: &annals::Answer) -> String {
    let text = ("answer".to_owned(), answer.to_text());
    plain::answers(plain, &answer.question, &[text])
}

/// Makes a page, or a page that says why there is none.
async fn page(
    State(desk): Asked,
    uri: Uri,
    name: &'static str,
    known: &[&str],
    make: impl FnOnce(&Plain<'_>, &Told, &Parameters) -> Result<String, Problem> + Send + 'static,
) -> Reply {
    let made = try_page(desk, &uri, name, known, make).await;
    made.unwrap_or_else(|problem| {
        let mut reply = html(plain::html::page(
            "Annals",
            "This cannot be shown",
            "<a href=\"plain\">Overview</a>",
            &format!("<p>{}</p>\n", plain::html::escape(problem.detail())),
        ));
        reply.status = problem.status();
        reply
    })
}

async fn try_page(
    desk: Arc<Desk>,
    uri: &Uri,
    name: &'static str,
    known: &[&str],
    make: impl FnOnce(&Plain<'_>, &Told, &Parameters) -> Result<String, Problem> + Send + 'static,
) -> Result<Reply, Problem> {
    let known = [known, &["without", "prefer"]].concat();
    let asked = Parameters::read(uri, &known)?;
    if uri.query().is_some_and(|q| q.len() > 3000) {
        return Err(Problem::parameter("the question is too long"));
    }
    let told = desk.told(asked.changes()?).await?;
    let key = format!("page {name} {}", uri.query().unwrap_or(""));
    desk.reply(told, &key, move |told| {
        let overview = overview_of(&told.compiled, None);
        let (reports, _) = chronicle_reports(&told.compiled);
        let reports: Vec<Value> = reports;
        let plain = Plain {
            overview: &overview,
            reports: &reports,
            links: Links::Live,
            kept: kept(&told.changes),
        };
        Ok(html(make(&plain, told, &asked)?))
    })
    .await
}

/// The changes as a part of an address.
fn kept(changes: &Changes) -> String {
    let without = changes.without.iter().map(|w| ("without", w));
    let prefer = changes.prefer.iter().map(|p| ("prefer", p));
    let pairs = without.chain(prefer);
    pairs.map(|(n, v)| format!("&{n}={}", percent(v))).collect()
}

fn html(text: String) -> Reply {
    let mut reply = Reply::new("text/html; charset=utf-8", text);
    reply.status = StatusCode::OK;
    reply
}
