//! Nothing is dropped in silence: every word of an article is in its draft, and every word of a passage
//! that gives a claim is either found again under a claim or named among what was left out.
//!
//! The words are compared here without the reader: the articles are stripped of their markup by plain
//! cuts, and the drafts are read as the text that they are.

mod carinthia;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use annals_exchange::article::import_article;
use carinthia::draft_of;

const WORDS: &str = include_str!("../src/article/data/words.txt");
const IRREGULAR: &str = include_str!("../src/article/data/irregular.txt");
const MARKS: &str = include_str!("../src/article/data/marks.txt");
const DEMONYMS: &str = include_str!("../src/article/data/demonyms.txt");

/// The articles of the repository, and the founding one where it is there.
fn articles() -> Vec<(String, String)> {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/import/articles");
    let mut folders: Vec<PathBuf> = vec![own];
    folders.extend(std::env::var_os("ANNALS_ARTICLES").map(PathBuf::from));
    let mut found = Vec::new();
    for folder in folders {
        for entry in std::fs::read_dir(folder).expect("a folder of articles") {
            let path = entry.expect("an entry").path();
            let name = path
                .file_name()
                .expect("a name")
                .to_string_lossy()
                .into_owned();
            let text = std::fs::read_to_string(&path).expect("an article can be read");
            found.push((name, text));
        }
    }
    found.sort();
    assert!(found.len() >= 8, "the articles are missing");
    found
}

fn draft(name: &str, text: &str) -> String {
    import_article(name, text).expect("an article").text
}

/// The words of a text in lower case, run-together names apart, digits without commas.
fn words(text: &str) -> Vec<String> {
    let mut spaced = String::new();
    let mut before = ' ';
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let digits = before.is_ascii_digit() && chars.peek().is_some_and(char::is_ascii_digit);
        match c {
            ',' if digits => continue,
            '\'' | '\u{2019}' if before.is_alphabetic() => spaced.push('\''),
            _ if before.is_lowercase() && c.is_uppercase() => spaced.extend([' ', c]),
            _ if c.is_alphanumeric() => spaced.push(c),
            _ => spaced.push(' '),
        }
        before = c;
    }
    let bare = |w: &str| {
        let w = w.to_lowercase();
        let w = w.trim_matches('\'');
        w.strip_suffix("'s").unwrap_or(w).to_owned()
    };
    let all = spaced.split_whitespace().map(bare);
    all.filter(|w| !w.is_empty()).collect()
}

/// Cuts out everything between two marks.
fn without(text: &str, open: &str, close: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(open) {
        out.push_str(&rest[..at]);
        out.push(' ');
        let inner = &rest[at + open.len()..];
        rest = inner
            .find(close)
            .map_or("", |end| &inner[end + close.len()..]);
    }
    out + rest
}

/// An article without what is no text of it: references, navigation, the names of rows.
fn plain(name: &str, text: &str) -> String {
    let mut text = text.to_owned();
    for head in [
        "== References",
        "==Bibliography",
        "References\n",
        "Bibliography\n",
        "<div class=\"navbox",
    ] {
        let found = text.find(&format!("\n{head}"));
        text = found.map_or(text.clone(), |at| text[..at].to_owned());
    }
    for (open, close) in [
        ("<!--", "-->"),
        ("<style>", "</style>"),
        ("<script>", "</script>"),
        ("<title>", "</title>"),
        ("<nav>", "</nav>"),
        ("<th>", "</th>"),
        ("<sup class=\"reference\">", "</sup>"),
        ("{{Short description", "}}"),
        ("{{citation needed", "}}"),
        ("{{reflist", "}}"),
        ("[[Category:", "]]"),
        ("| image", "\n"),
    ] {
        text = without(&text, open, close);
    }
    // `<ref name=a />` before `<ref>…</ref>`.
    while let Some(at) = text.find("<ref") {
        let end = text[at..].find('>').map_or(text.len(), |e| at + e + 1);
        let whole = match text[at..end].ends_with("/>") {
            true => end,
            false => text[at..].find("</ref>").map_or(text.len(), |e| at + e + 6),
        };
        text.replace_range(at..whole, " ");
    }
    text = without(&text, "<", ">");
    for (entity, letter) in [
        ("&atilde;", "ã"),
        ("&Aacute;", "Á"),
        ("&oacute;", "ó"),
        ("&ndash;", "–"),
    ] {
        text = text.replace(entity, letter);
    }
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines() {
        lines.push(without_label(name, line));
    }
    links(&lines.join("\n"))
}

/// A line without the key of its row.
fn without_label(name: &str, line: &str) -> String {
    const LABELS: [&str; 8] = [
        "Part of",
        "Date",
        "Location",
        "Result",
        "Belligerents",
        "Commanders and leaders",
        "Strength",
        "Casualties and losses",
    ];
    let bare = line.trim_start_matches(['|', ' ', '-']);
    let key = bare.split(['=', ':']).next().unwrap_or("");
    let row = line.starts_with('|') && name.ends_with(".wiki") && bare.contains('=')
        || line.starts_with("- ") && bare.contains(':') && !key.contains(' ')
        || !key.contains(' ') && bare[key.len()..].starts_with('=');
    if row {
        return bare[key.len() + 1..].to_owned();
    }
    let mut line = line.to_owned();
    for label in LABELS {
        let opens = line.trim_start_matches(['|', ' ']).starts_with(label);
        if opens {
            line = line.replace(label, " ");
        }
    }
    line
}

/// Wikitext with its links and templates as the words they show.
fn links(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("[[") {
        out.push_str(&rest[..at]);
        let inner = &rest[at + 2..];
        let end = inner.find("]]").unwrap_or(inner.len());
        out.push_str(inner[..end].rsplit('|').next().unwrap_or(""));
        rest = inner.get(end + 2..).unwrap_or("");
    }
    out.push_str(rest);
    // `{{flag|X}}` shows its parameters, a mark such as `{{KIA}}` itself.
    let mut shown = String::new();
    for (number, part) in out.split("{{").enumerate() {
        match part
            .split_once('|')
            .filter(|(name, _)| number > 0 && !name.contains('}'))
        {
            Some((_, rest)) => shown.push_str(rest),
            None => shown.push_str(without(part, "Infobox", "\n").trim_start()),
        }
        shown.push(' ');
    }
    shown.replace("}}", " ")
}

#[test]
fn every_word_of_an_article_is_in_its_draft() {
    for (name, text) in articles() {
        let draft = draft(&name, &text);
        let there: BTreeSet<String> = words(&draft).into_iter().collect();
        let lost: Vec<String> = words(&plain(&name, &text))
            .into_iter()
            .filter(|w| !there.contains(w))
            .collect();
        assert!(lost.is_empty(), "{name} loses {lost:?}");
    }
}

/// The words of a table's class.
fn class(name: &str) -> BTreeSet<&'static str> {
    let line = WORDS
        .lines()
        .find_map(|l| l.strip_prefix(name)?.strip_prefix(':'));
    line.expect("a class of words").split_whitespace().collect()
}

/// The claims and the lists of a draft by passage.
#[derive(Default)]
struct Passage {
    claims: String,
    left: String,
    whole: bool,
}

fn passages(draft: &str) -> BTreeMap<String, Passage> {
    let mut found: BTreeMap<String, Passage> = BTreeMap::new();
    let mut block = String::new();
    for line in draft.lines() {
        if let Some(quote) = line.strip_prefix("  quote ") {
            let quote = quote.trim_matches(['"', '“', '”']).to_owned();
            found.entry(quote).or_default().claims.push_str(&block);
            block.clear();
        } else if let Some(rest) = line.strip_prefix("// not read: “") {
            let (words, why) = rest
                .rsplit_once("” (bytes ")
                .expect("the shape of a listing");
            let passage = found.entry(words.to_owned()).or_default();
            passage.whole |= !why.contains("read in part");
            passage.left.push_str(why);
        } else if line.starts_with("// claim ") {
            // A number of a claim, a line and bytes are no words of it.
            let rule = line.splitn(3, "; ").collect::<Vec<_>>();
            block = format!("{}\n", rule.get(2).unwrap_or(&""));
        } else {
            block.push_str(line);
            block.push('\n');
        }
    }
    found
}

/// The names that are declared with others: words of one stand for words of all.
fn aliases(draft: &str) -> Vec<String> {
    let mut groups: Vec<String> = Vec::new();
    for line in draft.lines().take_while(|l| !l.starts_with("section ")) {
        match line.strip_prefix("  also ") {
            Some(also) => {
                if let Some(group) = groups.last_mut() {
                    group.push_str(&format!(" {also}"));
                }
            }
            None if line.starts_with("// ") && !line.starts_with("// claim") => {
                groups.push(line.to_owned());
            }
            None => {
                if let Some(group) = groups.last_mut().filter(|_| !line.starts_with("  ")) {
                    group.push_str(&format!(" {line}"));
                }
            }
        }
    }
    groups
}

/// Whether a word is a form of another: equal at their beginnings, or joined by a table.
fn alike(word: &str, other: &str) -> bool {
    let stem = |w: &str| w.chars().take(4).collect::<String>();
    let tabled = |table: &str| {
        let row = |l: &str| {
            let forms: Vec<String> = l.split_whitespace().map(str::to_lowercase).collect();
            forms.iter().any(|f| f == word) && forms.iter().any(|f| f == other)
        };
        table.lines().filter(|l| !l.starts_with('#')).any(row)
    };
    // `KIA` stands for `{value} is killed`.
    let mark = |l: &str| {
        let (marks, sentence) = l.split_once(':').unwrap_or_default();
        let own = marks
            .split(',')
            .any(|m| m.trim().eq_ignore_ascii_case(word));
        own && sentence.ends_with(other)
    };
    let numbers = ["one", "two", "three", "four", "five", "six", "seven"];
    let number = numbers.iter().position(|n| *n == word);
    word == other
        || word.len() > 3 && stem(word) == stem(other)
        || number.is_some_and(|n| other == (n + 1).to_string())
        || MARKS.lines().any(mark)
        || tabled(IRREGULAR)
        || tabled(DEMONYMS)
}

/// The words of the passages of a draft that are neither claimed nor listed.
fn lost(draft: &str) -> Vec<String> {
    let unlisted = class("unlisted");
    let groups = aliases(draft);
    let mut lost = Vec::new();
    for (quote, passage) in passages(draft) {
        if passage.whole || passage.claims.is_empty() {
            continue;
        }
        let mut held: Vec<String> = words(&passage.claims);
        held.extend(words(&passage.left));
        // `in the same year` stands as that year, with a remark.
        if passage.claims.contains(" is that of the text before") {
            held.push("same".to_owned());
        }
        // `as a result of` stands as `because of`.
        if passage.claims.contains("  because of #") {
            held.push("result".to_owned());
        }
        let named = groups.iter().filter(|g| {
            let name = g.rsplit('\n').next().unwrap_or(g);
            words(name).iter().any(|w| held.contains(w))
        });
        let more: Vec<String> = named.flat_map(|g| words(g)).collect();
        held.extend(more);
        for word in words(&quote) {
            let pronoun = ["he", "she", "it", "they"]
                .into_iter()
                .find(|p| class(p).contains(&*word) || class(&format!("own-{p}")).contains(&*word));
            let small = unlisted.contains(&*word) || word.chars().count() == 1;
            let there = held.iter().any(|h| {
                alike(&word, h)
                    || pronoun.is_some_and(|p| {
                        class(p).contains(&**h) || class(&format!("own-{p}")).contains(&**h)
                    })
            });
            if !small && !there {
                lost.push(format!("{word} of “{quote}”"));
            }
        }
    }
    lost
}

#[test]
fn every_word_of_a_passage_is_claimed_or_listed() {
    for (name, text) in articles() {
        let lost = lost(&draft(&name, &text));
        assert!(lost.is_empty(), "{name}: {lost:#?}");
    }
}

#[test]
fn a_listing_taken_away_is_missed() {
    let draft = draft_of("Verona was temporarily besieged by Arnulf in 896.");
    assert!(draft.contains("left out: temporarily"), "{draft}");
    assert_eq!(lost(&draft), Vec::<String>::new());
    let shorter: Vec<&str> = draft.lines().filter(|l| !l.contains("left out")).collect();
    assert_eq!(lost(&shorter.join("\n")).len(), 1);
}

#[test]
fn what_no_rule_reads_is_named() {
    for (text, left) in [
        (
            "Verona was temporarily besieged by Arnulf in 896.",
            "left out: temporarily",
        ),
        (
            "Berengar, the son of the king of Siam, besieged Verona in 896.",
            "the son of the king of Siam",
        ),
        (
            "Arnulf besieged Verona in 891 and again in 893.",
            "and again in 893",
        ),
        (
            "Arnulf besieged Verona in 896 and surrendered to Berengar, as was told, on 18 September.",
            "on 18 September",
        ),
        (
            "Arnulf besieged Verona in 896 because of the plague.",
            "because of the plague",
        ),
        ("Arnulf (the tall) besieged Verona in 896.", "tall"),
        ("Arnulf managed to capture Verona in 896.", "managed"),
    ] {
        let draft = draft_of(text);
        assert!(
            draft.contains(&format!("quote \"{text}")),
            "{text}: {draft}"
        );
        let listed = draft
            .lines()
            .find(|l| l.starts_with("// not read: “") && l.contains(text));
        let listed = listed
            .unwrap_or_default()
            .rsplit("left out: ")
            .next()
            .unwrap_or("");
        assert!(
            listed.contains(left.trim_start_matches("left out: ")),
            "{text}: {draft}"
        );
    }
}

#[test]
fn what_is_held_whole_is_not_listed() {
    for text in [
        "Arnulf besieged Verona in 896.",
        "In 896 Arnulf did not besiege Verona.",
        "Arnulf reportedly besieged Verona in 896.",
        "Arnulf attempted to besiege Verona in March 896.",
        "After Berengar fled to Verona, Arnulf besieged Mantua.",
        "Arnulf attacked Verona with 400 horsemen.",
        "Arnulf besieged Verona.[1]",
    ] {
        let draft = draft_of(text);
        assert!(
            draft.contains("besiege") || draft.contains("with 400 horsemen"),
            "{draft}"
        );
        assert!(!draft.contains("not read"), "{text}: {draft}");
    }
}

const BOX: &str = "{{Infobox royalty\n| name = Aritas\n| birth_date = {{start date|580|BC}}\n| \
     death_date = {{start date|520|BC}} or later\n| coronation = 11 January 546 BC (at Pegu)\n| \
     spouse = {{marriage|Anna|550 BC|540 BC|end=div}}\n}}\nAritas besieged Pegu{{efn|Not for long.}}.\n";

#[test]
fn a_box_lists_what_its_claims_do_not_hold() {
    let draft = draft("x.wiki", BOX);
    assert!(draft.contains("580 BC: Aritas is born."), "{draft}");
    for left in [
        "Pegu)” (bytes",
        "left out: Pegu",
        "left out: div",
        "Not for long",
    ] {
        assert!(draft.contains(left), "{left}: {draft}");
    }
}

#[test]
fn no_draft_is_odd() {
    for (name, text) in articles() {
        let draft = draft(&name, &text);
        for odd in [
            "left out: ;",
            "left out: )",
            "left out: ,",
            "read in part: )",
            "read in part: ;",
        ] {
            assert!(!draft.contains(odd), "{name}: {odd}");
        }
        let twice =
            |l: &&str| !l.starts_with("//") && l.trim_start().replace("  [@", "").contains("  ");
        assert_eq!(draft.lines().find(twice), None, "{name}");
        let world = annals::MemoryWorld::new().with("main.annals", draft.as_str());
        let compiled = annals::compile(&world, "main.annals");
        let odd: Vec<_> = compiled
            .reports
            .iter()
            .filter(|r| r.code == "uncited")
            .collect();
        assert!(odd.is_empty(), "{name}: {odd:?}");
    }
}

#[test]
fn figures_under_a_claim_are_not_listed_as_well() {
    let draft = draft_of("Arnulf attacked Verona with 400 horsemen because of the plague.");
    assert!(draft.contains("  with 400 horsemen\n"), "{draft}");
    assert!(
        draft.contains("left out: because of the plague)"),
        "{draft}"
    );
    let wiki = "{{Infobox royalty\n| name = Aritas\n| death_date = {{circa}}  21 March 1913\n}}\nHe fled.\n";
    let draft = import_article("x.wiki", wiki).expect("an article").text;
    assert!(draft.contains("c. 21 March 1913: Aritas dies."), "{draft}");
}
