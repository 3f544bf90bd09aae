//! A text as an editor holds it: open, changing, newer than the one on the disk.

use std::sync::Arc;

use crate::position::{Lines, Position, Range};

/// One version of an open text. A change makes another one, so that whoever still reads the old
/// version may.
#[derive(Clone, Debug)]
pub struct Document {
    /// The name the editor has for it, given back to it letter by letter.
    pub uri: String,
    /// The path the world knows it by.
    pub path: String,
    /// The editor's number of this version.
    pub version: i64,
    /// The text.
    pub text: Arc<str>,
    /// Where its lines begin.
    pub lines: Arc<Lines>,
}

/// One change of a text; without a range, the text becomes this one altogether.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What is replaced.
    pub range: Option<Range>,
    /// What stands there afterwards.
    pub text: String,
}

impl Document {
    /// A text just opened.
    pub fn new(
        uri: impl Into<String>,
        path: impl Into<String>,
        version: i64,
        text: &str,
    ) -> Document {
        Document {
            uri: uri.into(),
            path: path.into(),
            version,
            text: Arc::from(text),
            lines: Arc::new(Lines::of(text)),
        }
    }

    /// The text after some changes, each counted in the text that the one before it left.
    pub fn changed(&self, version: i64, changes: &[Change]) -> Document {
        let mut text = self.text.to_string();
        let mut lines = Arc::clone(&self.lines);
        for change in changes {
            match change.range {
                None => text.clone_from(&change.text),
                Some(range) => {
                    let start = lines.offset(&text, range.start);
                    let end = lines.offset(&text, range.end).max(start);
                    text.replace_range(start..end, &change.text);
                }
            }
            lines = Arc::new(Lines::of(&text));
        }
        Document {
            uri: self.uri.clone(),
            path: self.path.clone(),
            version,
            text: Arc::from(text),
            lines,
        }
    }

    /// The byte offset of a position.
    pub fn offset(&self, position: Position) -> usize {
        self.lines.offset(&self.text, position)
    }

    /// The range of two byte offsets.
    pub fn range(&self, start: usize, end: usize) -> Range {
        self.lines.range(&self.text, start, end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(from: (u32, u32), to: (u32, u32), text: &str) -> Change {
        let at = |(line, character)| Position { line, character };
        Change {
            range: Some(Range {
                start: at(from),
                end: at(to),
            }),
            text: text.to_owned(),
        }
    }

    #[test]
    fn changes_follow_one_another() {
        let document = Document::new("u", "p", 1, "焉耆🐎\nb\n");
        let changes = [
            change((0, 2), (0, 4), "!"),
            change((1, 0), (1, 1), "x\ny"),
            change((2, 1), (9, 9), "z"),
        ];
        assert_eq!(&*document.changed(2, &changes).text, "焉耆!\nx\nyz");
        let whole = Change {
            range: None,
            text: "new".to_owned(),
        };
        assert_eq!(&*document.changed(3, &[whole]).text, "new");
        // A range whose end lies before its start is an insertion, not a fault.
        let turned = document.changed(4, &[change((0, 2), (0, 1), "x")]);
        assert_eq!(&*turned.text, "焉耆x🐎\nb\n");
    }
}
