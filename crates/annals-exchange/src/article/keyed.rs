//! Infoboxes of `key=value` lines whose values have lost their separators: `AtahualpaQuizquiz`.

use super::document::{Document, Flow, Row};
use super::plain::{Line, lines};

/// The key and value of a line, as byte ranges of it.
pub(super) fn row(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.trim_start_matches('|').trim().split_once('=')?;
    let key = key.trim();
    let fits = !key.is_empty()
        && key.len() <= 40
        && key
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '_' | ' ' | '-'))
        && !value.starts_with('=');
    fits.then_some((key, value.trim()))
}

/// Reads rows, then headings and paragraphs.
pub fn read(text: &str) -> Document {
    let mut document = Document::default();
    let all = lines(text);
    let mut rest: Vec<Line<'_>> = Vec::new();
    for line in &all {
        let known = if rest.is_empty() {
            row(line.text)
        } else {
            None
        };
        match known {
            Some((key, value)) => {
                let place = |part: &str| part.as_ptr() as usize - line.text.as_ptr() as usize;
                let flow = |part: &str| match part {
                    "" => Flow::default(),
                    part => Flow::of(part, line.at + place(part)),
                };
                if key.eq_ignore_ascii_case("title") || key.eq_ignore_ascii_case("name") {
                    document.title = flow(value);
                } else {
                    document.rows.push(Row {
                        key: flow(key),
                        cells: vec![flow(value)],
                    });
                }
            }
            None if document.rows.is_empty() && document.title.is_blank() => {
                document.title = line.flow();
            }
            None => rest.push(*line),
        }
    }
    super::plain::running(&rest, &mut document);
    document
}

/// Where a text runs from one value into the next: a capital right after a small letter.
pub fn glued(text: &str) -> Vec<usize> {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let mut cuts: Vec<usize> = Vec::new();
    for i in 1..chars.len() {
        let (before, (at, here)) = (chars[i - 1].1, chars[i]);
        let next_small = chars.get(i + 1).is_some_and(|(_, c)| c.is_lowercase());
        // `McDonald` and `POW` are no joints; `)Name` is one.
        let begun = cuts.last().copied().unwrap_or(0);
        let prefix = text[begun..at].rsplit(|c: char| !c.is_alphabetic()).next();
        let inside = matches!(prefix, Some("Mc" | "Mac" | "O" | "De" | "Le" | "Fitz"));
        let marked = ["POW", "KIA", "WIA", "MIA", "DOW"].iter().any(|m| {
            text[..at]
                .strip_suffix(m)
                .is_some_and(|rest| rest.ends_with(char::is_lowercase))
        });
        // `Menelik IITaytu`: a name ends in its number.
        let numbered = prefix.is_some_and(|p| {
            let roman = !p.is_empty() && p.chars().all(|c| matches!(c, 'I' | 'V' | 'X'));
            roman && text[..at].strip_suffix(p).is_some_and(|t| t.ends_with(' '))
        });
        let joint = before.is_lowercase() || before == ')' || marked || numbered;
        if here.is_uppercase() && next_small && joint && !inside {
            cuts.push(at);
        }
    }
    cuts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_cut_where_they_run_together() {
        let text = "AtahualpaQuizquiz(executed)Topa Atao";
        let cuts = glued(text);
        assert_eq!(cuts, [9, 27]);
        assert!(glued("McDonald Long TuqizhiPOW").is_empty());
        // A name ends in its number, and begins with a small part of its own.
        let cut = |text: &str| -> Vec<String> {
            let mut ends = glued(text);
            ends.push(text.len());
            let starts = std::iter::once(0).chain(ends.clone());
            let parts = starts
                .zip(ends.clone())
                .map(|(from, to)| text[from..to].to_owned());
            parts.collect()
        };
        assert_eq!(cut("Menelik IITaytu Betul"), ["Menelik II", "Taytu Betul"]);
        assert_eq!(cut("O'BrienMacArthur"), ["O'Brien", "MacArthur"]);
        assert_eq!(cut("HuáscarPOWAtoc"), ["HuáscarPOW", "Atoc"]);
        assert_eq!(cut("Fitz Roy DeGrasse"), ["Fitz Roy DeGrasse"]);
    }

    #[test]
    fn rows_come_before_text() {
        let document = read("conflict=War\ndate=1529\nplace=X\n\nA = b is no row.\n");
        assert_eq!(document.rows.len(), 3);
        assert_eq!(document.passages().len(), 1);
    }
}
