//! The map: what lay where, who held it, and what happened there.
//!
//! What comes in: an overview and the look of the picture. What goes out: SVG. Everything is drawn
//! once, for all days; what changes with time carries its days, and is shown and hidden by the class
//! of the day (`at-certain`, `at-possible`, `at-none`). Where only names and no points are known,
//! the map says so. There are no borders: a cell of colour says to whom a town belonged, and where
//! the colour ends nothing is claimed.

mod base;
mod extent;
mod furniture;
mod happenings;
mod labels;
mod land;
mod lands;
mod list;
mod places;
mod projection;
mod reach;
mod scene;
mod slots;
mod summary;
mod territory;
mod ways;

pub use summary::summary;

use std::borrow::Cow;

use annals_query::{Overview, ReachShown};

use crate::calendar::{day_title, settings_of};
use crate::frame::{Frame, Look, frame};
use crate::palette::palette;
use crate::svg::Svg;
use happenings::Happenings;
use labels::Room;
use scene::Scene;

/// How a map is to look.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MapOptions {
    /// Theme, width, the day it is drawn at, and the citation.
    pub look: Look,
    /// How far one comes from a place, if that is to be drawn.
    pub reach: Option<ReachShown>,
}

/// The rules of the map.
const CSS: &str = "\
.annals.map .sea{fill:$water}
.annals.map .land{fill:$land;stroke:$river;stroke-width:.8}
.annals.map .clip{fill:$ink}
.annals.map .border{fill:none;stroke:$rule;stroke-width:1}
.annals.map .graticule{fill:none;stroke:$rule;stroke-width:.5;stroke-opacity:.35}
.annals.map .degree{font-size:9px;fill:$muted}
.annals.map .river{fill:none;stroke:$river;stroke-width:1.5;stroke-linecap:round}
.annals.map .lake{fill:$water;stroke:$river;stroke-width:1}
.annals.map .range{fill:none;stroke:none}
.annals.map .ridges{fill:none;stroke:$rule;stroke-width:1.1;stroke-linejoin:round;stroke-opacity:.8}
.annals.map .sand{fill:url(#map-sand);stroke:none}
.annals.map .sand.open,.annals.map .region.open{fill:none}
.annals.map .grain{fill:$rule;fill-opacity:.75}
.annals.map .region{fill:none;stroke:$rule;stroke-width:.8;stroke-dasharray:2 4;stroke-opacity:.7}
.annals.map .nature{font-size:11px;font-style:italic}
.annals.map .water{fill:$muted}
.annals.map .spaced{fill:$muted;letter-spacing:2px}
.annals.map .halo{stroke:$land}
.annals.map .legend text,.annals.map .note text{stroke:none}
.annals.map .way{fill:none;stroke:$muted;stroke-width:1.2;stroke-linejoin:round}
.annals.map .less.way{stroke-dasharray:6 3}
.annals.map .unsure.way{stroke-dasharray:1.5 3.5;stroke-linecap:round}
.annals.map .reach{fill:none;stroke:$ink;stroke-opacity:0;stroke-width:10}
.annals.map .dot{fill:$ink;stroke:$land;stroke-width:1}
.annals.map .less.dot{fill:$land;stroke:$ink;stroke-width:1.6}
.annals.map .unsure.dot{fill:$land;stroke:$ink;stroke-width:1.3;stroke-dasharray:1.4 1.6}
.annals.map .quiet .dot{fill-opacity:.7;stroke-opacity:.7}
.annals.map .pass{fill:none;stroke:$ink;stroke-width:1.5}
.annals.map .name{font-size:12.5px;font-weight:600}
.annals.map .quiet .name{font-size:11px;font-weight:400;fill:$muted}
.annals.map .second{font-size:11.5px;fill:$muted}
.annals.map .line-text{font-size:10.5px}
.annals.map .leader{fill:none;stroke:$muted;stroke-width:.7}
.annals.map .pointer{fill:$muted}
.annals.map .far-name{font-size:10.5px;font-style:italic;fill:$muted}
.annals.map .under{fill:$land}
.annals.map .own{fill-opacity:.14}
.annals.map .sure.tint{fill-opacity:.34}
.annals.map .maybe{fill-opacity:.5;opacity:.5}
.annals.map .edge{stroke-width:1.4;stroke-opacity:.75}
.annals.map .at-possible .edge{stroke-dasharray:4 3}
.annals.map .at-certain .maybe,.annals.map .at-possible .sure{display:none}
.annals.map.theme-print .edge{stroke-width:2.2;stroke-opacity:1}
.annals.map.theme-print .edge.c1,.annals.map.theme-print .edge.c7{stroke-dasharray:9 4}
.annals.map.theme-print .edge.c2,.annals.map.theme-print .edge.c8{stroke-dasharray:2 3}
.annals.map.theme-print .edge.c3,.annals.map.theme-print .edge.c9{stroke-dasharray:9 3 2 3}
.annals.map.theme-print .edge.c4,.annals.map.theme-print .edge.c10{stroke-dasharray:15 4}
.annals.map.theme-print .edge.c5,.annals.map.theme-print .edge.c11{stroke-dasharray:5 4}
.annals.map.theme-print .edge.c6{stroke-dasharray:12 3 2 3 2 3}
.annals.map .doubt{display:none;font-weight:600}
.annals.map .at-possible .doubt{display:inline}
.annals.map .told.at-possible .sign{fill-opacity:.45}
.annals.map .arrow{stroke-width:3;stroke-linecap:round;stroke-linejoin:round}
.annals.map .at-possible .arrow{stroke-dasharray:6 4}
.annals.map .badge{fill:$paper;stroke:$ink;stroke-width:1}
.annals.map .at-possible .badge{stroke-dasharray:2 1.6}
.annals.map .badge-number{font-size:9px;font-weight:600}
.annals.map .swords{fill:none;stroke:$conflict;stroke-width:2;stroke-linecap:round}
.annals.map .swords-halo{fill:none;stroke:$land;stroke-width:5;stroke-linecap:round}
.annals.map .sign-event.at-possible .swords{stroke-opacity:.6;stroke-dasharray:3 2}
.annals.map .sword-number{font-size:9.5px;font-weight:600}
.annals.map .scale-bar{fill:none;stroke:$ink;stroke-width:1.2}
.annals.map .north{fill:$ink}
.annals.map .list-title{font-weight:600}
.annals.map .note-number{font-size:10px;font-weight:600}
.annals.map .note-text{font-size:11px}
.annals.map .more-words{fill:$muted}
.annals.map .note.at-possible .note-text{fill:$muted;font-style:italic}
.annals.map .voyage .arrow{stroke-dasharray:1 5}
.annals.map .end{fill:none;stroke:$ink;stroke-width:1.4}
.annals.map .end.leaves{stroke-dasharray:3 3}
.annals.map .iso{fill:none;stroke:$select;stroke-width:6;stroke-opacity:.28;stroke-linejoin:round}
.annals.map .iso-ring{fill:none;stroke:$select;stroke-width:1.6}
.annals.map .iso-ring.utmost{stroke-dasharray:3 3}
.annals.map .iso-start{fill:$select;fill-opacity:.25;stroke:$select;stroke-width:2}
.annals.map .iso-days{font-size:10.5px;font-weight:600;fill:$select}
.annals.map .timed{display:none}
.annals.map .timed.at-certain,.annals.map .timed.at-possible{display:inline}
.annals.map .note.left-out{display:none}
";

/// Draws a map.
pub fn map(overview: &Overview, options: &MapOptions) -> String {
    let look = &options.look;
    let settings = settings_of(&overview.calendar);
    let day = look.at.map(|day| day_title(day, &settings));
    let title = overview.title.as_deref().unwrap_or("Map");
    let grounded = grounded(overview);
    match Scene::new(&grounded, look.drawn_width(), look.at) {
        Some(scene) => drawn(&scene, options, title, day.as_deref()),
        None => empty(look, title, day.as_deref()),
    }
}

/// The overview with the states that give land its colour among its own. What has to do with one
/// thing alone lies on the same land, in the same frame, as everything does.
fn grounded(overview: &Overview) -> Cow<'_, Overview> {
    if overview.ground.is_empty() {
        return Cow::Borrowed(overview);
    }
    let mut whole = overview.clone();
    let lands = |form: &str| matches!(form, "above" | "holding" | "guarding");
    let ground = overview.ground.iter();
    let ground = ground.filter(|s| s.drawn.as_ref().is_some_and(|d| lands(d.form)));
    whole.states.extend(ground.cloned());
    Cow::Owned(whole)
}

fn heading(svg: &mut Svg, look: &Look, title: &str, within: Option<&str>, day: Option<&str>) {
    let fitted = crate::text::fit(title, 20.0, look.drawn_width() - 48.0);
    svg.element("text")
        .class("title")
        .at(24.0, 34.0)
        .text_of(&fitted.shown, fitted.full.as_deref());
    let any_day = within.is_none() && day.is_none();
    let words = match day {
        _ if within.is_some() => within.unwrap_or_default().to_owned(),
        Some(day) => format!("{day}, as the day closes"),
        None => "places and roads; what changed with time shows on a day".to_owned(),
    };
    svg.element("text")
        .class(if any_day {
            "subtitle any-day"
        } else {
            "subtitle"
        })
        .at(24.0, 54.0)
        .text(&words);
}

fn drawn(scene: &Scene<'_>, options: &MapOptions, title: &str, day: Option<&str>) -> String {
    let look = &options.look;
    let reach = options.reach.as_ref();
    let palette = palette(scene.overview);
    let at = look.at;
    let (left, top, width, height) = scene.extent.frame;
    let happenings = Happenings::new(scene);
    let mut room = Room::new(scene.extent.frame);
    room.take(furniture::scale_room(scene));
    let mut svg = Svg::new();
    let within = reach.map(reach::words);
    heading(&mut svg, look, title, within.as_deref(), day);
    svg.element("g").attr("clip-path", "url(#map-frame)").open();
    base::ground(&mut svg, scene);
    // Marks and labels find their room before what is drawn beneath them asks for the rest.
    let (mut over, mut events) = (Svg::new(), Svg::new());
    reach
        .iter()
        .for_each(|r| reach::take_room(&mut room, scene, r));
    happenings.draw(&mut events, scene, &palette, at, &mut room);
    places::places(&mut over, scene, &palette, at, &mut room);
    places::far(&mut over, scene, &mut room);
    let mut nature = Svg::new();
    let names = base::nature(&mut nature, scene, &mut room);
    // Rivers and lakes lie over the colours of powers, which would hide them.
    lands::lands(&mut svg, scene, &palette, at);
    svg.append(&nature);
    reach.iter().for_each(|r| reach::roads(&mut svg, scene, r));
    base::roads(&mut svg, scene);
    for name in &names {
        name.draw(&mut svg);
    }
    svg.append(&over);
    svg.append(&events);
    reach.iter().for_each(|r| reach::days(&mut svg, scene, r));
    svg.close("g");
    svg.element("rect")
        .class("border")
        .at(left, top)
        .num("width", width)
        .num("height", height)
        .done();
    base::degrees(&mut svg, scene);
    furniture::scale(&mut svg, scene);
    let mut y = top + height + 22.0;
    y += furniture::legend(&mut svg, (scene, at), &palette, (left, y), width);
    let list = happenings.list(at);
    list.draw(&mut svg, (left, y), width, (scene.overview, at));
    y += list.height() + 14.0;
    let mut definitions = Svg::new();
    base::clip(&mut definitions, scene);
    let description = described(scene, day);
    let whole = Frame {
        picture: "map",
        look,
        height: y,
        title,
        description: &description,
        css: CSS,
        attributes: &[],
        definitions: &definitions,
    };
    frame(&whole, &svg)
}

fn described(scene: &Scene<'_>, day: Option<&str>) -> String {
    let inside = |t: &&annals_query::ThingSeen| t.point.is_some() && scene.is_inside(t.id);
    let places = scene.overview.things.iter().filter(inside).count();
    let roads = scene.overview.roads.len();
    let when = day.map_or(String::new(), |day| format!(" on {day}"));
    format!(
        "A map of {places} places and {roads} roads{when}. Colours say to whom a town belonged: \
         solid where it is certain, hatched where it is possible."
    )
}

/// A map without a place: what would be needed.
fn empty(look: &Look, title: &str, day: Option<&str>) -> String {
    let mut svg = Svg::new();
    heading(&mut svg, look, title, None, day);
    let words =
        "No place here has coordinates. Declare some, like `place Karasahr at 42.06 N, 86.57 E`.";
    let mut y = 96.0;
    for line in crate::text::wrap(words, 12.0, look.drawn_width() - 48.0, 3) {
        svg.element("text")
            .class("muted")
            .at(24.0, y)
            .text(&line.shown);
        y += 18.0;
    }
    let definitions = Svg::new();
    let whole = Frame {
        picture: "map",
        look,
        height: y + 16.0,
        title,
        description: "An empty map: no place has coordinates.",
        css: CSS,
        attributes: &[],
        definitions: &definitions,
    };
    frame(&whole, &svg)
}
