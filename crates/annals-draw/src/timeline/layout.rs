//! Where each row of a timeline stands.
//!
//! What comes in: sections of rows. What goes out: a place for every heading and row, the column of
//! labels and the room for bars. In a narrow picture a label stands above its bar.

use super::options::TimelineOptions;
use super::rows::{Heading, Of, Row, Section};
use crate::text::{bold_width, width};

/// The size of labels.
pub(crate) const LABEL_SIZE: f64 = 12.0;
/// How far a part stands in from its whole.
pub(crate) const INDENT: f64 = 14.0;
/// The height of a row of one bar.
const ROW: f64 = 19.0;
/// What each side of a dispute adds to it.
pub(crate) const RIVAL: f64 = 9.0;
/// The height of a heading.
const HEADING: f64 = 28.0;
/// The picture's margin.
pub(crate) const MARGIN: f64 = 24.0;
/// The room left of labels for the sign of a contradiction.
const GUTTER: f64 = 14.0;

/// All places.
pub(crate) struct Layout<'a> {
    /// Where labels begin.
    pub(crate) label_left: f64,
    /// How wide a label may be.
    pub(crate) label_width: f64,
    /// Whether labels stand above their bars.
    pub(crate) narrow: bool,
    /// The left edge of the bars' room.
    pub(crate) plot_left: f64,
    /// Its right edge.
    pub(crate) plot_right: f64,
    /// The line of the axis.
    pub(crate) axis_y: f64,
    /// The places, from top to bottom.
    pub(crate) places: Vec<Place<'a>>,
}

/// A place.
pub(crate) struct Place<'a> {
    /// What stands there.
    pub(crate) what: What<'a>,
    /// Its upper edge.
    pub(crate) top: f64,
    /// Its height.
    pub(crate) height: f64,
    /// The line its label stands on.
    pub(crate) label_y: f64,
    /// The middle of its bar.
    pub(crate) bar_y: f64,
    /// Whether it has a ground of its own, as every other row has.
    pub(crate) striped: bool,
    /// For an event: how many rows above its whole stands, if it is shown.
    pub(crate) whole_at: Option<f64>,
}

/// What stands at a place.
pub(crate) enum What<'a> {
    /// A heading; the flag says whether it is the first.
    Heading(&'a Section<'a>, bool),
    /// A row.
    Row(&'a Row<'a>),
    /// The rows left out of a section.
    More(&'a Section<'a>),
}

impl<'a> Layout<'a> {
    /// Gives every row its place.
    pub(crate) fn new(options: &TimelineOptions, sections: &'a [Section<'a>]) -> Layout<'a> {
        let whole = options.look.drawn_width();
        let narrow = whole < 640.0;
        let label_left = MARGIN + GUTTER;
        let widest = sections
            .iter()
            .flat_map(|section| &section.rows)
            .map(|row| label_needs(row))
            .fold(120.0, f64::max);
        let label_width = if narrow {
            whole - label_left - MARGIN
        } else {
            widest.min(whole * 0.36)
        };
        let plot_left = if narrow {
            MARGIN
        } else {
            label_left + label_width + 14.0
        };
        let mut layout = Layout {
            label_left,
            label_width,
            narrow,
            plot_left,
            plot_right: whole - MARGIN,
            axis_y: 0.0,
            places: vec![],
        };
        let mut y = layout.axis_y + 8.0;
        for (at, section) in sections.iter().enumerate() {
            y = layout.place_section(options, section, at == 0, y);
        }
        layout
    }

    fn place_section(
        &mut self,
        options: &TimelineOptions,
        section: &'a Section<'a>,
        first: bool,
        mut y: f64,
    ) -> f64 {
        self.places.push(Place {
            what: What::Heading(section, first),
            top: y,
            height: HEADING,
            label_y: y + 20.0,
            bar_y: y + 20.0,
            striped: false,
            whole_at: None,
        });
        y += HEADING;
        let above = if self.narrow { 14.0 } else { 0.0 };
        // Wholes above the row being placed, with the y of their bars.
        let mut wholes: Vec<f64> = Vec::new();
        for (at, row) in section.rows.iter().enumerate() {
            let height = ROW + above + rivals_of(row, options) as f64 * RIVAL;
            let bar_y = y + above + ROW / 2.0;
            wholes.truncate(row.depth);
            self.places.push(Place {
                what: What::Row(row),
                top: y,
                height,
                label_y: y + 13.5,
                bar_y,
                striped: at % 2 == 0,
                whole_at: wholes.last().copied(),
            });
            wholes.push(y + ROW / 2.0);
            y += height;
        }
        if !section.more.is_empty() {
            self.places.push(Place {
                what: What::More(section),
                top: y,
                height: ROW + above,
                label_y: y + 13.5,
                bar_y: y + above + ROW / 2.0,
                striped: false,
                whole_at: None,
            });
            y += ROW + above;
        }
        y
    }

    /// Moves everything below a head that ends at `y`, with room for the words of the axis.
    pub(crate) fn shift_to(&mut self, y: f64) {
        let down = y + 52.0 - self.axis_y;
        self.axis_y += down;
        for place in &mut self.places {
            place.top += down;
            place.label_y += down;
            place.bar_y += down;
            place.whole_at = place.whole_at.map(|y| y + down);
        }
    }

    /// The lower edge of the last row.
    pub(crate) fn bottom(&self) -> f64 {
        let last = self.places.last();
        last.map_or(self.axis_y + 30.0, |place| place.top + place.height) + 6.0
    }
}

/// How many sides of a dispute a row shows below its bar.
pub(crate) fn rivals_of(row: &Row, options: &TimelineOptions) -> usize {
    match row.of {
        Of::Event(event) if options.all_rivals || !row.conflicts.is_empty() => event.rivals.len(),
        _ => 0,
    }
}

/// The remark after a label: what kind of telling it is, if not a plain one.
pub(crate) fn remark_of(row: &Row) -> String {
    match row.of {
        Of::Event(event) if event.status != "happened" => format!("({})", event.status),
        _ => String::new(),
    }
}

fn label_needs(row: &Row) -> f64 {
    let remark = remark_of(row);
    let remark = if remark.is_empty() {
        0.0
    } else {
        width(&remark, LABEL_SIZE) + 4.0
    };
    row.depth as f64 * INDENT + width(&row.label, LABEL_SIZE) + remark
}

/// The heading's words: a name, its second name and what it is.
pub(crate) fn heading_words(heading: &Heading) -> (String, Option<String>, String) {
    match heading {
        Heading::Events => ("Events".to_owned(), None, String::new()),
        Heading::Throughout => ("All the time".to_owned(), None, String::new()),
        Heading::Thing(thing) => {
            let name = crate::words::bare_name(&thing.name).to_owned();
            (name, crate::words::second_name(thing), thing.kind.clone())
        }
    }
}

/// How far the words of a heading reach.
pub(crate) fn heading_width(name: &str) -> f64 {
    bold_width(name, 13.0)
}
