//! Places that move because a text before them grew or shrank, or because files were numbered anew.

use crate::report::Report;
use crate::span::{FileId, Span};

/// Where the places of one file are found in another text of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shift {
    /// The file as it was numbered.
    pub from: FileId,
    /// Its number now.
    pub to: FileId,
    /// How many bytes further on a place stands now; below zero where it stands before.
    pub by: i64,
}

impl Shift {
    /// Where a place stands now. Places in other files stay.
    pub fn span(self, span: Span) -> Span {
        if span.file != self.from {
            return span;
        }
        Span {
            file: self.to,
            start: self.offset(span.start),
            end: self.offset(span.end),
        }
    }

    fn offset(self, offset: u32) -> u32 {
        u32::try_from(i64::from(offset) + self.by).unwrap_or_default()
    }

    /// A report as it reads now: all of its places moved.
    pub fn report(self, mut report: Report) -> Report {
        for label in &mut report.labels {
            label.span = self.span(label.span);
        }
        let edits = report.remedies.iter_mut().flat_map(|r| &mut r.edits);
        for edit in edits {
            edit.span = self.span(edit.span);
        }
        report
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_move_with_their_text_and_those_of_other_files_stay() {
        let shift = Shift {
            from: FileId(3),
            to: FileId(2),
            by: -4,
        };
        let moved = shift.span(Span::new(FileId(3), 10, 12));
        assert_eq!(moved, Span::new(FileId(2), 6, 8));
        let other = Span::new(FileId(1), 10, 12);
        assert_eq!(shift.span(other), other);
    }
}
