//! The list below a map: what happens on the day, whether it has a place or not.
//!
//! A map drawn at a day lists that day. One drawn for all days holds every line and lists none: a
//! page that moves the cursor places those of its day by the same rule, which `docs/pictures.md`
//! states. What certainly happens comes first, so that nothing that merely may takes its line;
//! what has no line is counted.

use annals_query::{EventSeen, Overview};

use super::scene::Point;
use crate::marks::{At, Kind, Mark, When, translate};
use crate::svg::Svg;
use crate::text;
use crate::words::days_words;

/// The most lines of the list, in two columns.
const MOST_LINES: usize = 12;

const LETTERS: f64 = 11.0;
const ROW: f64 = 16.0;

/// An event of the list: its number on the map, and when it is listed.
pub(crate) type Listed<'a> = (usize, &'a EventSeen, &'a When);

/// What is listed on a day.
pub(crate) struct List<'a> {
    /// All that may be listed, what is dated most narrowly first.
    events: Vec<Listed<'a>>,
    /// Of those, what has a line on the day the map is drawn at, in the order of lines.
    lines: Vec<usize>,
    /// What the day has besides, in words.
    remark: Option<String>,
    /// Lines there is room for, the remark's own among them.
    rows: usize,
}

impl<'a> List<'a> {
    pub(crate) fn new(mut events: Vec<Listed<'a>>, at: Option<i32>) -> List<'a> {
        events.sort_by_key(|(index, _, when)| (width(when), *index));
        let lines = at.map_or(vec![], |day| on(&events, day));
        let most = match at {
            Some(_) => lines.len(),
            None => busiest(&events),
        };
        let more = lines.len().saturating_sub(MOST_LINES);
        let remark = match (at, lines.len(), more) {
            (None, _, _) => Some("a map of one day lists here what happens on it".to_owned()),
            (_, 0, _) => Some("nothing is dated near this day".to_owned()),
            (_, _, 0) => None,
            (_, _, more) => Some(format!("and {more} more")),
        };
        let remarks = usize::from(at.is_none() || remark.is_some());
        List {
            rows: most.min(MOST_LINES).div_ceil(2) + remarks,
            lines: lines.into_iter().take(MOST_LINES).collect(),
            events,
            remark,
        }
    }

    /// How high it is.
    pub(crate) fn height(&self) -> f64 {
        match self.events.is_empty() {
            true => 0.0,
            false => 22.0 + self.rows as f64 * ROW,
        }
    }

    /// Draws it in two columns.
    pub(crate) fn draw(
        &self,
        svg: &mut Svg,
        (left, top): Point,
        wide: f64,
        (overview, at): (&Overview, Option<i32>),
    ) {
        if self.events.is_empty() {
            return;
        }
        svg.element("text")
            .class("list-title")
            .at(left, top + 12.0)
            .text("What happens");
        let column = wide / 2.0;
        svg.element("g")
            .class("notes")
            .int("data-lines", MOST_LINES as i64)
            .num("data-column", column)
            .num("data-row", ROW)
            .open();
        for (nth, event) in self.events.iter().enumerate() {
            let line = self.lines.iter().position(|of| *of == nth);
            let words = self.words(event, overview, column - 34.0);
            note(svg, event, (left, top + 32.0), &words, column, (line, at));
        }
        let below = self.lines.len().div_ceil(2) as f64 * ROW;
        svg.element("text")
            .class("note-text more-words")
            .at(left + 24.0, top + 32.0)
            .attr("transform", &translate(0.0, below))
            .text(self.remark.as_deref().unwrap_or_default());
        svg.close("g");
    }
}

impl List<'_> {
    /// An event with its days, in as many words as there is room for.
    fn words(&self, (_, event, when): &Listed<'_>, overview: &Overview, room: f64) -> String {
        let whole = format!("{} ({})", event.sentence, event.words);
        if text::width(&whole, LETTERS) <= room {
            return whole;
        }
        format!("{} ({})", event.sentence, days_words(overview, when))
    }
}

/// A line of the list, moved from the place of the first one to its own.
fn note(
    svg: &mut Svg,
    (index, event, when): &Listed<'_>,
    (x, y): Point,
    words: &str,
    column: f64,
    (line, at): (Option<usize>, Option<i32>),
) {
    let nth = line.unwrap_or(0);
    let place = translate((nth % 2) as f64 * column, (nth / 2) as f64 * ROW);
    let mark = Mark {
        prefix: "map",
        kind: Kind::Event,
        id: event.id,
        nth: 1,
        class: match line {
            None if at.is_some_and(|day| when.at(day) != At::None) => "timed note left-out",
            _ => "timed note",
        },
        when: Some(when),
        at,
        label: &format!("{}, {}", event.sentence, event.words),
    };
    mark.open_with(svg, &[("transform", Some(&place))]);
    svg.element("text")
        .class("note-number")
        .at(x + 18.0, y)
        .attr("text-anchor", "end")
        .text(&(index + 1).to_string());
    let fitted = text::fit(words, LETTERS, column - 34.0);
    svg.element("text")
        .class("note-text")
        .at(x + 24.0, y)
        .text_of(&fitted.shown, fitted.full.as_deref());
    svg.close("g");
}

/// What is seen on a day: what certainly happens, then what may, each in the order given.
fn on(events: &[Listed<'_>], day: i32) -> Vec<usize> {
    let mut seen: Vec<usize> = (0..events.len())
        .filter(|nth| events[*nth].2.at(day) != At::None)
        .collect();
    seen.sort_by_key(|nth| std::cmp::Reverse(events[*nth].2.at(day)));
    seen
}

/// How many days lie between the first and the last day of an event.
fn width(when: &When) -> i64 {
    let first = when.runs().first().and_then(|r| r.first);
    let last = when.runs().last().and_then(|r| r.last);
    first
        .zip(last)
        .map_or(i64::MAX, |(a, b)| i64::from(b) - i64::from(a))
}

/// The most events that are seen on one day.
fn busiest(events: &[Listed<'_>]) -> usize {
    let runs = events.iter().flat_map(|(_, _, when)| when.runs());
    let mut turns: Vec<(i64, bool)> = runs
        .flat_map(|run| {
            let first = run.first.map_or(i64::MIN, i64::from);
            let after = run.last.map_or(i64::MAX, |last| i64::from(last) + 1);
            // On a day that ends one and begins another, the end comes first.
            [(first, true), (after, false)]
        })
        .collect();
    turns.sort_unstable();
    let (mut now, mut most) = (0_usize, 0);
    for (_, begins) in turns {
        now = match begins {
            true => now + 1,
            false => now.saturating_sub(1),
        };
        most = most.max(now);
    }
    most
}
