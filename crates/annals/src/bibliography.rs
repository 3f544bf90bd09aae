//! BibTeX and BibLaTeX files, as Zotero exports them, to entries of plain fields.
//!
//! An entry that cannot be read is a `bad-bibliography` report at its place, and its neighbours
//! are read as if it were well. The outside parser follows abbreviations and cross-references
//! by recursion without asking whether they end, so both are resolved or taken out here first.

use std::collections::BTreeMap;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};

use annals_text::{FileId, Report, Span};
use biblatex::{
    Bibliography, ChunksExt, ParseError, ParseErrorKind, RawBibliography, RawChunk, RawEntry,
    Spanned,
};

/// The most bytes one field may have; an abstract of some pages is far below it.
const FIELD_LIMIT: usize = 64 * 1024;
/// How deep braces and abbreviations may nest.
const DEPTH_LIMIT: usize = 64;

/// One entry: its key, its fields in the order given, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BibEntry {
    /// The citation key.
    pub key: String,
    /// The kind of work first (`type`), then the fields by lower-case name, without TeX marks.
    pub fields: Vec<(String, String)>,
    /// Where it stands.
    pub span: Span,
}

/// All entries of a bibliography, and a report for each that cannot be read.
pub fn read_bibliography(text: &str, file: FileId) -> (Vec<BibEntry>, Vec<Report>) {
    let mut reader = BibReader {
        file,
        entries: Vec::new(),
        reports: Vec::new(),
    };
    // An entry that lacks its closing brace swallows all that follow. Only then is the file cut
    // at its `@word{` lines, since such a line may also stand inside a well-formed field.
    match parse(text) {
        Ok(raw) => reader.take(&raw, &raw, 0, text),
        Err(_) => reader.take_in_pieces(text),
    }
    (reader.entries, reader.reports)
}

/// The outside parser is fed what anybody wrote: should it stop on a promise of its own, that is
/// one more way in which the file cannot be read.
fn parse(text: &str) -> Result<RawBibliography<'_>, ParseError> {
    catch_unwind(|| RawBibliography::parse(text)).unwrap_or(Err(ParseError {
        span: 0..0,
        kind: ParseErrorKind::MalformedCommand,
    }))
}

struct BibReader {
    file: FileId,
    entries: Vec<BibEntry>,
    reports: Vec<Report>,
}

impl BibReader {
    fn take_in_pieces(&mut self, text: &str) {
        let pieces = pieces(text);
        let mut read = Vec::new();
        let mut all = RawBibliography {
            preamble: String::new(),
            entries: Vec::new(),
            abbreviations: Vec::new(),
        };
        for range in pieces {
            let piece = &text[range.clone()];
            match parse(piece) {
                Ok(raw) => {
                    all.abbreviations.extend(raw.abbreviations.iter().cloned());
                    read.push((raw, range));
                }
                Err(e) => self.refuse(piece, range.start, &e),
            }
        }
        for (raw, range) in read {
            self.take(&raw, &all, range.start, &text[range.clone()]);
        }
    }

    /// Reports the error of a piece at the first line of the piece: that is where a person looks.
    fn refuse(&mut self, piece: &str, offset: usize, error: &ParseError) {
        let head = piece.lines().next().unwrap_or("").trim_end();
        let name = head
            .split_once('{')
            .map_or(head, |(_, key)| key.trim().trim_end_matches(','));
        let at = floor(piece, error.span.start.min(piece.trim_end().len()));
        let line_end = piece[at..].find('\n').map_or(piece.len(), |n| at + n);
        let report = Report::error(
            "bad-bibliography",
            format!("the entry `{}` cannot be read: {}", brief(name), error.kind),
        )
        .at(
            self.span(offset..offset + head.len()),
            "this entry is left out",
        )
        .also(self.span(offset + at..offset + line_end), "here")
        .help("mend the entry, or export the file again from your reference manager");
        self.reports.push(report);
    }

    fn take<'s>(
        &mut self,
        raw: &RawBibliography<'s>,
        with: &RawBibliography<'s>,
        offset: usize,
        text: &str,
    ) {
        let abbreviations: Abbreviations = with
            .abbreviations
            .iter()
            .map(|pair| (pair.key.v.to_lowercase(), &pair.value.v))
            .collect();
        for entry in &raw.entries {
            let start = entry.span.start;
            let end = floor(text, entry.span.end);
            let head = text[start..end].find('\n').map_or(end, |n| start + n);
            let span = self.span(offset + start..offset + head);
            self.take_entry(&entry.v, &abbreviations, span);
        }
    }

    fn take_entry(&mut self, entry: &RawEntry, abbreviations: &Abbreviations, span: Span) {
        let key = entry.key.v.to_owned();
        if let Some(first) = self.entries.iter().find(|e| e.key == key) {
            let report = Report::error(
                "bad-bibliography",
                format!("the key `{key}` stands for two entries; the first one is used"),
            )
            .at(span, "this entry is left out")
            .also(first.span, "the first one")
            .help("give one of them another key");
            self.reports.push(report);
            return;
        }
        let mut fields = vec![("type".to_owned(), entry.kind.v.to_lowercase())];
        for pair in &entry.fields {
            let name = pair.key.v.to_lowercase();
            match plain(&name, &pair.value.v, abbreviations) {
                Ok(value) => fields.push((name, value)),
                Err(why) => self.reports.push(
                    Report::error(
                        "bad-bibliography",
                        format!("the field `{name}` of `{key}` cannot be read: {why}"),
                    )
                    .at(span, "the entry is used without it"),
                ),
            }
        }
        self.entries.push(BibEntry { key, fields, span });
    }

    fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.file, range.start as u32, range.end as u32)
    }
}

type Abbreviations<'a, 's> = BTreeMap<String, &'a Vec<Spanned<RawChunk<'s>>>>;

/// The text of a field without TeX marks, abbreviations expanded.
fn plain(
    name: &str,
    field: &[Spanned<RawChunk>],
    abbreviations: &Abbreviations,
) -> Result<String, String> {
    let mut chunks = Vec::new();
    expand(field, abbreviations, 0, &mut chunks)?;
    let size: usize = chunks.iter().map(|c| c.v.len()).sum();
    if size > FIELD_LIMIT {
        return Err(format!("it has more than {} KiB", FIELD_LIMIT / 1024));
    }
    if chunks.iter().any(|c| depth(c.v) > DEPTH_LIMIT) {
        return Err(format!("its braces nest deeper than {DEPTH_LIMIT}"));
    }
    let value = chunks
        .iter()
        .map(|c| Spanned::zero(RawChunk::Normal(c.v)))
        .collect();
    // Under the name `title` no field is a link to another entry, so nothing is followed; a
    // field of addresses keeps its own name because its marks are no TeX.
    let shown = match name {
        "url" | "doi" | "file" | "eprint" => name,
        _ => "title",
    };
    let entry = RawEntry {
        key: Spanned::zero("entry"),
        kind: Spanned::zero("misc"),
        fields: vec![biblatex::Pair::new(
            Spanned::zero(shown),
            Spanned::zero(value),
        )],
    };
    let raw = RawBibliography {
        preamble: String::new(),
        entries: vec![Spanned::zero(entry)],
        abbreviations: Vec::new(),
    };
    let read = catch_unwind(AssertUnwindSafe(|| Bibliography::from_raw(raw)))
        .unwrap_or(Err(ParseError {
            span: 0..0,
            kind: ParseErrorKind::MalformedCommand,
        }))
        .map_err(|e| e.kind.to_string())?;
    let text = read
        .iter()
        .next()
        .and_then(|e| e.get(shown))
        .map(|chunks| chunks.format_verbatim())
        .unwrap_or_default();
    Ok(text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The chunks of a field with its abbreviations replaced; month names stay as they are.
fn expand<'s>(
    field: &[Spanned<RawChunk<'s>>],
    abbreviations: &Abbreviations<'_, 's>,
    level: usize,
    out: &mut Vec<Spanned<&'s str>>,
) -> Result<(), String> {
    for chunk in field {
        match chunk.v {
            RawChunk::Normal(text) => out.push(Spanned::zero(text)),
            RawChunk::Abbreviation(word) => match abbreviations.get(&word.to_lowercase()) {
                Some(_) if level >= DEPTH_LIMIT || out.len() > FIELD_LIMIT => {
                    return Err(format!("the abbreviation `{word}` leads back to itself"));
                }
                Some(meant) => expand(meant, abbreviations, level + 1, out)?,
                None if MONTHS.contains(&word.to_lowercase().as_str()) => {
                    out.push(Spanned::zero(word));
                }
                None => return Err(format!("the abbreviation `{word}` is not defined")),
            },
        }
    }
    Ok(())
}

const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

fn depth(text: &str) -> usize {
    let mut open = 0usize;
    let mut deepest = 0;
    for byte in text.bytes() {
        match byte {
            b'{' => open += 1,
            b'}' => open = open.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(open);
    }
    deepest
}

/// The ranges from one line that begins with `@word{` to the next.
fn pieces(text: &str) -> Vec<Range<usize>> {
    let mut starts = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let head = line.trim_start_matches(['\u{feff}', ' ', '\t']);
        let word = head.strip_prefix('@').unwrap_or("");
        let letters = word.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(0);
        if letters > 0 && word[letters..].trim_start().starts_with(['{', '(']) {
            starts.push(at + (line.len() - head.len()));
        }
        at += line.len();
    }
    let ends = starts.iter().copied().skip(1).chain([text.len()]);
    starts
        .iter()
        .copied()
        .zip(ends)
        .map(|(s, e)| s..e)
        .collect()
}

/// The last character boundary at or before an offset.
fn floor(text: &str, mut offset: usize) -> usize {
    offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

/// Shortens text quoted in a headline.
fn brief(text: &str) -> String {
    match text.char_indices().nth(60) {
        Some((cut, _)) => format!("{}…", &text[..cut]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Vec<BibEntry>, Vec<Report>) {
        read_bibliography(text, FileId(0))
    }

    fn field<'a>(entry: &'a BibEntry, name: &str) -> &'a str {
        let found = entry.fields.iter().find(|(n, _)| n == name);
        found.map_or("", |(_, v)| v)
    }

    #[test]
    fn an_entry_of_zotero_is_read_with_its_accents() {
        let (entries, reports) = read(
            "@string{cup = \"Cambridge University Press\"}\n\
             @incollection{wechsler1979,\n title = {{T'ai-tsung} (reign 626--49)},\n \
             author = {Wechsler, Howard J. and Gro{\\\"u}sset, Ren{\\'e}},\n publisher = cup,\n month = jan,\n year = 1979,\n}\n",
        );
        assert_eq!(reports, []);
        assert_eq!(entries[0].key, "wechsler1979");
        assert_eq!(field(&entries[0], "type"), "incollection");
        assert_eq!(field(&entries[0], "title"), "T'ai-tsung (reign 626–49)");
        assert_eq!(
            field(&entries[0], "author"),
            "Wechsler, Howard J. and Groüsset, René"
        );
        assert_eq!(
            field(&entries[0], "publisher"),
            "Cambridge University Press"
        );
        assert_eq!(field(&entries[0], "year"), "1979");
    }

    #[test]
    fn a_broken_entry_is_reported_and_its_neighbours_are_read() {
        let (entries, reports) = read(
            "@book{a, title={A}, year=1900}\n@book{b,\n title={B\n year=1901}\n@book{c, title={C}}\n@book{a, title={D}}\n",
        );
        let keys: Vec<_> = entries.iter().map(|e| e.key.as_str()).collect();
        assert_eq!(keys, ["a", "c"]);
        assert_eq!(reports.len(), 2);
        assert!(
            reports[0].headline.contains("`b`"),
            "{}",
            reports[0].headline
        );
        assert!(reports[1].headline.contains("two entries"));
    }

    #[test]
    fn circles_and_depths_end() {
        let (entries, reports) =
            read("@string{a = b # b}\n@string{b = a # a}\n@book{x, title = a}");
        assert_eq!((entries.len(), reports.len()), (1, 1));
        let (entries, _) = read("@book{x, crossref = {x}, xdata = {x}, ids = {x}, title={T}}");
        assert_eq!(field(&entries[0], "crossref"), "x");
        let deep = format!(
            "@book{{x, title = {{{}{}}}}}",
            "\\a{".repeat(9000),
            "}".repeat(9000)
        );
        assert_eq!(read(&deep).1.len(), 1);
    }

    #[test]
    fn no_prefix_of_a_bibliography_panics() {
        let text =
            "@book{é,\n title = {T\\'{e}x $x$ -- {\\\"o}},\n author = \"A\" # b,\n}\n@x(y)\n";
        for (cut, _) in text.char_indices() {
            read(&text[..cut]);
        }
    }
}
