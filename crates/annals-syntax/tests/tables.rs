//! Tables: rows, their lines, and hostile ones.
#![allow(missing_docs)]

mod common;

use annals_syntax::{Notation, Row, StatementKind, TableText, lay_out, parse_table, read_csv};
use annals_text::Files;
use common::Read;

fn read_rows(rows: &[Row]) -> (Read, TableText) {
    let table = lay_out(rows);
    let mut files = Files::new();
    let file = files.add("t.csv", table.text.clone());
    let (tree, reports) = parse_table(&files, file, &table);
    assert_eq!(tree.notation, Notation::Table);
    let read = Read {
        files,
        file,
        tree,
        reports,
    };
    read.check_tiling();
    for report in &read.reports {
        assert!(report.remedies.iter().all(|r| r.edits.is_empty()));
    }
    (read, table)
}

fn csv(text: &str) -> Read {
    read_rows(&read_csv(text.as_bytes())).0
}

#[test]
fn a_row_is_a_claim_on_its_line() {
    let read = csv(
        "date,sentence,source,note\n644,\"Tang attacks\nK. #c\",\"zztj, 197; @xts\",why\n\n646,not: X,,\n",
    );
    assert_eq!(read.codes(), []);
    assert_eq!(
        read.files.get(read.file).text,
        "// date | sentence | source | note\n\
         644: Tang attacks K. #c  [@zztj, 197; @xts]  note: why\n\n\n646: not: X\n"
    );
    assert_eq!(
        read.dump(),
        "1  comment  comment \"// date | sentence | source | note\"\n\
         2  claim  when \"644\"  sentence \"Tang attacks K\"  label #c  cites @zztj \"197\"; @xts\n   \
         detail  note \"why\"\n\
         5  claim  when \"646\"  mode not  sentence \"X\"\n"
    );
}

#[test]
fn names_order_and_separators_of_columns_are_free() {
    for text in [
        "Citation;Claim;When\n@a;X dies;644\n",
        "sep=;\nReference;Text;Year\n@a;X dies;644\n",
        "source\tevent\tdate\n@a\tX dies\t644\n",
        "\u{feff}SOURCE,Sentence, Date \r@a,X dies,644:\r",
    ] {
        assert!(
            csv(text)
                .dump()
                .contains("claim  when \"644\"  sentence \"X dies\"  cites @a"),
            "{text}"
        );
    }
    let wide: Vec<u8> = "\u{feff}date\tsentence\n644\t焉耆 falls\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let (read, _) = read_rows(&read_csv(&wide));
    assert!(read.dump().contains("焉耆 falls"));
}

#[test]
fn a_table_without_its_header_has_one_report_and_keeps_its_rows() {
    let read = csv("644,Tang attacks K\n645,X dies\n");
    assert_eq!(
        read.codes(),
        [("table-header", "// 644 | Tang attacks K".to_string())]
    );
    assert!(read.files.get(read.file).text.contains("645 | X dies"));
    assert_eq!(csv("").codes()[0].0, "table-header");
    assert_eq!(csv("\n\n,,\n").codes()[0].0, "table-header");
}

#[test]
fn other_columns_are_kept_and_told() {
    let read = csv("date,sentence,colour,date,\n644,X.,red,700,z,more\n");
    let codes: Vec<_> = read.codes().into_iter().map(|c| c.0).collect();
    assert_eq!(codes, ["unknown-column", "table-header", "extra-cells"]);
    let text = &read.files.get(read.file).text;
    assert!(text.contains("644: X.  // colour: red // date: 700 // column 5: z // column 6: more"));
}

#[test]
fn rows_that_claim_nothing_are_told_at_their_row() {
    let read = csv("date,sentence,source\n644,,@a\n,X,\n,,@b\n,,\n645,=A1,\n");
    let lines: Vec<_> = read
        .reports
        .iter()
        .map(|r| (r.code, read.files.position(r.place().unwrap()).line))
        .collect();
    assert_eq!(
        lines,
        [
            ("table-row", 2),
            ("table-row", 3),
            ("table-row", 4),
            ("table-row", 6)
        ]
    );
    assert_eq!(read.tree.statements[4].kind, StatementKind::Blank);
    assert!(
        read.files
            .get(read.file)
            .text
            .contains("date: 644 | source: @a")
    );
}

#[test]
fn an_open_quotation_costs_its_row_alone() {
    let read = csv("date,sentence\n644,\"Tang attacks\n645,X\n646,\"a\"b\n647,\"Y\"\n648,Z \"z\n");
    let codes: Vec<_> = read.codes().into_iter().map(|c| c.0).collect();
    assert_eq!(codes, ["unclosed-quote"; 3]);
    let dump = read.dump();
    assert!(
        dump.contains("3  claim  when \"645\"") && dump.contains("5  claim  when \"647\""),
        "{dump}"
    );
    assert!(dump.contains("2  broken") && dump.contains("4  broken") && dump.contains("6  broken"));
}

#[test]
fn sources_need_keys() {
    let read = csv("date,sentence,source\n644,X,Old Tang History 3\n645,Y,[@a]\n646,Z,a]\n");
    let codes: Vec<_> = read.codes().into_iter().map(|c| c.0).collect();
    assert_eq!(codes, ["bad-citation", "unclosed-bracket"]);
    assert!(read.dump().contains("sentence \"Y\"  cites @a"));
}

#[test]
fn hostile_tables_are_read_to_the_end() {
    let mut wide = String::from("date,sentence");
    wide.push_str(&",x".repeat(100_000));
    wide.push_str("\n644,X");
    wide.push_str(&",1".repeat(100_000));
    let read = csv(&wide);
    assert_eq!(read.codes().len(), 1);
    assert!(read.dump().contains("sentence \"X\""));

    let (read, _) = read_rows(&read_csv(
        b"date,sentence\n644,a\xff\xfeb\n645,\0\x1b[31m\n",
    ));
    let codes: Vec<_> = read.codes().into_iter().map(|c| c.0).collect();
    assert!(codes.starts_with(&["table-row"]), "{codes:?}");
    assert!(!read.files.get(read.file).text.contains(['\0', '\x1b']));

    // Two such rows read as one row whose cell has a line break, which is what CSV says.
    let quotes = format!("date,sentence\n{}", "1,\"\n".repeat(20_000));
    assert!(csv(&quotes).tree.statements.len() >= 20_000);
}

#[test]
fn rows_of_a_sheet_keep_their_numbers_whatever_they_are() {
    let row = |line, cells: &[&str]| Row::new(line, cells.iter().map(|c| c.to_string()).collect());
    let rows = [
        row(3, &["date", "sentence"]),
        row(7, &["644", "X"]),
        row(5, &["645", "Y"]),
        row(u32::MAX, &["646", "Z"]),
    ];
    let (read, table) = read_rows(&rows);
    let lines: Vec<u32> = table.cells.iter().map(|c| c.line).collect();
    assert_eq!(lines, [3, 7, 8, 9]);
    assert_eq!(read.codes(), []);
    assert!(read.dump().contains("8  claim  when \"645\""));
}
