//! A row of a timeline: its label, its bars or diamonds, its days in words.

use annals_query::EventSeen;

use super::layout::{INDENT, LABEL_SIZE, Layout, Place, RIVAL, remark_of, rivals_of};
use super::rows::{Of, Row};
use super::{Sheet, head};
use crate::calendar::span_words;
use crate::marks::{Kind, Mark, Run};
use crate::scale::Scale;
use crate::svg::Svg;
use crate::text::{Fitted, fit, label_language, width};

/// Draws a row as a mark.
pub(crate) fn draw_row(sheet: &Sheet, layout: &Layout, row: &Row, place: &Place, svg: &mut Svg) {
    let (kind, id) = match row.of {
        Of::Event(event) => (Kind::Event, event.id),
        Of::State(state) => (Kind::State, state.id),
    };
    let label = head::spoken(sheet, row);
    Mark {
        prefix: "timeline",
        kind,
        id,
        nth: 0,
        class: manner(row),
        when: Some(&row.when),
        at: sheet.options.look.at,
        label: &label,
    }
    .open(svg);
    svg.element("title").text(&label);
    // A clear ground makes the whole row one target for the pointer.
    svg.element("rect")
        .class("target")
        .attr("fill", "transparent")
        .at(24.0, place.top)
        .num("width", sheet.options.look.drawn_width() - 48.0)
        .num("height", place.height)
        .done();
    draw_tree(layout, row, place, svg);
    draw_label(layout, row, place, svg);
    draw_sign(layout, row, place, svg);
    match row.of {
        Of::Event(event) => draw_event(sheet, row, event, place, svg),
        Of::State(_) => draw_state(sheet, row, place, svg),
    }
    draw_rivals(sheet, row, place, svg);
    svg.close("g");
}

/// How the chronicle tells of it, as a class.
fn manner(row: &Row) -> &'static str {
    match row.of {
        Of::Event(event) if !event.told => "untold",
        Of::Event(event) if event.status != "happened" => "doubted",
        _ => "",
    }
}

/// The bracket that holds the parts of an event together.
fn draw_tree(layout: &Layout, row: &Row, place: &Place, svg: &mut Svg) {
    let Some(whole) = place.whole_at.filter(|_| row.depth > 0) else {
        return;
    };
    let x = layout.label_left + (row.depth as f64 - 1.0) * INDENT + 3.5;
    let y = place.label_y - 4.0;
    svg.element("path")
        .class("tree")
        .attr(
            "d",
            &crate::svg::polyline(&[(x, whole + 7.0), (x, y), (x + 7.0, y)]),
        )
        .done();
}

fn draw_label(layout: &Layout, row: &Row, place: &Place, svg: &mut Svg) {
    let indent = row.depth as f64 * INDENT;
    let remark = remark_of(row);
    let remark_width = match remark.as_str() {
        "" => 0.0,
        remark => width(remark, LABEL_SIZE) + 4.0,
    };
    let room = (layout.label_width - indent - remark_width).max(24.0);
    let fitted = fit(&row.label, LABEL_SIZE, room);
    // The row has a title with the whole sentence already.
    let shown = Fitted {
        full: None,
        ..fitted
    };
    svg.element("text")
        .class("row-label")
        .at(layout.label_left + indent, place.label_y)
        .lang(label_language(&row.label).as_deref())
        .text_and(&shown, "status", &remark);
}

/// The sign of a contradiction, with its number in the list at the foot.
fn draw_sign(layout: &Layout, row: &Row, place: &Place, svg: &mut Svg) {
    let Some(number) = row.conflicts.first() else {
        return;
    };
    svg.element("g")
        .class("sign")
        .attr(
            "transform",
            &crate::marks::translate(layout.label_left - 11.0, place.label_y - 4.0),
        )
        .open();
    crate::marks::triangle(svg);
    svg.element("text")
        .class("conflict number")
        .attr("text-anchor", "end")
        .at(-7.0, 3.5)
        .attr("font-size", "9.5")
        .text(&number.to_string());
    svg.close("g");
}

fn draw_state(sheet: &Sheet, row: &Row, place: &Place, svg: &mut Svg) {
    for run in visible(sheet, row.when.runs()) {
        let class = if run.certain { "fill" } else { "hatch" };
        let class = format!("{class} {}", row.class);
        draw_bar(&sheet.scale, run, &class, place.bar_y, 10.0, svg);
    }
    draw_open_ends(sheet, row, place.bar_y, svg);
}

fn draw_event(sheet: &Sheet, row: &Row, event: &EventSeen, place: &Place, svg: &mut Svg) {
    if row.is_undated() {
        return draw_undated(sheet, place, svg);
    }
    let runs: Vec<&Run> = visible(sheet, row.when.runs()).collect();
    if event.end.is_some() {
        for run in &runs {
            let class = lasting_class(row, run);
            draw_bar(&sheet.scale, run, &class, place.bar_y, 8.0, svg);
        }
    } else {
        draw_moments(sheet, row, event, &runs, place, svg);
    }
    draw_open_ends(sheet, row, place.bar_y, svg);
    draw_days(sheet, row, event, place, svg);
}

fn lasting_class(row: &Row, run: &Run) -> String {
    match (manner(row), run.certain) {
        ("untold", _) => "ghost".to_owned(),
        ("doubted", _) => format!("hatch dashed {}", row.class),
        (_, true) => format!("fill {}", row.class),
        (_, false) => format!("hatch {}", row.class),
    }
}

/// A moment: a diamond on its day, or an empty diamond in the days it may have.
fn draw_moments(
    sheet: &Sheet,
    row: &Row,
    event: &EventSeen,
    runs: &[&Run],
    place: &Place,
    svg: &mut Svg,
) {
    for pair in runs.windows(2) {
        svg.element("line")
            .class("gap")
            .num("x1", sheet.scale.end(pair[0].last))
            .num("x2", sheet.scale.start(pair[1].first))
            .num("y1", place.bar_y)
            .num("y2", place.bar_y)
            .done();
    }
    let doubted = event.status != "happened";
    for run in runs {
        let one_day = run.first.is_some() && run.first == run.last;
        let shape = match (event.told, run.certain) {
            (false, _) => "ghost".to_owned(),
            (true, true) => format!("fill {}", row.class),
            (true, false) => format!("hollow line {}", row.class),
        };
        if !one_day {
            let bar = match (event.told, doubted) {
                (false, _) => "ghost".to_owned(),
                (true, true) => format!("hatch dashed {}", row.class),
                (true, false) => format!("hatch {}", row.class),
            };
            draw_bar(&sheet.scale, run, &bar, place.bar_y, 6.0, svg);
        }
        let dashed = if doubted && event.told { " dashed" } else { "" };
        let x = middle_of(sheet, run);
        svg.element("path")
            .class(&format!("diamond {shape}{dashed}"))
            .attr("d", "M0 -5.5L5.5 0L0 5.5L-5.5 0Z")
            .attr("transform", &crate::marks::translate(x, place.bar_y))
            .day("data-a", run.first)
            .day("data-b", run.last.map(|day| day.saturating_add(1)))
            .done();
    }
}

/// Where the diamond of a moment stands: amid its days, or by the bound that is known. The page
/// finds the place again when it zooms.
fn middle_of(sheet: &Sheet, run: &Run) -> f64 {
    match (run.first, run.last) {
        (None, Some(last)) => sheet.scale.middle(Some(last), Some(last)),
        (Some(first), None) => sheet.scale.middle(Some(first), Some(first)),
        (first, last) => sheet.scale.middle(first, last),
    }
}

fn draw_undated(sheet: &Sheet, place: &Place, svg: &mut Svg) {
    svg.element("line")
        .class("gap")
        .num("x1", sheet.scale.left)
        .num("x2", sheet.scale.right)
        .num("y1", place.bar_y)
        .num("y2", place.bar_y)
        .done();
    svg.element("text")
        .class("days halo")
        .at(sheet.scale.left + 8.0, place.bar_y + 3.5)
        .text("no date told");
}

fn visible<'a>(sheet: &'a Sheet, runs: &'a [Run]) -> impl Iterator<Item = &'a Run> {
    runs.iter()
        .filter(|run| sheet.scale.shows(run.first, run.last))
}

/// A bar over some days.
pub(crate) fn draw_bar(scale: &Scale, run: &Run, class: &str, y: f64, height: f64, svg: &mut Svg) {
    let (start, end) = (scale.start(run.first), scale.end(run.last));
    svg.element("rect")
        .class(class)
        .at(start, y - height / 2.0)
        .num("width", (end - start).max(1.5))
        .num("height", height)
        .day("data-a", run.first)
        .day("data-b", run.last.map(|day| day.saturating_add(1)))
        .done();
}

/// Arrows where a row goes on beyond the window, without end where its days are open.
fn draw_open_ends(sheet: &Sheet, row: &Row, y: f64, svg: &mut Svg) {
    let scale = &sheet.scale;
    let on = |day: i32| {
        row.when.runs().iter().find(|run| {
            run.first.is_none_or(|first| first <= day) && run.last.is_none_or(|last| day <= last)
        })
    };
    let (left, right) = (on(scale.first), on(scale.last));
    let ends = [
        (
            left.filter(|run| run.first.is_none_or(|d| d < scale.first)),
            scale.left,
            -1.0,
        ),
        (
            right.filter(|run| run.last.is_none_or(|d| d > scale.last)),
            scale.right,
            1.0,
        ),
    ];
    for (run, x, way) in ends {
        let Some(run) = run else {
            continue;
        };
        let open = if way < 0.0 { run.first } else { run.last };
        // An open end fades away; one that lies beyond the window only points there.
        let class = if open.is_none() { "open-end" } else { "beyond" };
        svg.element("path")
            .class(&format!("{class} line {}", row.class))
            .attr("stroke-width", "1.5")
            .attr("d", "M2 -4L6.5 0L2 4")
            .attr(
                "transform",
                &format!("{} scale({way} 1)", crate::marks::translate(x, y)),
            )
            .done();
        if open.is_none() {
            for (at, opacity) in [(9.0, "0.6"), (13.0, "0.35"), (17.0, "0.15")] {
                svg.element("circle")
                    .class(&format!("open-end fill {}", row.class))
                    .attr("fill-opacity", opacity)
                    .num("cx", x + way * at)
                    .num("cy", y)
                    .num("r", 1.3)
                    .done();
            }
        }
    }
}

/// The days in words beside the bar, on the side where there is room.
fn draw_days(sheet: &Sheet, row: &Row, event: &EventSeen, place: &Place, svg: &mut Svg) {
    let words = days_in_short(sheet, event);
    let shown: Vec<&Run> = visible(sheet, row.when.runs()).collect();
    let (Some(first), Some(last)) = (shown.first(), shown.last()) else {
        return;
    };
    let needs = width(&words, 10.5) + 18.0;
    let start = sheet.scale.start(first.first);
    let end = sheet.scale.end(last.last);
    let (x, anchor, day) = if end + needs <= sheet.scale.right {
        (end + 10.0, "start", last.last)
    } else if start - needs >= sheet.scale.left {
        (start - 10.0, "end", first.first)
    } else {
        return;
    };
    svg.element("text")
        .class("days halo")
        .at(x, place.bar_y + 3.5)
        .attr("text-anchor", anchor)
        .day("data-a", day)
        .text(&words);
}

/// The days of an event in few words.
fn days_in_short(sheet: &Sheet, event: &EventSeen) -> String {
    match &event.end {
        None => event.words.replace("between ", "").replace(" and ", " – "),
        Some(end) => {
            let first = event.start.first().and_then(|run| run.first);
            let last = end.last().and_then(|run| run.last);
            span_words(first, last, &sheet.settings)
        }
    }
}

/// A thin bar for each side of a dispute.
fn draw_rivals(sheet: &Sheet, row: &Row, place: &Place, svg: &mut Svg) {
    let Of::Event(event) = row.of else {
        return;
    };
    let count = rivals_of(row, sheet.options);
    for (at, rival) in event.rivals.iter().take(count).enumerate() {
        let y = place.bar_y + 11.0 + at as f64 * RIVAL;
        let runs = rival.days.iter().map(|days| Run {
            first: days.first,
            last: days.last,
            certain: false,
        });
        let runs: Vec<Run> = runs
            .filter(|r| sheet.scale.shows(r.first, r.last))
            .collect();
        for run in &runs {
            draw_bar(&sheet.scale, run, "rival conflict", y, 3.0, svg);
        }
        let keys: Vec<String> = rival.sources.iter().map(|key| format!("@{key}")).collect();
        let end = runs
            .last()
            .map_or(sheet.scale.left, |run| sheet.scale.end(run.last));
        let words = keys.join(", ");
        if words.is_empty() {
            // The title of the mark says that it is another reading.
            continue;
        }
        let needs = width(&words, 9.0) + 12.0;
        let (x, anchor) = match runs.first() {
            Some(run) if end + needs > sheet.scale.right => {
                (sheet.scale.start(run.first) - 6.0, "end")
            }
            _ => (end + 6.0, "start"),
        };
        svg.element("text")
            .class("conflict rival-words")
            .attr("font-size", "9")
            .at(x, y + 3.0)
            .attr("text-anchor", anchor)
            .day("data-a", runs.last().and_then(|run| run.last))
            .text(&words);
    }
}
