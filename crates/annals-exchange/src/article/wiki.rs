//! Wikitext: a tree of templates, links, references and tables into a [`Document`].
//!
//! The outside parser keeps the byte span of every node; it may give up on hostile text, which is
//! an error in words here and never a panic.

use std::panic::{AssertUnwindSafe, catch_unwind};

use parse_wiki_text_2::{Configuration, Node};

use super::document::{Document, Flow, Row};
use super::lexicon::table;

const TEMPLATES: &str = include_str!("data/templates.txt");

/// Reads wikitext.
///
/// # Errors
///
/// In words, where the parser cannot make a tree of it.
pub fn read(text: &str) -> Result<Document, String> {
    let parsed = catch_unwind(AssertUnwindSafe(|| {
        // Without a limit of time: what a text comes to must not hang on the machine.
        Configuration::default()
            .parse_without_timeout(text)
            .map(|output| of_nodes(text, &output.nodes))
    }));
    match parsed {
        Ok(Ok(document)) => Ok(document),
        Ok(Err(_)) | Err(_) => Err("the wikitext cannot be parsed".to_owned()),
    }
}

struct Reader<'t> {
    text: &'t str,
    document: Document,
    open: Flow,
    apparatus: usize,
    /// Whether the words are in bold.
    bold: bool,
}

fn of_nodes(text: &str, nodes: &[Node<'_>]) -> Document {
    let mut reader = Reader {
        text,
        document: Document::default(),
        open: Flow::default(),
        apparatus: usize::MAX,
        bold: false,
    };
    let mut before = 0;
    for node in nodes {
        let (start, end) = span(node);
        if let Some(gap) = text.get(before..start).filter(|g| !g.trim().is_empty()) {
            reader.open.push(gap, before);
        }
        before = before.max(end);
        reader.top(node);
    }
    reader.close();
    let mut document = reader.document;
    document.linked.sort();
    document.linked.dedup();
    if document.title.is_blank() {
        document.title = title(&document);
    }
    document
}

/// The row that names the article, where no title is given.
fn title(document: &Document) -> Flow {
    // The `title` of a person is what he was; that of a war is its name.
    let fight = document.box_of.contains("conflict");
    let (first, last) = if fight { ("title", "") } else { ("", "title") };
    let keys = [
        "conflict",
        first,
        "name",
        "conventional_long_name",
        "common_name",
        "native_name",
        last,
    ];
    let named = keys.iter().filter(|k| !k.is_empty()).find_map(|key| {
        let row = document.rows.iter().find(|r| r.key.text() == *key)?;
        row.cells.first().cloned()
    });
    named.unwrap_or_default()
}

impl Reader<'_> {
    fn close(&mut self) {
        let flow = std::mem::take(&mut self.open);
        for line in flow.lines() {
            self.document.add_paragraph(line);
        }
    }

    fn top(&mut self, node: &Node<'_>) {
        match node {
            Node::Heading { level, nodes, .. } => {
                self.close();
                let mut heading = Flow::default();
                self.inline(nodes, &mut heading);
                self.document.open_section(
                    heading.trimmed(),
                    usize::from(*level),
                    &mut self.apparatus,
                );
            }
            Node::ParagraphBreak { .. } => self.close(),
            Node::Template {
                name, parameters, ..
            } if is_box(name) => {
                self.document.box_of = box_of(name);
                for parameter in parameters {
                    self.row(parameter);
                }
            }
            Node::Table { start, end, .. } => {
                self.close();
                self.left(*start, *end, "a table");
            }
            Node::UnorderedList { items, .. } | Node::OrderedList { items, .. } => {
                self.close();
                for item in items {
                    let mut flow = Flow::default();
                    self.inline(&item.nodes, &mut flow);
                    self.document.add_paragraph(flow);
                }
            }
            Node::DefinitionList { items, .. } => {
                self.close();
                for item in items {
                    let mut flow = Flow::default();
                    self.inline(&item.nodes, &mut flow);
                    self.document.add_paragraph(flow);
                }
            }
            Node::Preformatted { nodes, .. } => {
                self.close();
                let mut flow = Flow::default();
                self.inline(nodes, &mut flow);
                self.document.add_paragraph(flow);
            }
            other => {
                let mut open = std::mem::take(&mut self.open);
                self.inline(std::slice::from_ref(other), &mut open);
                self.open = open;
            }
        }
    }

    fn left(&mut self, start: usize, end: usize, what: &'static str) {
        if let Some(words) = self.text.get(start..end) {
            self.document.left.push((Flow::of(words, start), what));
        }
    }

    fn row(&mut self, parameter: &parse_wiki_text_2::Parameter<'_>) {
        let Some(name) = &parameter.name else { return };
        let mut key = Flow::default();
        self.inline(name, &mut key);
        let mut cell = Flow::default();
        let (flags, bold) = (self.document.flags.len(), self.document.bold.len());
        self.bold = false;
        self.inline(&parameter.value, &mut cell);
        let cell = cell.trimmed();
        self.document.place_flags(flags, &cell);
        self.document.place_bold(bold, &cell);
        if !cell.is_blank() {
            self.document.rows.push(Row {
                key: key.trimmed(),
                cells: vec![cell],
            });
        }
    }

    /// The words of some nodes as a reader of the page sees them.
    fn inline(&mut self, nodes: &[Node<'_>], flow: &mut Flow) {
        // Between `<ref>` and `</ref>`, and inside other tags whose words are not of the text.
        let mut hidden = 0usize;
        let mut before: Option<usize> = None;
        for node in nodes {
            let (start, end) = span(node);
            // The parser leaves out text beside some tags: what stands between two nodes is text.
            if let Some(gap) = before
                .and_then(|b| self.text.get(b..start))
                .filter(|_| hidden == 0)
            {
                flow.push(gap, start - gap.len());
            }
            before = Some(end.max(before.unwrap_or(0)));
            match node {
                Node::StartTag { name, .. } if is_hidden(name) => hidden += 1,
                Node::EndTag { name, .. } if is_hidden(name) => hidden = hidden.saturating_sub(1),
                _ if hidden > 0 => {}
                Node::Text { start, value, .. } => flow.push(value, *start),
                Node::CharacterEntity {
                    character,
                    start,
                    end,
                } => flow.push_for(&character.to_string(), *start..*end),
                Node::Link { text, target, .. } => {
                    self.document.linked.push((*target).to_owned());
                    self.inline(text, flow);
                }
                Node::ExternalLink { nodes, .. } => self.external(nodes, flow),
                Node::Template {
                    name,
                    parameters,
                    start,
                    end,
                } => self.template(name, parameters, *start..*end, flow),
                Node::StartTag { name, start, end } if is_break(name) => {
                    flow.push_for("\n", *start..*end);
                }
                Node::Tag { name, nodes, .. } if matches!(&**name, "nowiki" | "poem" | "pre") => {
                    self.inline(nodes, flow);
                }
                Node::Tag { name, .. } if matches!(&**name, "ref" | "references") => {}
                Node::Tag { start, end, .. } => self.left(*start, *end, "a tag"),
                Node::UnorderedList { items, .. } | Node::OrderedList { items, .. } => {
                    self.listed(items.iter().map(|i| (i.start, &i.nodes[..])), flow);
                }
                Node::ParagraphBreak { start, end } => flow.push_for("\n\n", *start..*end),
                Node::Heading { nodes, .. } | Node::Preformatted { nodes, .. } => {
                    self.inline(nodes, flow);
                }
                Node::Table { start, end, .. } => self.left(*start, *end, "a table"),
                Node::DefinitionList { items, .. } => {
                    self.listed(items.iter().map(|i| (i.start, &i.nodes[..])), flow);
                }
                Node::Image { start, end, .. } => self.left(*start, *end, "a picture"),
                Node::Bold { end, .. } => self.embolden(*end, flow),
                Node::BoldItalic { .. }
                | Node::Italic { .. }
                | Node::Category { .. }
                | Node::Comment { .. }
                | Node::StartTag { .. }
                | Node::EndTag { .. }
                | Node::HorizontalDivider { .. }
                | Node::MagicWord { .. }
                | Node::Parameter { .. }
                | Node::Redirect { .. } => {}
            }
        }
    }

    /// Notes where bold words open a line.
    fn embolden(&mut self, at: usize, flow: &Flow) {
        self.bold = !self.bold;
        let line = flow.text().rsplit('\n').next().unwrap_or("");
        let first = line.trim_matches(['*', ' ']).is_empty();
        self.document
            .bold
            .extend((self.bold && first).then_some(at));
    }

    /// The items of a list, a line each.
    fn listed<'n>(
        &mut self,
        items: impl Iterator<Item = (usize, &'n [Node<'n>])>,
        flow: &mut Flow,
    ) {
        for (start, nodes) in items {
            new_line(flow, start);
            self.inline(nodes, flow);
        }
        // What stands behind a list is none of it.
        flow.push_for("\n\n", flow.end()..flow.end());
    }

    /// The words of an outside link, without its address.
    fn external(&mut self, nodes: &[Node<'_>], flow: &mut Flow) {
        let mut words = Flow::default();
        self.inline(nodes, &mut words);
        if let Some(space) = words.text().find(' ') {
            let shown = words.slice(space + 1..words.text().len());
            let range = shown.origin_of(0..shown.text().len());
            flow.push_for(shown.text(), range);
        }
    }

    /// What a template shows: for marks their word in brackets, for flags and the like what they
    /// carry, and nothing for templates that speak to editors.
    fn template(
        &mut self,
        name: &[Node<'_>],
        parameters: &[parse_wiki_text_2::Parameter<'_>],
        range: std::ops::Range<usize>,
        flow: &mut Flow,
    ) {
        let name = words_of(name).to_lowercase();
        let own = |p: &&parse_wiki_text_2::Parameter<'_>| p.name.is_none();
        if let Some(mark) = super::cells::template_mark(&name) {
            self.mark(&mark, parameters, range, flow);
            return;
        }
        match shows(&name) {
            Some("content") => {
                if let Some(first) = parameters.iter().find(own) {
                    self.inline(&first.value, flow);
                }
            }
            Some("last") => {
                if let Some(last) = parameters.iter().rfind(own) {
                    self.inline(&last.value, flow);
                }
            }
            Some("note") => self.left(range.start, range.end, "a note"),
            Some("items") => {
                for parameter in parameters.iter().filter(own) {
                    new_line(flow, parameter.start);
                    self.inline(&parameter.value, flow);
                }
            }
            Some("about") => {
                if parameters.iter().all(|p| !own(&p)) {
                    flow.push_for("c. ", range.clone());
                }
                for (number, parameter) in parameters.iter().filter(own).enumerate() {
                    let about = if number == 0 { "c. " } else { " – c. " };
                    flow.push_for(about, parameter.start..parameter.start);
                    self.inline(&parameter.value, flow);
                }
            }
            // A flag says nothing by itself; in a row it may say whose side a name is on.
            Some("flag") => {
                let of = parameters.iter().find(own).map(|p| words_of(&p.value));
                let line = flow.text().rsplit('\n').next().unwrap_or("");
                // Behind a name, a flag need not be of what follows.
                let first = line.trim_matches(['*', ' ']);
                let first = first.is_empty() || first.ends_with([',', ';']);
                let of = of.filter(|of| !of.is_empty() && first);
                self.document.flags.extend(of.map(|of| (range.end, of)));
            }
            Some("marriage") => self.marriage(parameters, flow),
            Some("date") => {
                let numbers = parameters.iter().filter(own);
                let numbers: Vec<String> = numbers.map(|p| words_of(&p.value)).collect();
                flow.push_for(&date_of(&numbers), range.clone());
                // What no date has, such as an hour; the day of birth behind that of death shows nothing.
                let shown = numbers.iter().skip(3).any(|n| !is_era(n) && !n.is_empty());
                if shown && !name.contains("age") {
                    self.left(range.start, range.end, "a part of a template");
                }
            }
            Some(_) => {}
            None => self.left(range.start, range.end, "a template"),
        }
    }
}

impl Reader<'_> {
    /// A mark in brackets, and what else its template has: when it was.
    fn mark(
        &mut self,
        mark: &str,
        parameters: &[parse_wiki_text_2::Parameter<'_>],
        range: std::ops::Range<usize>,
        flow: &mut Flow,
    ) {
        let space = if flow.text().ends_with(' ') { "" } else { " " };
        flow.push_for(&format!("{space}({mark})"), range);
        // `{{KIA|30 August 1552}}`: when it was.
        for parameter in parameters.iter().filter(|p| p.name.is_none()) {
            flow.push_for(" (", parameter.start..parameter.start);
            self.inline(&parameter.value, flow);
            flow.push_for(")", parameter.end..parameter.end);
        }
    }

    /// `{{marriage|Anna|1689|1698}}` as `Anna (m. 1689–1698)`.
    fn marriage(&mut self, parameters: &[parse_wiki_text_2::Parameter<'_>], flow: &mut Flow) {
        let own: Vec<_> = parameters.iter().filter(|p| p.name.is_none()).collect();
        let Some((spouse, years)) = own.split_first() else {
            return;
        };
        new_line(flow, spouse.start);
        self.inline(&spouse.value, flow);
        let years: Vec<String> = years.iter().map(|p| words_of(&p.value)).collect();
        let years: Vec<&str> = years
            .iter()
            .map(|y| y.trim())
            .filter(|y| !y.is_empty())
            .collect();
        // `end=div`: how it ended.
        let ends = parameters.iter().find(|p| {
            let name = p.name.as_deref();
            name.is_some_and(|n| words_of(n) == "end")
        });
        let mut shown = Vec::new();
        if !years.is_empty() {
            shown.push(format!("m. {}", years.join(" – ")));
        }
        shown.extend(
            ends.map(|p| words_of(&p.value))
                .filter(|how| !how.is_empty()),
        );
        let first = own.get(1).copied().or(ends);
        let last = parameters.iter().map(|p| p.end).max();
        if let (false, Some(from), Some(end)) = (shown.is_empty(), first, last) {
            flow.push_for(
                &format!(" ({})", shown.join(") (")),
                from.start..end.max(from.start),
            );
        }
    }
}

/// Begins a line, if one is not begun: a blank line would say that something else follows.
fn new_line(flow: &mut Flow, at: usize) {
    if !flow.text().ends_with('\n') {
        flow.push_for("\n", at..at);
    }
}

/// What a template shows, by the table of templates; none for one that the table does not have.
fn shows(name: &str) -> Option<&'static str> {
    table(TEMPLATES).find_map(|line| {
        let (what, names) = line.split_once(':')?;
        let mut names = names.split(',').map(str::trim);
        let fits = |n: &str| match n.strip_suffix('*') {
            Some(start) => name.starts_with(start),
            None => n == name,
        };
        names.any(fits).then_some(what.trim())
    })
}

/// Where a node stands.
fn span(node: &Node<'_>) -> (usize, usize) {
    match node {
        Node::Bold { start, end }
        | Node::BoldItalic { start, end }
        | Node::Category { start, end, .. }
        | Node::CharacterEntity { start, end, .. }
        | Node::Comment { start, end }
        | Node::DefinitionList { start, end, .. }
        | Node::EndTag { start, end, .. }
        | Node::ExternalLink { start, end, .. }
        | Node::Heading { start, end, .. }
        | Node::HorizontalDivider { start, end }
        | Node::Image { start, end, .. }
        | Node::Italic { start, end }
        | Node::Link { start, end, .. }
        | Node::MagicWord { start, end }
        | Node::OrderedList { start, end, .. }
        | Node::ParagraphBreak { start, end }
        | Node::Parameter { start, end, .. }
        | Node::Preformatted { start, end, .. }
        | Node::Redirect { start, end, .. }
        | Node::StartTag { start, end, .. }
        | Node::Table { start, end, .. }
        | Node::Tag { start, end, .. }
        | Node::Template { start, end, .. }
        | Node::Text { start, end, .. }
        | Node::UnorderedList { start, end, .. } => (*start, *end),
    }
}

/// Whether a word says from which year years are counted.
fn is_era(word: &str) -> bool {
    matches!(word, "BC" | "BCE" | "AD" | "CE")
}

/// `{{start date|1258|2|10}}` as a date that people write.
fn date_of(numbers: &[String]) -> String {
    let eras: Vec<&String> = numbers.iter().filter(|n| is_era(n)).collect();
    if let [era] = eras[..] {
        let own: Vec<String> = numbers.iter().filter(|n| !is_era(n)).cloned().collect();
        return format!("{} {era}", date_of(&own));
    }
    let number = |i: usize| numbers.get(i).and_then(|n| n.parse::<usize>().ok());
    let month = number(1).and_then(|m| annals_calendar::MONTHS.get(m.wrapping_sub(1)));
    match (number(0), month, number(2)) {
        (Some(year), Some(month), Some(day)) => format!("{day} {month} {year}"),
        (Some(year), Some(month), None) => format!("{month} {year}"),
        (Some(year), None, _) => year.to_string(),
        (None, ..) => numbers.join(" "),
    }
}

fn is_hidden(name: &str) -> bool {
    matches!(
        name,
        "ref" | "references" | "gallery" | "math" | "timeline" | "imagemap"
    )
}

fn is_break(name: &str) -> bool {
    matches!(name, "br" | "hr" | "li" | "p" | "div" | "tr")
}

fn is_box(name: &[Node<'_>]) -> bool {
    words_of(name).to_lowercase().starts_with("infobox")
}

fn box_of(name: &[Node<'_>]) -> String {
    let name = words_of(name).to_lowercase().replace('_', " ");
    name["infobox".len()..].trim().to_owned()
}

/// The plain words of some nodes.
fn words_of(nodes: &[Node<'_>]) -> String {
    let mut words = String::new();
    for node in nodes {
        match node {
            Node::Text { value, .. } => words.push_str(value),
            Node::CharacterEntity { character, .. } => words.push(*character),
            Node::Link { text: inner, .. } => words.push_str(&words_of(inner)),
            _ => {}
        }
    }
    words.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "{{Infobox military conflict\n| conflict = Siege of B\n| commander2 = [[A|B C]]{{KIA}}<br />D\n| date = {{start date|1258|2|10}}\n}}\nThe '''siege''' of [[Baghdad]] began.<ref>Smith 1998, p. 2.</ref> It ended in 1258.<!-- no -->\n\n== After ==\nAll &ndash; gone. <nowiki>[[x]]</nowiki> stays.\n{|\n|a\n|}\n== References ==\n* Smith 1998\n";

    #[test]
    fn a_page_becomes_rows_and_sentences() {
        let document = read(TEXT).unwrap();
        assert_eq!(document.title.text(), "Siege of B");
        assert_eq!(document.box_of, "military conflict");
        let cells: Vec<&str> = document.rows.iter().map(|r| r.cells[0].text()).collect();
        assert_eq!(cells, ["Siege of B", "B C (KIA)\nD", "10 February 1258"]);
        let passages = document.passages();
        let words: Vec<&str> = passages.iter().map(|p| p.flow.text()).collect();
        assert_eq!(
            words,
            [
                "The siege of Baghdad began.",
                "It ended in 1258.",
                "All – gone. [[x]] stays."
            ]
        );
        assert_eq!(document.left.len(), 1);
    }

    #[test]
    fn places_lead_back_into_the_markup() {
        let document = read(TEXT).unwrap();
        let passage = &document.passages()[0].flow;
        let at = passage.text().find("Baghdad").unwrap();
        assert_eq!(&TEXT[passage.origin_of(at..at + 7)], "Baghdad");
    }

    #[test]
    fn broken_wikitext_is_read_or_refused() {
        for text in [
            "{{Infobox",
            "[[",
            "{{{{{",
            "{|",
            "<ref>",
            "</ref></ref>",
            "'''''",
            "{{a|{{b}}",
            "}}]]|}",
        ] {
            let _ = read(text);
        }
    }
}
