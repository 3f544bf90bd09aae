//! Places as editors count them: lines from zero, characters in UTF-16 units.
//!
//! What comes in: a text and byte offsets of it, or positions of an editor. What goes out: the
//! other of the two. This is the one place that converts; everything else counts bytes.

/// A place between two characters of a text, as editors count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// The line, from zero.
    pub line: u32,
    /// UTF-16 units from the start of the line: a Han character is one, an emoji two.
    pub character: u32,
}

/// What lies between two positions, the end excluded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Range {
    /// Its start.
    pub start: Position,
    /// Its end.
    pub end: Position,
}

/// Where the lines of a text begin. A line ends with `\n`, `\r\n` or `\r`, as in the protocol of
/// language servers; chronicles themselves know only the first two.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lines {
    starts: Vec<usize>,
}

impl Lines {
    /// The lines of a text.
    pub fn of(text: &str) -> Lines {
        let bytes = text.as_bytes();
        let breaks = bytes.iter().enumerate().filter(|(at, byte)| match byte {
            b'\n' => true,
            b'\r' => bytes.get(at + 1) != Some(&b'\n'),
            _ => false,
        });
        let mut starts = vec![0];
        starts.extend(breaks.map(|(at, _)| at + 1));
        Lines { starts }
    }

    /// The position of a byte offset; one beyond the end is read as the end, one inside a
    /// character as its start.
    pub fn position(&self, text: &str, offset: usize) -> Position {
        let offset = floor(text, offset);
        let line = self.starts.partition_point(|s| *s <= offset) - 1;
        let before = &text[self.starts[line]..offset];
        Position {
            line: line as u32,
            character: before.encode_utf16().count() as u32,
        }
    }

    /// The range of two byte offsets.
    pub fn range(&self, text: &str, start: usize, end: usize) -> Range {
        Range {
            start: self.position(text, start),
            end: self.position(text, end),
        }
    }

    /// The byte offset of a position; a line beyond the last is read as the end of the text, a
    /// character beyond the end of its line as that end, one inside a character as its start.
    pub fn offset(&self, text: &str, position: Position) -> usize {
        let Some((start, end)) = self.line(text, position.line as usize) else {
            return text.len();
        };
        let mut left = position.character as usize;
        for (at, c) in text[start..end].char_indices() {
            if left < c.len_utf16() {
                return start + at;
            }
            left -= c.len_utf16();
        }
        end
    }

    /// The bytes of a line counted from zero, without its line break.
    pub fn line(&self, text: &str, line: usize) -> Option<(usize, usize)> {
        let start = *self.starts.get(line)?;
        let end = self.starts.get(line + 1).copied().unwrap_or(text.len());
        let bare = text[start..end].trim_end_matches(['\r', '\n']).len();
        Some((start, start + bare))
    }

    /// The line an offset lies in, from zero.
    pub fn line_of(&self, offset: usize) -> usize {
        self.starts.partition_point(|s| *s <= offset) - 1
    }
}

/// The nearest character boundary at or before an offset.
pub(crate) fn floor(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(line: u32, character: u32) -> Position {
        Position { line, character }
    }

    #[test]
    fn units_are_those_of_utf_16() {
        let text = "焉耆 🐎x\ne\u{301}z";
        let lines = Lines::of(text);
        assert_eq!(lines.position(text, 7), at(0, 3));
        assert_eq!(lines.position(text, 11), at(0, 5));
        assert_eq!(lines.position(text, text.len()), at(1, 3));
        for (offset, _) in text.char_indices() {
            assert_eq!(lines.offset(text, lines.position(text, offset)), offset);
        }
    }

    #[test]
    fn what_lies_outside_or_inside_a_character_is_drawn_to_a_boundary() {
        let text = "焉🐎\nb";
        let lines = Lines::of(text);
        assert_eq!(lines.offset(text, at(0, 2)), 3);
        assert_eq!(lines.offset(text, at(0, 99)), 7);
        assert_eq!(lines.offset(text, at(9, 0)), text.len());
        assert_eq!(lines.position(text, 5), at(0, 1));
        assert_eq!(lines.position(text, 99), at(1, 1));
        assert_eq!(Lines::of("").position("", 0), at(0, 0));
    }

    #[test]
    fn every_line_break_of_the_protocol_counts() {
        let text = "a\r\nb\rc\n";
        let lines = Lines::of(text);
        assert_eq!(lines.line(text, 0), Some((0, 1)));
        assert_eq!(lines.line(text, 1), Some((3, 4)));
        assert_eq!(lines.line(text, 2), Some((5, 6)));
        assert_eq!(lines.line(text, 3), Some((7, 7)));
        assert_eq!(lines.line(text, 4), None);
        assert_eq!(lines.offset(text, at(0, 5)), 1);
    }
}
