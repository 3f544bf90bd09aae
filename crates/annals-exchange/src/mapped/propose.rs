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
    let headings: Vec<&str> = headings
        .iter()
        .map(String::as_str)
        .filter(|h| !h.is_empty())
        .collect();
    let lower: Vec<String> = headings
        .iter()
        .map(|h| h.to_lowercase().replace('_', " "))
        .collect();
    let mut taken = vec![false; headings.len()];
    let mut lines = vec![
        format!(
            "# What the columns of {} mean; correct it and run the import again with it.",
            name.replace(['\n', '\r'], " ")
        ),
        format!(
            "# Columns: {}",
            headings.join(" | ").replace(['\n', '\r'], " ")
        ),
    ];
    let mut keys = String::new();
    for (key, usual) in USUAL {
        let found = (0..headings.len()).find(|at| {
            !taken[*at]
                && usual
                    .iter()
                    .any(|name| name.replace('_', " ") == lower[*at])
        });
        // A claim has one kind of date: what was found first stays.
        let dated = ["not_before", "start", "date"]
            .iter()
            .any(|k| keys.contains(&format!("\n{k} =")));
        let late = match key {
            "start" | "date" => dated,
            "end" => keys.contains("\nnot_before =") || keys.contains("\nnot_after ="),
            _ => false,
        };
        if let Some(at) = found.filter(|_| !late) {
            taken[at] = true;
            keys.push_str(&format!("\n{key} = {}", toml_string(headings[at])));
        }
    }
    let authorities: Vec<(usize, &str)> = (0..headings.len())
        .filter(|at| !taken[*at])
        .filter_map(|at| {
            let known = AUTHORITIES
                .iter()
                .find(|(word, _)| lower[at].contains(word));
            known.map(|(_, authority)| (at, *authority))
        })
        .collect();
    for (at, _) in &authorities {
        taken[*at] = true;
    }
    let named: Vec<(usize, &str)> = (0..headings.len())
        .filter(|at| !taken[*at])
        .filter_map(|at| {
            let kind = KINDS
                .iter()
                .find(|(_, words)| lower[at].split(' ').any(|w| words.contains(&w)));
            kind.map(|(kind, _)| (at, *kind))
        })
        .collect();
    if !keys.contains("\nsentence_column =") {
        lines.push("# The sentence of a row, with columns in braces; `[ … ]` is left out where a cell in it is empty.".to_owned());
        let slots: Vec<String> = named
            .iter()
            .map(|(at, _)| format!("{{{}}}", headings[*at]))
            .collect();
        let sentence = match slots.as_slice() {
            [] => "{…} is king of {…}".to_owned(),
            [one] => format!("{one} is king of {{…}}"),
            slots => slots.join(" is king of "),
        };
        lines.push(format!("sentence = {}", toml_string(&sentence)));
    }
    lines.push(keys.trim_start().to_owned());
    lines.push("years = \"historical\"        # -525 is 525 BC; \"astronomical\": -524 is; \"marked\": none is negative".to_owned());
    lines.push("undated = [\"\"]              # cells that mean that no date is known".to_owned());
    lines.push("# sentinels = [\"1111\"]      # further cells that must not be taken for dates; 9999 and its like never are".to_owned());
    lines.push("# calendar = \"julian\"       # of all rows".to_owned());
    if let Some(delimiter) = delimiter {
        lines.push(format!(
            "delimiter = {}",
            toml_string(&delimiter.to_string())
        ));
    }
    if !named.is_empty() {
        lines.push(
            "\n# Kinds of the names in columns; each name is declared with it.\n[kinds]".to_owned(),
        );
        lines.extend(
            named
                .iter()
                .map(|(at, kind)| format!("{} = \"{kind}\"", toml_string(headings[*at]))),
        );
    }
    if let ([(of, _), ..], false) = (named.as_slice(), authorities.is_empty()) {
        lines.push(format!(
            "\n# Numbers in authority files.\n[ids.{}]",
            toml_string(headings[*of])
        ));
        lines.extend(
            authorities
                .iter()
                .map(|(at, authority)| format!("{authority} = {}", toml_string(headings[*at]))),
        );
    }
    let unused: Vec<&str> = (0..headings.len())
        .filter(|at| !taken[*at] && !named.iter().any(|(of, _)| of == at))
        .map(|at| headings[at])
        .collect();
    if !unused.is_empty() {
        lines.push(format!(
            "\n# Not used: {}",
            unused.join(" | ").replace(['\n', '\r'], " ")
        ));
    }
    lines.join("\n") + "\n"
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
