//! EDTF: a selection of expressions with their level, kind and bounds, and how a chronicle reads
//! them.

use annals_calendar::{EdtfBound, Settings, Shape, print_days, read, read_edtf};

/// One case a line; the format is described at the top of the file.
const CASES: &str = include_str!("edtf-cases.txt");

#[test]
fn every_case_has_its_level_kind_and_bounds() {
    let mut count = 0;
    for line in CASES
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
    {
        let fields: Vec<&str> = line.split('|').collect();
        count += 1;
        match (fields.as_slice(), read_edtf(fields[0])) {
            ([_, "-"], Err(_)) => {}
            ([_, "-", modern], Err(error)) => assert_eq!(error.modern.as_deref(), Some(*modern)),
            ([text, level, kind, lo, hi, parts @ ..], Ok(edtf)) => {
                let pair = |(a, b): &(EdtfBound, EdtfBound)| format!("{a}..{b}");
                let members: Vec<String> = edtf.members.iter().map(pair).collect();
                let found: Vec<String> = match (&edtf.start, &edtf.end) {
                    (Some(start), Some(end)) => vec![pair(start), pair(end)],
                    _ if members.is_empty() => Vec::new(),
                    _ => vec![members.join(",")],
                };
                assert_eq!(found, parts, "{text}");
                assert_eq!(edtf.level.to_string(), *level, "{text}");
                assert_eq!(edtf.kind.name(), *kind, "{text}");
                assert_eq!(
                    (edtf.lo.to_string().as_str(), edtf.hi.to_string().as_str()),
                    (*lo, *hi)
                );
                let again = read_edtf(&edtf.canonical).unwrap();
                assert_eq!(again.canonical, edtf.canonical, "{text}");
                assert_eq!((again.lo, again.hi), (edtf.lo, edtf.hi), "{text}");
                assert_eq!(again.qualifiers, edtf.qualifiers, "{text}");
            }
            (_, found) => panic!("{line}: {found:?}"),
        }
    }
    assert!(count > 140, "only {count} cases");
}

#[test]
fn a_chronicle_reads_edtf_in_its_own_calendar() {
    let settings = Settings::default();
    for (text, words) in [
        ("0644-09-17", "644-09-17"),
        ("644-09-17?", "644-09-17"),
        ("0644", "644"),
        ("064X", "between 640 and 649"),
        ("06XX", "between 600 and 699"),
        ("0644-08-XX", "644-08"),
        ("0644-21", "between 644-03 and 644-05"),
        (
            "0644-XX-31",
            "644-01-31 or 644-03-31 or 644-05-31 or 644-07-31 or 644-08-31 or 644-10-31 or 644-12-31",
        ),
        ("[0648,0658]", "648 or 658"),
        ("[..0658]", "no later than 658"),
        ("0644-08-11T04:00:00", "644-08-11"),
        ("0800-02-29", "800-02-29"),
        ("0900-02-29", "900-02-29"),
        ("Y17E8", "between 1700000000-01-01 and 1700000000-12-31"),
        ("Y17E20", "no earlier than 2737907005-08-21"),
    ] {
        let reading = read(text, &settings).unwrap_or_else(|error| panic!("{text}: {error}"));
        let Shape::On(days) = reading.shape else {
            panic!("{text}")
        };
        if text.starts_with('Y') {
            assert!(days.first().is_some());
        } else {
            assert_eq!(print_days(&days, &settings), words, "{text}");
        }
    }
    assert!(read("644?", &settings).unwrap().uncertain);
    assert!(read("0644~", &settings).unwrap().approximate);
    let Shape::Span {
        from: Some(_),
        to: None,
    } = read("0648/..", &settings).unwrap().shape
    else {
        panic!()
    };
    let Shape::Span {
        from: Some(_),
        to: Some(_),
    } = read("648/0658", &settings).unwrap().shape
    else {
        panic!()
    };
    let Shape::All(members) = read("{0644,0648}", &settings).unwrap().shape else {
        panic!()
    };
    assert_eq!(members.len(), 2);
}
