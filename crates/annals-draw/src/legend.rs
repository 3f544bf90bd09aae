//! Legends: samples of lines and colours with their meaning, set in lines.

use crate::svg::Svg;
use crate::text::{fit, width};

/// A sample.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Swatch {
    /// A solid bar.
    Certain,
    /// A hatched bar.
    Possible,
    /// A filled diamond.
    Day,
    /// An empty diamond in a hatched bar.
    Within,
    /// Two of them with a gap.
    Either,
    /// A hatched bar with a dashed edge.
    Doubted,
    /// An empty bar with a dashed edge.
    Untold,
    /// An arrow.
    Beyond,
    /// An arrow that fades.
    Open,
    /// The sign of a contradiction.
    Contradiction,
    /// A square of a polity's colour.
    Colour(&'static str),
    /// An arrow to a lord.
    Lord,
    /// A double line.
    Allied,
    /// A line crossed out.
    Enemy,
    /// A plain line.
    Kin,
    /// A dotted line.
    Same,
    /// A dashed line.
    PossibleLine,
    /// A filled dot.
    Dot,
    /// An empty dot.
    Ring,
    /// A pale dot.
    Pale,
}

/// A sample with its meaning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    swatch: Swatch,
    words: String,
}

impl Item {
    /// A sample with its meaning.
    pub fn new(swatch: Swatch, words: &str) -> Item {
        Item {
            swatch,
            words: words.to_owned(),
        }
    }
}

const SIZE: f64 = 11.0;

impl Swatch {
    fn width(self) -> f64 {
        match self {
            Swatch::Day | Swatch::Contradiction | Swatch::Colour(_) => 12.0,
            Swatch::Dot | Swatch::Ring | Swatch::Pale => 8.0,
            Swatch::Either => 40.0,
            _ => 28.0,
        }
    }
}

/// Draws a legend whose first line stands at `y`; says where it ends.
pub fn draw_legend(items: &[Item], left: f64, y: f64, room: f64, svg: &mut Svg) -> f64 {
    let (mut x, mut y) = (left, y);
    let mut colours = false;
    for item in items {
        let words = fit(&item.words, SIZE, room - 50.0);
        let needs = item.swatch.width() + 6.0 + width(&words.shown, SIZE);
        // Colours begin a line of their own.
        let first_colour = matches!(item.swatch, Swatch::Colour(_)) && !colours;
        colours |= first_colour;
        if x > left && (x + needs > left + room || first_colour) {
            x = left;
            y += 20.0;
        }
        svg.element("g")
            .class("legend-item")
            .attr("transform", &crate::marks::translate(x, y))
            .open();
        draw_swatch(item.swatch, svg);
        svg.element("text")
            .class("muted")
            .attr("font-size", "11")
            .at(item.swatch.width() + 6.0, 4.0)
            .lang(crate::text::label_language(&item.words).as_deref())
            .text_of(&words.shown, words.full.as_deref());
        svg.close("g");
        x += needs + 20.0;
    }
    y
}

fn bar(svg: &mut Svg, class: &str, x: f64, wide: f64, high: f64) {
    svg.element("rect")
        .class(class)
        .at(x, -high / 2.0)
        .num("width", wide)
        .num("height", high)
        .done();
}

fn diamond(svg: &mut Svg, class: &str, x: f64) {
    svg.element("path")
        .class(&format!("diamond {class}"))
        .attr("d", "M0 -5.5L5.5 0L0 5.5L-5.5 0Z")
        .attr("transform", &crate::marks::translate(x, 0.0))
        .done();
}

fn draw_swatch(swatch: Swatch, svg: &mut Svg) {
    match swatch {
        Swatch::Certain => bar(svg, "fill cn", 0.0, 28.0, 9.0),
        Swatch::Possible => bar(svg, "hatch cn", 0.0, 28.0, 9.0),
        Swatch::Day => diamond(svg, "fill cn", 6.0),
        Swatch::Within => {
            bar(svg, "hatch cn", 0.0, 28.0, 6.0);
            diamond(svg, "hollow line cn", 14.0);
        }
        Swatch::Either => {
            bar(svg, "hatch cn", 0.0, 14.0, 6.0);
            bar(svg, "hatch cn", 26.0, 14.0, 6.0);
            svg.element("line")
                .class("gap")
                .num("x1", 14.0)
                .num("x2", 26.0)
                .done();
        }
        Swatch::Doubted => bar(svg, "hatch dashed cn", 0.0, 28.0, 8.0),
        Swatch::Untold => bar(svg, "ghost", 0.0, 28.0, 8.0),
        Swatch::Beyond | Swatch::Open => {
            bar(svg, "fill cn", 0.0, 16.0, 8.0);
            svg.element("path")
                .class("line cn")
                .attr("stroke-width", "1.5")
                .attr("d", "M18 -4L22.5 0L18 4")
                .done();
            if swatch == Swatch::Open {
                svg.element("circle")
                    .class("fill cn")
                    .num("cx", 25.5)
                    .num("r", 1.3)
                    .done();
            }
        }
        Swatch::Contradiction => {
            svg.element("g").attr("transform", "translate(6 0)").open();
            crate::marks::triangle(svg);
            svg.close("g");
        }
        Swatch::Colour(class) => bar(svg, &format!("fill {class}"), 0.0, 12.0, 10.0),
        Swatch::Dot | Swatch::Ring | Swatch::Pale => draw_dot(swatch, svg),
        _ => draw_line(swatch, svg),
    }
}

fn draw_dot(swatch: Swatch, svg: &mut Svg) {
    svg.group(match swatch {
        Swatch::Ring => "maybe",
        Swatch::Pale => "pale",
        _ => "surely",
    });
    svg.element("circle")
        .class("dot")
        .num("cx", 4.0)
        .num("r", 3.2)
        .done();
    svg.close("g");
}

/// A line of a graph.
fn draw_line(swatch: Swatch, svg: &mut Svg) {
    let mut path = |class: &str, d: &str| svg.element("path").class(class).attr("d", d).done();
    match swatch {
        Swatch::Lord => {
            path("edge line cn", "M0 0H20");
            path("fill cn", "M28 0L19 -4V4Z");
        }
        Swatch::Allied => {
            path("double", "M0 0H28");
            path("double-inside", "M0 0H28");
        }
        Swatch::Enemy => {
            path("against", "M0 0H28");
            path("against", "M10 -4L18 4M10 4L18 -4");
        }
        Swatch::Kin => path("kin", "M0 0H28"),
        Swatch::Same => path("same", "M0 0H28"),
        Swatch::PossibleLine => {
            svg.group("maybe");
            let edge = svg.element("path").class("edge line cn");
            edge.attr("d", "M0 0H28").done();
            svg.close("g");
        }
        _ => {}
    }
}
