//! `annals import` and `annals review`, as somebody types them.
#![allow(missing_docs)]

mod folder;

use folder::Folder;

const ARTICLE: &str = "= War of Carinthia =\n\nInfobox\n- Conflict: War of Carinthia\n- Date: 895\n- Place: Verona\n- Combatant1: Duchy of Carinthia\n- Combatant2: Kingdom of Lombardy\n- Commander1: Arnulf\n- Commander2: Berengar †\n\n== 896 ==\n\nArnulf attacked Verona. Three days later Berengar fled. Arnulf may have captured Pavia. The weather was poor.\n";

fn imported(name: &str) -> Folder {
    let folder = Folder::new(name)
        .file("war.txt", ARTICLE)
        .file("main.annals", "polity Kingdom of Lombardy\n");
    let ran = folder.run(&["import", "war.txt"]);
    assert_eq!((ran.code, ran.out.as_str()), (0, ""), "{}", ran.err);
    assert!(ran.err.contains("wrote drafts/war.annals"), "{}", ran.err);
    folder
}

/// The number of the claim that has some words.
fn number(folder: &Folder, words: &str) -> String {
    let draft = folder.read("drafts/war.annals");
    let lines: Vec<&str> = draft.lines().collect();
    let at = lines
        .iter()
        .position(|l| !l.starts_with("//") && l.contains(words))
        .expect("the claim is there");
    let comment = lines[..at]
        .iter()
        .rev()
        .find(|l| l.starts_with("// claim "))
        .expect("a comment above it");
    comment["// claim ".len()..]
        .split(':')
        .next()
        .expect("a number")
        .to_owned()
}

#[test]
fn an_article_becomes_a_draft_that_checks_clean() {
    let folder = imported("import-draft");
    let draft = folder.read("drafts/war.annals");
    assert!(draft.contains("\ndraft\n"), "{draft}");
    assert!(draft.contains("captured Pavia ?"), "{draft}");
    assert!(
        draft.contains("// not read: “The weather was poor.”"),
        "{draft}"
    );
    let ran = folder.run(&["check", "drafts/war.annals"]);
    assert!(!ran.err.contains("error"), "{}", ran.err);
    // A draft may hold a person's work: it is not written over unasked.
    let ran = folder.run(&["import", "war.txt"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("--force"), "{}", ran.err);
    assert_eq!(folder.run(&["import", "war.txt", "--force"]).code, 0);
    let ran = folder.run(&["import", "war.txt", "-o", "-"]);
    assert_eq!(ran.out, draft);
}

#[test]
fn what_is_no_article_is_told() {
    let folder = Folder::new("import-bad")
        .file("t.csv", "a,b\n")
        .file("e.txt", "\n")
        .file("u.txt", b"\xff\xfe".as_slice());
    for (name, words) in [
        ("none.txt", "no such file"),
        ("e.txt", "no title"),
        ("u.txt", "UTF-8"),
    ] {
        let ran = folder.run(&["import", name]);
        assert_eq!(ran.code, 2, "{name}");
        assert!(ran.err.contains(words), "{name}: {}", ran.err);
    }
    assert!(!folder.names().contains(&"drafts".to_owned()));
}

#[test]
fn claims_move_one_by_one_and_their_events_first() {
    let folder = imported("review-flags");
    let (attack, flight) = (number(&folder, "attacked Verona"), number(&folder, "fled"));
    let ran = folder.run(&["review", "drafts/war.annals", "--accept", &flight]);
    assert_eq!(ran.code, 1);
    assert!(
        ran.err.contains(&format!("accept claim {attack} first")),
        "{}",
        ran.err
    );
    let both = format!("{attack},{flight}");
    let ran = folder.run(&[
        "review",
        "drafts/war.annals",
        "--accept",
        &both,
        "--into",
        "main.annals",
    ]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let main = folder.read("main.annals");
    assert!(
        main.contains("person Arnulf") && main.contains("source war-of-carinthia"),
        "{main}"
    );
    assert!(
        main.contains("section \"896\" within 896 from @war-of-carinthia"),
        "{main}"
    );
    let ran = folder.run(&["check"]);
    assert!(!ran.err.contains("error"), "{}\n{main}", ran.err);
    let ran = folder.run(&[
        "review",
        "drafts/war.annals",
        "--reject",
        &number(&folder, "captured Pavia"),
        "--reason",
        "a guess",
    ]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(folder.read("drafts/war.annals").contains(": a guess\n"));
    let ran = folder.run(&[
        "review",
        "drafts/war.annals",
        "--accept-rule",
        "infobox row",
    ]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let ran = folder.run(&["review", "drafts/war.annals", "--list", "--format", "json"]);
    assert!(ran.out.contains("\"claims\": []"), "{}", ran.out);
    let ran = folder.run(&["check"]);
    assert!(
        !ran.err.contains("error"),
        "{}\n{}",
        ran.err,
        folder.read("main.annals")
    );
}

#[test]
fn a_person_answers_claim_by_claim() {
    let folder = imported("review-asked");
    let ran = folder.run_with(&["review", "drafts/war.annals"], b"a\nr\nnot so\nx\ns\nq\n");
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(
        ran.err.contains("moved 1 claim") && ran.err.contains("rejected 1 claim"),
        "{}",
        ran.err
    );
    assert!(ran.err.contains("`x` is none"), "{}", ran.err);
    let ran = folder.run_with(&["review", "drafts/war.annals"], b"");
    assert_eq!(ran.code, 0);
    for arguments in [
        vec!["review", "drafts/war.annals", "--accept", "99"],
        vec!["review", "drafts/war.annals", "--reject", "3"],
        vec!["review", "drafts/war.annals", "--edit", "3: nonsense"],
        vec!["review", "none.annals"],
    ] {
        let ran = folder.run(&arguments);
        assert_eq!(ran.code, 2, "{arguments:?}: {}", ran.err);
    }
}

const TABLE_MAP: &str = "sentence = \"{Ruler} is king of {Land}\"\nstart = \"From\"\nend = \"To\"\n\
source = \"Source\"\nlocator = \"Page\"\n[kinds]\nRuler = \"person\"\nLand = \"polity\"\n";

#[test]
fn rows_of_a_table_are_reviewed_one_by_one_and_by_rule() {
    let folder = Folder::new("review-table")
        .file("main.annals", "chronicle \"N\"\n")
        .file(
            "kings.csv",
            "Ruler,Land,From,To,Source,Page\nHarald,Norway,1046,1066,Snorri,12\n\
             Magnus,Norway,1066,1069,,\nOlaf,Norway,1067,1093,Snorri,14\nEystein,Norway,1103,1123,,\n",
        )
        .file("map.toml", TABLE_MAP);
    let ran = folder.run(&["import", "kings.csv", "--map", "map.toml"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(
        ran.err.contains("annals review drafts/kings.annals"),
        "{}",
        ran.err
    );
    let draft = "drafts/kings.annals";
    // The answers: accept row 2, edit row 3 and accept it, reject row 4 with a reason, stop.
    let answers = b"a\ne\nfrom 1066 to 1069: Magnus is king of Norway ?\na\nr\nnot in Snorri\nq\n";
    let ran = folder.run_with(&["review", draft], answers);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let main = folder.read("main.annals");
    for words in [
        "from 1046 to 1066: Harald is king of Norway. [@Snorri, 12 via @table-kings]",
        "from 1066 to 1069: Magnus is king of Norway ?",
        "source table-kings",
        "person Harald",
    ] {
        assert!(main.contains(words), "{words}\n{main}");
    }
    assert!(
        !main.contains("Olaf") && !main.contains("Eystein"),
        "{main}"
    );
    assert!(
        folder
            .read(draft)
            .contains("// rejected 4: not in Snorri\n")
    );
    // Stopping kept what was done: only row 5 waits.
    let ran = folder.run(&["review", draft, "--list", "--format", "json"]);
    assert!(
        ran.out.contains("\"number\": 5") && !ran.out.contains("\"number\": 4"),
        "{}",
        ran.out
    );
    let ran = folder.run(&["review", draft, "--accept-rule", "a row of kings.csv"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(
        folder
            .read("main.annals")
            .contains("Eystein is king of Norway. [@table-kings, row 5]")
    );
    let ran = folder.run(&["check"]);
    assert!(
        !ran.err.contains("error"),
        "{}\n{}",
        ran.err,
        folder.read("main.annals")
    );
    let ran = folder.run(&["import", "kings.csv", "--map", "map.toml", "--force"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let ran = folder.run(&["review", draft, "--reject-rule", "a row"]);
    assert_eq!(ran.code, 2, "a reason is asked for");
    let ran = folder.run(&[
        "review",
        draft,
        "--reject-rule",
        "a row",
        "--reason",
        "all from one book",
    ]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(
        folder.read(draft).matches(": all from one book\n").count(),
        4
    );
}

#[test]
fn files_in_utf_16_are_told_with_the_remedy() {
    let wide = |text: &str| -> Vec<u8> {
        let units = std::iter::once(0xfeff).chain(text.encode_utf16());
        units.flat_map(u16::to_le_bytes).collect()
    };
    let folder = Folder::new("import-wide")
        .file("war.txt", wide("Arnulf attacked Verona in 896."))
        .file("x.bib", wide("@book{a, title={A}}"))
        .file("x.json", wide("[{\"id\": \"a\"}]"))
        .file("t.csv", wide("Ruler,Land\nA,B\n"))
        .file("u.csv", wide("Ruler,Land\nA,B\n").split_off(2))
        .file("kings.csv", "Ruler,Land\nA,B\n")
        .file("map.toml", wide("sentence = \"x\""));
    for name in ["war.txt", "x.bib", "x.json", "t.csv", "u.csv"] {
        let ran = folder.run(&["import", name]);
        assert_eq!(ran.code, 2, "{name}: {}", ran.err);
        assert!(
            ran.err.contains("UTF-16") && ran.err.contains("save it as") && ran.err.contains(name),
            "{name}: {}",
            ran.err
        );
    }
    let ran = folder.run(&["import", "kings.csv", "--map", "map.toml"]);
    assert!(
        ran.code == 2 && ran.err.contains("`map.toml`") && ran.err.contains("UTF-16"),
        "{}",
        ran.err
    );
    assert!(!folder.names().contains(&"drafts".to_owned()));
    let marked = Folder::new("import-marked").file("war.txt", format!("\u{feff}{ARTICLE}"));
    let plain = Folder::new("import-plain").file("war.txt", ARTICLE);
    let read = |folder: &Folder| {
        let ran = folder.run(&["import", "war.txt", "-o", "-"]);
        let lines = ran.out.lines().filter(|l| !l.starts_with("// "));
        lines.map(|l| format!("{l}\n")).collect::<String>()
    };
    assert_eq!(read(&marked), read(&plain));
}

#[test]
fn a_chronicle_that_is_not_there_is_named_with_what_to_do() {
    let folder = imported("review-nowhere");
    let draft = "drafts/war.annals";
    let before = folder.read(draft);
    let ran = folder.run(&["review", draft, "--accept", "3", "--into", "other.annals"]);
    assert_eq!(ran.code, 2, "{}", ran.err);
    for words in ["no `other.annals`", "annals new", "--into FILE"] {
        assert!(ran.err.contains(words), "{words}\n{}", ran.err);
    }
    assert_eq!(folder.read(draft), before);
}
