//! Dates that hang from a label or from the event told before: `3 days after #x`, `then`.

use annals_chronicle::{Anchor, Bound, EventId, Point};
use annals_text::Report;

use super::condition::{Fault, Found, Placed, Reader};
use super::grids::CellUnit;
use super::{Labelled, Previous, faults};

impl Reader<'_, '_> {
    /// A relative date, if one begins here; the cursor is then behind it.
    pub(crate) fn relative(&mut self) -> Found {
        self.cursor.skip_space();
        let start = self.cursor.at;
        let rules: [fn(&mut Self) -> Found; 6] = [
            Self::then,
            Self::between_labels,
            Self::prepositional,
            Self::cell,
            Self::same_time,
            Self::distance,
        ];
        for rule in rules {
            if let Some(placed) = rule(self)? {
                return Ok(Some(placed));
            }
            self.cursor.at = start;
        }
        Ok(None)
    }

    fn then(&mut self) -> Found {
        let start = self.cursor.at;
        if !self
            .cursor
            .eat_any(&["then", "after that", "afterwards", "thereafter"])
        {
            return Ok(None);
        }
        let points = match self.previous(start)? {
            Some(events) => events
                .iter()
                .map(|event| {
                    Point::After(Anchor {
                        event: *event,
                        bound: Bound::Whole,
                    })
                })
                .collect(),
            None => vec![Point::Undated],
        };
        Ok(Some(Placed {
            points: points.into(),
            ..Placed::relative(Point::Undated)
        }))
    }

    /// The events told before; `None` where their line could not be read, which is said aside.
    fn previous(&mut self, start: usize) -> Result<Option<Vec<EventId>>, Fault> {
        let span = self.cursor.span(start, self.cursor.at);
        let words = self.cursor.text[start..self.cursor.at].trim();
        self.ground.asked.more = true;
        let why = match self.ground.previous {
            Previous::Events(events) => return Ok(Some(events.to_vec())),
            Previous::Unreadable => {
                self.asides.push(
                    Report::lint(
                        "then-without-event",
                        format!("`{words}` places nothing while the line before it cannot be read"),
                    )
                    .at(span, "mend the line before it first"),
                );
                return Ok(None);
            }
            Previous::Nothing => "no event claim stands before it in this section",
            Previous::Table => "rows of a table have no order, for tables get sorted",
            Previous::Question => "a question stands after no claim",
        };
        Err(Box::new(faults::then_without_event(span, words, why)))
    }

    /// The end of the last event told before.
    pub(super) fn previous_anchor(&mut self, start: usize) -> Result<Option<Anchor>, Fault> {
        Ok(self.previous(start)?.and_then(|events| {
            events.last().map(|event| Anchor {
                event: *event,
                bound: Bound::Whole,
            })
        }))
    }

    /// `between #a and #b`: after the first and before the second.
    fn between_labels(&mut self) -> Found {
        if !self.cursor.eat_word("between") {
            return Ok(None);
        }
        let Some(first) = self.label_reference()? else {
            return Ok(None);
        };
        if !self.cursor.eat_word("and") {
            return Ok(None);
        }
        let Some(second) = self.label_reference()? else {
            return Err(self.no_reference());
        };
        let points = [first.map(Point::After), second.map(Point::Before)];
        Ok(Some(Placed {
            points: points.into_iter().flatten().collect(),
            ..Placed::relative(Point::Undated)
        }))
    }

    /// `after #x`, `before #x`, `during #x`, `at #x`, `start of #x`.
    fn prepositional(&mut self) -> Found {
        let _ = self.cursor.eat_any(&[
            "some time",
            "sometime",
            "soon",
            "shortly",
            "immediately",
            "not long",
            "long",
            "just",
            "right",
        ]);
        let make: Option<fn(Anchor) -> Point> = if self.cursor.eat_word("after") {
            Some(Point::After)
        } else if self.cursor.eat_word("before") {
            Some(Point::Before)
        } else if self.cursor.eat_any(&["during", "in the course of"]) {
            Some(Point::During)
        } else if self
            .cursor
            .eat_any(&["at the time of", "on the day of", "at", "on"])
        {
            Some(Point::At)
        } else {
            None
        };
        let start = self.cursor.at;
        let unsupported = make.is_none() && self.cursor.eat_any(&["from", "since", "until", "by"]);
        let Some(anchor) = self.label_reference()? else {
            return Ok(None);
        };
        if unsupported {
            let span = self.cursor.span(start, self.cursor.at);
            return Err(Box::new(
                Report::error("bad-date", "a span begins and ends with dates, not with labels")
                    .at(span, "a date was expected here")
                    .help("write `after #label` for what began later, `before #label` for what ended earlier"),
            ));
        }
        let Some(anchor) = anchor else {
            return Ok(Some(Placed::relative(Point::Undated)));
        };
        let point = match make {
            Some(make) => make(anchor),
            // `start of #x` alone says on which day; a bare label says nothing.
            None if anchor.bound != Bound::Whole => Point::At(anchor),
            None => {
                let span = self.cursor.span(start, self.cursor.at);
                return Err(Box::new(
                    Report::error("bad-date", "a label alone is no date")
                        .at(span, "is it after, before, during or at this event?")
                        .help("write `at #label`, `after #label` or the like"),
                ));
            }
        };
        // The start of something has no inside.
        let point = match point {
            Point::During(a) if a.bound != Bound::Whole => Point::At(a),
            other => other,
        };
        Ok(Some(Placed::relative(point)))
    }

    /// `[the start of] #x`; the outer `None` where no label stands here, the inner one where the
    /// label's own line cannot be read.
    pub(super) fn label_reference(&mut self) -> Result<Option<Option<Anchor>>, Fault> {
        let start = self.cursor.at;
        let _ = self.cursor.eat_word("the");
        let bound = if self
            .cursor
            .eat_any(&["start of", "beginning of", "outbreak of"])
        {
            Bound::Start
        } else if self.cursor.eat_any(&["end of", "close of"]) {
            Bound::End
        } else {
            Bound::Whole
        };
        let Some((label, span)) = self.cursor.eat_label() else {
            self.cursor.at = start;
            return Ok(None);
        };
        let found = self.ground.labels.find(&label);
        match found {
            Labelled::Event(event) => self.ground.asked.events.push(event),
            Labelled::Unreadable | Labelled::Unknown => self.ground.asked.more = true,
        }
        match found {
            Labelled::Event(event) => Ok(Some(Some(Anchor { event, bound }))),
            Labelled::Unreadable => {
                self.asides.push(faults::unreadable_label(&label, span));
                Ok(Some(None))
            }
            Labelled::Unknown => {
                let names = self.ground.labels.names();
                Err(Box::new(faults::unknown_label(&label, span, names)))
            }
        }
    }

    /// `the following year`, `that month`, `the year after #x`, `the same day as #x`.
    fn cell(&mut self) -> Found {
        let start = self.cursor.at;
        let _ = self.cursor.eat_any(&["in", "on", "during", "at"]);
        let the = self.cursor.eat_word("the");
        let mut offset = if self.cursor.eat_any(&["following", "next"]) {
            Some(1)
        } else if self.cursor.eat_any(&["previous", "preceding"]) {
            Some(-1)
        } else if self.cursor.eat_any(&["same", "that very"])
            || !the && self.cursor.eat_word("that")
        {
            Some(0)
        } else {
            None
        };
        if !the && offset.is_none() {
            return Ok(None);
        }
        let unit = if self.cursor.eat_word("year") {
            Some(CellUnit::Year)
        } else if self.cursor.eat_word("month") {
            Some(CellUnit::Month)
        } else if self.cursor.eat_word("day") {
            None
        } else {
            return Ok(None);
        };
        // `the year 644` is a date of its own, `the year after #x` counts from a label.
        let linked = match offset {
            Some(0) => self.cursor.eat_any(&["as", "of"]),
            Some(1) => self.cursor.eat_any(&["after", "following"]),
            Some(_) => self.cursor.eat_word("before"),
            None if self.cursor.eat_any(&["after", "following"]) => {
                offset = Some(1);
                true
            }
            None if self.cursor.eat_word("before") => {
                offset = Some(-1);
                true
            }
            None if self.cursor.eat_word("of") => {
                offset = Some(0);
                true
            }
            None => false,
        };
        let Some(offset) = offset else {
            return Ok(None);
        };
        let anchor = if linked {
            match self.label_reference()? {
                Some(anchor) => anchor,
                None => return Ok(None),
            }
        } else {
            self.previous_anchor(start)?
        };
        let Some(anchor) = anchor else {
            return Ok(Some(Placed::relative(Point::Undated)));
        };
        Ok(Some(Placed::relative(
            self.in_cell(anchor, unit, offset, start)?,
        )))
    }

    fn in_cell(
        &mut self,
        anchor: Anchor,
        unit: Option<CellUnit>,
        offset: i32,
        start: usize,
    ) -> Result<Point, Fault> {
        let Some(unit) = unit else {
            return Ok(match offset {
                0 => Point::At(anchor),
                days => Point::Offset {
                    anchor,
                    least: Some(days),
                    most: Some(days),
                },
            });
        };
        match self.ground.grids.id(unit) {
            Some(grid) => Ok(Point::Cell {
                anchor,
                grid,
                offset,
            }),
            None => Err(Box::new(
                Report::error(
                    "bad-date",
                    "this question counts in a unit the chronicle does not",
                )
                .at(
                    self.cursor.span(start, self.cursor.at),
                    "no claim counts so",
                )
                .help("ask about a number of days, or about a date"),
            )),
        }
    }
}
