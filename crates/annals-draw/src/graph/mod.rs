//! The graph of allegiance: who stands under whom, beside whom, against whom.
//!
//! What comes in: an overview, and what of it is wanted. What goes out: a picture of boxes in
//! layers, lords above their vassals, with their rulers and captives named inside; and the same in
//! words. Everything that ever held has its place, so nothing moves when the day changes: what does
//! not hold on the day is only hidden.

mod boxes;
mod edges;
mod layers;
mod order;
mod web;
mod words;

use annals_query::Overview;

use crate::calendar::{day_title, settings_of, span_words};
use crate::frame::{Frame, Look, frame};
use crate::legend::{Item, Swatch, draw_legend};
use crate::palette::{Palette, palette};
use crate::svg::Svg;
use crate::text::draw_title;
use edges::draw_edges;
use layers::{Plan, plan};
use web::{Form, Web};
pub use words::graph_text;

/// How a graph is drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct GraphOptions {
    /// Theme, width, day, citation.
    pub look: Look,
    /// The family of the person of this name, instead of allegiance.
    pub family_of: Option<String>,
    /// Whether polities are shown that stand in no relation to another.
    pub alone: bool,
    /// The most boxes; the best connected ones are shown.
    pub most_boxes: usize,
}

impl Default for GraphOptions {
    fn default() -> GraphOptions {
        GraphOptions {
            look: Look::default(),
            family_of: None,
            alone: false,
            most_boxes: 80,
        }
    }
}

/// What the drawing of each part needs to know.
pub(crate) struct Sheet<'a> {
    pub(crate) overview: &'a Overview,
    pub(crate) palette: &'a Palette,
    pub(crate) options: &'a GraphOptions,
}

/// The margin of the picture.
const MARGIN: f64 = 28.0;

/// The graph of an overview as SVG.
pub fn graph(overview: &Overview, options: &GraphOptions) -> String {
    let palette = palette(overview);
    let web = Web::new(overview, options);
    let sheet = Sheet {
        overview,
        palette: &palette,
        options,
    };
    let mut body = Svg::new();
    let top = draw_head(&sheet, &web, &mut body);
    let width = options.look.drawn_width();
    let plan = plan(&web, MARGIN, width - MARGIN, top + 22.0);
    let look = Look {
        width: plan.right + MARGIN,
        ..options.look.clone()
    };
    draw_edges(&sheet, &web, &plan, &mut body);
    for (at, node) in web.nodes.iter().enumerate() {
        let tied = web.ties.iter().any(|tie| tie.from == at || tie.to == at);
        boxes::draw_box(&sheet, node, &plan.places[at], tied, &mut body);
    }
    let height = draw_nothing(&sheet, &web, &plan, top, &mut body);
    let title = title_of(&sheet);
    frame(
        &Frame {
            picture: "graph",
            look: &look,
            height,
            title: &title,
            description: &description(&sheet, &web),
            css: CSS,
            attributes: &[],
            definitions: &Svg::new(),
        },
        &body,
    )
}

/// Says so where there is nothing to draw; gives the height of the picture.
fn draw_nothing(sheet: &Sheet, web: &Web, plan: &Plan, top: f64, svg: &mut Svg) -> f64 {
    if !web.nodes.is_empty() {
        return plan.bottom + 24.0;
    }
    let words = match &sheet.options.family_of {
        Some(name) => {
            format!("Nobody is said to be kin of {name}: no parent, child, brother or spouse.")
        }
        None => {
            "Nothing in this chronicle stands above, beside or against anything else.".to_owned()
        }
    };
    svg.element("text")
        .class("muted")
        .at(MARGIN, top + 30.0)
        .text(&words);
    top + 60.0
}

fn title_of(sheet: &Sheet) -> String {
    match (&sheet.options.family_of, &sheet.overview.title) {
        (Some(name), _) => format!("The family of {name}"),
        (None, Some(title)) => title.clone(),
        (None, None) => "Allegiance".to_owned(),
    }
}

fn subtitle(sheet: &Sheet, web: &Web) -> String {
    let settings = settings_of(&sheet.overview.calendar);
    let what = match &sheet.options.family_of {
        Some(_) => "Kinship",
        None => "Lords and vassals, friends and enemies",
    };
    let when = match sheet.options.look.at {
        Some(day) => format!("on {}", day_title(day, &settings)),
        None => {
            let (first, last) = (sheet.overview.first, sheet.overview.last);
            let words = span_words(Some(first), Some(last), &settings);
            format!("whenever they held, {words}")
        }
    };
    let more = match web.left_out {
        0 => String::new(),
        count => format!("; {count} less connected not shown"),
    };
    format!("{what}, {when}{more}")
}

fn draw_head(sheet: &Sheet, web: &Web, svg: &mut Svg) -> f64 {
    let room = sheet.options.look.drawn_width() - 2.0 * MARGIN;
    let y = draw_title(&title_of(sheet), &subtitle(sheet, web), MARGIN, room, svg);
    let items = legend(web, sheet.options.look.at.is_some());
    if items.is_empty() {
        return y - 14.0;
    }
    svg.group("legend");
    let y = draw_legend(&items, MARGIN, y, room, svg);
    svg.close("g");
    y + 8.0
}

/// What the lines that occur mean.
fn legend(web: &Web, at_a_day: bool) -> Vec<Item> {
    let has = |form: Form| web.ties.iter().any(|tie| tie.form == form);
    let lines = || web.nodes.iter().flat_map(|node| &node.lines);
    let all = [
        (
            has(Form::Above),
            Swatch::Lord,
            "is under (the arrow points to the lord)",
        ),
        (has(Form::Beside), Swatch::Allied, "allied"),
        (has(Form::Against), Swatch::Enemy, "against each other"),
        (has(Form::Kin), Swatch::Kin, "kin"),
        (has(Form::Born), Swatch::Kin, "parent above, child below"),
        (has(Form::Same), Swatch::Same, "perhaps the same"),
        (
            web.ties.iter().any(|tie| tie.form != Form::Same),
            Swatch::PossibleLine,
            "only possible",
        ),
        (lines().next().is_some(), Swatch::Dot, "certain"),
        (lines().next().is_some(), Swatch::Ring, "possible"),
        (
            lines().next().is_some() && at_a_day,
            Swatch::Pale,
            "not on this day",
        ),
    ];
    let shown = all.into_iter().filter(|(occurs, ..)| *occurs);
    shown
        .map(|(_, swatch, words)| Item::new(swatch, words))
        .collect()
}

fn description(sheet: &Sheet, web: &Web) -> String {
    let names: Vec<&str> = web
        .nodes
        .iter()
        .take(20)
        .map(|n| n.thing.name.as_str())
        .collect();
    format!(
        "A graph. {}. Boxes: {}. Solid lines are certain, dashed lines possible.",
        subtitle(sheet, web),
        names.join(", "),
    )
}

const CSS: &str = "\
.annals.graph .at-none{display:none}
.annals.graph .line-of-box.at-none{display:inline;opacity:.38}
.annals.graph .node .thing-box.at-none~.line-of-box{display:none}
.annals.graph .box{fill:$panel;stroke-width:1.4}
.annals.graph .thing{font-size:13px;font-weight:600}
.annals.graph .line-words{font-size:11px}
.annals.graph .line-words .days{fill:$muted}
.annals.graph .edge{stroke-width:2;fill:none}
.annals.graph .double{stroke:$certain;stroke-width:5.6;fill:none}
.annals.graph .double-inside{stroke:$paper;stroke-width:2.6;fill:none}
.annals.graph .against{stroke:$ink;stroke-width:1.4;fill:none}
.annals.graph .kin{stroke:$muted;stroke-width:1.6;fill:none}
.annals.graph .same{stroke:$muted;stroke-width:2.8;stroke-dasharray:.1 6;stroke-linecap:round;fill:none}
.annals.graph .edge-words{font-size:10.5px;fill:$muted}
.annals.graph .maybe .edge,.annals.graph .maybe .against,.annals.graph .maybe .kin{stroke-dasharray:6 4}
.annals.graph .at-possible .edge,.annals.graph .at-possible .against,.annals.graph .at-possible .kin{stroke-dasharray:6 4}
.annals.graph .at-certain .edge,.annals.graph .at-certain .against,.annals.graph .at-certain .kin{stroke-dasharray:none}
.annals.graph .maybe .double,.annals.graph .at-possible .double{stroke-dasharray:6 4}
.annals.graph .at-certain .double{stroke-dasharray:none}
.annals.graph .dot{stroke-width:1.3;stroke:$certain;fill:$certain}
.annals.graph .maybe .dot,.annals.graph .at-possible .dot{fill:$paper}
.annals.graph .at-certain .dot{fill:$certain}
.annals.graph .is-selected .edge,.annals.graph .is-selected .box{stroke:$select;stroke-width:2.6}
";
