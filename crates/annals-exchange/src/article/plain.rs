//! Articles as plain lines: the list form, lines copied from a page, rows between pipes.
//!
//! What comes in: a text without markup, or with no more than `=` around headings. What goes out:
//! a [`Document`] whose flows are stretches of the text as it stands.

use super::document::{Document, Flow, Row};

/// A line with its place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'t> {
    /// The line without its break and the space around it.
    pub text: &'t str,
    /// The byte it begins at.
    pub at: usize,
}

impl Line<'_> {
    pub(super) fn flow(&self) -> Flow {
        match self.text {
            "" => Flow::default(),
            text => Flow::of(text, self.at),
        }
    }
}

/// The lines of a text, blank ones included.
pub(super) fn lines(text: &str) -> Vec<Line<'_>> {
    let mut at = 0;
    let mut found = Vec::new();
    for whole in text.split_inclusive('\n') {
        let bare = whole
            .trim_start_matches('\u{FEFF}')
            .trim_start_matches([' ', '\u{A0}']);
        let start = at + (whole.len() - bare.len());
        found.push(Line {
            text: bare.trim_end(),
            at: start,
        });
        at += whole.len();
    }
    found
}

/// A heading between equals signs: its level and words.
fn heading(line: Line<'_>) -> Option<(usize, Flow)> {
    let level = line.text.bytes().take_while(|b| *b == b'=').count();
    let inner = line.text.strip_suffix(&"=".repeat(level))?.get(level..)?;
    let words = inner.trim();
    if level == 0 || words.is_empty() {
        return None;
    }
    let at = line.at + level + (inner.len() - inner.trim_start().len());
    Some((level, Flow::of(words, at)))
}

/// The list form: `= Title =`, `Infobox`, `- Key: value`, `==Heading==`, paragraphs.
pub fn read_list(text: &str) -> Document {
    let mut document = Document::default();
    let mut in_box = false;
    let mut apparatus = usize::MAX;
    for line in lines(text) {
        if let Some((level, words)) = heading(line) {
            in_box = false;
            if level == 1 && document.title.is_blank() {
                document.title = words;
            } else {
                document.open_section(words, level, &mut apparatus);
            }
        } else if line.text.to_lowercase().starts_with("infobox") && line.text.len() < 60 {
            in_box = true;
            document.box_of = line.text["infobox".len()..].trim().to_lowercase();
        } else if in_box && line.text.starts_with(['-', '*']) {
            document.rows.extend(listed(line));
        } else {
            in_box &= line.text.is_empty();
            document.add_paragraph(line.flow());
        }
    }
    document
}

/// `- Key: value`
fn listed(line: Line<'_>) -> Option<Row> {
    let (key, value) = line.text.split_once(':')?;
    let bare = key.trim_start_matches(['-', '*', ' ']);
    let key_at = line.at + (key.len() - bare.len());
    Some(Row {
        key: Flow::of(bare, key_at).trimmed(),
        cells: vec![Flow::of(value, line.at + key.len() + 1).trimmed()],
    })
}

/// Keys under which the two sides of a fight stand beside one another.
const SIDES: [&str; 12] = [
    "belligerents",
    "combatants",
    "parties",
    "parties to the civil conflict",
    "commanders and leaders",
    "commanders",
    "lead figures",
    "strength",
    "units involved",
    "number",
    "casualties and losses",
    "casualties",
];

fn is_sides(words: &str) -> bool {
    SIDES.contains(&words.trim().to_lowercase().as_str())
}

/// Keys that stand before their value in one line of a copied page.
const KEYS: [&str; 24] = [
    "date",
    "location",
    "place",
    "result",
    "status",
    "capital",
    "religion",
    "government",
    "part of",
    "territorial changes",
    "common languages",
    "established",
    "disestablished",
    "preceded by",
    "succeeded by",
    "reign",
    "coronation",
    "predecessor",
    "successor",
    "born",
    "died",
    "burial",
    "house",
    "spouse",
];

/// Lines as copied from a page.
pub fn read_lines(text: &str) -> Document {
    let mut document = Document::default();
    let lines = lines(text);
    let mut at = lines.iter().position(|l| !l.text.is_empty()).unwrap_or(0);
    // A page copied without its title begins with a sentence.
    if let Some(title) = lines.get(at).filter(|line| !is_prose(line.text)) {
        document.title = title.flow();
        at += 1;
    }
    while let Some(line) = lines.get(at) {
        let used = box_lines(text, &lines[at..], &mut document.rows);
        if used == 0 {
            if !line.text.is_empty() {
                break;
            }
            at += 1;
        }
        at += used;
    }
    running(&lines[at..], &mut document);
    document
}

/// How many lines from here on belong to one row of an infobox; none where the box is over.
fn box_lines(text: &str, lines: &[Line<'_>], rows: &mut Vec<Row>) -> usize {
    let Some(first) = lines.first() else { return 0 };
    if is_sides(first.text) {
        let body = &lines[1..];
        let over = |l: &Line<'_>| l.text.is_empty() || is_sides(l.text) || is_prose(l.text);
        let count = body.iter().position(over).unwrap_or(body.len());
        let Some(last) = count.checked_sub(1).and_then(|i| body.get(i)) else {
            return 1;
        };
        let (from, to) = (body[0].at, last.at + last.text.len());
        let whole = &text[from..to];
        let cells = match whole.split_once('\t') {
            Some((left, right)) => vec![
                Flow::of(left, from).trimmed(),
                Flow::of(right, from + left.len() + 1).trimmed(),
            ],
            None => vec![Flow::of(whole, from).trimmed()],
        };
        rows.push(Row {
            key: first.flow(),
            cells,
        });
        return count + 1;
    }
    if let Some((key, value)) = first.text.split_once('\t') {
        rows.push(Row {
            key: Flow::of(key, first.at).trimmed(),
            cells: vec![Flow::of(value, first.at + key.len() + 1).trimmed()],
        });
        return 1;
    }
    let lower = first.text.to_lowercase();
    let key = KEYS.iter().find(|k| {
        lower
            .strip_prefix(**k)
            .is_some_and(|rest| rest.starts_with([' ', ':']) && !is_prose(first.text))
    });
    match key {
        Some(key) => {
            let value = first.text[key.len()..].trim_start_matches([' ', ':']);
            rows.push(Row {
                key: Flow::of(&first.text[..key.len()], first.at),
                cells: vec![Flow::of(value, first.at + first.text.len() - value.len())],
            });
            1
        }
        None => 0,
    }
}

fn is_prose(line: &str) -> bool {
    line.ends_with(['.', '!', '"', '\u{201D}', ']']) && line.split_whitespace().count() > 6
}

/// Headings and paragraphs: a short line without an end is a heading where text follows it.
pub(super) fn running(lines: &[Line<'_>], document: &mut Document) {
    let mut apparatus = usize::MAX;
    for (i, line) in lines.iter().enumerate() {
        if line.text.is_empty() {
            continue;
        }
        if let Some((level, words)) = heading(*line) {
            document.open_section(words, level, &mut apparatus);
            continue;
        }
        let short = line.text.split_whitespace().count() <= 8
            && !line.text.ends_with(['.', ',', ';', ':', '?', '!']);
        let opened = i == 0 || lines[i - 1].text.is_empty();
        let followed = lines[i + 1..].iter().any(|l| !l.text.is_empty());
        if short && opened && followed {
            // `Background[edit]` is how some pages are copied.
            let words = line.text.split("[edit").next().unwrap_or(line.text);
            document.open_section(Flow::of(words, line.at).trimmed(), 2, &mut apparatus);
        } else {
            document.add_paragraph(line.flow());
        }
    }
}

/// Rows between pipes, then text.
pub fn read_pipes(text: &str) -> Document {
    let mut document = Document::default();
    let mut rest = Vec::new();
    let mut waiting: Option<Flow> = None;
    for line in lines(text) {
        if !line.text.starts_with('|') {
            let title = document.title.is_blank() && document.rows.is_empty();
            if title && !line.text.is_empty() {
                document.title = heading(line).map_or_else(|| line.flow(), |(_, words)| words);
            } else {
                rest.push(line);
            }
            continue;
        }
        let mut cells = Flow::of(line.text, line.at).parts(|c| c == '|');
        cells.retain(|c| c.text().contains(|c: char| c.is_alphanumeric()));
        let Some(first) = cells.first().cloned() else {
            continue;
        };
        if let Some(key) = waiting.take() {
            document.rows.push(Row { key, cells });
        } else if is_sides(first.text()) && cells.iter().all(|c| is_sides(c.text())) {
            waiting = Some(first);
        } else if cells.len() > 1 {
            document.rows.push(Row {
                key: first,
                cells: cells[1..].to_vec(),
            });
        } else if document.title.is_blank() {
            document.title = first;
        }
    }
    running(&rest, &mut document);
    document
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(document: &Document, key: &str) -> Vec<String> {
        let row = document.rows.iter().find(|r| r.key.text() == key);
        row.map(|r| r.cells.iter().map(|c| c.text().to_owned()).collect())
            .unwrap_or_default()
    }

    #[test]
    fn a_list_has_rows_sections_and_apparatus() {
        let text = "= T =\n\nInfobox\n- Date: 644 and 648\n- Place: X\n\nLead.\n\n==A==\nOne. Two.\n==References==\n- Smith 1998\n";
        let document = read_list(text);
        assert_eq!(document.title.text(), "T");
        assert_eq!(row(&document, "Date"), ["644 and 648"]);
        let passages = document.passages();
        let words: Vec<&str> = passages.iter().map(|p| p.flow.text()).collect();
        assert_eq!(words, ["Lead.", "One.", "Two."]);
        for passage in passages {
            let range = passage.flow.origin_of(0..passage.flow.text().len());
            assert_eq!(&text[range], passage.flow.text());
        }
    }

    #[test]
    fn copied_lines_have_two_sides() {
        let text = "Battle of X\nPart of the war\nDate\t751\nBelligerents\nA\nB\tC\nStrength\n1\t2\n\nIt was fought by many men in 751.\n\nAfter\nAll was well again for many years.\n";
        let document = read_lines(text);
        assert_eq!(row(&document, "Part of"), ["the war"]);
        assert_eq!(row(&document, "Belligerents"), ["A\nB", "C"]);
        assert_eq!(row(&document, "Strength"), ["1", "2"]);
        assert_eq!(document.sections[1].heading.text(), "After");
    }

    #[test]
    fn pipes_have_two_sides() {
        let text = "T\n\n| T |\n| Date | 1066 |\n|---|---|\n| Belligerents | Belligerents |\n| N | E |\n\nText is here.\n";
        let document = read_pipes(text);
        assert_eq!(row(&document, "Date"), ["1066"]);
        assert_eq!(row(&document, "Belligerents"), ["N", "E"]);
        assert_eq!(document.passages().len(), 1);
    }
}
