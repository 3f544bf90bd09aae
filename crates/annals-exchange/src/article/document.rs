//! The one model that all shapes of articles are read into.
//!
//! What comes in: the pieces a reader of some shape found. What goes out: a title, the rows of an
//! infobox and sections of running text, each character of which still knows the byte of the file
//! it came from. Nothing here knows what a sentence means.

use std::ops::Range;

/// Running text taken out of a file, with the way back to its bytes.
///
/// Markup, references and entities stand between the two, so a place in the text is found in the
/// file by the last point before it where both ran in step.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Flow {
    text: String,
    /// Offsets in the text, rising, each with its byte in the file.
    points: Vec<(usize, usize)>,
    /// Where the file's bytes end that the text was taken from.
    end: usize,
}

impl Flow {
    /// A flow that is a stretch of the file as it stands.
    pub fn of(text: &str, at: usize) -> Flow {
        let mut flow = Flow::default();
        flow.push(text, at);
        flow
    }

    /// Adds text that stands in the file at `at`.
    pub fn push(&mut self, text: &str, at: usize) {
        self.points.push((self.text.len(), at));
        self.text.push_str(text);
        self.end = self.end.max(at + text.len());
    }

    /// Adds text that stands for the bytes `from` of the file, such as a character for its entity.
    pub fn push_for(&mut self, text: &str, from: Range<usize>) {
        self.points.push((self.text.len(), from.start));
        self.text.push_str(text);
        self.end = self.end.max(from.end);
        self.points.push((self.text.len(), from.end));
    }

    /// Where the file's bytes end that the text was taken from.
    pub fn end(&self) -> usize {
        self.end
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether there is nothing but space.
    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// The byte of the file where a place of the text stands.
    pub fn origin(&self, offset: usize) -> usize {
        let after = self.points.partition_point(|(at, _)| *at <= offset);
        match after.checked_sub(1).and_then(|i| self.points.get(i)) {
            Some((at, from)) => (from + (offset - at)).min(self.end.max(*from)),
            None => self.end,
        }
    }

    /// The bytes of the file that a stretch of the text was taken from.
    pub fn origin_of(&self, range: Range<usize>) -> Range<usize> {
        let start = self.origin(range.start);
        // The last byte decides, not the first one after: between them markup may stand.
        let last = self.text[..range.end.min(self.text.len())]
            .char_indices()
            .next_back();
        let end = match last {
            Some((at, c)) if at >= range.start => self.origin(at) + c.len_utf8(),
            _ => start,
        };
        start..end.max(start)
    }

    /// A stretch of the flow.
    pub fn slice(&self, range: Range<usize>) -> Flow {
        let mut flow = Flow {
            text: self.text[range.clone()].to_owned(),
            points: vec![(0, self.origin(range.start))],
            end: self.origin_of(range.clone()).end,
        };
        let inside = self.points.iter();
        let inside = inside.filter(|(at, _)| *at > range.start && *at < range.end);
        flow.points
            .extend(inside.map(|(at, from)| (at - range.start, *from)));
        flow
    }

    /// The flow without space at its ends.
    pub fn trimmed(&self) -> Flow {
        let start = self.text.len() - self.text.trim_start().len();
        let end = self.text.trim_end().len();
        if start >= end {
            return Flow::default();
        }
        self.slice(start..end)
    }

    /// The lines of the flow that are not blank, trimmed.
    pub fn lines(&self) -> Vec<Flow> {
        self.parts(|c| c == '\n')
    }

    /// The flow cut at characters, each part trimmed, blank ones left out.
    pub fn parts(&self, cut: impl Fn(char) -> bool) -> Vec<Flow> {
        let mut parts = Vec::new();
        let mut from = 0;
        for (at, c) in self.text.char_indices() {
            if cut(c) {
                parts.push(self.slice(from..at).trimmed());
                from = at + c.len_utf8();
            }
        }
        parts.push(self.slice(from..self.text.len()).trimmed());
        parts.retain(|p| !p.is_blank());
        parts
    }
}

/// A row of an infobox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its key as written.
    pub key: Flow,
    /// Its cells: one, or two where both sides of a fight stand beside one another.
    pub cells: Vec<Flow>,
}

/// A heading and the paragraphs under it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Section {
    /// The heading; nothing for what stands before the first one.
    pub heading: Flow,
    /// The paragraphs.
    pub paragraphs: Vec<Flow>,
    /// Whether it lists literature or links: read by nobody, listed by nobody.
    pub apparatus: bool,
}

/// An article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// Its title.
    pub title: Flow,
    /// What the infobox is of: `military conflict`; empty where the shape does not say.
    pub box_of: String,
    /// The rows of the infobox.
    pub rows: Vec<Row>,
    /// The running text.
    pub sections: Vec<Section>,
    /// Names that the file itself marks as such, by links.
    pub linked: Vec<String>,
    /// Flags in the rows of the infobox, each with the byte of the name that it stands before.
    pub flags: Vec<(usize, String)>,
    /// The bytes of lines in the rows that are set in bold: what heads the lines below them.
    pub bold: Vec<usize>,
    /// Pieces that no reader understands, to be listed: tables, templates.
    pub left: Vec<(Flow, &'static str)>,
}

/// A sentence in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// The index of its section.
    pub section: usize,
    /// The index of its paragraph in the section.
    pub paragraph: usize,
    /// Its words.
    pub flow: Flow,
}

impl Document {
    /// Every sentence of the running text, in order; apparatus left out.
    pub fn passages(&self) -> Vec<Passage> {
        let mut passages = Vec::new();
        for (number, section) in self.sections.iter().enumerate() {
            if section.apparatus {
                continue;
            }
            for (paragraph, flow) in section.paragraphs.iter().enumerate() {
                for range in sentences(flow.text()) {
                    passages.push(Passage {
                        section: number,
                        paragraph,
                        flow: flow.slice(range),
                    });
                }
            }
        }
        passages
    }

    /// Puts the flags from a number on, met while a cell was read, before what they stand at.
    pub fn place_flags(&mut self, from: usize, cell: &Flow) {
        let starts = line_starts(cell);
        let met = self.flags.split_off(from.min(self.flags.len()));
        let text = cell.text().char_indices();
        let own = text.filter(|(_, c)| c.is_alphanumeric());
        let own: Vec<usize> = own.map(|(at, _)| cell.origin(at)).collect();
        // Within a line, a flag is of what stands right behind it.
        let placed = met.into_iter().filter_map(|(at, of)| {
            let places = starts.iter().chain(&own).copied();
            Some((places.filter(|place| *place >= at).min()?, of))
        });
        self.flags.extend(placed);
    }

    /// Puts the bold words from a number on, met at the beginnings of lines, at these lines.
    pub fn place_bold(&mut self, from: usize, cell: &Flow) {
        let starts = line_starts(cell);
        let met = self.bold.split_off(from.min(self.bold.len()));
        let line = |at: &usize| starts.iter().copied().filter(|start| start >= at).min();
        self.bold.extend(met.iter().filter_map(line));
    }

    /// Adds a paragraph to the last section.
    pub fn add_paragraph(&mut self, flow: Flow) {
        let flow = flow.trimmed();
        if flow.is_blank() {
            return;
        }
        if self.sections.is_empty() {
            self.sections.push(Section::default());
        }
        if let Some(section) = self.sections.last_mut() {
            section.paragraphs.push(flow);
        }
    }

    /// Opens a section.
    pub fn open_section(&mut self, heading: Flow, level: usize, apparatus_level: &mut usize) {
        // What stands deeper under the literature is literature too.
        let own = is_apparatus(heading.text());
        let apparatus = own || level > *apparatus_level;
        if own {
            *apparatus_level = (*apparatus_level).min(level);
        } else if level <= *apparatus_level {
            *apparatus_level = usize::MAX;
        }
        self.sections.push(Section {
            heading,
            paragraphs: Vec::new(),
            apparatus,
        });
    }
}

/// Where the words of each line of a cell begin in the file.
fn line_starts(cell: &Flow) -> Vec<usize> {
    let bare = |line: &Flow| {
        let text = line.text();
        line.origin(text.len() - text.trim_start_matches(['*', ' ']).len())
    };
    cell.lines().iter().map(bare).collect()
}

/// Headings of sections that hold no statements of the article.
fn is_apparatus(heading: &str) -> bool {
    const WORDS: [&str; 14] = [
        "bibliography",
        "references",
        "citations",
        "notes",
        "sources",
        "footnotes",
        "works cited",
        "literature",
        "further reading",
        "external links",
        "see also",
        "notes and references",
        "references and notes",
        "gallery",
    ];
    WORDS.contains(&heading.trim().to_lowercase().as_str())
}

/// Words that end in a full stop without ending a sentence.
const SHORTENED: [&str; 24] = [
    "c", "ca", "cf", "dr", "e.g", "etc", "fl", "gen", "i.e", "jr", "lt", "mr", "mrs", "mt", "no",
    "nos", "p", "pp", "r", "sr", "st", "vol", "b", "d",
];

/// The sentences of a paragraph. A full stop ends one where space and a capital, a digit or a
/// quotation mark follow and the word before it is no shortening and no initial.
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut from = 0;
    let mut depth = 0usize;
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    for (i, (at, c)) in chars.iter().enumerate() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            // A paragraph that forgets a bracket still has sentences.
            '\n' => depth = 0,
            _ => {}
        }
        if !matches!(c, '.' | '!' | '?' | '。') || depth > 0 {
            continue;
        }
        let mut end = at + c.len_utf8();
        let mut next = i + 1;
        loop {
            match chars.get(next) {
                Some((_, mark @ ('"' | '\u{201D}' | '\u{2019}' | ')'))) => {
                    end += mark.len_utf8();
                    next += 1;
                }
                // `in 1896.[1] Italy`: a mark of a note closes the sentence before it.
                Some((_, '[')) => match note_mark(&text[end..]) {
                    Some(mark) => {
                        end += mark.len();
                        next += mark.chars().count();
                    }
                    None => break,
                },
                _ => break,
            }
        }
        let ends = match chars.get(next) {
            None => true,
            Some((_, space)) if space.is_whitespace() => {
                let follows = chars[next..].iter().find(|(_, c)| !c.is_whitespace());
                *c != '.'
                    || follows.is_none_or(|(_, c)| {
                        c.is_uppercase()
                            || c.is_ascii_digit()
                            || matches!(c, '"' | '\u{201C}' | '(')
                    }) && !shortened(&text[from..*at], &text[end..])
            }
            Some(_) => *c == '。',
        };
        if ends {
            push_trimmed(&mut found, text, from..end);
            from = end;
        }
    }
    push_trimmed(&mut found, text, from..text.len());
    found
}

/// `[1]`, `[note 2]` at the head of a text.
fn note_mark(text: &str) -> Option<&str> {
    let end = text.find(']').filter(|end| *end <= 12)?;
    let inner = &text[1..end];
    let plain = |c: char| c.is_ascii_alphanumeric() || c == ' ';
    (!inner.is_empty() && inner.chars().all(plain)).then(|| &text[..=end])
}

/// Words that open sentences and no surname.
const OPENING: [&str; 18] = [
    "The", "In", "He", "She", "It", "They", "His", "Her", "Their", "This", "After", "When", "On",
    "At", "But", "A", "By", "From",
];

fn shortened(before: &str, after: &str) -> bool {
    let mut words = before.rsplit(|c: char| c.is_whitespace() || c == '(');
    let word = words.next().unwrap_or("");
    let initial = word.chars().count() == 1 && word.chars().all(char::is_uppercase);
    // `to help Álvaro I. The Portuguese founded …`: the number of a ruler, no initial.
    let named = words
        .next()
        .is_some_and(|w| w.starts_with(char::is_uppercase));
    let next = after.split_whitespace().next().unwrap_or("");
    if matches!(word, "I" | "V" | "X") && named && OPENING.contains(&next) {
        return false;
    }
    initial || SHORTENED.contains(&word.to_lowercase().as_str())
}

fn push_trimmed(found: &mut Vec<Range<usize>>, text: &str, range: Range<usize>) {
    let piece = &text[range.clone()];
    let start = range.start + (piece.len() - piece.trim_start().len());
    let end = range.start + piece.trim_end().len();
    if start < end {
        found.push(start..end);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_in_the_text_is_found_in_the_file() {
        let mut flow = Flow::of("The ", 10);
        flow.push("city", 20);
        flow.push_for("–", 24..31);
        flow.push("state", 31);
        assert_eq!(flow.text(), "The city–state");
        assert_eq!(flow.origin(0), 10);
        assert_eq!(flow.origin(5), 21);
        assert_eq!(flow.origin_of(4..8), 20..24);
        assert_eq!(flow.slice(4..8).origin_of(0..4), 20..24);
        assert_eq!(flow.origin_of(11..16), 31..36);
    }

    #[test]
    fn notes_and_numbers_of_rulers_end_sentences() {
        let text = "He won in 1896.[1] Italy lost.[note 2][3] It helped Pedro I. The king fell. J. It [is.] sat.";
        let parts: Vec<&str> = sentences(text).into_iter().map(|r| &text[r]).collect();
        assert_eq!(
            parts,
            [
                "He won in 1896.[1]",
                "Italy lost.[note 2][3]",
                "It helped Pedro I.",
                "The king fell.",
                "J. It [is.] sat."
            ]
        );
    }

    #[test]
    fn sentences_end_where_they_end() {
        let text =
            "Wechsler, Howard J. wrote c. 1979. It fell (see St. X. Y). \"Yes.\" 3,000 came.";
        let parts: Vec<&str> = sentences(text).into_iter().map(|r| &text[r]).collect();
        assert_eq!(
            parts,
            [
                "Wechsler, Howard J. wrote c. 1979.",
                "It fell (see St. X. Y).",
                "\"Yes.\"",
                "3,000 came."
            ]
        );
    }
}
