//! A box of a graph: a name, and below it who ruled there and who was kept there.

use super::Sheet;
use super::layers::Spot;
use super::web::{LINE_SIZE, Line, NAME_SIZE, Node};
use crate::marks::{At, Kind, Mark};
use crate::palette::NEUTRAL;
use crate::svg::Svg;
use crate::text::{Fitted, fit, label_language, language, width};
use crate::words::bare_name;

/// Draws a box with its lines. A person who stands above, beside or against nobody is no power: he
/// has a rounder box without a colour of his own.
pub(crate) fn draw_box(sheet: &Sheet, node: &Node, spot: &Spot, tied: bool, svg: &mut Svg) {
    let left = spot.x - spot.width / 2.0;
    let power = tied || !node.thing.kinds.iter().any(|kind| kind == "person");
    let class = match power {
        true => sheet.palette.class(node.thing.id),
        false => NEUTRAL,
    };
    let label = format!("{}, {}", node.thing.name, node.thing.kind);
    // Lines stand beside the box's mark, not in it: a button may not hold buttons.
    svg.group("node");
    Mark {
        prefix: "graph",
        kind: Kind::Thing,
        id: node.thing.id,
        nth: 0,
        class: "thing-box",
        when: (!node.when.runs().is_empty()).then_some(&node.when),
        at: sheet.options.look.at,
        label: &label,
    }
    .open(svg);
    svg.element("rect")
        .class(&format!("box line {class}"))
        .at(left, spot.top)
        .num("width", spot.width)
        .num("height", spot.height)
        .num("rx", if power { 4.0 } else { 14.0 })
        .done();
    if class != NEUTRAL {
        // The band of the polity's colour, inside the box's rounded edge.
        svg.element("path")
            .class(&format!("fill {class}"))
            .attr(
                "d",
                &format!(
                    "M{} {}h-2a4 4 0 0 0 -4 4v{}a4 4 0 0 0 4 4h2Z",
                    crate::svg::number(left + 6.0),
                    crate::svg::number(spot.top),
                    crate::svg::number(spot.height - 8.0),
                ),
            )
            .done();
    }
    draw_name(node, left + 14.0, spot, svg);
    svg.close("g");
    for (at, line) in node.lines.iter().enumerate() {
        let y = spot.top + 40.0 + at as f64 * 15.5;
        draw_line(sheet, line, left + 16.0, y, spot.width - 28.0, svg);
    }
    svg.close("g");
}

fn draw_name(node: &Node, x: f64, spot: &Spot, svg: &mut Svg) {
    let name = bare_name(&node.thing.name);
    let fitted = fit(name, NAME_SIZE * 1.07, spot.width - 24.0);
    svg.element("text")
        .class("thing")
        .at(x, spot.top + 21.0)
        .lang(label_language(name).as_deref())
        .text_of(&fitted.shown, fitted.full.as_deref());
    let after = x + crate::text::bold_width(&fitted.shown, NAME_SIZE) + 8.0;
    if let Some(second) = &node.second
        && after + width(second, 12.0) <= spot.x + spot.width / 2.0 - 8.0
    {
        svg.element("text")
            .class("muted")
            .at(after, spot.top + 21.0)
            .lang(language(None, second).as_deref())
            .text(second);
    }
}

fn draw_line(sheet: &Sheet, line: &Line, x: f64, y: f64, room: f64, svg: &mut Svg) {
    let certain = line.when.runs().iter().any(|run| run.certain);
    let label = format!(
        "{}, {}",
        line.state.sentence,
        super::words::surely(line, sheet.options.look.at)
    );
    Mark {
        prefix: "graph",
        kind: Kind::State,
        id: line.state.id,
        nth: 0,
        class: if certain {
            "line-of-box"
        } else {
            "line-of-box maybe"
        },
        when: Some(&line.when),
        at: sheet.options.look.at,
        label: &label,
    }
    .open(svg);
    svg.element("title").text(&label);
    svg.element("circle")
        .class("dot")
        .num("cx", x + 3.0)
        .num("cy", y - 3.8)
        .num("r", 3.0)
        .done();
    let days = width(&line.days, LINE_SIZE) + 6.0;
    let fitted = fit(&line.words, LINE_SIZE, room - days - 12.0);
    let shown = Fitted {
        full: None,
        ..fitted
    };
    svg.element("text")
        .class("line-words")
        .at(x + 12.0, y)
        .lang(label_language(&line.words).as_deref())
        .text_and(&shown, "days", &line.days);
    svg.close("g");
}

/// The word for how surely something holds.
pub(crate) fn surely(at: At) -> &'static str {
    match at {
        At::Certain => "certain",
        At::Possible => "possible",
        At::None => "not then",
    }
}
