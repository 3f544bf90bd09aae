//! Names and sources that a table mentions, as a chronicle writes them.

use std::collections::{BTreeMap, HashMap};

/// Cells are remembered up to this number a column.
const REMEMBERED: usize = 100_000;

/// A name is shorter than this (unit: characters); a longer cell is a sentence.
const LONGEST_NAME: usize = 120;

/// Words that bind names; a name that holds one stands in quotes.
const BINDING: [&str; 4] = ["and", "or", "together", "the"];

/// The name of a cell as a sentence has it, in quotes where it needs them.
///
/// # Errors
///
/// Why the cell cannot be a name.
pub(crate) fn name_words(cell: &str) -> Result<String, String> {
    let name = cell.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.chars().count() > LONGEST_NAME {
        return Err(format!(
            "a name has at most {LONGEST_NAME} characters; this is a text"
        ));
    }
    if name.contains(['"', '\u{201c}', '\u{201d}', '\u{201e}', '\u{ff02}']) {
        return Err(format!(
            "`{name}` holds quotation marks; a name in a chronicle cannot"
        ));
    }
    if name.ends_with('?') {
        return Err(format!(
            "`{name}` ends in `?`: say in a column of its own (`doubt`) that a row is doubted"
        ));
    }
    if name.chars().any(char::is_control) {
        return Err("the name holds control characters".to_owned());
    }
    Ok(if is_plain(&name) {
        name
    } else {
        format!("\"{name}\"")
    })
}

/// Whether a name can stand bare: words of letters, each with a capital or in a script without.
fn is_plain(name: &str) -> bool {
    name.split(' ').all(|word| {
        let head = word.chars().next();
        let letters = |c: char| c.is_alphabetic() || matches!(c, '-' | '\'' | '\u{2019}');
        head.is_some_and(|c| c.is_alphabetic() && !c.is_lowercase())
            && word.chars().all(letters)
            && !BINDING.contains(&word.to_lowercase().as_str())
    })
}

/// A name that a table declares.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Declared {
    /// The row it is first met in.
    pub row: u64,
    /// Its numbers elsewhere, by authority, each with the row that gives it.
    pub ids: BTreeMap<String, (String, u64)>,
}

/// All names to declare, by kind and words, and what each cell is as a name.
#[derive(Default)]
pub(crate) struct Names {
    declared: BTreeMap<(String, String), Declared>,
    /// The words of names, by column and cell.
    words: HashMap<String, HashMap<String, String>>,
    /// Names and cells met since the last row that was kept.
    fresh: Vec<((String, String), Vec<String>)>,
    cells: Vec<(String, String)>,
}

impl Names {
    /// The words that a cell was read as before.
    pub(crate) fn read(&self, column: &str, cell: &str) -> Option<&String> {
        self.words.get(column)?.get(cell)
    }

    /// Remembers the words of a cell; columns repeat themselves.
    pub(crate) fn remember(&mut self, column: &str, cell: &str, words: &str) {
        let of_column = self.words.entry(column.to_owned()).or_default();
        if of_column.len() >= REMEMBERED {
            of_column.clear();
        }
        of_column.insert(cell.to_owned(), words.to_owned());
        self.cells.push((column.to_owned(), cell.to_owned()));
    }

    /// Declares a name in a row.
    pub(crate) fn declare(&mut self, key: &(String, String), row: u64) {
        let declared = self.declared.entry(key.clone()).or_default();
        if declared.row == 0 {
            declared.row = row;
            self.fresh.push((key.clone(), Vec::new()));
        }
    }

    /// Gives a declared name its number elsewhere; the other number and its row, where it has one.
    pub(crate) fn number(
        &mut self,
        key: &(String, String),
        authority: &str,
        value: &str,
        row: u64,
    ) -> Option<(String, u64)> {
        let ids = &mut self.declared.entry(key.clone()).or_default().ids;
        if let Some(known) = ids.get(authority) {
            return (known.0 != value).then(|| known.clone());
        }
        ids.insert(authority.to_owned(), (value.to_owned(), row));
        self.fresh.push((key.clone(), vec![authority.to_owned()]));
        None
    }

    /// Keeps what was met, or forgets it: a row that is refused names nothing.
    pub(crate) fn settle(&mut self, kept: bool) {
        let (fresh, cells) = (&mut self.fresh, &mut self.cells);
        if kept {
            fresh.clear();
            cells.clear();
            return;
        }
        for (column, cell) in cells.drain(..) {
            if let Some(of_column) = self.words.get_mut(&column) {
                of_column.remove(&cell);
            }
        }
        for (key, authorities) in fresh.drain(..).rev() {
            if authorities.is_empty() {
                self.declared.remove(&key);
            } else if let Some(declared) = self.declared.get_mut(&key) {
                declared.ids.retain(|a, _| !authorities.contains(a));
            }
        }
    }

    /// Every name, in the order of kinds and words.
    pub(crate) fn all(&self) -> impl Iterator<Item = (&(String, String), &Declared)> {
        self.declared.iter()
    }

    pub(crate) fn len(&self) -> usize {
        self.declared.len()
    }
}

/// A source as a row cites it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Cited {
    /// Its key.
    pub key: String,
    /// Page or folio.
    pub place: Option<String>,
    /// The key of the source through which it is known, where the row says so.
    pub via: Option<String>,
}

impl Cited {
    pub(crate) fn of(key: String) -> Cited {
        Cited {
            key,
            ..Cited::default()
        }
    }
}

/// Sources by the words of their cells.
#[derive(Default)]
pub(crate) struct Sources {
    /// The key of each cell's words.
    by_words: BTreeMap<String, String>,
    /// The words of each key.
    by_key: BTreeMap<String, String>,
    /// Keys met since the last row that was kept.
    fresh: Vec<String>,
}

impl Sources {
    /// The key of a source: the words where they are a key, else one made of them.
    pub(crate) fn key(&mut self, words: &str) -> String {
        let words = words.strip_prefix('@').unwrap_or(words).trim();
        if let Some(key) = self.by_words.get(words) {
            return key.clone();
        }
        let made = if is_key(words) {
            words.to_owned()
        } else {
            slug(words)
        };
        let mut key = made.clone();
        let mut next = 2u32;
        while self.by_key.get(&key).is_some_and(|other| other != words) {
            key = format!("{made}-{next}");
            next += 1;
        }
        self.by_words.insert(words.to_owned(), key.clone());
        self.by_key.insert(key.clone(), words.to_owned());
        self.fresh.push(key.clone());
        key
    }

    /// Keeps what was met, or forgets it: a row that is refused cites nothing.
    pub(crate) fn settle(&mut self, kept: bool) {
        for key in self.fresh.drain(..).filter(|_| !kept) {
            if let Some(words) = self.by_key.remove(&key) {
                self.by_words.remove(&words);
            }
        }
    }

    /// A citation of Pandoc's form: `@zztj, 197-23b via @wp`.
    ///
    /// # Errors
    ///
    /// Where what stands behind the comma is no page or the like, or a second source hides in it.
    pub(crate) fn citation(&mut self, words: &str) -> Result<Cited, String> {
        let (words, via) = words.split_once(" via @").unwrap_or((words, ""));
        let (key, place) = match words.split_once(',') {
            Some((key, place)) => (key.trim(), Some(place.split_whitespace())),
            None => (words.trim(), None),
        };
        let place = place.map(|words| words.collect::<Vec<_>>().join(" "));
        let wrong = |place: &String| {
            place.contains(['[', ']', '@', ';']) || place.contains(char::is_control)
        };
        if let Some(place) = place.as_ref().filter(|place| wrong(place)) {
            return Err(format!(
                "`{place}` is no page or folio; several sources are separated by `;`"
            ));
        }
        Ok(Cited {
            key: self.key(key),
            place: place.filter(|place| !place.is_empty()),
            via: (!via.trim().is_empty()).then(|| self.key(via)),
        })
    }

    /// Keys with the words they stand for.
    pub(crate) fn all(&self) -> impl Iterator<Item = (&String, &String)> {
        self.by_key.iter()
    }
}

fn is_key(words: &str) -> bool {
    let inner = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':' | '.');
    let ends = |c: char| c.is_alphanumeric();
    words.chars().all(inner) && words.starts_with(ends) && words.ends_with(ends)
}

/// Words made into a key: `Beckwith 2009, p. 34` becomes `beckwith-2009-p-34`.
pub(crate) fn slug(words: &str) -> String {
    let mut key = String::new();
    for c in words.to_lowercase().chars() {
        if c.is_alphanumeric() {
            key.push(c);
        } else if !key.ends_with('-') && !key.is_empty() {
            key.push('-');
        }
    }
    let key: String = key.chars().take(60).collect();
    let key = key.trim_end_matches('-');
    if key.is_empty() {
        "source".to_owned()
    } else {
        key.to_owned()
    }
}

/// Words inside straight quotation marks; their own become closing curly ones, which end nothing.
pub(crate) fn quoted(words: &str) -> String {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    format!("\"{}\"", words.replace(['"', '\u{ff02}'], "\u{201d}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_could_be_read_otherwise_stand_in_quotes() {
        for (cell, words) in [
            ("Guo  Xiaoke", "Guo Xiaoke"),
            ("Long Xuepo'anazhi", "Long Xuepo'anazhi"),
            ("焉耆", "焉耆"),
            ("Army of the West", "\"Army of the West\""),
            ("Trinidad and Tobago", "\"Trinidad and Tobago\""),
            ("Louis XIV, 2", "\"Louis XIV, 2\""),
            ("And So", "\"And So\""),
        ] {
            assert_eq!(name_words(cell).as_deref(), Ok(words));
        }
        for cell in ["a \"b\"", "Karasahr?", &"x".repeat(200)] {
            assert!(name_words(cell).is_err(), "{cell}");
        }
    }

    #[test]
    fn sources_get_keys_that_stay_apart() {
        let mut sources = Sources::default();
        assert_eq!(sources.key("beckwith2009"), "beckwith2009");
        assert_eq!(sources.key("@beckwith2009"), "beckwith2009");
        assert_eq!(sources.key("Beckwith 2009, p. 3"), "beckwith-2009-p-3");
        assert_eq!(sources.key("Beckwith 2009; p. 3"), "beckwith-2009-p-3-2");
        assert_eq!(sources.key("Beckwith 2009, p. 3"), "beckwith-2009-p-3");
        assert_eq!(sources.key("??"), "source");
        let cited = sources.citation("@zztj, 197-23b").unwrap();
        assert_eq!(
            (cited.key.as_str(), cited.place.as_deref()),
            ("zztj", Some("197-23b"))
        );
        let cited = sources.citation("@xts via @wp").unwrap();
        assert_eq!(
            (cited.key.as_str(), cited.via.as_deref()),
            ("xts", Some("wp"))
        );
    }
}
