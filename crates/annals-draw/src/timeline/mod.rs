//! The timeline: what held when, and what happened, on one axis.
//!
//! What comes in: an overview and what of it is wanted. What goes out: a picture in which every
//! state and event has a row. Labels stand in a column of their own, so they never meet a bar; a
//! bar is solid where something certainly holds and hatched where it may, and keeps the gaps of
//! what it is about. A moment is a diamond, filled if its day is known. What is too much for the
//! rows asked for is shown as how much lies where.

mod axis;
mod bars;
mod choose;
mod foot;
mod head;
mod layout;
mod options;
pub(crate) mod rows;

use annals_calendar::Settings;
use annals_query::Overview;

use crate::calendar::{day_words, settings_of};
use crate::frame::{Frame, frame};
use crate::palette::{Palette, palette};
use crate::scale::Scale;
use crate::svg::{Svg, number};
pub(crate) use axis::draw_axis;
pub(crate) use bars::draw_bar;
use layout::{Layout, Place};
pub use options::TimelineOptions;
use rows::{Maker, Section};

/// What the drawing of each part needs to know.
pub(crate) struct Sheet<'a> {
    pub(crate) overview: &'a Overview,
    pub(crate) palette: &'a Palette,
    pub(crate) settings: Settings,
    pub(crate) options: &'a TimelineOptions,
    pub(crate) scale: Scale,
}

/// The timeline of an overview as SVG.
pub fn timeline(overview: &Overview, options: &TimelineOptions) -> String {
    let palette = palette(overview);
    let mut sections = Maker::new(overview, &palette, options.about.as_deref()).sections();
    let window = options
        .window
        .map(|(a, b)| (a.min(b), a.max(b)))
        .unwrap_or_else(|| choose::natural_window(overview, &sections));
    let outside = choose::keep_window(&mut sections, window);
    choose::keep_most_telling(&mut sections, options.most_rows.max(1));
    let mut layout = Layout::new(options, &sections);
    let sheet = Sheet {
        overview,
        palette: &palette,
        settings: settings_of(&overview.calendar),
        options,
        scale: Scale::new(window.0, window.1, layout.plot_left, layout.plot_right),
    };
    let mut body = Svg::new();
    let head = head::draw_head(&sheet, &sections, outside, &mut body);
    layout.shift_to(head);
    let bottom = layout.bottom();
    if overview.covers.is_some() || sections.iter().any(|s| !s.rows.is_empty()) {
        let axis_y = layout.axis_y;
        draw_axis(&sheet.scale, &overview.calendar, axis_y, bottom, &mut body);
    } else {
        // Without a single day there is nothing to count from.
        body.element("text")
            .class("status")
            .at(layout.label_left, layout.axis_y)
            .text("nothing is dated yet");
    }
    draw_rows(&sheet, &layout, &mut body);
    draw_cursor(&sheet, &layout, &mut body);
    let height = foot::draw_foot(&sheet, &sections, bottom + 30.0, &mut body);
    let title = head::title_of(&sheet);
    frame(
        &Frame {
            picture: "timeline",
            look: &options.look,
            height,
            title: &title,
            description: &head::description(&sheet, &sections),
            css: CSS,
            attributes: &attributes(&sheet.scale),
            definitions: &Svg::new(),
        },
        &body,
    )
}

/// The heading of a section, as a word.
pub(crate) fn heading_of(section: &Section) -> String {
    layout::heading_words(&section.heading).0
}

/// What a page needs to rescale the picture.
pub(crate) fn attributes(scale: &Scale) -> [(&'static str, String); 4] {
    [
        ("data-first", scale.first.to_string()),
        ("data-last", scale.last.to_string()),
        ("data-left", number(scale.left)),
        ("data-right", number(scale.right)),
    ]
}

fn draw_rows(sheet: &Sheet, layout: &Layout, body: &mut Svg) {
    body.group("stripes");
    for place in layout.places.iter().filter(|place| place.striped) {
        body.element("rect")
            .class("stripe")
            .at(24.0, place.top)
            .num("width", sheet.options.look.drawn_width() - 48.0)
            .num("height", place.height)
            .num("rx", 2.0)
            .done();
    }
    body.close("g");
    for place in &layout.places {
        match &place.what {
            layout::What::Heading(section, shift) => {
                head::draw_heading(sheet, section, *shift, place, body);
            }
            layout::What::Row(row) => bars::draw_row(sheet, layout, row, place, body),
            layout::What::More(section) => draw_more(sheet, layout, section, place, body),
        }
    }
}

/// How much lies where, of the rows that are not shown.
fn draw_more(sheet: &Sheet, layout: &Layout, section: &Section, place: &Place, body: &mut Svg) {
    body.group("more");
    body.element("text")
        .class("status")
        .at(layout.label_left, place.label_y)
        .text(&format!("and {} more", section.more.len()));
    let scale = &sheet.scale;
    let bins = ((scale.right - scale.left) / 6.0).floor().clamp(1.0, 400.0) as usize;
    let counts = counts(section, scale, bins);
    let most = counts.iter().copied().max().unwrap_or(0).max(1);
    let wide = (scale.right - scale.left) / bins as f64;
    for (at, count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
        let height = (*count as f64 / most as f64 * 12.0).max(1.5);
        let day = |at: usize| {
            let part = at as f64 / bins as f64;
            (f64::from(scale.first) + part * scale.days()).floor() as i32
        };
        body.element("rect")
            .class("density")
            .at(scale.left + at as f64 * wide, place.bar_y + 6.0 - height)
            .num("width", wide - 1.0)
            .num("height", height)
            .day("data-a", Some(day(at)))
            .day("data-b", Some(day(at + 1)))
            .done();
    }
    body.close("g");
}

/// How many of the rows left out have a day in each bin; each counts fully in every bin it touches.
fn counts(section: &Section, scale: &Scale, bins: usize) -> Vec<usize> {
    let bin = |x: f64| {
        let part = (x - scale.left) / (scale.right - scale.left);
        ((part * bins as f64).floor().max(0.0) as usize).min(bins - 1)
    };
    // Where rows begin and end, summed up afterwards, so that long rows cost no more than short.
    let mut steps = vec![0_i64; bins + 1];
    for run in &section.more {
        steps[bin(scale.start(run.first))] += 1;
        steps[bin(scale.end(run.last) - 0.001) + 1] -= 1;
    }
    let mut running = 0;
    let sum = steps.iter().take(bins).map(|step| {
        running += step;
        usize::try_from(running).unwrap_or(0)
    });
    sum.collect()
}

fn draw_cursor(sheet: &Sheet, layout: &Layout, body: &mut Svg) {
    let Some(day) = sheet.options.look.at else {
        return;
    };
    if !sheet.scale.shows(Some(day), Some(day)) {
        return;
    }
    let x = sheet.scale.middle(Some(day), Some(day));
    body.element("g")
        .class("at-day")
        .day("data-a", Some(day))
        .open();
    body.element("line")
        .class("cursor")
        .num("x1", x)
        .num("x2", x)
        .num("y1", layout.axis_y + 4.0)
        .num("y2", layout.bottom())
        .done();
    let words = day_words(day, &sheet.settings);
    let half = crate::text::width(&words, 10.5) / 2.0 + 4.0;
    let middle = x.clamp(sheet.scale.left + half, sheet.scale.right - half);
    body.element("text")
        .class("small cursor-words halo")
        .at(middle, layout.bottom() + 13.0)
        .attr("text-anchor", "middle")
        .text(&words);
    body.close("g");
}

const CSS: &str = "\
.annals.timeline .stripe{fill:$panel}
.annals.timeline .section{font-size:13px;font-weight:600}
.annals.timeline .section-line{stroke:$rule;stroke-width:1}
.annals.timeline .axis-line{stroke:$ink;stroke-width:1}
.annals.timeline .tick{stroke:$rule;stroke-width:1}
.annals.timeline .ticks text{font-size:11px;fill:$muted}
.annals.timeline .ticks .strong-words{fill:$ink}
.annals.timeline .grid{stroke:$faint;stroke-width:1}
.annals.timeline .grid.strong{stroke:$faint;stroke-width:1.6}
.annals.timeline .tree{stroke:$rule;stroke-width:1;fill:none}
.annals.timeline .density{fill:$possible}
.annals.timeline .days{font-size:10.5px;fill:$muted}
.annals.timeline .cursor-words{fill:$cursor}
.annals.timeline .at-none .row-label{fill:$muted}
.annals.timeline .mark:hover .row-label{fill:$select}
";
