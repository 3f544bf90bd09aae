//! The axis at the top of a timeline, and the lines that guide the eye down from it.

use annals_query::CalendarSeen;

use crate::scale::Scale;
use crate::svg::Svg;
use crate::ticks::{PAD, axis};

/// Draws periods, ticks and guides: `y` is the line of the axis, `bottom` where guides end.
pub(crate) fn draw_axis(
    scale: &Scale,
    calendar: &CalendarSeen,
    y: f64,
    bottom: f64,
    svg: &mut Svg,
) {
    let axis = axis(calendar, scale.first, scale.last, scale.right - scale.left);
    svg.group("ticks");
    for period in &axis.periods {
        let x = scale.x(period.day);
        if period.begins {
            line(svg, "tick", x, y - 34.0, y);
        }
        if !period.words.is_empty() {
            svg.element("text")
                .class("strong-words")
                .at(x + PAD, y - 23.0)
                .day("data-a", Some(period.day))
                .text(&period.words);
        }
    }
    for tick in &axis.ticks {
        let x = scale.x(tick.day);
        let strong = if tick.strong { "grid strong" } else { "grid" };
        line(svg, strong, x, y, bottom);
        line(svg, "tick", x, y - 14.0, y);
        if !tick.words.is_empty() {
            svg.element("text")
                .class(if tick.strong { "strong-words" } else { "words" })
                .at(x + PAD, y - 5.0)
                .day("data-a", Some(tick.day))
                .text(&tick.words);
        }
    }
    svg.element("line")
        .class("axis-line")
        .num("x1", scale.left)
        .num("x2", scale.right)
        .num("y1", y)
        .num("y2", y)
        .done();
    svg.close("g");
}

fn line(svg: &mut Svg, class: &str, x: f64, top: f64, bottom: f64) {
    svg.element("line")
        .class(class)
        .num("x1", x)
        .num("x2", x)
        .num("y1", top)
        .num("y2", bottom)
        .done();
}
