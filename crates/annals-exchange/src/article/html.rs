//! Saved pages: a small tolerant reader of HTML that keeps the byte of every character.
//!
//! What comes in: any text with tags, whole or broken. What goes out: the title, the rows of the
//! table whose class says `infobox`, headings, paragraphs and list items. Scripts, styles,
//! navigation, references and other tables are left out; tables are listed as not read.

use super::document::{Document, Flow, Row};

/// A tag or a stretch of text.
enum Piece<'t> {
    Text(&'t str, usize),
    Open {
        name: String,
        class: String,
        /// What a picture is called that cannot be shown.
        shows: String,
        closed: bool,
        from: usize,
    },
    Close {
        name: String,
        to: usize,
    },
}

/// Elements without an end tag.
const VOID: [&str; 12] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr",
];

/// Elements whose words are none of the article's.
const SILENT: [&str; 14] = [
    "script", "style", "nav", "header", "footer", "noscript", "template", "svg", "math", "button",
    "form", "figure", "select", "aside",
];

/// Classes whose words are none of the article's.
const SILENT_CLASSES: [&str; 12] = [
    "reference",
    "navbox",
    "mw-editsection",
    "reflist",
    "toc",
    "hatnote",
    "metadata",
    "noprint",
    "thumb",
    "sidebar",
    "catlinks",
    "mw-jump-link",
];

/// Cuts a text into tags and text. What never becomes a tag is text.
fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(open) = text[at..].find('<').map(|i| at + i) {
        if open > at {
            found.push(Piece::Text(&text[at..open], at));
        }
        let rest = &text[open..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            at = comment.find("-->").map_or(text.len(), |i| open + 4 + i + 3);
            continue;
        }
        let tag = rest[1..]
            .starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'));
        let Some(end) = rest.find('>').filter(|_| tag) else {
            found.push(Piece::Text(&text[open..=open], open));
            at = open + 1;
            continue;
        };
        at = open + end + 1;
        let inner = &rest[1..end];
        if let Some(name) = inner.strip_prefix('/') {
            found.push(Piece::Close {
                name: name.trim().to_ascii_lowercase(),
                to: at,
            });
        } else if !inner.starts_with(['!', '?']) {
            let name: String = inner
                .chars()
                .take_while(|c| c.is_ascii_alphanumeric())
                .collect();
            let name = name.to_ascii_lowercase();
            let closed = inner.ends_with('/') || VOID.contains(&name.as_str());
            // What stands inside these is no markup.
            if matches!(&*name, "script" | "style") {
                let lower = text[at..].to_ascii_lowercase();
                let close = format!("</{name}");
                at = lower.find(&close).map_or(text.len(), |i| at + i);
            }
            found.push(Piece::Open {
                class: classes(inner),
                shows: attribute(inner, "alt"),
                name,
                closed,
                from: open,
            });
        }
    }
    if at < text.len() {
        found.push(Piece::Text(&text[at..], at));
    }
    found
}

/// The classes of an element; one that is not shown is as one of a class that is not read.
fn classes(tag: &str) -> String {
    let style = attribute(tag, "style").replace(' ', "");
    let hidden = style.contains("display:none") || style.contains("visibility:hidden");
    let silent = if hidden { SILENT_CLASSES[0] } else { "" };
    format!("{} {silent}", attribute(tag, "class"))
}

fn attribute(tag: &str, key: &str) -> String {
    let lower = tag.to_ascii_lowercase();
    let Some(at) = lower.find(&format!("{key}=")) else {
        return String::new();
    };
    let value = &lower[at + key.len() + 1..];
    let value = match value.chars().next() {
        Some(quote @ ('"' | '\'')) => value[1..].split(quote).next(),
        _ => value.split_whitespace().next(),
    };
    value.unwrap_or("").to_owned()
}

/// What is being read.
#[derive(Default)]
struct Reader {
    document: Document,
    /// Open elements.
    stack: Vec<(String, Role)>,
    flow: Flow,
    row: Vec<(bool, Flow)>,
    page_title: Flow,
    waiting: Option<Flow>,
    /// Where a table begins that is not read.
    table: usize,
    /// How many offices the infobox has named so far.
    offices: usize,
    /// How many flags there were before the cell that is open.
    flags: usize,
    /// How many lines in bold there were before it.
    bold: usize,
    apparatus: usize,
}

/// What an open element is to the reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Plain,
    Silent,
    Infobox,
    OtherTable,
}

impl Reader {
    fn inside(&self, role: Role) -> bool {
        self.stack.iter().any(|(_, r)| *r == role)
    }

    fn silent(&self) -> bool {
        self.inside(Role::Silent) || self.inside(Role::OtherTable)
    }

    /// A picture that opens a line of a cell, or stands behind a comma: a flag, if it is called after
    /// a power.
    fn flag(&mut self, of: &str, at: usize) {
        let line = self.flow.text().rsplit('\n').next().unwrap_or("");
        let first = line.trim().is_empty() || line.trim_end().ends_with([',', ';']);
        if first && !of.is_empty() {
            self.document.flags.push((at, of.to_owned()));
        }
    }

    fn open(&mut self, name: String, (class, shows): (&str, &str), closed: bool, from: usize) {
        let has = |list: &[&str]| class.split_whitespace().any(|c| list.contains(&c));
        if name == "br" {
            self.flow.push_for("\n", from..from);
        }
        let role = if SILENT.contains(&name.as_str()) || has(&SILENT_CLASSES) {
            Role::Silent
        } else if name == "table" && class.contains("infobox") {
            Role::Infobox
        } else if name == "table" && !self.inside(Role::Infobox) {
            self.table = from;
            Role::OtherTable
        } else {
            Role::Plain
        };
        if self.silent() {
            // Only the end of what is silent matters.
        } else if self.inside(Role::Infobox) {
            match &*name {
                "tr" => self.end_row(),
                "th" | "td" => {
                    self.flow = Flow::default();
                    self.flags = self.document.flags.len();
                    self.bold = self.document.bold.len();
                }
                // A blank line would say that something else follows.
                "li" | "p" | "div" if !self.flow.text().ends_with('\n') => {
                    self.flow.push_for("\n", from..from);
                }
                "img" => self.flag(shows, from),
                "b" | "strong" => {
                    let line = self.flow.text().rsplit('\n').next().unwrap_or("");
                    self.document
                        .bold
                        .extend(line.trim().is_empty().then_some(from));
                }
                _ => {}
            }
        } else if is_block(&name) || role == Role::Infobox {
            self.end_block("");
        }
        if !closed {
            self.stack.push((name, role));
        }
    }

    fn close(&mut self, name: &str, to: usize, text: &str) {
        let Some(at) = self.stack.iter().rposition(|(n, _)| n == name) else {
            return;
        };
        let silent = self.silent();
        let role = self.stack[at].1;
        self.stack.truncate(at);
        if role == Role::OtherTable && !self.silent() {
            let words = text.get(self.table..to).unwrap_or("");
            self.document
                .left
                .push((Flow::of(words, self.table), "a table"));
        }
        if silent {
            return;
        }
        if role == Role::Infobox {
            self.end_row();
            self.flow = Flow::default();
        } else if self.inside(Role::Infobox) {
            match name {
                "th" | "td" => {
                    let cell = std::mem::take(&mut self.flow).trimmed();
                    self.document.place_flags(self.flags, &cell);
                    self.document.place_bold(self.bold, &cell);
                    self.row.push((name == "th", cell));
                }
                // What stands behind a list is none of it.
                "ul" | "ol" => self.flow.push_for("\n\n", to..to),
                "tr" => self.end_row(),
                _ => {}
            }
        } else if is_block(name) {
            self.end_block(name);
        }
    }

    /// A row of the infobox: a key and a value, or two sides under a key of their own.
    fn end_row(&mut self) {
        let row = std::mem::take(&mut self.row);
        let cells: Vec<Flow> = row
            .iter()
            .map(|(_, f)| f.clone())
            .filter(|f| !f.is_blank())
            .collect();
        match &cells[..] {
            [] => {}
            [one] => {
                if !self.held_office(one) {
                    self.unused();
                    self.waiting = Some(one.clone());
                }
            }
            [key, rest @ ..] if row[0].0 => {
                self.unused();
                self.add_row(key.clone(), rest.to_vec());
            }
            both => match self.waiting.take() {
                Some(key) => self.add_row(key, both.to_vec()),
                None => {
                    let left = both.iter().cloned();
                    let left = left.map(|cell| (cell, "a row without a key"));
                    self.document.left.extend(left);
                }
            },
        }
    }

    /// Lists a line of the infobox that turned out to head nothing.
    fn unused(&mut self) {
        let waiting = self.waiting.take();
        // The first is the title; a caption may have any words.
        let other = waiting.filter(|w| !self.document.rows.is_empty() && !is_frame(w.text()));
        let other = other.map(|w| (w, "a line of the infobox without a key"));
        self.document.left.extend(other);
    }

    /// `In office` with its dates, under a line that is the office.
    fn held_office(&mut self, cell: &Flow) -> bool {
        let lines = cell.lines();
        let Some((first, dates)) = lines.split_first() else {
            return false;
        };
        let (words, dates) = match dates {
            [] => (
                "in office ",
                cell.slice(first.text().len().min(9)..cell.text().len()),
            ),
            [date, ..] => ("in office", date.clone()),
        };
        let lower = cell.text().to_lowercase();
        if !lower.starts_with(words) || self.waiting.is_none() {
            return false;
        }
        let Some(office) = self.waiting.take() else {
            return false;
        };
        self.offices += 1;
        let range = office.origin_of(0..office.text().len());
        let mut key = Flow::default();
        key.push_for("office", range);
        self.add_row(key, vec![office]);
        let mut key = Flow::default();
        key.push_for("in office", first.origin_of(0..first.text().len()));
        self.add_row(key, vec![dates.trimmed()]);
        true
    }

    /// Adds a row; the number of the office that it stands under goes behind its key.
    fn add_row(&mut self, key: Flow, cells: Vec<Flow>) {
        let mut key = key;
        if self.offices > 1 {
            let end = key.end();
            key.push_for(&(self.offices - 1).to_string(), end..end);
        }
        self.document.rows.push(Row { key, cells });
    }

    fn end_block(&mut self, name: &str) {
        let flow = std::mem::take(&mut self.flow).trimmed();
        match name {
            "title" => self.page_title = flow,
            "h1" if self.document.title.is_blank() => self.document.title = flow,
            "h1" | "h2" | "h3" | "h4" | "h5" if !flow.is_blank() => {
                let level = usize::from(name.as_bytes()[1] - b'0');
                let mut apparatus = self.apparatus;
                self.document.open_section(flow, level, &mut apparatus);
                self.apparatus = apparatus;
            }
            "p" | "li" | "dd" | "blockquote" => {
                for line in flow.lines() {
                    self.document.add_paragraph(line);
                }
            }
            // Text outside of paragraphs is the page's frame.
            _ => {}
        }
    }
}

/// Headings of parts of an infobox that say nothing of what it is about.
fn is_frame(words: &str) -> bool {
    let words = words.trim().to_lowercase();
    matches!(
        words.as_str(),
        "personal details" | "personal information" | "history"
    )
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "title"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "p"
            | "li"
            | "dd"
            | "dt"
            | "blockquote"
            | "div"
            | "ul"
            | "ol"
            | "section"
            | "article"
            | "body"
            | "main"
    )
}

/// Reads a saved page.
pub fn read(text: &str) -> Document {
    let mut reader = Reader {
        apparatus: usize::MAX,
        ..Reader::default()
    };
    for piece in pieces(text) {
        match piece {
            Piece::Text(words, at) if !reader.silent() => push_decoded(&mut reader.flow, words, at),
            Piece::Text(..) => {}
            Piece::Open {
                name,
                class,
                closed,
                from,
                shows,
            } => reader.open(name, (&class, &shows), closed, from),
            Piece::Close { name, to } => reader.close(&name, to, text),
        }
    }
    reader.end_block("p");
    let mut document = reader.document;
    if document.title.is_blank() {
        document.title = reader.page_title;
    }
    document
}

/// Adds text with its entities read and its line breaks as spaces.
fn push_decoded(flow: &mut Flow, words: &str, at: usize) {
    let mut from = 0;
    let mut i = 0;
    let bytes = words.as_bytes();
    while i < bytes.len() {
        match bytes[i] {
            b'&' => {
                let end = words[i..].find(';').filter(|e| *e <= 10);
                if let Some((end, c)) =
                    end.and_then(|e| entity(&words[i + 1..i + e]).map(|c| (e, c)))
                {
                    flow_push(flow, &words[from..i], at + from);
                    flow.push_for(&c.to_string(), at + i..at + i + end + 1);
                    i += end + 1;
                    from = i;
                    continue;
                }
                i += 1;
            }
            b'\n' | b'\r' | b'\t' => {
                flow_push(flow, &words[from..i], at + from);
                flow.push_for(" ", at + i..at + i + 1);
                i += 1;
                from = i;
            }
            _ => i += 1,
        }
    }
    flow_push(flow, &words[from..], at + from);
}

fn flow_push(flow: &mut Flow, words: &str, at: usize) {
    if !words.is_empty() {
        flow.push(words, at);
    }
}

/// The character of an entity's name or number.
fn entity(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code).filter(|c| !c.is_control());
    }
    const PLAIN: [(&str, char); 18] = [
        ("amp", '&'),
        ("lt", '<'),
        ("gt", '>'),
        ("quot", '"'),
        ("apos", '\''),
        ("nbsp", '\u{A0}'),
        ("ndash", '–'),
        ("mdash", '—'),
        ("hellip", '…'),
        ("rsquo", '\u{2019}'),
        ("lsquo", '\u{2018}'),
        ("rdquo", '\u{201D}'),
        ("ldquo", '\u{201C}'),
        ("dagger", '†'),
        ("szlig", 'ß'),
        ("aelig", 'æ'),
        ("AElig", 'Æ'),
        ("eth", 'ð'),
    ];
    if let Some((_, c)) = PLAIN.iter().find(|(n, _)| *n == name) {
        return Some(*c);
    }
    // `atilde`: a letter and the name of its mark.
    const MARKS: [(&str, &str, &str); 8] = [
        ("grave", "AEIOUaeiou", "ÀÈÌÒÙàèìòù"),
        ("acute", "AEIOUYaeiouy", "ÁÉÍÓÚÝáéíóúý"),
        ("circ", "AEIOUaeiou", "ÂÊÎÔÛâêîôû"),
        ("tilde", "ANOano", "ÃÑÕãñõ"),
        ("uml", "AEIOUaeiouy", "ÄËÏÖÜäëïöüÿ"),
        ("ring", "Aa", "Åå"),
        ("cedil", "Cc", "Çç"),
        ("slash", "Oo", "Øø"),
    ];
    let letter = name.chars().next()?;
    let (_, from, to) = MARKS
        .iter()
        .find(|(m, ..)| *m == &name[letter.len_utf8()..])?;
    to.chars().nth(from.chars().position(|c| c == letter)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<!DOCTYPE html><html><head><title>K</title><style>p{}</style></head><body><nav>Main</nav>\
<h1>Kongo</h1><table class=\"infobox\"><tr><th>Capital</th><td>M<br>N</td></tr></table>\
<p>The <b>kingdom</b> of S&atilde;o<sup class=reference>[1]</sup> fell\nin 1914.</p><h2>After</h2><p>All is <i>well.</p>\
<table><tr><td>1200</td></tr></table><div class=\"navbox\">x</div></body></html>";

    #[test]
    fn a_page_becomes_rows_and_sentences() {
        let document = read(PAGE);
        assert_eq!(document.title.text(), "Kongo");
        assert_eq!(document.rows[0].cells[0].text(), "M\nN");
        let passages = document.passages();
        let words: Vec<&str> = passages.iter().map(|p| p.flow.text()).collect();
        assert_eq!(words, ["The kingdom of São fell in 1914.", "All is well."]);
        let range = passages[0].flow.origin_of(0..11);
        assert_eq!(&PAGE[range], "The <b>kingdom");
        assert_eq!(document.left.len(), 1);
    }

    #[test]
    fn what_is_not_shown_is_not_read() {
        let page = "<body><h1>T</h1><table class=infobox><tr><th>Date</th><td>\
<span style=\"display: none\">(1895-01-02)</span>1895</td></tr></table>\
<p>It fell<span style='color:red;display:none'> never</span> in <b style=\"visibility: hidden\">999</b>1895.</p>\
<div style=\"DISPLAY:NONE\"><p>Nothing of this.</p></div><p style=\"display:block\">All of this.</p></body>";
        let document = read(page);
        assert_eq!(document.rows[0].cells[0].text(), "1895");
        let passages = document.passages();
        let words: Vec<&str> = passages.iter().map(|p| p.flow.text()).collect();
        assert_eq!(words, ["It fell in 1895.", "All of this."]);
    }

    #[test]
    fn offices_of_a_page_have_their_rows() {
        let page = "<body><h1>Ida Roth</h1><table class=\"infobox vcard\"><tr><th colspan=2>Ida Roth</th></tr>\
<tr><th colspan=2>2nd Governor of Saal</th></tr><tr><td colspan=2><b>In office</b><br>7 May 1807 – 3 June 1810</td></tr>\
<tr><th>Preceded by</th><td>Otto Lang</td></tr><tr><th colspan=2>Mayor of Lutz</th></tr>\
<tr><td colspan=2>In office<br>1811–1815</td></tr><tr><th>Preceded by</th><td>Jan Kessel</td></tr>\
<tr><th colspan=2>Personal details</th></tr><tr><td colspan=2>A portrait of 1801</td></tr><tr><th>Born</th><td>Ida Roth<br>3 May 1770</td></tr></table></body>";
        let document = read(page);
        let rows: Vec<(String, String)> = document
            .rows
            .iter()
            .map(|r| (r.key.text().to_owned(), r.cells[0].text().to_owned()))
            .collect();
        let expected = [
            ("office", "2nd Governor of Saal"),
            ("in office", "7 May 1807 – 3 June 1810"),
            ("Preceded by", "Otto Lang"),
            ("office1", "Mayor of Lutz"),
            ("in office1", "1811–1815"),
            ("Preceded by1", "Jan Kessel"),
            ("Born1", "Ida Roth\n3 May 1770"),
        ];
        let expected = expected.map(|(key, cell)| (key.to_owned(), cell.to_owned()));
        assert_eq!(rows, expected);
        assert_eq!(document.left[0].0.text(), "A portrait of 1801");
    }

    #[test]
    fn broken_pages_are_read_as_far_as_they_go() {
        for text in [
            "<",
            "<p",
            "<p>a<",
            "</p></p>",
            "<!--",
            "<script>",
            "&#xFFFFFFFF;&;&a;",
            "<table class=infobox><tr><td>",
        ] {
            let _ = read(text);
        }
        assert_eq!(
            read("<body><p>a < b &amp; c").passages()[0].flow.text(),
            "a < b & c"
        );
    }
}
