//! The cells of an infobox: items, scope labels, marks of fate, figures.
//!
//! What comes in: the flow of a cell. What goes out: its [`Item`]s in order, each with the place
//! it came from. A figure is never split: `7,000 dead and captured` is one item.

use super::document::Flow;
use super::keyed::glued;
use super::lexicon::table;

pub use super::figures::quantity;

const MARKS: &str = include_str!("data/marks.txt");

/// One thing that a cell lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Its words, without marks and remarks in brackets.
    pub words: Flow,
    /// The label that governs it: `644`, `Chinese sources`.
    pub scope: Option<String>,
    /// The label that stands alone above a label of its own: `1865` over `Brazil: 18,000 men`.
    pub under: Option<String>,
    /// What became of it, as sentences with `{value}`; empty where a mark says nothing that the
    /// vocabulary can say.
    pub fates: Vec<&'static str>,
    /// Remarks in brackets that are no marks.
    pub remarks: Vec<String>,
    /// The whole item as it stands.
    pub whole: Flow,
    /// Whether a new group begins with it: a blank line stands before it.
    pub opens: bool,
    /// The byte of the file at which its line begins.
    pub line: usize,
}

/// The marks with their sentences.
fn marks() -> impl Iterator<Item = (Vec<&'static str>, &'static str)> {
    table(MARKS).filter_map(|line| {
        let (words, sentence) = line.split_once(':')?;
        Some((words.split(',').map(str::trim).collect(), sentence.trim()))
    })
}

/// The sentence of a mark.
fn fate(mark: &str) -> Option<&'static str> {
    let mark = mark.trim().to_lowercase();
    marks()
        .find(|(words, _)| words.iter().any(|w| w.to_lowercase() == mark))
        .map(|(_, sentence)| sentence)
}

/// The mark that a template of wikitext shows, if it is one.
pub fn template_mark(name: &str) -> Option<String> {
    let name = name.trim();
    marks().find_map(|(words, _)| {
        let mark = words.iter().find(|w| w.to_lowercase() == name)?;
        Some((*mark).to_owned())
    })
}

/// What a mark says became of a person, in the last word of its sentence.
pub fn mark_says(mark: &str) -> Option<&'static str> {
    let own = |words: &[&str]| words.iter().any(|w| w.eq_ignore_ascii_case(mark));
    let (_, sentence) = marks().find(|(words, _)| own(words))?;
    sentence.rsplit(' ').next().filter(|word| !word.is_empty())
}

/// How a cell's items are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cut {
    /// Names: at lines, semicolons, commas, and where words have run together.
    Names,
    /// Names of people: also at `and`, which stands in names of lands and offices alone.
    People,
    /// The same of kin, each perhaps with a title behind a comma: `Nicholas, Duke of Lutz` is one.
    Kin,
    /// Figures: at lines, semicolons, and commas before another figure or an uncounted quantity.
    Figures,
}

/// The items of a cell.
///
/// A label that stands alone governs what follows, up to the next label or a blank line; one with
/// words behind it governs those of its line.
pub fn items(cell: &Flow, cut: Cut) -> Vec<Item> {
    let mut scope: Option<(String, bool)> = None;
    let mut under: Option<String> = None;
    let mut found: Vec<Item> = Vec::new();
    let mut line = 0;
    for piece in pieces(cell, cut) {
        if piece.line {
            line = piece.flow.origin(0);
        }
        let alone = scope.as_ref().is_some_and(|(_, alone)| *alone);
        if piece.group || piece.line && !alone {
            scope = None;
        }
        if piece.group {
            under = None;
        }
        let (label, rest) = label_of(&piece.flow);
        if rest.is_blank() {
            under = label.clone().or(under);
        }
        if let Some(label) = label {
            scope = Some((label, rest.is_blank()));
        }
        if rest.is_blank() {
            continue;
        }
        let scope = scope.as_ref().map(|(label, _)| label.clone());
        let mut item = item(rest, scope, cut);
        item.opens = piece.group;
        item.line = line;
        item.under = under.clone().filter(|u| item.scope.as_ref() != Some(u));
        // `Ugo, POW`: what became of the one before it.
        let mark = fate(item.words.text()).filter(|_| cut != Cut::Figures && !piece.line);
        if let (Some(sentence), Some(before)) = (mark, found.last_mut()) {
            before
                .fates
                .extend(Some(sentence).filter(|s| !s.is_empty()));
            continue;
        }
        match found
            .last_mut()
            .filter(|_| item.words.is_blank() && !piece.group)
        {
            // `Maria` and, on a line of its own, `(m. 1798)`.
            Some(before) => {
                before.remarks.append(&mut item.remarks);
                before.fates.append(&mut item.fates);
            }
            None => found.push(item),
        }
    }
    found.retain(|i| !i.words.is_blank());
    found
}

/// A piece of a cell.
struct Piece {
    flow: Flow,
    /// Whether a line begins with it.
    line: bool,
    /// Whether a blank line stands before it.
    group: bool,
}

/// The lines of a cell without their bullets, each with whether it opens a group: a blank line stands
/// before it, or a list that it is none of.
fn lines(cell: &Flow) -> Vec<(Flow, bool)> {
    let text = cell.text();
    let mut found: Vec<(Flow, bool)> = Vec::new();
    let (mut from, mut breaks, mut listed) = (0, 0, false);
    let cut = |c: char| matches!(c, '\n' | ';' | '•' | '·');
    // `(m. 1534; d. 1568)` is one remark.
    let inside = |at: usize| {
        let line = text[..at].rsplit('\n').next().unwrap_or("");
        let rest = text[at..].split('\n').next().unwrap_or("");
        let open = line.matches('(').count() > line.matches(')').count();
        open && rest.contains(')')
    };
    let ends = text.char_indices();
    let ends = ends.filter(|(at, c)| cut(*c) && (*c == '\n' || !inside(*at)));
    let ends = ends.map(|(at, c)| (at, at + c.len_utf8(), c == '\n'));
    for (end, next, newline) in ends.chain([(text.len(), text.len(), true)]) {
        let whole = cell.slice(from..end).trimmed();
        let bare = whole.text().trim_start_matches('*').len();
        let bullet = whole.text().len() - bare;
        let line = match whole.is_blank() {
            true => whole,
            false => whole.slice(bullet..bullet + bare).trimmed(),
        };
        if !line.is_blank() {
            let opens = breaks > 1 || breaks == 1 && listed && bullet == 0;
            found.push((line, opens && !found.is_empty()));
            listed = bullet > 0 || listed && breaks == 0;
            breaks = 0;
        }
        breaks += usize::from(newline);
        from = next;
    }
    found
}

/// The pieces of a cell between separators.
fn pieces(cell: &Flow, cut: Cut) -> Vec<Piece> {
    let lines = lines(cell);
    let commas = lines.len() == 1 || lines.iter().any(|(l, _)| l.text().ends_with(','));
    let mut found = Vec::new();
    for (line, group) in lines {
        let mut cuts = Vec::new();
        // Behind a label of its own, a line is a list.
        if commas || label_of(&line).0.is_some() {
            cuts.extend(comma_cuts(line.text(), cut));
        }
        if cut != Cut::Figures {
            cuts.extend(glued(line.text()).into_iter().map(|at| (at, at)));
        }
        if matches!(cut, Cut::People | Cut::Kin) {
            cuts.extend(and_cuts(line.text()));
        }
        // `Jebe<br>Subutai`, where a table was copied with its tags.
        for (at, _) in line.text().match_indices("<br") {
            let end = line.text()[at..].find('>').map(|end| at + end + 1);
            cuts.extend(end.map(|end| (at, end)));
        }
        cuts.sort_unstable();
        let mut from = 0;
        let mut parts = Vec::new();
        for (end, next) in cuts {
            if end >= from {
                parts.push(line.slice(from..end).trimmed());
                from = next;
            }
        }
        parts.push(line.slice(from..line.text().len()).trimmed());
        parts.retain(|p| !p.is_blank());
        found.extend(parts.into_iter().enumerate().map(|(at, flow)| Piece {
            flow,
            line: at == 0,
            group: at == 0 && group,
        }));
    }
    found
}

/// Commas that part items: none inside brackets or a number; for figures only those before
/// another figure, so that what is counted together stays together.
fn comma_cuts(text: &str, cut: Cut) -> Vec<(usize, usize)> {
    let mut depth = 0usize;
    let mut cuts = Vec::new();
    for (at, c) in text.char_indices() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                let rest = &text[at + 1..];
                let digit = rest.starts_with(|c: char| c.is_ascii_digit());
                let next = rest.split([',', ';']).next().unwrap_or("");
                let figure = begins_quantity(rest.trim_start()) || next.contains(':');
                let title = cut == Cut::Kin && titled(rest);
                if !digit && !title && (cut != Cut::Figures || figure) {
                    cuts.push((at, at + 1));
                }
            }
            _ => {}
        }
    }
    cuts
}

/// Where `and` parts two people: `Aldo and Berto`, but not `Duke of Parma and Verona`.
fn and_cuts(text: &str) -> Vec<(usize, usize)> {
    const AND: &str = " and ";
    let parts = |at: usize| {
        let (before, after) = (&text[..at], &text[at + AND.len()..]);
        let own = before.rsplit([',', ';']).next().unwrap_or("");
        let open = before.matches('(').count() > before.matches(')').count();
        let two = own.trim().starts_with(char::is_uppercase)
            && after.trim_start().starts_with(char::is_uppercase);
        two && !open && !own.contains(" of ")
    };
    let found = text.match_indices(AND).map(|(at, _)| at);
    found
        .filter(|at| parts(*at))
        .map(|at| (at, at + AND.len()))
        .collect()
}

/// Whether a title of the name before the comma follows: `, Duke of Lutz`.
fn titled(rest: &str) -> bool {
    const TITLES: [&str; 18] = [
        "duke",
        "count",
        "king",
        "queen",
        "emperor",
        "empress",
        "prince",
        "princess",
        "earl",
        "lord",
        "margrave",
        "baron",
        "duchess",
        "countess",
        "elector",
        "landgrave",
        "marquess",
        "bishop",
    ];
    let mut words = rest.split_whitespace();
    let title = words.next().map(str::to_lowercase);
    title.is_some_and(|t| TITLES.contains(&t.as_str())) && words.next() == Some("of")
}

/// The names of an item that leaves open which is meant: `Otto or Ugo`; none where there is no such
/// choice.
pub fn choice(words: &str) -> Option<Vec<&str>> {
    let words = words.strip_prefix("either ").unwrap_or(words);
    let parts: Vec<&str> = words.split(" or ").map(str::trim).collect();
    (parts.len() > 1 || words.contains("and/or")).then_some(parts)
}

/// Whether a text begins with a number or a word for a quantity nobody counted.
pub fn begins_quantity(text: &str) -> bool {
    const OPENERS: [&str; 22] = [
        "no more than",
        "not more than",
        "no fewer than",
        "no less than",
        "at most",
        "almost",
        "unknown",
        "about",
        "around",
        "approximately",
        "c.",
        "ca.",
        "at least",
        "over",
        "more than",
        "up to",
        "some",
        "nearly",
        "fewer than",
        "less than",
        "between",
        "~",
    ];
    let lower = text.to_lowercase();
    annals_calendar::read_number(&lower).is_some() || OPENERS.iter().any(|o| lower.starts_with(o))
}

/// `644: Guo Xiaoke` or `644:` alone: the label, and what follows it.
fn label_of(piece: &Flow) -> (Option<String>, Flow) {
    let text = piece.text();
    // `1,865 (other sources: 3,000)`: a colon in brackets ends no label.
    let open = |at: &usize| text[..*at].matches('(').count() > text[..*at].matches(')').count();
    let colon = text.find(':').filter(|at| *at > 0 && *at <= 40);
    let Some(colon) = colon.filter(|at| !open(at)) else {
        return (None, piece.clone());
    };
    let label = text[..colon].trim();
    let rest = piece.slice(colon + 1..text.len()).trimmed();
    (Some(label.to_owned()), rest)
}

fn item(whole: Flow, scope: Option<String>, cut: Cut) -> Item {
    let text = whole.text().to_owned();
    let mut fates = Vec::new();
    let mut remarks = Vec::new();
    let mut end = text.len();
    loop {
        let bare = text[..end].trim_end();
        end = bare.len();
        if let Some(open) = bare
            .rfind(['(', '['])
            .filter(|_| bare.ends_with([')', ']']))
        {
            let inner = &bare[open + 1..bare.len() - 1];
            match fate(inner) {
                Some(sentence) => fates.push(sentence),
                // `[1]` points to a note of the page; `(1864)` is a year.
                None if bare.ends_with(']') && inner.chars().all(|c| c.is_ascii_digit()) => {}
                None => remarks.push(inner.to_owned()),
            }
            end = open;
            continue;
        }
        if let Some(rest) = bare.strip_suffix('?').filter(|_| cut != Cut::Figures) {
            // `Ezzo?`, `TuqizhiPOW?`: what stands before it is doubted.
            remarks.push("?".to_owned());
            end = rest.len();
            continue;
        }
        // `Gardi (POW) Executed`: a mark without brackets behind one that has them.
        let behind = bare.rfind(')').map(|at| (at + 1, fate(&bare[at + 1..])));
        if let Some((at, Some(sentence))) = behind.filter(|_| cut != Cut::Figures) {
            fates.push(sentence);
            end = at;
            continue;
        }
        if cut != Cut::Figures
            && let Some((cut_at, sentence)) = glued_mark(bare)
        {
            fates.push(sentence);
            end = cut_at;
            continue;
        }
        break;
    }
    fates.reverse();
    fates.retain(|f| !f.is_empty());
    let words = match end {
        0 => Flow::default(),
        end => whole.slice(0..end).trimmed(),
    };
    Item {
        words,
        scope,
        under: None,
        fates,
        remarks,
        whole,
        opens: false,
        line: 0,
    }
}

/// A mark that stands right at the end of a name: `TuqizhiPOW`, `Lamachus †`.
fn glued_mark(text: &str) -> Option<(usize, &'static str)> {
    for (words, sentence) in marks() {
        for mark in words {
            let sign = mark.chars().all(|c| !c.is_alphabetic());
            let capitals = mark.len() >= 3 && mark.chars().all(char::is_uppercase);
            if (sign || capitals)
                && let Some(rest) = text.strip_suffix(mark)
                && (sign || rest.ends_with(|c: char| c.is_lowercase() || c == ' ' || c == ')'))
            {
                return Some((rest.len(), sentence));
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, cut: Cut) -> Vec<String> {
        let items = items(&Flow::of(text, 0), cut);
        let show = |i: &Item| {
            let scope = i
                .scope
                .as_deref()
                .map(|s| format!("{s}> "))
                .unwrap_or_default();
            let fates: String = i.fates.iter().map(|f| format!(" [{f}]")).collect();
            format!("{scope}{}{fates}", i.words.text())
        };
        items.iter().map(show).collect()
    }

    #[test]
    fn labels_govern_what_follows_and_marks_are_taken_off() {
        assert_eq!(
            shown(
                "644:, Long TuqizhiPOW, 648:, Long Xuepo'anazhiPOW",
                Cut::Names
            ),
            [
                "644> Long Tuqizhi [{value} is captured]",
                "648> Long Xuepo'anazhi [{value} is captured]"
            ]
        );
        assert_eq!(
            shown("A B (executed)\nC D †", Cut::Names),
            ["A B [{value} is executed]", "C D [{value} is killed]"]
        );
        assert_eq!(
            shown("AtahualpaQuizquiz(POW)Topa Atao", Cut::Names).len(),
            3
        );
        assert_eq!(
            shown("BazhuoKIA", Cut::Names),
            ["Bazhuo [{value} is killed]"]
        );
    }

    #[test]
    fn figures_stay_together() {
        assert_eq!(
            shown("7,000 dead and captured", Cut::Figures),
            ["7,000 dead and captured"]
        );
        assert_eq!(
            shown(
                "Unknown number of Karasahr troops, 5,000 Western Turkic cavalry",
                Cut::Figures
            ),
            [
                "Unknown number of Karasahr troops",
                "5,000 Western Turkic cavalry"
            ]
        );
        assert_eq!(
            shown(
                "Chinese sources: 30,000, Arab sources: 100,000 men",
                Cut::Figures
            ),
            ["Chinese sources> 30,000", "Arab sources> 100,000 men"]
        );
    }

    #[test]
    fn quantities_are_written_as_the_language_has_them() {
        for (text, expected) in [
            ("3,000 infantry and cavalry", "3000 infantry and cavalry"),
            ("7,000–12,000", "7000 to 12000"),
            ("4,550+ killed", "at least 4550 killed"),
            (
                "about 2,000 killed and wounded",
                "about 2000 killed and wounded",
            ),
            ("at least 60,000 men", "at least 60000 men"),
            ("Unknown number of troops", "unknown number of troops"),
            ("Light", "light"),
            ("two hundred ships", "200 ships"),
            ("between 500 and 700 men", "between 500 and 700 men"),
        ] {
            assert_eq!(quantity(text).as_deref(), Some(expected), "{text}");
        }
        assert_eq!(quantity("almost the entire force"), None);
    }
}
