//! Two tellings over one axis: two readings, two sources, a chronicle with and without something.
//!
//! What comes in: two overviews and what each is called. What goes out: a picture in which every
//! event and state that differs has a row with two bars, the first telling's above the second's,
//! and a list in words of what differs. Of two sources a row of which only one tells has an empty
//! lane for the other: silence is no difference. Rows are matched by label or sentence, never by number,
//! since two compilations count differently.

mod pairs;

use annals_calendar::Settings;
use annals_query::{Comparison, Overview};

use crate::calendar::settings_of;
use crate::frame::{Frame, Look, frame};
use crate::legend::{Item, Swatch, draw_legend};
use crate::marks::{Kind, Mark, Run, translate};
use crate::scale::Scale;
use crate::svg::Svg;
use crate::text::{draw_title, fit, label_language, width, wrap};
use crate::timeline::{attributes, draw_axis, draw_bar};
use crate::words::covered;
use pairs::{Group, Pair, Standing, Telling, groups};

/// How a comparison is drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct CompareOptions {
    /// Theme, width, day, citation.
    pub look: Look,
    /// What the two are called: `@xts`, `without @jts`.
    pub names: [String; 2],
    /// The first and the last day shown; the days that differ if not given.
    pub window: Option<(i32, i32)>,
    /// Whether rows that do not differ are shown too.
    pub alike: bool,
    /// The most rows.
    pub most_rows: usize,
    /// Of two sources, how their accounts lie to each other. Without it the two are one chronicle
    /// before and after a change, where what is no longer told differs.
    pub compared: Option<Comparison>,
}

impl Default for CompareOptions {
    fn default() -> CompareOptions {
        CompareOptions {
            look: Look::default(),
            names: ["first".to_owned(), "second".to_owned()],
            window: None,
            alike: false,
            most_rows: 120,
            compared: None,
        }
    }
}

/// The classes of the two tellings, which have colours of their own, not those of polities.
const SIDES: [&str; 2] = ["c0", "c1"];
const LABEL: f64 = 12.0;
const ROW: f64 = 30.0;

/// What differs between two overviews, in words: a line each.
pub fn differences(first: &Overview, second: &Overview, names: &[String; 2]) -> Vec<String> {
    let (groups, _) = groups(first, second, None);
    let settings = settings_of(&first.calendar);
    let covered = covered(first);
    let pairs = groups.iter().flat_map(|group| &group.pairs);
    let differing = pairs.filter(|pair| pair.differs());
    differing
        .map(|pair| in_words(pair, names, &settings, covered))
        .collect()
}

/// Two overviews side by side, as SVG.
pub fn compare(first: &Overview, second: &Overview, options: &CompareOptions) -> String {
    let (mut groups, alike) = groups(first, second, options.compared.as_ref());
    if !options.alike {
        for group in &mut groups {
            group.pairs.retain(Pair::is_shown);
        }
    }
    let left_out = keep_first(&mut groups, options.most_rows.max(1));
    let sheet = Sheet {
        options,
        first,
        settings: settings_of(&first.calendar),
        covered: covered(first),
    };
    let mut body = Svg::new();
    let top = sheet.head(&groups, alike, left_out, &mut body);
    let window = options
        .window
        .unwrap_or_else(|| natural_window(first, second, &groups));
    let plot = sheet.plot(&groups);
    let scale = Scale::new(window.0, window.1, plot.0, plot.1);
    let rows = sheet.rows(&groups, top + 62.0);
    draw_axis(&scale, &first.calendar, top + 56.0, rows.1, &mut body);
    for (group, y) in &rows.0 {
        sheet.draw_group(group, *y, &scale, &mut body);
    }
    let height = sheet.list(&groups, rows.1 + 30.0, &mut body);
    let title = sheet.title();
    frame(
        &Frame {
            picture: "compare",
            look: &options.look,
            height,
            title: &title,
            description: &format!("{title}: two timelines over one axis, what differs in rows."),
            css: CSS,
            attributes: &attributes(&scale),
            definitions: &Svg::new(),
        },
        &body,
    )
}

struct Sheet<'a> {
    options: &'a CompareOptions,
    first: &'a Overview,
    settings: Settings,
    covered: (i32, i32),
}

impl Sheet<'_> {
    fn title(&self) -> String {
        let [a, b] = &self.options.names;
        format!("Compared: {a} and {b}")
    }

    /// How much differs, and how much only one of them tells of.
    fn counted(&self, groups: &[Group]) -> String {
        let pairs = || groups.iter().flat_map(|g| &g.pairs);
        let count = |standing| pairs().filter(|p| p.standing == standing).count();
        let mut words = match count(Standing::Differ) {
            0 => "Nothing differs".to_owned(),
            1 => "1 thing differs".to_owned(),
            count => format!("{count} things differ"),
        };
        match count(Standing::Compatible) {
            0 => {}
            count => words.push_str(&format!(", {count} that can both be true")),
        }
        for side in 0..2 {
            match count(Standing::Only(side)) {
                0 => {}
                count => {
                    words.push_str(&format!(", {count} only in {}", self.options.names[side]));
                }
            }
        }
        words
    }

    /// Title, subtitle and legend; says where they end.
    fn head(&self, groups: &[Group], alike: usize, left_out: usize, svg: &mut Svg) -> f64 {
        let room = self.options.look.drawn_width() - 48.0;
        let mut words = self.counted(groups);
        words.push_str(&format!(", {alike} are told alike"));
        if left_out > 0 {
            words.push_str(&format!("; {left_out} rows more than fit"));
        }
        if let Some(title) = &self.first.title {
            words = format!("{title}. {words}");
        }
        let y = draw_title(&self.title(), &words, 24.0, room, svg);
        let [a, b] = &self.options.names;
        let items = [
            Item::new(Swatch::Colour(SIDES[0]), a),
            Item::new(Swatch::Colour(SIDES[1]), b),
            Item::new(Swatch::Certain, "certain"),
            Item::new(Swatch::Possible, "possible"),
            Item::new(Swatch::Day, "on this day"),
            Item::new(Swatch::Within, "once within these days"),
        ];
        svg.group("legend");
        let y = draw_legend(&items, 24.0, y, room, svg);
        svg.close("g");
        y
    }

    /// The left and the right edge of the bars' room.
    fn plot(&self, groups: &[Group]) -> (f64, f64) {
        let whole = self.options.look.drawn_width();
        let pairs = groups.iter().flat_map(|group| &group.pairs);
        let widest = pairs
            .map(|pair| width(&pair.label, LABEL))
            .fold(120.0, f64::max);
        let left = 40.0 + widest.min(whole * 0.36) + 16.0;
        (left, whole - 24.0)
    }

    /// The top of each group, and the end of the last.
    fn rows<'g>(&self, groups: &'g [Group<'g>], top: f64) -> (Vec<(&'g Group<'g>, f64)>, f64) {
        let mut y = top;
        let mut placed = Vec::new();
        for group in groups.iter().filter(|group| !group.pairs.is_empty()) {
            placed.push((group, y));
            y += 28.0 + ROW * group.pairs.len() as f64;
        }
        (placed, y + 4.0)
    }

    fn draw_group(&self, group: &Group, top: f64, scale: &Scale, svg: &mut Svg) {
        svg.element("text")
            .class("section")
            .at(24.0, top + 20.0)
            .lang(label_language(&group.heading).as_deref())
            .text(&group.heading);
        for (at, pair) in group.pairs.iter().enumerate() {
            let y = top + 28.0 + at as f64 * ROW;
            if at % 2 == 0 {
                svg.element("rect")
                    .class("stripe")
                    .at(24.0, y)
                    .num("width", self.options.look.drawn_width() - 48.0)
                    .num("height", ROW)
                    .num("rx", 2.0)
                    .done();
            }
            if pair.differs() {
                // The sign that something differs, beside the words that say what.
                svg.element("text")
                    .class("differs")
                    .at(27.0, y + 19.0)
                    .text("≠");
            }
            let label = fit(&pair.label, LABEL, scale.left - 56.0);
            svg.element("text")
                .class("row-label")
                .at(40.0, y + 19.0)
                .lang(label_language(&pair.label).as_deref())
                .text_of(&label.shown, label.full.as_deref());
            for side in 0..2 {
                self.draw_side(pair, side, y + 9.5 + side as f64 * 12.0, scale, svg);
            }
        }
    }

    /// One telling's bar.
    fn draw_side(&self, pair: &Pair, side: usize, y: f64, scale: &Scale, svg: &mut Svg) {
        let Some(telling) = &pair.sides[side] else {
            return svg
                .element("text")
                .class("status untold")
                .at(scale.left + 6.0, y + 3.5)
                .text(&format!("{}: {}", self.options.names[side], self.silence()));
        };
        let words = telling.words(&self.settings, self.covered);
        let label = format!("{}: {}: {words}", self.options.names[side], pair.sentence);
        let (kind, id) = telling.of();
        Mark {
            prefix: ["compare", "compare-second"][side],
            kind,
            id,
            nth: 0,
            class: ["first", "second"][side],
            when: Some(&telling.when),
            at: self.options.look.at,
            label: &label,
        }
        .open(svg);
        svg.element("title").text(&label);
        let runs: Vec<&Run> = telling
            .when
            .runs()
            .iter()
            .filter(|run| scale.shows(run.first, run.last))
            .collect();
        for run in &runs {
            let class = if run.certain { "fill" } else { "hatch" };
            let one_day = run.first.is_some() && run.first == run.last;
            if !(telling.is_moment() && one_day) {
                draw_bar(scale, run, &format!("{class} {}", SIDES[side]), y, 7.0, svg);
            }
            if telling.is_moment() {
                draw_diamond(scale, run, one_day, SIDES[side], y, svg);
            }
        }
        if runs.is_empty() {
            svg.element("text")
                .class("status")
                .at(scale.left + 6.0, y + 3.5)
                .text("outside these days");
        } else if kind == Kind::Event {
            draw_days(&words, &runs, scale, y, svg);
        }
        svg.close("g");
    }

    /// What one of them does that does not tell of something.
    fn silence(&self) -> &'static str {
        match self.options.compared {
            Some(_) => "silent",
            None => "not told",
        }
    }

    /// What differs and what only one tells of, in words, from `y` on; says where the list ends.
    fn list(&self, groups: &[Group], mut y: f64, svg: &mut Svg) -> f64 {
        let [a, b] = &self.options.names;
        for (standing, heading) in [
            (Standing::Differ, "What differs".to_owned()),
            (Standing::Compatible, "What can both be true".to_owned()),
            (Standing::Only(0), format!("Only in {a}")),
            (Standing::Only(1), format!("Only in {b}")),
        ] {
            let pairs = groups.iter().flat_map(|group| &group.pairs);
            let mut lines = pairs
                .filter(|pair| pair.standing == standing)
                .map(|pair| self.told(pair))
                .peekable();
            if lines.peek().is_some() {
                y = self.list_of(&heading, lines, y, svg);
            }
        }
        y
    }

    /// A pair in words.
    fn told(&self, pair: &Pair) -> String {
        match (&pair.standing, &pair.sides) {
            (Standing::Only(_), [Some(telling), _] | [_, Some(telling)]) => {
                let days = telling.words(&self.settings, self.covered);
                format!("{}: {days}.", pair.sentence)
            }
            _ => in_words(pair, &self.options.names, &self.settings, self.covered),
        }
    }

    fn list_of(
        &self,
        heading: &str,
        lines: impl Iterator<Item = String>,
        mut y: f64,
        svg: &mut Svg,
    ) -> f64 {
        svg.element("text")
            .class("section")
            .at(24.0, y)
            .text(heading);
        y += 20.0;
        let room = self.options.look.drawn_width() - 64.0;
        for words in lines {
            for line in wrap(&words, 11.5, room, 3) {
                svg.element("text")
                    .class("told")
                    .at(40.0, y)
                    .text_of(&line.shown, line.full.as_deref());
                y += 15.5;
            }
            y += 3.0;
        }
        y + 14.0
    }
}

fn draw_diamond(scale: &Scale, run: &Run, known: bool, class: &str, y: f64, svg: &mut Svg) {
    let x = match (run.first, run.last) {
        (None, Some(last)) => scale.middle(Some(last), Some(last)),
        (Some(first), None) => scale.middle(Some(first), Some(first)),
        (first, last) => scale.middle(first, last),
    };
    let shape = if known { "fill" } else { "hollow line" };
    svg.element("path")
        .class(&format!("diamond {shape} {class}"))
        .attr("d", "M0 -5L5 0L0 5L-5 0Z")
        .attr("transform", &translate(x, y))
        .day("data-a", run.first)
        .day("data-b", run.last.map(|day| day.saturating_add(1)))
        .done();
}

fn draw_days(words: &str, runs: &[&Run], scale: &Scale, y: f64, svg: &mut Svg) {
    let (Some(first), Some(last)) = (runs.first(), runs.last()) else {
        return;
    };
    let needs = width(words, 10.0) + 16.0;
    let (start, end) = (scale.start(first.first), scale.end(last.last));
    let (x, anchor, day) = if end + needs <= scale.right {
        (end + 9.0, "start", last.last)
    } else if start - needs >= scale.left {
        (start - 9.0, "end", first.first)
    } else {
        return;
    };
    svg.element("text")
        .class("days")
        .at(x, y + 3.5)
        .attr("text-anchor", anchor)
        .day("data-a", day)
        .text(words);
}

fn in_words(pair: &Pair, names: &[String; 2], settings: &Settings, covered: (i32, i32)) -> String {
    let side = |at: usize| match &pair.sides[at] {
        Some(telling) => format!("{}: {}", names[at], telling.words(settings, covered)),
        None => format!("{}: not told", names[at]),
    };
    format!("{}. {}; {}.", pair.sentence, side(0), side(1))
}

/// The days that differ, with a little room; all days if none do.
fn natural_window(first: &Overview, second: &Overview, groups: &[Group]) -> (i32, i32) {
    let covered = [first, second].map(crate::words::covered);
    let ends = covered.map(|(begin, end)| [begin, end]).concat();
    let tellings = groups
        .iter()
        .flat_map(|group| &group.pairs)
        .flat_map(|pair| pair.sides.iter().flatten());
    let days: Vec<i32> = tellings
        .flat_map(|telling: &Telling| telling.when.runs())
        .flat_map(|run| [run.first, run.last])
        .flatten()
        .filter(|day| !ends.contains(day))
        .collect();
    let (Some(low), Some(high)) = (days.iter().min(), days.iter().max()) else {
        return (first.first.min(second.first), first.last.max(second.last));
    };
    let room = ((i64::from(*high) - i64::from(*low)) / 24).clamp(2, 36_500) as i32;
    (low.saturating_sub(room), high.saturating_add(room))
}

/// Keeps so many rows; says how many are left out.
fn keep_first(groups: &mut Vec<Group>, most: usize) -> usize {
    let (mut room, mut left_out) = (most, 0);
    for group in groups.iter_mut() {
        left_out += group.pairs.len().saturating_sub(room);
        group.pairs.truncate(room);
        room -= group.pairs.len();
    }
    groups.retain(|group| !group.pairs.is_empty());
    left_out
}

const CSS: &str = "\
.annals.compare .stripe{fill:$panel}
.annals.compare .section{font-size:13px;font-weight:600}
.annals.compare .axis-line{stroke:$ink;stroke-width:1}
.annals.compare .tick{stroke:$rule;stroke-width:1}
.annals.compare .ticks text{font-size:11px;fill:$muted}
.annals.compare .ticks .strong-words{fill:$ink}
.annals.compare .grid{stroke:$faint;stroke-width:1}
.annals.compare .days{font-size:10px;fill:$muted}
.annals.compare .untold{font-size:10.5px}
.annals.compare .differs{font-weight:600;fill:$conflict}
.annals.compare .told{font-size:11.5px}
";
