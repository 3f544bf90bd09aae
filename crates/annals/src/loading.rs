//! Reads everything a chronicle is made of: the shipped vocabulary, the main file, what it
//! includes, the bibliographies named.
//!
//! What comes in: a [`World`] and the path of the main file. What goes out: the texts, their
//! trees in reading order, the entries of the bibliographies, and a report for whatever could
//! not be read, at the line that asks for it. A file is read once, however often it is included.

use std::collections::BTreeSet;

use annals_resolve::Reference;
use annals_syntax::{Alike, Directive, Earlier, Notation, StatementKind, Tree, compare};
use annals_text::{FileId, Files, Report, Span};

use crate::bibliography::read_bibliography;
use crate::shipped::{VOCABULARY, gazetteer};
use crate::tables::read_tables;
use crate::world::{World, WorldError};

/// Everything read.
pub(crate) struct Loaded {
    /// The texts.
    pub files: Files,
    /// Their trees in reading order.
    pub trees: Vec<Tree>,
    /// The entries of all bibliographies.
    pub references: Vec<Reference>,
    /// What could not be read.
    pub reports: Vec<Report>,
    /// The main file; `None` where it could not be read at all.
    pub main: Option<FileId>,
    /// What the parser reported on each tree.
    pub told: Vec<Vec<Report>>,
    /// For each tree, the earlier one that it is like and how much.
    pub alike: Vec<Option<(usize, Alike)>>,
}

/// Trees read before, with their texts and what the parser reported on each.
#[derive(Clone, Copy)]
pub(crate) struct Trees<'a> {
    pub files: &'a Files,
    pub trees: &'a [Tree],
    pub told: &'a [Vec<Report>],
}

impl<'a> Trees<'a> {
    /// The tree of a file of this name, and where it stands among the trees.
    fn of(self, name: &str, notation: Notation) -> Option<(usize, Earlier<'a>)> {
        let named = |t: &Tree| t.notation == notation && self.files.get(t.file).name == name;
        let at = self.trees.iter().position(named)?;
        let tree = &self.trees[at];
        let earlier = Earlier {
            text: &self.files.get(tree.file).text,
            tree,
            reports: self.told.get(at)?,
        };
        Some((at, earlier))
    }
}

/// A file of the chain that leads to the one being read.
struct Open {
    /// Its name, as shown in reports.
    path: String,
    /// The same for all paths of one file.
    identity: String,
    /// What its lines ask for and has not been read yet, last line first.
    wanted: Vec<(Wanted, Span)>,
}

/// What a line asks to be read.
enum Wanted {
    Include(String),
    Bibliography(String),
}

/// Reads the shipped vocabulary, then `main` and all it asks for, depth first. Of what was read
/// before, only what changed is parsed again.
pub(crate) fn load(world: &dyn World, main: &str, before: Option<Trees<'_>>) -> Loaded {
    let mut loader = Loader {
        world,
        before,
        loaded: Loaded {
            files: Files::new(),
            trees: Vec::new(),
            references: Vec::new(),
            reports: Vec::new(),
            main: None,
            told: Vec::new(),
            alike: Vec::new(),
        },
        chain: Vec::new(),
        seen: BTreeSet::new(),
    };
    for (name, text) in VOCABULARY {
        loader.parse(name, (*text).to_owned(), Notation::Chronicle);
    }
    let first = loader.loaded.files.iter().count();
    loader.open(main, main, None);
    loader.loaded.main = (loader.loaded.files.iter().nth(first)).map(|(id, _)| id);
    loader.follow();
    loader.loaded
}

struct Loader<'w> {
    world: &'w dyn World,
    before: Option<Trees<'w>>,
    loaded: Loaded,
    /// The files that lead to the one being read: an include of one of them is a circle. A list
    /// and no recursion, since a chain of files may be as long as somebody likes.
    chain: Vec<Open>,
    /// Identities of all files read.
    seen: BTreeSet<String>,
}

impl Loader<'_> {
    fn follow(&mut self) {
        while let Some(open) = self.chain.last_mut() {
            let base = open.path.clone();
            match open.wanted.pop() {
                None => {
                    self.chain.pop();
                }
                Some((Wanted::Include(written), span)) => {
                    let path = self.world.resolve_path(&base, &written);
                    self.include(&path, &written, span);
                }
                Some((Wanted::Bibliography(path), span)) => {
                    let path = self.world.resolve_path(&base, &path);
                    self.bibliography(&path, span);
                }
            }
        }
    }

    fn include(&mut self, path: &str, written: &str, span: Span) {
        let identity = self.world.identity(path);
        if let Some(first) = self.chain.iter().position(|o| o.identity == identity) {
            let mut names: Vec<&str> = self.chain[first..].iter().map(|o| &*o.path).collect();
            names.push(path);
            let report = Report::error(
                "include-cycle",
                format!("this include closes a circle: {}", chain_words(&names)),
            )
            .at(span, "this file is being read already")
            .note("every file is read once; the include is passed over")
            .help("take this include out, or move what both files need into a third");
            self.loaded.reports.push(report);
        } else if !self.seen.contains(&identity) {
            self.open(path, written, Some(span));
        }
    }

    /// Reads a file and puts what it asks for on the chain. Where no file has the name, a shipped
    /// gazetteer may: a project's own file always comes first.
    fn open(&mut self, path: &str, written: &str, span: Option<Span>) {
        let bytes = match (self.world.read(path), gazetteer(written)) {
            (Ok(bytes), _) => bytes,
            (Err(WorldError::Missing), Some((name, text))) => {
                if self.seen.insert(format!("shipped {name}")) {
                    self.parse(name, text.to_owned(), Notation::Chronicle);
                }
                return;
            }
            (Err(error), _) => {
                self.loaded.reports.push(unreadable(path, &error, span));
                return;
            }
        };
        let identity = self.world.identity(path);
        self.seen.insert(identity.clone());
        let first = self.loaded.trees.len();
        let extension = path.rsplit_once('.').map(|(_, e)| e.to_lowercase());
        match extension.as_deref() {
            Some("csv" | "tsv" | "xlsx" | "xlsm") => {
                let loaded = &mut self.loaded;
                let (trees, reports) = read_tables(&mut loaded.files, path, &bytes, span);
                for tree in &trees {
                    let file = loaded.files.get(tree.file);
                    let before = self.before.and_then(|b| b.of(&file.name, tree.notation));
                    let alike = before
                        .map(|(at, tree_before)| (at, compare(tree_before, &file.text, tree)));
                    loaded.alike.push(alike);
                    loaded.told.push(Vec::new());
                }
                loaded.trees.extend(trees);
                loaded.reports.extend(reports);
            }
            extension => {
                let notation = match extension {
                    Some("md" | "markdown") => Notation::Markdown,
                    _ => Notation::Chronicle,
                };
                let (text, fault) = text_of(bytes, path);
                let id = self.parse(path, text, notation);
                self.loaded.reports.extend(fault.map(|f| f.report(id)));
            }
        }
        let mut wanted: Vec<(Wanted, Span)> = self.loaded.trees[first..]
            .iter()
            .flat_map(|tree| &tree.statements)
            .filter_map(|statement| self.wanted(&statement.kind))
            .collect();
        wanted.reverse();
        self.chain.push(Open {
            path: path.to_owned(),
            identity,
            wanted,
        });
    }

    fn wanted(&self, kind: &StatementKind) -> Option<(Wanted, Span)> {
        let written = |span: Span| self.loaded.files.slice(span).trim().to_owned();
        match kind {
            StatementKind::Directive(Directive::Include(s)) => {
                Some((Wanted::Include(written(*s)), *s))
            }
            StatementKind::Directive(Directive::Bibliography(s)) => {
                Some((Wanted::Bibliography(written(*s)), *s))
            }
            _ => None,
        }
    }

    fn parse(&mut self, name: &str, text: String, notation: Notation) -> FileId {
        let loaded = &mut self.loaded;
        let id = loaded.files.add(name, text);
        let (tree, reports) = match self.before.and_then(|b| b.of(name, notation)) {
            Some((at, earlier)) => {
                let (tree, reports, alike) =
                    annals_syntax::parse_after(&loaded.files, id, notation, earlier);
                loaded.alike.push(Some((at, alike)));
                (tree, reports)
            }
            None => {
                loaded.alike.push(None);
                annals_syntax::parse(&loaded.files, id, notation)
            }
        };
        loaded.trees.push(tree);
        loaded.reports.extend(reports.iter().cloned());
        loaded.told.push(reports);
        id
    }

    fn bibliography(&mut self, path: &str, span: Span) {
        let identity = self.world.identity(path);
        if !self.seen.insert(identity) {
            return;
        }
        let bytes = match self.world.read(path) {
            Ok(bytes) => bytes,
            Err(error) => {
                let report = unreadable(path, &error, Some(span));
                self.loaded.reports.push(report);
                return;
            }
        };
        let (text, fault) = text_of(bytes, path);
        let id = self.loaded.files.add(path, text);
        self.loaded.reports.extend(fault.map(|f| f.report(id)));
        let written = &self.loaded.files.get(id).text;
        let (entries, mut reports) = read_bibliography(written, id);
        if entries.is_empty() && reports.is_empty() && !written.trim().is_empty() {
            reports.push(
                Report::error("bad-bibliography", format!("`{path}` holds no entry"))
                    .at(span, "named here")
                    .help("export it as BibTeX; its entries begin with `@`"),
            );
        }
        self.loaded.reports.extend(reports);
        let references = entries.into_iter().map(|entry| Reference {
            key: entry.key,
            fields: entry.fields,
            file: path.to_owned(),
            span: Some(entry.span),
        });
        self.loaded.references.extend(references);
    }
}

fn chain_words(names: &[&str]) -> String {
    const SHOWN: usize = 8;
    if names.len() <= SHOWN {
        return names.join(" → ");
    }
    let (head, tail) = (&names[..SHOWN / 2], &names[names.len() - SHOWN / 2..]);
    format!("{} → … → {}", head.join(" → "), tail.join(" → "))
}

fn unreadable(path: &str, error: &WorldError, span: Option<Span>) -> Report {
    let report = match error {
        WorldError::Missing => Report::error("missing-file", format!("there is no file `{path}`")),
        WorldError::TooLarge => Report::error(
            "file-too-large",
            format!("`{path}` cannot be read: {error}"),
        )
        .help("divide it, and `include` its parts"),
        WorldError::Unreadable(_) => Report::error(
            "unreadable-file",
            format!("`{path}` cannot be read: {error}"),
        ),
    };
    match (span, error) {
        (Some(span), WorldError::Missing) if path.contains(['*', '?']) => report
            .at(span, "named here")
            .help("name one file a line; a pattern such as `*` is not read"),
        (Some(span), WorldError::Missing) => report
            .at(span, "named here")
            .note("a path is read from the folder of the file it stands in"),
        (Some(span), _) => report.at(span, "named here"),
        (None, _) => report,
    }
}

/// What keeps a file from being UTF-8.
pub(crate) struct Garbled {
    path: String,
    /// Bytes before the first one that does not fit.
    offset: usize,
    line: usize,
    /// The place in the text as read, where the replacement character stands.
    shown: u32,
    /// How many places there are in all.
    count: usize,
    /// Nothing was read, since the bytes look like no text at all, or like this.
    instead: Option<&'static str>,
}

impl Garbled {
    /// The report, once the text has its number.
    pub(crate) fn report(self, file: FileId) -> Report {
        let Garbled {
            path, offset, line, ..
        } = &self;
        if let Some(instead) = self.instead {
            return Report::error("not-utf8", format!("`{path}` is not UTF-8 but {instead}"))
                .at(Span::new(file, 0, 0), "nothing of it is read")
                .help("save it as UTF-8 in your editor");
        }
        let report = Report::error(
            "not-utf8",
            format!(
                "`{path}` is not UTF-8: the byte at offset {offset}, on line {line}, does not fit"
            ),
        )
        .at(
            Span::new(file, self.shown, self.shown + '\u{fffd}'.len_utf8() as u32),
            "shown as �",
        )
        .help("save the file as UTF-8 in your editor");
        match self.count {
            1 => report,
            count => report.note(format!("there are {count} such places in the file")),
        }
    }
}

/// Old editors end lines by a carriage return alone. Read as any other line end, or what follows
/// would belong to the line before; nothing moves, for a break takes the place of a break.
pub(crate) fn with_line_ends(text: String) -> String {
    if !text.contains('\r') {
        return text;
    }
    let mut bytes = text.into_bytes();
    for at in 0..bytes.len() {
        if bytes[at] == b'\r' && bytes.get(at + 1) != Some(&b'\n') {
            bytes[at] = b'\n';
        }
    }
    String::from_utf8(bytes).expect("one ASCII character took the place of another")
}

/// The text of a file. Where it is not UTF-8, what does not fit is replaced, so that the lines
/// without such bytes are still read and checked.
pub(crate) fn text_of(bytes: Vec<u8>, path: &str) -> (String, Option<Garbled>) {
    // A zero byte is UTF-8 and no text: UTF-16 without its mark is full of them, and a stray one
    // is as foreign to a line as a byte that does not fit.
    let zero = bytes
        .contains(&0)
        .then(|| bytes.iter().position(|b| *b == 0));
    let zero = zero.flatten();
    let (offset, bytes) = match (zero, String::from_utf8(bytes)) {
        (None, Ok(text)) => return (with_line_ends(text), None),
        (Some(zero), Ok(text)) => (zero, text.into_bytes()),
        (_, Err(error)) => {
            let first = error.utf8_error().valid_up_to();
            (zero.map_or(first, |z| z.min(first)), error.into_bytes())
        }
    };
    let zeros = bytes.iter().filter(|b| **b == 0).count();
    let instead = match bytes[..] {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => Some("UTF-16"),
        _ if zeros > bytes.len() / 16 => Some("no text at all"),
        _ => None,
    };
    let text = match instead {
        Some(_) => String::new(),
        None => with_line_ends(String::from_utf8_lossy(&bytes).replace('\0', "\u{fffd}")),
    };
    let garbled = Garbled {
        path: path.to_owned(),
        offset,
        line: bytes[..offset].iter().filter(|b| **b == b'\n').count() + 1,
        shown: offset as u32,
        count: bytes
            .utf8_chunks()
            .filter(|c| !c.invalid().is_empty())
            .count()
            + zeros,
        instead,
    };
    (text, Some(garbled))
}
