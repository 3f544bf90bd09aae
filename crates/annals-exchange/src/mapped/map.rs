//! The map of a table: what its columns mean, written in TOML by whoever knows the table.

use std::ops::Range;

use annals::nearest;
use annals_calendar::Settings;
use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use super::dates::Years;
use super::template::{Piece, columns, read_template};

/// Keys that hold the name of a column.
const COLUMNS: [&str; 12] = [
    "sentence_column",
    "date",
    "not_before",
    "not_after",
    "start",
    "end",
    "calendar_column",
    "source",
    "locator",
    "passage",
    "note",
    "doubt",
];
/// All keys beside the tables `kinds` and `ids`.
const KEYS: [&str; 13] = [
    "sentence",
    "years",
    "calendar",
    "undated",
    "sentinels",
    "real_dates",
    "cite",
    "declare",
    "declare_sources",
    "delimiter",
    "sheet",
    "kinds",
    "ids",
];

/// What the columns of a table mean.
#[derive(Clone, Debug, Default)]
pub struct Map {
    pub(crate) sentence: Vec<Piece>,
    /// Column names by key: `date`, `source`.
    pub(crate) columns: Vec<(&'static str, String)>,
    pub(crate) years: Option<Years>,
    pub(crate) calendar: Option<String>,
    pub(crate) undated: Vec<String>,
    pub(crate) sentinels: Vec<String>,
    pub(crate) real_dates: Vec<String>,
    pub(crate) cite: Option<String>,
    pub(crate) declare: bool,
    pub(crate) declare_sources: bool,
    pub(crate) delimiter: Option<u8>,
    /// The sheet of a workbook.
    pub(crate) sheet: Option<String>,
    /// Kinds of the names in columns.
    pub(crate) kinds: Vec<(String, String)>,
    /// For a column of names: the authority and the column with its numbers.
    pub(crate) ids: Vec<(String, String, String)>,
}

/// Something in a map that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MapFault {
    /// The line of the map.
    pub line: usize,
    /// What is wrong there.
    pub words: String,
}

/// Reads a map.
///
/// # Errors
///
/// Everything in it that cannot be used; a key that is passed over in silence would change claims.
pub fn read_map(text: &str) -> Result<Map, Vec<MapFault>> {
    let mut reader = Reader {
        text,
        map: Map {
            declare: true,
            declare_sources: true,
            ..Map::default()
        },
        faults: Vec::new(),
    };
    match DeTable::parse(text) {
        Ok(table) => reader.whole(table.get_ref()),
        Err(error) => {
            let words = format!("this is not TOML: {}", error.message());
            reader.fault(error.span().unwrap_or(0..0), words);
        }
    }
    if reader.faults.is_empty() {
        reader.complete();
    }
    if reader.faults.is_empty() {
        Ok(reader.map)
    } else {
        Err(reader.faults)
    }
}

impl Map {
    /// The column that a key names.
    pub(crate) fn column(&self, key: &str) -> Option<&str> {
        let found = self.columns.iter().find(|(known, _)| *known == key);
        found.map(|(_, name)| name.as_str())
    }

    /// The kind of the names in a column.
    pub(crate) fn kind(&self, column: &str) -> Option<&str> {
        let found = self.kinds.iter().find(|(known, _)| known == column);
        found.map(|(_, kind)| kind.as_str())
    }

    /// Every column the map names, each once.
    pub(crate) fn named(&self) -> Vec<&str> {
        let mut all = columns(&self.sentence);
        let more = self.columns.iter().map(|(_, name)| name.as_str());
        let kinds = self.kinds.iter().map(|(name, _)| name.as_str());
        let ids = self
            .ids
            .iter()
            .flat_map(|(of, _, numbers)| [of.as_str(), numbers.as_str()]);
        for name in more.chain(kinds).chain(ids) {
            if !all.contains(&name) {
                all.push(name);
            }
        }
        all
    }
}

struct Reader<'t> {
    text: &'t str,
    map: Map,
    faults: Vec<MapFault>,
}

type Entry<'e, 'd> = (&'e Spanned<DeString<'d>>, &'e Spanned<DeValue<'d>>);

impl Reader<'_> {
    fn fault(&mut self, place: Range<usize>, words: impl Into<String>) {
        let before = self.text.get(..place.start).unwrap_or("");
        self.faults.push(MapFault {
            line: before.matches('\n').count() + 1,
            words: words.into(),
        });
    }

    fn whole(&mut self, table: &DeTable<'_>) {
        for (key, value) in table {
            let name = key.get_ref().as_ref();
            if let Some(known) = COLUMNS.iter().find(|known| **known == name) {
                if let Some(column) = self.words((key, value), "the name of a column") {
                    self.map.columns.push((known, column));
                }
            } else {
                self.setting(name, (key, value));
            }
        }
    }

    fn setting(&mut self, name: &str, entry: Entry<'_, '_>) {
        match name {
            "sentence" => {
                let text = self.words(entry, "a sentence such as \"{Ruler} is king of {Polity}\"");
                match text.as_deref().map(read_template) {
                    Some(Ok(pieces)) => self.map.sentence = pieces,
                    Some(Err(words)) => self.fault(
                        entry.1.span(),
                        format!("the sentence cannot be read: {words}"),
                    ),
                    None => {}
                }
            }
            "years" => {
                let expected =
                    "\"astronomical\" (0 is 1 BC), \"historical\" (-1 is 1 BC) or \"marked\"";
                match self.words(entry, expected).as_deref() {
                    Some("astronomical") => self.map.years = Some(Years::Astronomical),
                    Some("historical") => self.map.years = Some(Years::Historical),
                    Some("marked") => self.map.years = Some(Years::Marked),
                    Some(_) => self.fault(entry.1.span(), format!("`years` is {expected}")),
                    None => {}
                }
            }
            "calendar" => {
                let calendar = self.words(entry, "a calendar such as \"julian\"");
                let known = |c: &String| Settings::default().set_calendar(c);
                if calendar.as_ref().is_some_and(|c| !known(c)) {
                    self.fault(entry.1.span(), "no calendar is called so");
                }
                self.map.calendar = calendar;
            }
            "undated" => self.map.undated = self.list(entry),
            "sentinels" => self.map.sentinels = self.list(entry),
            "real_dates" => self.map.real_dates = self.list(entry),
            "cite" => self.map.cite = self.words(entry, "the key of a source"),
            "declare" => self.map.declare = self.flag(entry),
            "declare_sources" => self.map.declare_sources = self.flag(entry),
            "delimiter" => {
                // A tab is a mark too, so that nothing is trimmed.
                let mark = match entry.1.get_ref() {
                    DeValue::String(text) => text.as_bytes(),
                    _ => &[],
                };
                match mark {
                    [mark] => self.map.delimiter = Some(*mark),
                    _ => self.fault(
                        entry.1.span(),
                        "`delimiter` is one mark of ASCII, such as \";\"",
                    ),
                }
            }
            "sheet" => self.map.sheet = self.words(entry, "the name of a sheet"),
            "kinds" => {
                for (column, kind) in self.pairs(entry) {
                    self.map.kinds.push((column, kind));
                }
            }
            "ids" => self.ids(entry),
            _ => {
                let near = nearest(name, COLUMNS.into_iter().chain(KEYS));
                let hint = near.map_or(String::new(), |near| format!("; did you mean `{near}`?"));
                self.fault(entry.0.span(), format!("a map has no key `{name}`{hint}"));
            }
        }
    }

    fn words(&mut self, (key, value): Entry<'_, '_>, expected: &str) -> Option<String> {
        match value.get_ref() {
            DeValue::String(text) if !text.trim().is_empty() => Some(text.trim().to_owned()),
            _ => {
                self.fault(value.span(), format!("`{}` is {expected}", key.get_ref()));
                None
            }
        }
    }

    fn flag(&mut self, (key, value): Entry<'_, '_>) -> bool {
        match value.get_ref() {
            DeValue::Boolean(flag) => *flag,
            _ => {
                self.fault(
                    value.span(),
                    format!("`{}` is true or false", key.get_ref()),
                );
                true
            }
        }
    }

    fn list(&mut self, (key, value): Entry<'_, '_>) -> Vec<String> {
        let words = |item: &Spanned<DeValue<'_>>| match item.get_ref() {
            DeValue::String(text) => Some(text.trim().to_lowercase()),
            _ => None,
        };
        let list = match value.get_ref() {
            DeValue::Array(items) => items.iter().map(words).collect::<Option<Vec<String>>>(),
            _ => None,
        };
        list.unwrap_or_else(|| {
            let words = format!("`{}` is a list of cells, each in quotes", key.get_ref());
            self.fault(value.span(), words);
            Vec::new()
        })
    }

    fn pairs(&mut self, (key, value): Entry<'_, '_>) -> Vec<(String, String)> {
        let DeValue::Table(table) = value.get_ref() else {
            self.fault(
                value.span(),
                format!("`{}` is a table: `[{0}]`", key.get_ref()),
            );
            return Vec::new();
        };
        let mut pairs = Vec::new();
        for (key, value) in table {
            if let Some(words) = self.words((key, value), "words in quotes") {
                pairs.push((key.get_ref().trim().to_owned(), words));
            }
        }
        pairs
    }

    fn ids(&mut self, (_, value): Entry<'_, '_>) {
        let DeValue::Table(table) = value.get_ref() else {
            self.fault(value.span(), "`ids` holds a table a column: `[ids.Ruler]`");
            return;
        };
        for entry in table {
            let column = entry.0.get_ref().trim().to_owned();
            for (authority, numbers) in self.pairs(entry) {
                self.map.ids.push((column.clone(), authority, numbers));
            }
        }
    }

    /// What must be there, and what must not be there together.
    fn complete(&mut self) {
        let has = |key| self.map.column(key).is_some();
        let mut faults = Vec::new();
        match (self.map.sentence.is_empty(), has("sentence_column")) {
            (true, false) => faults.push("there is no `sentence`: write it with columns in braces, as \"{Ruler} is king of {Polity}\""),
            (false, true) => faults.push("`sentence` and `sentence_column` exclude each other"),
            _ => {}
        }
        let one = has("date");
        let within = has("not_before") || has("not_after");
        let lasting = has("start") || has("end");
        match [one, within, lasting].iter().filter(|given| **given).count() {
            0 => faults.push("no column is a date: `date`, `not_before` and `not_after`, or `start` and `end`"),
            1 => {}
            _ => faults.push("a claim has one date: `date`, or `not_before` and `not_after`, or `start` and `end`"),
        }
        if has("locator") && !has("source") && self.map.cite.is_none() {
            faults.push("a `locator` needs a `source` or a `cite`");
        }
        if has("source") && self.map.cite.is_some() {
            faults.push("`source` and `cite` exclude each other");
        }
        let one_word = |kind: &String| !kind.is_empty() && !kind.contains(char::is_whitespace);
        if !self.map.kinds.iter().all(|(_, kind)| one_word(kind)) {
            faults.push("a kind is one word, such as \"person\"");
        }
        if self
            .map
            .ids
            .iter()
            .any(|(column, ..)| self.map.kind(column).is_none())
        {
            faults.push("`ids` names a column without a kind");
        }
        for words in faults {
            self.fault(0..0, words);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_map_is_read_whole() {
        let map = read_map(
            "sentence = \"{Ruler} is king of {Land}\"\nstart = \"From\"\nend = \"To\"\nyears = \"historical\"\n\
             undated = [\"n.d.\"]\n[kinds]\nRuler = \"person\"\nLand = \"polity\"\n[ids.Ruler]\nwikidata = \"QID\"\n",
        )
        .unwrap();
        assert_eq!(map.named(), ["Ruler", "Land", "To", "From", "QID"]);
        assert_eq!(map.kind("Land"), Some("polity"));
        assert_eq!(map.years, Some(Years::Historical));
    }

    #[test]
    fn faults_are_at_their_lines() {
        let faults = |text: &str| read_map(text).unwrap_err();
        let found = faults("sentence = \"{a} is b\"\ndat = \"x\"\nyears = \"modern\"\n");
        assert_eq!(found[0].line, 2);
        assert!(found[0].words.contains("`date`"), "{}", found[0].words);
        assert_eq!(found[1].line, 3);
        assert!(faults("date = \"x\"\n")[0].words.contains("sentence"));
        assert!(faults("sentence = \"x\"\n")[0].words.contains("date"));
        assert!(
            faults("sentence = \"x\"\ndate = \"a\"\nstart = \"b\"\n")[0]
                .words
                .contains("one date")
        );
        assert_eq!(faults("sentence = \"x\n")[0].line, 1);
    }
}
