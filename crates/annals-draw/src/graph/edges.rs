//! The lines of a graph, from box to box, and their words.
//!
//! What comes in: places of boxes and waypoints. What goes out: lines that leave boxes at their
//! upper and lower edges, each at a port of its own, and words beside them that meet neither boxes
//! nor one another; words without room are left to the line's title.

use super::Sheet;
use super::layers::{LANE, Plan, Spot};
use super::web::{Form, Tie, Web};
use crate::marks::{Kind, Mark, translate};
use crate::svg::{Svg, number};
use crate::text::width;

/// A rectangle that words must not meet.
type Area = (f64, f64, f64, f64);

/// The line of a tie.
struct Line {
    /// SVG path.
    path: String,
    /// Points along it where words may stand.
    rests: Vec<(f64, f64)>,
    /// Points along it, close together.
    points: Vec<(f64, f64)>,
    /// Where an arrow to a lord stands.
    head: (f64, f64),
    /// Its middle.
    middle: (f64, f64),
}

/// Draws all ties, then their words.
pub(crate) fn draw_edges(sheet: &Sheet, web: &Web, plan: &Plan, svg: &mut Svg) {
    let ports = ports(web, plan);
    let lines: Vec<Line> = web
        .ties
        .iter()
        .enumerate()
        .map(|(at, tie)| line_of(tie, at, plan, &ports))
        .collect();
    let mut taken: Vec<Area> = plan.places.iter().map(area_of).collect();
    // Arrow heads must stay free as well.
    taken.extend(lines.iter().map(|line| {
        let (x, y) = line.head;
        (x - 6.0, y - 1.0, x + 6.0, y + 10.0)
    }));
    for (at, (tie, line)) in web.ties.iter().zip(&lines).enumerate() {
        let label = super::words::spoken(sheet, web, tie);
        open_mark(sheet, tie, &label, svg);
        svg.element("title").text(&label);
        draw_line(sheet, web, tie, line, svg);
        let others = lines.iter().enumerate().filter(|(other, _)| *other != at);
        let crossed: Vec<(f64, f64)> = others.flat_map(|(_, line)| line.points.clone()).collect();
        draw_words(tie, line, &crossed, &mut taken, svg);
        svg.close("g");
    }
}

fn area_of(spot: &Spot) -> Area {
    let half = spot.width / 2.0;
    (
        spot.x - half,
        spot.top,
        spot.x + half,
        spot.top + spot.height,
    )
}

fn open_mark(sheet: &Sheet, tie: &Tie, label: &str, svg: &mut Svg) {
    let certain = tie.when.runs().iter().any(|run| run.certain);
    let form = match tie.form {
        Form::Above => "tie above",
        Form::Beside => "tie beside",
        Form::Against => "tie enmity",
        Form::Kin | Form::Born => "tie kinship",
        Form::Same => "tie identity",
    };
    let class = if certain {
        form.to_owned()
    } else {
        format!("{form} maybe")
    };
    let Some(state) = tie.states.first() else {
        return svg.element("g").class("tie identity").open();
    };
    let others: Vec<String> = tie.states[1..].iter().map(|s| s.id.to_string()).collect();
    let mark = Mark {
        prefix: "graph",
        kind: Kind::State,
        id: state.id,
        nth: 0,
        class: &class,
        when: Some(&tie.when),
        at: sheet.options.look.at,
        label,
    };
    let also = (!others.is_empty()).then(|| others.join(" "));
    mark.open_with(svg, &[("data-also", also.as_deref())]);
}

/// The ports of each tie: at its upper end and at its lower end.
fn ports(web: &Web, plan: &Plan) -> Vec<(f64, f64)> {
    // For each box and edge: tie, whether it is the tie's upper end, and where the tie goes.
    let mut ports = vec![(0.0, 0.0); web.ties.len()];
    for (node, spot) in plan.places.iter().enumerate() {
        for lower_edge in [false, true] {
            let mut ends: Vec<(f64, usize, bool)> = Vec::new();
            for (at, tie) in web.ties.iter().enumerate() {
                let (upper, lower) = ends_of(tie, plan);
                let same = plan.places[upper].layer == plan.places[lower].layer;
                let way = &plan.ways[at];
                if upper == node && lower_edge {
                    let next = way.first().map_or(plan.places[lower].x, |point| point.0);
                    ends.push((next, at, true));
                }
                if lower == node && lower_edge == same {
                    let next = way.last().map_or(plan.places[upper].x, |point| point.0);
                    ends.push((next, at, false));
                }
            }
            ends.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
            let room = (spot.width - 24.0).max(8.0);
            let step = (room / (ends.len() as f64 + 1.0)).min(64.0);
            let start = spot.x - step * (ends.len() as f64 - 1.0) / 2.0;
            for (at, (_, tie, upper_end)) in ends.into_iter().enumerate() {
                let x = start + at as f64 * step;
                if upper_end {
                    ports[tie].0 = x;
                } else {
                    ports[tie].1 = x;
                }
            }
        }
    }
    ports
}

/// The upper and the lower box of a tie; within a layer the left and the right one.
fn ends_of(tie: &Tie, plan: &Plan) -> (usize, usize) {
    let (a, b) = (&plan.places[tie.from], &plan.places[tie.to]);
    let from_first = (a.layer, a.x) < (b.layer, b.x);
    if from_first {
        (tie.from, tie.to)
    } else {
        (tie.to, tie.from)
    }
}

fn line_of(tie: &Tie, at: usize, plan: &Plan, ports: &[(f64, f64)]) -> Line {
    let (upper, lower) = ends_of(tie, plan);
    let (a, b) = (&plan.places[upper], &plan.places[lower]);
    if a.layer == b.layer {
        let y = a.layer_bottom + 16.0 + plan.lanes[at] as f64 * LANE;
        return line_below(tie, y, upper, (a, b), ports[at]);
    }
    let is_lord = tie.form == Form::Above && tie.to == upper;
    // An arrow ends a line before the box; a lord who stands below has it at his upper edge.
    let lift = if tie.form == Form::Above { 8.0 } else { 0.0 };
    let (top, bottom) = (a.top + a.height, b.top);
    let start = (ports[at].0, if is_lord { top + lift } else { top });
    let end = (
        ports[at].1,
        if tie.form == Form::Above && !is_lord {
            bottom - lift
        } else {
            bottom
        },
    );
    let mut path = format!("M{} {}", number(start.0), number(start.1));
    let mut here = start;
    let (mut rests, mut points) = (Vec::new(), Vec::new());
    let mut curve = |here: (f64, f64), to: (f64, f64), path: &mut String| {
        let half = (to.1 - here.1) / 2.0;
        path.push_str(&format!(
            "C{} {} {} {} {} {}",
            number(here.0),
            number(here.1 + half),
            number(to.0),
            number(to.1 - half),
            number(to.0),
            number(to.1)
        ));
        // The curve at a part of its way: the middle control points have the ends' x.
        let point = |t: f64| {
            let u = 1.0 - t;
            let near = u * u * u + 3.0 * u * u * t;
            let y = here.1 * u * u * u
                + 3.0 * (here.1 + half) * u * u * t
                + 3.0 * (to.1 - half) * u * t * t
                + to.1 * t * t * t;
            (here.0 * near + to.0 * (1.0 - near), y)
        };
        rests.extend([0.5, 0.38, 0.62, 0.26, 0.74, 0.16, 0.84].map(point));
        points.extend((0..=24).map(|step| point(f64::from(step) / 24.0)));
    };
    for (x, top, bottom) in &plan.ways[at] {
        curve(here, (*x, *top), &mut path);
        path.push_str(&format!("L{} {}", number(*x), number(*bottom)));
        here = (*x, *bottom);
    }
    curve(here, end, &mut path);
    let head = if is_lord {
        (start.0, top)
    } else {
        (end.0, bottom - lift)
    };
    Line {
        path,
        middle: rests[0],
        rests,
        points,
        head,
    }
}

/// A line between boxes of one layer runs below it.
fn line_below(tie: &Tie, y: f64, upper: usize, (a, b): (&Spot, &Spot), port: (f64, f64)) -> Line {
    let (left, right) = port;
    let lift = |lord: bool| if lord { 8.0 } else { 0.0 };
    let lord_left = tie.form == Form::Above && tie.to == upper;
    let lord_right = tie.form == Form::Above && !lord_left;
    let (from, to) = (a.top + a.height, b.top + b.height);
    let path = format!(
        "M{l} {}V{}q0 8 8 8H{}q8 0 8 -8V{}",
        number(from + lift(lord_left)),
        number(y - 8.0),
        number(right - 8.0),
        number(to + lift(lord_right)),
        l = number(left),
    );
    let middle = ((left + right) / 2.0, y);
    let head = if lord_left { (left, from) } else { (right, to) };
    Line {
        path,
        rests: [0.5, 0.35, 0.65, 0.2, 0.8]
            .map(|t| (left + (right - left) * t, y))
            .to_vec(),
        points: (0..=24)
            .flat_map(|step| {
                let part = f64::from(step) / 24.0;
                let down = |x: f64, edge: f64| (x, edge + (y - edge) * part);
                [
                    (left + (right - left) * part, y),
                    down(left, from),
                    down(right, to),
                ]
            })
            .collect(),
        head,
        middle,
    }
}

fn draw_line(sheet: &Sheet, web: &Web, tie: &Tie, line: &Line, svg: &mut Svg) {
    let mut path = |class: &str| {
        svg.element("path")
            .class(class)
            .attr("d", &line.path)
            .done();
    };
    match tie.form {
        Form::Above => {
            let class = sheet.palette.class(web.nodes[tie.to].thing.id);
            path(&format!("edge line {class}"));
            let down = line.head.1 > line.middle.1;
            let shape = if down {
                "M0 8L-4.5 0H4.5Z"
            } else {
                "M0 0L-4.5 8.5H4.5Z"
            };
            svg.element("path")
                .class(&format!("fill {class}"))
                .attr("d", shape)
                .attr("transform", &translate(line.head.0, line.head.1))
                .done();
        }
        Form::Beside => {
            path("double");
            path("double-inside");
        }
        Form::Against => {
            path("against");
            svg.element("path")
                .class("against")
                .attr("d", "M-4.5 -4.5L4.5 4.5M-4.5 4.5L4.5 -4.5")
                .attr("transform", &translate(line.middle.0, line.middle.1))
                .done();
        }
        Form::Kin | Form::Born => path("kin"),
        Form::Same => path("same"),
    }
}

/// Sets the words of a tie where they meet nothing: all of them, or else the first alone.
fn draw_words(
    tie: &Tie,
    line: &Line,
    crossed: &[(f64, f64)],
    taken: &mut Vec<Area>,
    svg: &mut Svg,
) {
    const SIZE: f64 = 10.5;
    let first = tie.words.split(", ").next().unwrap_or_default();
    for words in [tie.words.as_str(), first] {
        let half = width(words, SIZE) / 2.0 + 3.0;
        for (x, y) in &line.rests {
            // Words stand on the line, on a ground of their own; a cross keeps the middle.
            let y = if tie.form == Form::Against {
                y - 12.0
            } else {
                *y
            };
            let area = (x - half, y - 8.0, x + half, y + 7.0);
            let inside =
                |(x, y): &(f64, f64)| *x > area.0 && *x < area.2 && *y > area.1 && *y < area.3;
            if words.is_empty()
                || taken.iter().any(|other| meet(other, &area))
                || crossed.iter().any(inside)
            {
                continue;
            }
            taken.push(area);
            svg.element("rect")
                .class("paper")
                .at(area.0, area.1 + 1.0)
                .num("width", 2.0 * half)
                .num("height", 13.0)
                .done();
            return svg
                .element("text")
                .class("edge-words")
                .at(*x, y + 3.5)
                .attr("text-anchor", "middle")
                .text(words);
        }
    }
}

fn meet(a: &Area, b: &Area) -> bool {
    a.0 < b.2 && b.0 < a.2 && a.1 < b.3 && b.1 < a.3
}
