//! A timeline as characters: `█` where it is certain, `░` where it is possible.
//!
//! A bar of an event that lasts has four bounds: it may run from its earliest start, surely runs
//! from its latest start to its earliest end, and may run to its latest end. An event of one
//! moment is certain only where its days fit into one column. A state's bar is its history. The
//! picture is the same for the same answer and width.

use annals_chronicle::Verdict;

use crate::answer::{DaysShown, EventShown, History, Timeline};

/// The columns of a picture and the days they stand for.
struct Scale {
    first: i64,
    days: i64,
    columns: i64,
}

/// What a column shows; the greater wins.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Mark {
    Nothing,
    Possible,
    Certain,
}

impl Scale {
    /// The column of a day, kept inside the picture.
    fn column(&self, day: i64) -> i64 {
        let at = (day - self.first).clamp(0, self.days - 1);
        at * self.columns / self.days
    }

    fn row(&self) -> Vec<Mark> {
        vec![Mark::Nothing; self.columns as usize]
    }

    /// Marks all columns from one day to another; an open end runs to the edge.
    fn mark(&self, row: &mut [Mark], first: Option<i64>, last: Option<i64>, mark: Mark) {
        let from = first.map_or(0, |d| self.column(d));
        let to = last.map_or(self.columns - 1, |d| self.column(d));
        for column in from..=to.max(from) {
            if let Some(cell) = row.get_mut(column as usize) {
                *cell = (*cell).max(mark);
            }
        }
    }
}

/// The picture in at most `width` columns.
pub(crate) fn picture(timeline: &Timeline, width: usize) -> String {
    let width = width.clamp(40, 400);
    let labels_width = (width * 2 / 5).clamp(16, 60);
    let first = i64::from(timeline.first.jdn);
    let scale = Scale {
        first,
        days: i64::from(timeline.last.jdn) - first + 1,
        columns: (width - labels_width - 1) as i64,
    };
    let mut lines = vec![axis(timeline, labels_width, scale.columns as usize)];
    let told: Vec<_> = timeline.events.iter().filter(|e| e.is_told()).collect();
    if !told.is_empty() {
        lines.push("events".to_owned());
        for event in told {
            lines.push(line(
                &event_name(event),
                &event_row(event, &scale),
                labels_width,
            ));
        }
    }
    if !timeline.states.is_empty() {
        lines.push("states".to_owned());
        for state in &timeline.states {
            lines.push(line(
                &state.sentence,
                &state_row(state, &scale),
                labels_width,
            ));
        }
    }
    lines.push("█ certain  ░ possible".to_owned());
    lines.join("\n")
}

fn axis(timeline: &Timeline, labels_width: usize, columns: usize) -> String {
    let (first, last) = (&timeline.first.text, &timeline.last.text);
    let gap = columns.saturating_sub(cells(first) + cells(last));
    if gap == 0 {
        return format!("{}{first} to {last}", " ".repeat(labels_width + 1));
    }
    format!(
        "{}{first}{}{last}",
        " ".repeat(labels_width + 1),
        " ".repeat(gap)
    )
}

fn event_name(event: &EventShown) -> String {
    match &event.label {
        Some(label) => format!("#{label} {}", event.sentence),
        None => event.sentence.clone(),
    }
}

fn ends(days: &DaysShown) -> (Option<i64>, Option<i64>) {
    let first = days.ranges.first().and_then(|r| r.first.as_ref());
    let last = days.ranges.last().and_then(|r| r.last.as_ref());
    (
        first.map(|d| i64::from(d.jdn)),
        last.map(|d| i64::from(d.jdn)),
    )
}

fn event_row(event: &EventShown, scale: &Scale) -> Vec<Mark> {
    let mut row = scale.row();
    let sure = event.status == "happened";
    let (earliest_start, latest_start) = ends(&event.start.days);
    let Some(end) = &event.end else {
        for range in &event.start.days.ranges {
            let day = |d: &Option<crate::answer::DayShown>| d.as_ref().map(|d| i64::from(d.jdn));
            scale.mark(
                &mut row,
                day(&range.first),
                day(&range.last),
                Mark::Possible,
            );
        }
        if let (true, Some(first), Some(last)) = (sure, earliest_start, latest_start)
            && scale.column(first) == scale.column(last)
        {
            scale.mark(&mut row, Some(first), Some(last), Mark::Certain);
        }
        return row;
    };
    let (earliest_end, latest_end) = ends(&end.days);
    scale.mark(&mut row, earliest_start, latest_end, Mark::Possible);
    if let (true, Some(from), Some(to)) = (sure, latest_start, earliest_end)
        && from <= to
    {
        scale.mark(&mut row, Some(from), Some(to), Mark::Certain);
    }
    row
}

fn state_row(state: &History, scale: &Scale) -> Vec<Mark> {
    let mut row = scale.row();
    for stretch in &state.stretches {
        let mark = match stretch.verdict {
            Verdict::Certain => Mark::Certain,
            Verdict::Possible => Mark::Possible,
            Verdict::Unknown | Verdict::Impossible => continue,
        };
        let first = stretch.first.as_ref().map(|d| i64::from(d.jdn));
        let last = stretch.last.as_ref().map(|d| i64::from(d.jdn));
        let after = first.is_some_and(|d| d >= scale.first + scale.days);
        let before = last.is_some_and(|d| d < scale.first);
        if !after && !before {
            scale.mark(&mut row, first, last, mark);
        }
    }
    row
}

fn line(name: &str, row: &[Mark], labels_width: usize) -> String {
    let bar: String = row
        .iter()
        .map(|mark| match mark {
            Mark::Nothing => ' ',
            Mark::Possible => '░',
            Mark::Certain => '█',
        })
        .collect();
    let text = format!("{} {bar}", fitted(name, labels_width));
    text.trim_end().to_owned()
}

/// A text cut or filled to a number of terminal columns.
pub(crate) fn fitted(text: &str, width: usize) -> String {
    let whole = cells(text);
    if whole <= width {
        return format!("{text}{}", " ".repeat(width - whole));
    }
    let mut kept = String::new();
    let mut used = 0;
    for c in text.chars() {
        let wide = cell(c);
        if used + wide + 1 > width {
            break;
        }
        used += wide;
        kept.push(c);
    }
    kept.push('…');
    kept.push_str(&" ".repeat(width.saturating_sub(used + 1)));
    kept
}

/// How many terminal columns a text takes.
pub(crate) fn cells(text: &str) -> usize {
    text.chars().map(cell).sum()
}

/// Wide scripts take two columns, combining marks none.
fn cell(c: char) -> usize {
    match c {
        '\u{0300}'..='\u{036F}' | '\u{200B}'..='\u{200F}' | '\u{FE00}'..='\u{FE0F}' => 0,
        '\u{1100}'..='\u{115F}'
        | '\u{2E80}'..='\u{A4CF}'
        | '\u{AC00}'..='\u{D7A3}'
        | '\u{F900}'..='\u{FAFF}'
        | '\u{FE30}'..='\u{FE6F}'
        | '\u{FF00}'..='\u{FF60}'
        | '\u{FFE0}'..='\u{FFE6}'
        | '\u{20000}'..='\u{3FFFD}' => 2,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_cut_by_columns_not_by_bytes() {
        assert_eq!(fitted("焉耆王", 8), "焉耆王  ");
        assert_eq!(fitted("焉耆王國", 6), "焉耆… ");
        assert_eq!(cells("Qočo"), 4);
    }

    #[test]
    fn a_day_has_a_column_inside_the_picture() {
        let scale = Scale {
            first: 10,
            days: 5,
            columns: 50,
        };
        assert_eq!(scale.column(9), 0);
        assert_eq!(scale.column(14), 40);
        assert_eq!(scale.column(99), 40);
    }
}
