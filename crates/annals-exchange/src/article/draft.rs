//! The text of a draft.
//!
//! What comes in: statements and what was not read. What goes out: `.annals` text that compiles.
//! Every claim stands under a comment with its number, rule and bytes; a claim that the compiler
//! will not take after all is listed as not read.

use std::collections::{BTreeMap, BTreeSet};

use annals::{MemoryWorld, Severity, prepare};

use super::document::Document;
use super::matching::alias;
use super::names::{Class, NameBook};
use super::shape::Shape;
use super::statement::{Statement, Unread};

/// What a draft is made of.
pub struct Material<'a> {
    pub file: &'a str,
    pub text: &'a str,
    pub shape: Shape,
    pub document: &'a Document,
    pub book: &'a NameBook,
    pub statements: Vec<Statement>,
    pub unread: Vec<Unread>,
}

/// Writes a draft; its text and the number of its claims.
pub fn write(mut material: Material<'_>) -> (String, usize) {
    let mut refused = BTreeSet::new();
    // A claim that does not compile takes those with it that refer to it; each round removes one
    // at least, and few rounds are ever needed.
    for _ in 0..8 {
        let (text, lines) = rendered(&material, &refused);
        let bad = faults(&text, &lines);
        let fresh: Vec<(usize, String)> = bad
            .into_iter()
            .filter(|(at, _)| !refused.contains(at))
            .collect();
        if fresh.is_empty() {
            break;
        }
        for (at, why) in fresh {
            refused.insert(at);
            let statement = &material.statements[at];
            material.unread.push(Unread {
                words: statement.quote.clone(),
                bytes: statement.bytes.clone(),
                why: format!("“{}” does not compile: {why}", statement.sentence),
            });
        }
    }
    let (text, lines) = rendered(&material, &refused);
    (text, lines.iter().flatten().collect::<BTreeSet<_>>().len())
}

/// The statements whose lines have errors, with the first error of each.
fn faults(text: &str, lines: &[Option<usize>]) -> Vec<(usize, String)> {
    let world = MemoryWorld::new().with("draft.annals", text);
    let prepared = prepare(&world, "draft.annals");
    let mut found: BTreeMap<usize, String> = BTreeMap::new();
    for report in prepared
        .reports()
        .iter()
        .filter(|r| r.severity == Severity::Error)
    {
        let Some(label) = report
            .labels
            .first()
            .filter(|l| prepared.is_own(l.span.file))
        else {
            continue;
        };
        let before = text.get(..label.span.start as usize).unwrap_or("");
        let line = before.matches('\n').count();
        if let Some(Some(at)) = lines.get(line) {
            found.entry(*at).or_insert_with(|| report.headline.clone());
        }
    }
    found.into_iter().collect()
}

/// A text as it is written, with the statement of each line.
struct Page {
    text: String,
    lines: Vec<Option<usize>>,
}

impl Page {
    fn line(&mut self, text: &str, of: Option<usize>) {
        for line in text.split('\n') {
            self.text.push_str(line.trim_end());
            self.text.push('\n');
            self.lines.push(of);
        }
    }
}

/// The key by which the article is cited.
pub fn key_of(title: &str) -> String {
    let mut key = String::new();
    for c in title.chars() {
        if c.is_alphanumeric() {
            key.extend(c.to_lowercase());
        } else if !key.ends_with('-') && !key.is_empty() {
            key.push('-');
        }
    }
    let key = key.trim_end_matches('-');
    if key.is_empty() {
        "article".to_owned()
    } else {
        key.to_owned()
    }
}

/// The year of a heading, if it names one and no more.
pub fn heading_year(heading: &str) -> Option<String> {
    let within = window(heading)?;
    (!within.contains(' ') || within.ends_with("BC")).then_some(within)
}

/// The window of a heading: `644 campaign` is within 644.
fn window(heading: &str) -> Option<String> {
    let open = heading.find('(').map(|i| &heading[i + 1..]);
    let words = open.unwrap_or(heading);
    let is_year = |w: &str| (3..=4).contains(&w.len()) && w.chars().all(|c| c.is_ascii_digit());
    let parts: Vec<&str> = words
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .collect();
    let years: Vec<&str> = parts.iter().copied().filter(|w| is_year(w)).collect();
    let era = parts
        .iter()
        .find(|w| matches!(**w, "BC" | "BCE"))
        .map(|e| format!(" {e}"))
        .unwrap_or_default();
    match years[..] {
        [one] => Some(format!("{one}{era}")),
        [first, last] => {
            let range = format!("from {first}{era} to {last}{era}");
            annals_calendar::read(&range, &annals_calendar::Settings::default())
                .ok()
                .map(|_| range)
        }
        _ => None,
    }
}

/// A text in quotation marks that it does not hold itself.
pub fn quoted(text: &str) -> String {
    let text = text.replace('\n', " ");
    if text.contains('"') {
        format!("\u{201C}{}\u{201D}", text.replace('\u{201D}', "\""))
    } else {
        format!("\"{text}\"")
    }
}

/// A text without a second space beside the first; two before a citation stay.
fn squeezed(text: &str) -> String {
    let (text, cite) = match text.rfind("  [@") {
        Some(at) => text.split_at(at),
        None => (text, ""),
    };
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ") + cite
}

fn rendered(material: &Material<'_>, refused: &BTreeSet<usize>) -> (String, Vec<Option<usize>>) {
    let mut page = Page {
        text: String::new(),
        lines: Vec::new(),
    };
    let mut kept: Vec<usize> = (0..material.statements.len())
        .filter(|i| !refused.contains(i))
        .collect();
    let used = used(material, &kept);
    // Of names that no claim has, nothing needs to be asked.
    kept.retain(|i| match material.statements[*i].asks {
        Some((a, b)) => used.contains_key(&a) && used.contains_key(&b),
        None => true,
    });
    let labels = labels(&material.statements, &kept);
    let key = key_of(material.document.title.text());
    head(material, &key, &kept, &mut page);
    declarations(material, &used, &mut page);
    let mut number = 0;
    let (asked, kept): (Vec<usize>, Vec<usize>) = kept
        .into_iter()
        .partition(|i| material.statements[*i].asks.is_some());
    if !asked.is_empty() {
        page.line("", None);
        page.line(
            "// Asked: two names that look alike, of one or of two?",
            None,
        );
    }
    for at in asked {
        number += 1;
        claim(material, at, number, &labels, &key, &mut page);
    }
    let sections = material.document.sections.len() + 1;
    for section in 0..sections {
        for later in [false, true] {
            let own = |i: &usize| {
                material.statements[*i].section == section && material.statements[*i].later == later
            };
            let own: Vec<usize> = kept.iter().copied().filter(own).collect();
            if own.is_empty() {
                continue;
            }
            page.line("", None);
            page.line(&section_line(material, section, later, &key), None);
            page.line("", None);
            for at in own {
                number += 1;
                claim(material, at, number, &labels, &key, &mut page);
            }
        }
    }
    not_read(material, &mut page);
    (page.text, page.lines)
}

fn head(material: &Material<'_>, key: &str, kept: &[usize], page: &mut Page) {
    page.line(
        &format!(
            "// Read from {} ({}) by rule. Nothing here counts before a person has accepted it:",
            material.file,
            material.shape.words()
        ),
        None,
    );
    page.line("// `annals review` is for that. Each claim stands under its rule and the bytes it was read from.", None);
    page.line("draft", None);
    page.line("", None);
    page.line(&format!("source {key}"), None);
    let title = match material.document.title.text() {
        "" => material.file,
        title => title,
    };
    page.line(&format!("  title {}", quoted(title)), None);
    page.line("  kind \"encyclopedia article\"", None);
    let mut cited: BTreeMap<String, String> = BTreeMap::new();
    for at in kept {
        let statement = &material.statements[*at];
        if let Some(who) = &statement.according_to {
            cited.insert(key_of(who), who.clone());
        }
        for detail in &statement.details {
            if let Some((_, rest)) = detail.split_once("[@")
                && let Some((source, _)) = rest.split_once(' ')
            {
                cited.insert(source.to_owned(), source.replace('-', " "));
            }
        }
    }
    for (source, title) in cited {
        page.line(&format!("source {source}"), None);
        page.line(&format!("  title {}", quoted(&title)), None);
    }
    page.line("", None);
}

/// The things that claims name, with the kinds that each has in them.
type Used = BTreeMap<usize, BTreeSet<&'static str>>;

fn used(material: &Material<'_>, kept: &[usize]) -> Used {
    let mut used = Used::new();
    for at in kept {
        for (thing, word) in &material.statements[*at].uses {
            used.entry(*thing).or_default().insert(word);
        }
    }
    used
}

fn declarations(material: &Material<'_>, used: &Used, page: &mut Page) {
    let classes = [
        Class::Polity,
        Class::Place,
        Class::Person,
        Class::People,
        Class::House,
        Class::Institution,
        Class::Army,
        Class::Fleet,
        Class::Religion,
        Class::Culture,
    ];
    page.line(
        "// Names. What each is, is guessed from the words around it.",
        None,
    );
    for (thing, words) in used {
        let named = &material.book.things[*thing];
        for class in classes.iter().filter(|c| words.contains(c.word())) {
            let (reason, sure) = named.reason(*class);
            let doubt = if sure { "" } else { "? " };
            page.line(&format!("// {doubt}{reason}"), None);
            page.line(&format!("{} {}", class.word(), named.name), None);
            for (also, why) in &named.also {
                page.line(&format!("  also {}", alias(also)), None);
                page.line(&format!("  // {why}"), None);
            }
        }
    }
}

fn section_line(material: &Material<'_>, section: usize, later: bool, key: &str) -> String {
    if section == 0 {
        return format!("section \"Infobox\" from @{key}");
    }
    let heading = material.document.sections[section - 1].heading.text();
    let title = if heading.trim().is_empty() {
        "Lead"
    } else {
        heading.trim()
    };
    if later {
        return format!("section {} from @{key}", quoted(&format!("{title}, later")));
    }
    match window(heading) {
        Some(window) => format!("section {} within {window} from @{key}", quoted(title)),
        None => format!("section {} from @{key}", quoted(title)),
    }
}

/// A label for each statement that another refers to or tells again.
fn labels(statements: &[Statement], kept: &[usize]) -> BTreeMap<usize, String> {
    let root = |at: usize| {
        statements[at]
            .same_as
            .filter(|s| kept.contains(s))
            .unwrap_or(at)
    };
    let mut wanted = BTreeSet::new();
    for at in kept {
        let statement = &statements[*at];
        for text in statement.when.iter().chain(&statement.details) {
            wanted.extend(references(text).into_iter().map(root));
        }
        if statement.same_as.is_some_and(|s| kept.contains(&s)) {
            wanted.insert(root(*at));
        }
    }
    let mut taken = BTreeSet::new();
    let mut named: BTreeMap<usize, String> = BTreeMap::new();
    for at in wanted {
        let Some(base) = statements.get(at).and_then(|s| s.label.clone()) else {
            continue;
        };
        let mut label = base.clone();
        let mut number = 2;
        while !taken.insert(label.clone()) {
            label = format!("{base}-{number}");
            number += 1;
        }
        named.insert(at, label);
    }
    let mut all = named.clone();
    for at in kept {
        if let Some(label) = named.get(&root(*at)) {
            all.insert(*at, label.clone());
        }
    }
    all
}

/// The statements that a text refers to, written `#{12}`.
fn references(text: &str) -> Vec<usize> {
    let parts = text.split("#{").skip(1);
    parts
        .filter_map(|p| p.split('}').next()?.parse().ok())
        .collect()
}

/// A text with its references as labels; none where one of them has no label.
fn resolved(text: &str, labels: &BTreeMap<usize, String>) -> Option<String> {
    let mut out = text.to_owned();
    for at in references(text) {
        let label = labels.get(&at)?;
        out = out.replace(&format!("#{{{at}}}"), &format!("#{label}"));
    }
    Some(out)
}

fn claim(
    material: &Material<'_>,
    at: usize,
    number: usize,
    labels: &BTreeMap<usize, String>,
    key: &str,
    page: &mut Page,
) {
    let statement = &material.statements[at];
    let own = labels.get(&at);
    let mut conditions: Vec<String> = Vec::new();
    for condition in &statement.when {
        // An event is not dated by itself.
        let itself = references(condition)
            .iter()
            .any(|r| labels.get(r).is_some() && labels.get(r) == own);
        if let Some(words) =
            resolved(condition, labels).filter(|w| !itself && !conditions.contains(w))
        {
            conditions.push(words);
        }
    }
    let when = match (statement.timeless, conditions.is_empty()) {
        (true, _) => "always".to_owned(),
        (_, true) => "undated".to_owned(),
        _ => conditions.join(", "),
    };
    let mode = statement.mode.map(|m| {
        if m == "unknown whether" {
            format!("{m} ")
        } else {
            format!("{m}: ")
        }
    });
    let doubt = if statement.doubted { " ?" } else { "." };
    let label = own.map(|l| format!(" #{l}")).unwrap_or_default();
    let cite = match (&statement.according_to, statement.asks) {
        (Some(who), _) => format!("  [@{} via @{key}]", key_of(who)),
        // That two names mean one thing is said by nobody but whoever accepts it.
        (None, Some(_)) => "  [@me]".to_owned(),
        (None, None) => String::new(),
    };
    let line = material.text.as_bytes()[..statement.bytes.start.min(material.text.len())]
        .iter()
        .filter(|b| **b == b'\n')
        .count()
        + 1;
    let mut about = format!(
        "// claim {number}: {}; line {line}, bytes {}-{}",
        statement.rule, statement.bytes.start, statement.bytes.end
    );
    for remark in &statement.remarks {
        about.push_str("; ");
        about.push_str(&remark.replace('\n', " "));
    }
    page.line(&about, None);
    let sentence = format!("{when}: {}{}", mode.unwrap_or_default(), statement.sentence);
    let sentence = format!("{}{doubt}{label}{cite}", squeezed(&sentence));
    page.line(&sentence, Some(at));
    for detail in &statement.details {
        if let Some(detail) = resolved(detail, labels) {
            let detail = squeezed(&detail.replace("{article}", key));
            page.line(&format!("  {detail}"), Some(at));
        }
    }
    page.line(&format!("  quote {}", quoted(&statement.quote)), Some(at));
}

fn not_read(material: &Material<'_>, page: &mut Page) {
    if material.unread.is_empty() {
        return;
    }
    page.line("", None);
    page.line(
        "// Not read, or not wholly: a person may say it better.",
        None,
    );
    for unread in &material.unread {
        let words = unread
            .words
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        let why = match unread.why.as_str() {
            "" => "no verb with a pattern",
            why => why,
        };
        page.line(
            &format!(
                "// not read: “{words}” (bytes {}-{}; {why})",
                unread.bytes.start, unread.bytes.end
            ),
            None,
        );
    }
}
