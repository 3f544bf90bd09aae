//! A first map of a table, from the names of its columns: something to correct, never to use as it
//! is, since what a column means is not in its name.

use std::io::BufRead;

use super::csv_rows::CsvRows;
use super::sheet::SheetRows;
use super::{Problem, Row, Rows};

/// Names that columns of a meaning often have, in lower case.
const USUAL: [(&str, &[&str]); 12] = [
    (
        "sentence_column",
        &["sentence", "claim", "statement", "event", "what"],
    ),
    (
        "not_before",
        &[
            "not before",
            "notbefore",
            "tpq",
            "terminus post quem",
            "earliest",
            "date from",
            "date_from",
            "after",
        ],
    ),
    (
        "not_after",
        &[
            "not after",
            "notafter",
            "taq",
            "terminus ante quem",
            "latest",
            "date to",
            "date_to",
            "before",
        ],
    ),
    (
        "start",
        &[
            "start",
            "from",
            "begin",
            "beginning",
            "start year",
            "start_year",
            "start date",
            "reign start",
            "accession",
        ],
    ),
    (
        "end",
        &[
            "end",
            "to",
            "until",
            "end year",
            "end_year",
            "end date",
            "reign end",
        ],
    ),
    ("date", &["date", "year", "when", "dates", "day"]),
    ("calendar_column", &["calendar"]),
    (
        "source",
        &[
            "source",
            "sources",
            "citation",
            "reference",
            "bibliography",
            "book",
        ],
    ),
    ("locator", &["page", "pages", "folio", "locator", "chapter"]),
    (
        "passage",
        &["passage", "quote", "quotation", "text", "excerpt"],
    ),
    (
        "note",
        &["note", "notes", "remark", "remarks", "comment", "comments"],
    ),
    ("doubt", &["doubt", "doubtful", "uncertain", "certainty"]),
];

/// Names that columns of authority numbers often hold, with the authority.
const AUTHORITIES: [(&str, &str); 8] = [
    ("wikidata", "wikidata"),
    ("qid", "wikidata"),
    ("geonames", "geonames"),
    ("viaf", "viaf"),
    ("gnd", "gnd"),
    ("pleiades", "pleiades"),
    ("tgn", "tgn"),
    ("cbdb", "cbdb"),
];

/// Kinds by the names of columns.
const KINDS: [(&str, &[&str]); 4] = [
    (
        "person",
        &[
            "ruler", "king", "queen", "emperor", "person", "name", "who", "leader", "general",
            "man", "woman",
        ],
    ),
    (
        "polity",
        &[
            "polity", "state", "kingdom", "country", "empire", "dynasty", "realm", "land",
        ],
    ),
    (
        "place",
        &["place", "city", "town", "site", "location", "where"],
    ),
    ("people", &["people", "tribe"]),
];

/// A map for a CSV file, by the names of its columns.
///
/// # Errors
///
/// A head that cannot be read.
pub fn propose_for_csv(input: impl BufRead, name: &str) -> Result<String, Problem> {
    let rows = CsvRows::new(input, None)?;
    let delimiter = (rows.delimiter() != b',').then(|| char::from(rows.delimiter()));
    proposed(rows, name, delimiter)
}

/// A map for a workbook, by the names of its columns.
///
/// # Errors
///
/// A workbook that cannot be read.
pub fn propose_for_xlsx(bytes: &[u8], name: &str) -> Result<String, Problem> {
    proposed(SheetRows::new(bytes, None)?, name, None)
}

fn proposed(mut rows: impl Rows, name: &str, delimiter: Option<char>) -> Result<String, Problem> {
    let mut row = Row::default();
    while rows.next_row(&mut row)? {
        if !row.is_blank() {
            return Ok(map_of(&row.cells, name, delimiter));
        }
    }
    Err(row.problem(None, "the table is empty"))
}

fn map_of(headings: &[String], name: &str, delimiter: Option<char>) -> String {
    let mut proposal = Proposal::of(headings);
    let keys = proposal.keys();
    let ids = proposal.authorities();
    let named = proposal.kinds();
    let headings = &proposal.headings;
    let one_line = |words: &str| words.replace(['\n', '\r'], " ");
    let mut lines = vec![
        format!(
            "# What the columns of {} mean; correct it and run the import again with it.",
            one_line(name)
        ),
        format!("# Columns: {}", one_line(&headings.join(" | "))),
    ];
    if !keys.iter().any(|(key, _)| *key == "sentence_column") {
        lines.push("# The sentence of a row, with columns in braces; `[ … ]` is left out where a cell in it is empty.".to_owned());
        lines.push(format!(
            "sentence = {}",
            toml_string(&proposal.sentence(&named))
        ));
    }
    for (key, at) in &keys {
        lines.push(format!("{key} = {}", toml_string(headings[*at])));
    }
    lines.extend(SETTINGS.map(str::to_owned));
    if let Some(delimiter) = delimiter {
        lines.push(format!(
            "delimiter = {}",
            toml_string(&delimiter.to_string())
        ));
    }
    if !named.is_empty() {
        lines.push("\n# Kinds of the names in columns; each name is declared with it.".to_owned());
        lines.push("[kinds]".to_owned());
        for (at, kind) in &named {
            lines.push(format!("{} = \"{kind}\"", toml_string(headings[*at])));
        }
    }
    if let ([(of, _), ..], [_, ..]) = (named.as_slice(), ids.as_slice()) {
        lines.push("\n# Numbers in authority files.".to_owned());
        lines.push(format!("[ids.{}]", toml_string(headings[*of])));
        for (at, authority) in &ids {
            lines.push(format!("{authority} = {}", toml_string(headings[*at])));
        }
    }
    let unused = proposal.unused();
    if !unused.is_empty() {
        lines.push(format!("\n# Not used: {}", one_line(&unused.join(" | "))));
    }
    lines.join("\n") + "\n"
}

/// What a map says beside its columns, to be corrected.
const SETTINGS: [&str; 4] = [
    "years = \"historical\"        # -525 is 525 BC; \"astronomical\": -524 is; \"marked\": none is negative",
    "undated = [\"\"]              # cells that mean that no date is known",
    "# sentinels = [\"1111\"]      # further cells that must not be taken for dates; 9999 and its like never are",
    "# calendar = \"julian\"       # of all rows",
];

/// Columns and which of them have found a meaning.
struct Proposal<'h> {
    headings: Vec<&'h str>,
    lower: Vec<String>,
    taken: Vec<bool>,
}

impl<'h> Proposal<'h> {
    fn of(headings: &'h [String]) -> Proposal<'h> {
        let all = headings.iter().map(String::as_str);
        let headings: Vec<&str> = all.filter(|heading| !heading.is_empty()).collect();
        let lower = headings.iter().map(|h| h.to_lowercase().replace('_', " "));
        Proposal {
            lower: lower.collect(),
            taken: vec![false; headings.len()],
            headings,
        }
    }

    fn free(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.headings.len()).filter(|at| !self.taken[*at])
    }

    fn take(&mut self, columns: impl IntoIterator<Item = usize>) {
        for at in columns {
            self.taken[at] = true;
        }
    }

    /// Columns whose names say what they are, by key.
    fn keys(&mut self) -> Vec<(&'static str, usize)> {
        let mut keys: Vec<(&'static str, usize)> = Vec::new();
        for (key, usual) in USUAL {
            let has = |names: &[&str]| keys.iter().any(|(known, _)| names.contains(known));
            // A claim has one kind of date: what was found first stays.
            let late = match key {
                "start" | "end" => has(&["not_before", "not_after"]),
                "date" => has(&["not_before", "not_after", "start", "end"]),
                _ => false,
            };
            let fits = |at: &usize| usual.iter().any(|n| n.replace('_', " ") == self.lower[*at]);
            let found = self.free().find(fits);
            if let Some(at) = found.filter(|_| !late) {
                keys.push((key, at));
                self.take([at]);
            }
        }
        keys
    }

    fn authorities(&mut self) -> Vec<(usize, &'static str)> {
        let known = |at: usize| {
            let mut all = AUTHORITIES.iter();
            let found = all.find(|(word, _)| self.lower[at].contains(word));
            found.map(|(_, authority)| (at, *authority))
        };
        let mut found: Vec<(usize, &str)> = self.free().filter_map(known).collect();
        // One column a number: a second would be a key twice.
        let mut seen: Vec<&str> = Vec::new();
        found.retain(|(_, authority)| {
            let fresh = !seen.contains(authority);
            seen.push(authority);
            fresh
        });
        self.take(found.iter().map(|(at, _)| *at));
        found
    }

    fn kinds(&mut self) -> Vec<(usize, &'static str)> {
        let known = |at: usize| {
            let named = |words: &[&str]| self.lower[at].split(' ').any(|w| words.contains(&w));
            let kind = KINDS.iter().find(|(_, words)| named(words));
            kind.map(|(kind, _)| (at, *kind))
        };
        let found: Vec<(usize, &str)> = self.free().filter_map(known).collect();
        self.take(found.iter().map(|(at, _)| *at));
        found
    }

    fn sentence(&self, named: &[(usize, &str)]) -> String {
        let slots = named
            .iter()
            .map(|(at, _)| format!("{{{}}}", self.headings[*at]));
        match slots.collect::<Vec<_>>().as_slice() {
            [] => "{…} is king of {…}".to_owned(),
            [one] => format!("{one} is king of {{…}}"),
            slots => slots.join(" is king of "),
        }
    }

    fn unused(&self) -> Vec<&str> {
        self.free().map(|at| self.headings[at]).collect()
    }
}

/// A string of TOML.
fn toml_string(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => out.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mapped::read_map;

    #[test]
    fn a_proposed_map_is_a_map() {
        for head in [
            "Ruler,Polity,From,To,Source,Page,Wikidata,Remarks,Colour\n",
            "king;land;year\n",
            "Sentence\tDate\n",
            "\"A \"\"B\"\"\",date,\\\n",
            "tpq,taq,from,to,date,who,where\n",
        ] {
            let text = propose_for_csv(head.as_bytes(), "kings.csv").unwrap();
            let map = read_map(&text);
            assert!(map.is_ok(), "{text}\n{map:?}");
        }
        let text = propose_for_csv(
            &b"Ruler,Polity,From,To,Source,Wikidata,Colour\n"[..],
            "kings.csv",
        )
        .unwrap();
        for line in [
            "sentence = \"{Ruler} is king of {Polity}\"",
            "start = \"From\"",
            "end = \"To\"",
            "source = \"Source\"",
            "\"Ruler\" = \"person\"",
            "wikidata = \"Wikidata\"",
            "# Not used: Colour",
        ] {
            assert!(text.contains(line), "{line}\n{text}");
        }
        assert!(propose_for_csv(&b"\n"[..], "x.csv").is_err());
    }
}
