//! Tables in: what a mapped table becomes, compiled.

#![allow(clippy::unwrap_used)]

mod common;

use annals_exchange::{
    Import, Known, Refusing, Summary, import_csv, import_xlsx, read_map, tables, xlsx_bytes,
};
use common::{compiled, errors};

const KINGS: &str = "sentence = \"{Ruler} is king of {Land}[ with {Partner}]\"\nstart = \"From\"\nend = \"To\"\n\
years = \"historical\"\nsource = \"Source\"\nlocator = \"Page\"\nnote = \"Remarks\"\nundated = [\"\"]\n\
[kinds]\nRuler = \"person\"\nLand = \"polity\"\n[ids.Ruler]\nwikidata = \"QID\"\n";

fn import(table: &[u8], map: &str, refusing: Refusing) -> (String, Summary) {
    let map = read_map(map).unwrap();
    let mut out = Vec::new();
    let mut import = Import {
        name: "kings.csv",
        map: &map,
        known: &Known::default(),
        most_rows: None,
        refusing,
        progress: &mut |_| {},
    };
    let summary = import_csv(table, &mut out, &mut import).unwrap();
    (String::from_utf8(out).unwrap(), summary)
}

#[test]
fn rows_become_claims_that_compile() {
    let table = "Ruler,Land,From,To,Source,Page,Remarks,QID,Partner,Colour\r\n\
        Psammetichus,Egypt,-664,-610,Herodotus,2.152,\"the \"\"first\"\"\",Q1,,red\r\n\
        Necho the Younger,Egypt,-610,-595,Herodotus 2; Manetho,,,,,\r\n\
        Guo Xiaoke,Upper and Lower Land,644-09-17,,,,,,,\r\n";
    let (text, summary) = import(table.as_bytes(), KINGS, Refusing::All);
    assert_eq!(
        (summary.claims, summary.refused, summary.names),
        (3, 0, 5),
        "{:?}",
        summary.problems
    );
    assert_eq!(summary.unused, ["Colour"]);
    for line in [
        "draft",
        "from 664 BC to 610 BC: Psammetichus is king of Egypt. [@Herodotus, 2.152 via @table-kings]",
        "  note \"row 2 of kings.csv\"",
        "  note \"the \u{201d}first\u{201d}\"",
        "from 610 BC to 595 BC: \"Necho the Younger\" is king of Egypt. [@herodotus-2 via @table-kings; @Manetho via @table-kings]",
        "from 644-09-17: Guo Xiaoke is king of \"Upper and Lower Land\". [@table-kings, row 4]",
        "person Psammetichus",
        "  id wikidata Q1",
        "polity \"Upper and Lower Land\"",
        "source herodotus-2",
        "  title \"Herodotus 2\"",
    ] {
        assert!(text.lines().any(|l| l == line), "{line}\nis not in\n{text}");
    }
    let drafts = compiled(&text);
    assert_eq!(errors(&drafts), Vec::<String>::new(), "{text}");
    assert!(drafts.chronicle().claims.iter().all(|claim| claim.draft));
    assert_eq!(drafts.chronicle().claims.len(), 3);
    let taken = compiled(&text.replace("draft\n", ""));
    let answer = taken.ask("605 BC: ? is king of Egypt").ok().unwrap();
    assert_eq!(answer.certain(), ["Necho the Younger"]);
}

#[test]
fn what_the_chronicle_declares_is_not_declared_again() {
    let main = "polity Egypt\n  also Kemet\nsource Manetho\nperson Necho\n";
    let known = Known::of(compiled(main).chronicle());
    let map = read_map("sentence = \"{Ruler} is king of {Land}\"\ndate = \"Year\"\nsource = \"Source\"\n[kinds]\nRuler = \"person\"\nLand = \"polity\"\n").unwrap();
    let table = "Ruler,Land,Year,Source\nNecho,Kemet,600,Manetho\nApries,Egypt,580,Herodotus\n";
    let mut out = Vec::new();
    let mut import = Import {
        name: "kings.csv",
        map: &map,
        known: &known,
        most_rows: None,
        refusing: Refusing::All,
        progress: &mut |_| {},
    };
    let summary = import_csv(table.as_bytes(), &mut out, &mut import).unwrap();
    assert_eq!((summary.claims, summary.names), (2, 1));
    let text = String::from_utf8(out).unwrap();
    assert_eq!(
        errors(&compiled(&format!("{main}{text}"))),
        Vec::<String>::new(),
        "{text}"
    );
}

#[test]
fn bounds_are_inclusive_and_calendars_by_row() {
    let map = "sentence = \"{Who} attacks {What}\"\nnot_before = \"a\"\nnot_after = \"b\"\ncalendar_column = \"c\"\n\
        passage = \"q\"\ndoubt = \"d\"\ncite = \"book\"\n[kinds]\nWho = \"polity\"\nWhat = \"polity\"\n";
    let table = "Who;What;a;b;c;q;d\nTang;Kucha Land;648;650;;He said: go.;?\nTang;Kucha Land;1700-02-10;1700-02-10;julian;;\n";
    let (text, summary) = import(table.as_bytes(), map, Refusing::All);
    assert_eq!(summary.refused, 0, "{:?}", summary.problems);
    let chronicle = compiled(&text.replace("draft\n", "source book\n"));
    assert_eq!(errors(&chronicle), Vec::<String>::new(), "{text}");
    let answer = chronicle.timeline(None).ok().unwrap().to_text();
    assert!(
        text.contains("no earlier than 648, no later than 650: Tang attacks Kucha Land. ? ["),
        "{text}"
    );
    assert!(text.contains("1700-02-10 (Julian): "), "{text}");
    assert!(text.contains("  quote \"He said: go.\""), "{text}");
    assert!(answer.contains("between 648 and 650"), "{answer}");
    assert!(
        answer.contains("1700-02-20"),
        "Gregorian by default after 1582: {answer}"
    );
}

#[test]
fn what_cannot_be_used_is_named_by_row_and_column() {
    let table = "Ruler,Land,From,To,Source,Page,Remarks,QID,Partner\n\
        A,Egypt,9999,,,,,,\n\
        ,Egypt,-1,,,,,,\n\
        B,Egypt,0,,,,,,\n\
        C,Egypt,-600,n.d.,,,,,\n\
        D,Egypt,10/2/649,,,,,,\n\
        E,Egypt,1,2\n\
        F,Egypt,1,2,,,,Q1,\n\
        F,Egypt,1,2,,,,Q2,\n\
        G,Egypt,1,2,,12,,,\n\
        G,Egypt,1,2,A; B,12,,,\n\
        \"H?\",Egypt,1,2,,,,,\n\
        I,Egypt,1,2,,,,,\n";
    let (_, summary) = import(table.as_bytes(), KINGS, Refusing::All);
    let said: Vec<String> = summary.problems.iter().map(ToString::to_string).collect();
    assert_eq!((summary.claims, summary.refused), (2, 10), "{said:#?}");
    for (at, words) in [
        "row 2, column `From`: `9999`",
        "row 3, column `Ruler`: the cell is empty",
        "row 4, column `From`: there is no year 0",
        "row 5, column `To`: `n.d.`",
        "row 6, column `From`: `10/2/649`",
        "row 7: it has 4 cells where the table has 9 columns",
        "row 9, column `QID`: the name of `Ruler` has the wikidata number Q2 here and Q1 in row 8",
        "row 10, column `Source`: there is a page and no source",
        "row 11, column `Source`: it is not said which",
        "row 12, column `Ruler`: `H?`",
    ]
    .into_iter()
    .enumerate()
    {
        assert!(said[at].starts_with(words), "{words}\n{}", said[at]);
    }
    let (text, summary) = import(table.as_bytes(), KINGS, Refusing::AsComments);
    assert_eq!(summary.refused, 10);
    assert!(text.contains("// row 2, column `From`: `9999`"), "{text}");
    assert!(text.contains("//   A | Egypt | 9999"), "{text}");
    assert_eq!(errors(&compiled(&text)), Vec::<String>::new(), "{text}");
}

#[test]
fn a_table_that_breaks_off_is_no_draft() {
    let table = "Ruler,Land,From,To,Source,Page,Remarks,QID,Partner\nA,Egypt,1,2,,,,,\nB,\"Egypt,1,2,,,,,\n";
    let (_, summary) = import(table.as_bytes(), KINGS, Refusing::AsComments);
    assert!(summary.broken && summary.claims == 1);
    assert!(
        summary.problems[0].words.contains("never closed"),
        "{}",
        summary.problems[0]
    );
    let many = "A,Egypt,9999,,,,,,\n".repeat(80);
    let table = format!("Ruler,Land,From,To,Source,Page,Remarks,QID,Partner\n{many}");
    let (_, summary) = import(table.as_bytes(), KINGS, Refusing::All);
    assert_eq!(
        (summary.refused, summary.problems.len(), summary.more),
        (80, 50, 30)
    );
    assert!(!summary.broken);
}

#[test]
fn a_map_that_does_not_fit_the_table_is_said_at_once() {
    let (_, summary) = import(b"Ruler,Lands,From,To\nA,B,1,2\n", KINGS, Refusing::All);
    let said: Vec<String> = summary.problems.iter().map(ToString::to_string).collect();
    assert!(
        said.iter()
            .any(|s| s.contains("`Land`") && s.contains("`Lands`")),
        "{said:?}"
    );
    let (_, summary) = import(b"", KINGS, Refusing::All);
    assert!(summary.problems[0].words.contains("empty"));
}

#[test]
fn our_own_csv_comes_in_again() {
    let source = compiled(common::OASIS);
    let content = annals_exchange::Content::of(&source);
    let table = annals_exchange::table_named(Some(&content), "claims").unwrap();
    let csv = annals_exchange::csv_text(&table, annals_exchange::Guard::Spreadsheets);
    let map =
        "sentence_column = \"sentence\"\ndate = \"date\"\nundated = [\"\"]\nsource = \"sources\"\n";
    let (text, summary) = import(csv.as_bytes(), map, Refusing::AsComments);
    // Dates that hang from labels mean nothing in another chronicle, and are said to.
    assert!(summary.claims > 5, "{:?}", summary.problems);
    assert_eq!(summary.claims + summary.refused, table.rows.len() as u64);
    let fall = "644: Guo Xiaoke takes Karasahr. [@zztj, 197-23b via @table-kings]";
    assert!(text.contains(fall), "{text}");
}

#[test]
fn a_workbook_with_dates_and_merged_cells_is_not_guessed_at() {
    let map = read_map(
        "sentence_column = \"words\"\ndate = \"date\"\nundated = [\"\"]\nsheet = \"claims\"\n",
    )
    .unwrap();
    let source = compiled(common::OASIS);
    let content = annals_exchange::Content::of(&source);
    let bytes = xlsx_bytes(&tables(Some(&content))).unwrap();
    let read = |bytes: &[u8]| {
        let mut out = Vec::new();
        let mut import = Import {
            name: "claims.xlsx",
            map: &map,
            known: &Known::default(),
            most_rows: None,
            refusing: Refusing::AsComments,
            progress: &mut |_| {},
        };
        let summary = import_xlsx(bytes, &mut out, &mut import).unwrap();
        (String::from_utf8(out).unwrap(), summary)
    };
    let (_, summary) = read(&bytes);
    assert_eq!(
        summary.claims + summary.refused,
        source.chronicle().claims.len() as u64
    );
    let sheet = |rows: &str, rest: &str| {
        book(
            &format!(
                "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>date</t></is></c><c r=\"B1\" t=\"inlineStr\"><is><t>words</t></is></c></row>{rows}"
            ),
            rest,
        )
    };
    let words = "t=\"inlineStr\"><is><t>A falls</t></is></c>";
    let rows = format!(
        "<row r=\"2\"><c r=\"A2\" s=\"1\"><v>43000</v></c><c r=\"B2\" {words}</row><row r=\"3\"><c r=\"A3\"><v>644</v></c><c r=\"B3\" {words}</row>"
    );
    let (text, summary) = read(&sheet(&rows, ""));
    assert_eq!(
        (summary.claims, summary.refused),
        (1, 1),
        "{:?}",
        summary.problems
    );
    assert!(
        summary.problems[0]
            .to_string()
            .starts_with("row 2, column `date`: the spreadsheet keeps"),
        "{}",
        summary.problems[0]
    );
    assert!(
        text.contains("644: A falls. [@table-claims, row 3]"),
        "{text}"
    );
    let rows = rows.replace(" s=\"1\"", "");
    let (_, summary) = read(&sheet(
        &rows,
        "<mergeCells count=\"1\"><mergeCell ref=\"A2:A3\"/></mergeCells>",
    ));
    assert_eq!(summary.refused, 2, "{:?}", summary.problems);
    assert!(
        summary.problems[0].words.contains("A2 to A3"),
        "{}",
        summary.problems[0]
    );
    let (_, summary) = read(b"PK\x03\x04 nonsense");
    assert!(summary.problems[0].words.contains("workbook"));
}

#[test]
fn a_formula_counts_by_its_value_and_not_at_all_without_one() {
    let map =
        read_map("sentence_column = \"words\"\ndate = \"date\"\nsheet = \"claims\"\n").unwrap();
    let words = "t=\"inlineStr\"><is><t>A falls</t></is></c>";
    let head = "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>date</t></is></c><c r=\"B1\" t=\"inlineStr\"><is><t>words</t></is></c></row>";
    // Reckoned; never reckoned; reckoned to a date, which no map asked for.
    let rows = format!(
        "<row r=\"2\"><c r=\"A2\"><f>600+44</f><v>644</v></c><c r=\"B2\" {words}</row>\
         <row r=\"3\"><c r=\"A3\"><f>600+45</f></c><c r=\"B3\" {words}</row>\
         <row r=\"4\"><c r=\"A4\" s=\"1\"><f>TODAY()</f><v>43000</v></c><c r=\"B4\" {words}</row>"
    );
    let mut out = Vec::new();
    let mut import = Import {
        name: "claims.xlsx",
        map: &map,
        known: &Known::default(),
        most_rows: None,
        refusing: Refusing::AsComments,
        progress: &mut |_| {},
    };
    let bytes = book(&format!("{head}{rows}"), "");
    let summary = import_xlsx(&bytes, &mut out, &mut import).unwrap();
    let text = String::from_utf8(out).unwrap();
    assert_eq!((summary.claims, summary.refused), (1, 2), "{text}");
    assert!(
        text.contains("644: A falls. [@table-claims, row 2]"),
        "{text}"
    );
    assert!(
        !text.contains("\n645:") && !text.contains("\n43000:"),
        "{text}"
    );
    let said: Vec<String> = summary.problems.iter().map(ToString::to_string).collect();
    assert!(
        said[0].starts_with("row 3, column `date`: the cell holds a formula and no value"),
        "{said:?}"
    );
    assert!(
        said[1].starts_with("row 4, column `date`: the spreadsheet keeps"),
        "{said:?}"
    );
}

/// A workbook as a spreadsheet program writes one: style 1 is a date.
fn book(rows: &str, rest: &str) -> Vec<u8> {
    use std::io::Write;
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let packaged = "http://schemas.openxmlformats.org/package/2006/relationships";
    let parts = [
        (
            "_rels/.rels",
            format!(
                "<Relationships xmlns=\"{packaged}\"><Relationship Id=\"r\" Type=\"{office}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                "<workbook xmlns=\"{main}\" xmlns:r=\"{office}\"><sheets><sheet name=\"claims\" sheetId=\"1\" r:id=\"s\"/></sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                "<Relationships xmlns=\"{packaged}\"><Relationship Id=\"s\" Type=\"{office}/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"t\" Type=\"{office}/styles\" Target=\"styles.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/styles.xml",
            format!(
                "<styleSheet xmlns=\"{main}\"><cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>"
            ),
        ),
        (
            "xl/worksheets/sheet1.xml",
            format!("<worksheet xmlns=\"{main}\"><sheetData>{rows}</sheetData>{rest}</worksheet>"),
        ),
    ];
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(name, zip::write::SimpleFileOptions::default())
            .unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn rows_that_are_refused_name_and_cite_nothing() {
    let table = "Ruler,Land,From,To,Source,Page,Remarks,QID,Partner\n\
        Necho,Egypt,-610,-595,,,,,\n\
        Ahmose,Egypt,9999,-526,Herodotus,,,Q7,\n\
        Ahmose,Saqqara,-570,-526,,12,,Q8,\n\
        Apries,Egypt,-589,9999,,,,,\n";
    let (text, summary) = import(table.as_bytes(), KINGS, Refusing::AsComments);
    assert_eq!((summary.claims, summary.refused, summary.names), (1, 3, 2));
    let declared = |line: &str| text.lines().any(|l| l == line);
    assert!(
        declared("person Necho") && declared("polity Egypt"),
        "{text}"
    );
    for line in [
        "person Ahmose",
        "polity Saqqara",
        "person Apries",
        "source Herodotus",
    ] {
        assert!(!declared(line), "{line}\n{text}");
    }
    // A name that a later row uses is declared there, with the number that row gives.
    let later = format!("{table}Ahmose,Egypt,-570,-526,Herodotus,,,Q9,\n");
    let (text, _) = import(later.as_bytes(), KINGS, Refusing::AsComments);
    assert!(
        text.contains("person Ahmose\n  id wikidata Q9\n") && text.contains("source Herodotus\n"),
        "{text}"
    );
}
