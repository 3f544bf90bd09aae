//! Where something is declared, wherever else it stands, and another name for it.

use std::collections::BTreeMap;

use annals::{FileId, Span, World};

use crate::diagnostics::Places;
use crate::outline::SymbolKind;
use crate::position::Range;
use crate::said::sentence_of;
use crate::under::{Lookup, Meaning, Under, occurrences};
use crate::uri::uri_of;
use crate::workspace::Analysis;

/// A place in a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Location {
    /// The file, by the name its editor has for it.
    pub uri: String,
    /// Where in it.
    pub range: Range,
}

/// One replacement in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextEdit {
    /// What is replaced.
    pub range: Range,
    /// What stands there afterwards.
    pub text: String,
}

/// Replacements in several files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WorkspaceEdit {
    /// For each file, the version of its text if it is open, and the replacements in the order of
    /// the text.
    pub files: BTreeMap<String, (Option<i64>, Vec<TextEdit>)>,
}

impl WorkspaceEdit {
    pub(crate) fn add(&mut self, places: &mut Places<'_>, span: Span, text: String) {
        if let Some(uri) = places.uri(span.file) {
            let version = places.version(span.file);
            let range = places.range(span);
            let file = self.files.entry(uri).or_insert((version, Vec::new()));
            file.1.push(TextEdit { range, text });
        }
    }
}

/// Where what stands at a place is declared: an event by the first line that tells of it, a file
/// by its beginning.
pub fn definition(analysis: &Analysis, file: FileId, at: usize) -> Option<Location> {
    let lookup = Lookup::new(analysis);
    let under = lookup.under(file, at as u32)?;
    let chronicle = &analysis.resolved().chronicle;
    let span = match &under.meaning {
        Meaning::Label(name) => {
            let event = chronicle.event_of_label(name)?;
            chronicle.events[event.index()].span
        }
        Meaning::Thing(id) => {
            let declared = chronicle.entities[id.index()].span;
            let places = occurrences(&lookup, &under.meaning).into_iter();
            let mut inside = places.filter(|s| {
                s.file == declared.file && declared.start <= s.start && s.end <= declared.end
            });
            inside.next().unwrap_or(declared)
        }
        Meaning::Source(id) => chronicle.sources[id.index()].span?,
        Meaning::File(written) => {
            let base = &analysis.prepared.files().get(file).name;
            let path = analysis.texts.resolve_path(base, written);
            let open = analysis.texts.open(&path);
            return Some(Location {
                uri: open.map_or_else(|| uri_of(&path), |d| d.uri.clone()),
                range: Range::default(),
            });
        }
        Meaning::Date(..) | Meaning::Sentence(_) => return None,
    };
    let mut places = Places::new(analysis);
    Some(Location {
        uri: places.uri(span.file)?,
        range: places.range(span),
    })
}

/// Every place that means the same as what stands at a place, in the order of reading.
pub fn references(analysis: &Analysis, file: FileId, at: usize) -> Vec<Location> {
    let lookup = Lookup::new(analysis);
    let Some(under) = lookup.under(file, at as u32) else {
        return Vec::new();
    };
    let mut places = Places::new(analysis);
    let found = occurrences(&lookup, &under.meaning).into_iter();
    let found = found.filter_map(|span| {
        Some(Location {
            uri: places.uri(span.file)?,
            range: places.range(span),
        })
    });
    found.collect()
}

/// What would be renamed at a place, and its name as it is; `None` where nothing can be.
pub fn renamed_at(analysis: &Analysis, file: FileId, at: usize) -> Option<(Range, String)> {
    let lookup = Lookup::new(analysis);
    let under = lookup.under(file, at as u32)?;
    let named = named(analysis, &under)?;
    Some((Places::new(analysis).range(named.0), named.1))
}

/// The bytes of a name alone, without `#`, quotation marks and a kind in parentheses, and the
/// name.
fn named(analysis: &Analysis, under: &Under) -> Option<(Span, String)> {
    let written = analysis.prepared.files().slice(under.span);
    let bare = match under.meaning {
        Meaning::Label(_) => written.trim_start_matches(['#', '＃']),
        Meaning::Thing(_) => bare_name(analysis, written),
        _ => return None,
    };
    let skip = written.find(bare)?;
    let start = under.span.start + skip as u32;
    let span = Span::new(under.span.file, start, start + bare.len() as u32);
    Some((span, bare.to_owned()))
}

fn bare_name<'t>(analysis: &Analysis, written: &'t str) -> &'t str {
    let kinds = &analysis.resolved().chronicle.vocabulary.kinds;
    let without_kind = written.strip_suffix(')').and_then(|rest| {
        let (name, kind) = rest.rsplit_once('(')?;
        kinds
            .iter()
            .any(|k| k.name == kind.trim())
            .then(|| name.trim_end())
    });
    without_kind
        .unwrap_or(written)
        .trim_matches(['"', '“', '”'])
}

/// Gives what stands at a place another name, wherever that name stands. Of a thing with several
/// names only the one at the place is changed.
///
/// # Errors
///
/// Why it cannot be done, in words.
pub fn rename(
    analysis: &Analysis,
    file: FileId,
    at: usize,
    new: &str,
) -> Result<WorkspaceEdit, String> {
    let lookup = Lookup::new(analysis);
    let under = lookup.under(file, at as u32);
    let under = under.ok_or("there is no name or label here")?;
    let (_, old) = named(analysis, &under).ok_or("only names and labels can be renamed")?;
    let new = new.trim();
    match under.meaning {
        Meaning::Label(_) => allowed_label(analysis, &old, new)?,
        _ => allowed_name(analysis, &under, &old, new)?,
    }
    let new = new.trim_start_matches('#').trim_matches('"');
    let mut places = Places::new(analysis);
    let mut edit = WorkspaceEdit::default();
    for span in occurrences(&lookup, &under.meaning) {
        let meaning = under.meaning.clone();
        let Some((span, name)) = named(analysis, &Under { span, meaning }) else {
            continue;
        };
        if let Some(text) = respelled(&name, &old, new, analysis, span) {
            edit.add(&mut places, span, text);
        }
    }
    Ok(edit)
}

/// What stands in a place after the renaming; `None` where another name of the thing stands there.
fn respelled(name: &str, old: &str, new: &str, analysis: &Analysis, span: Span) -> Option<String> {
    let folded = |text: &str| {
        let words: Vec<String> = annals::sentence::words(text)
            .iter()
            .map(|t| t.text.clone())
            .collect();
        words.join(" ")
    };
    let raised = |text: &str| {
        let mut chars = text.chars();
        let first: String = chars
            .next()
            .into_iter()
            .flat_map(char::to_uppercase)
            .collect();
        first + chars.as_str()
    };
    let (here, was) = (folded(name), folded(old));
    // A sentence's first letter may be a capital that the name does not have.
    let text = if here == was {
        new.to_owned()
    } else if raised(&here) == raised(&was) {
        match here.starts_with(char::is_uppercase) {
            true => raised(new),
            false => new.to_owned(),
        }
    } else {
        return None;
    };
    let file = &analysis.prepared.files().get(span.file).text;
    let quoted = file[..span.start as usize].ends_with(['"', '“']);
    let needs_quotes = text.contains([',', ';', ':', '#', '[', ']']);
    Some(if needs_quotes && !quoted {
        format!("\"{text}\"")
    } else {
        text
    })
}

fn allowed_label(analysis: &Analysis, old: &str, new: &str) -> Result<(), String> {
    let bare = new.trim_start_matches('#');
    let letter = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    let first = bare.chars().next();
    if !first.is_some_and(char::is_alphanumeric) || !bare.chars().all(letter) {
        return Err(format!(
            "`{new}` is no label: letters, digits, `-` and `_`, a letter or digit first"
        ));
    }
    let taken = analysis.resolved().chronicle.event_of_label(bare).is_some();
    match taken && bare != old {
        true => Err(format!("`#{bare}` is the label of another event")),
        false => Ok(()),
    }
}

fn allowed_name(analysis: &Analysis, under: &Under, old: &str, new: &str) -> Result<(), String> {
    let bare = new.trim_matches('"');
    if bare.trim().is_empty() || bare.contains(['"', '\n', '\r']) || bare.contains("//") {
        return Err(format!("`{new}` cannot be a name"));
    }
    let Meaning::Thing(id) = under.meaning else {
        return Ok(());
    };
    // Names are told apart by more than their case, and by kinds only where a sentence asks for
    // one: whoever bore the name of another would be taken for that other.
    let is = |name: &str| name.to_lowercase() == bare.trim().to_lowercase();
    let chronicle = &analysis.resolved().chronicle;
    let bears = |e: &&annals::chronicle::Entity| is(&e.name) || e.names.iter().any(|n| is(&n.text));
    let same = |e: &annals::chronicle::Entity| e.id == id && is(old);
    match chronicle.entities.iter().filter(|e| !same(e)).find(bears) {
        Some(other) => {
            let kind = &chronicle.vocabulary.kinds[other.kind.index()].name;
            Err(format!(
                "`{bare}` is a name of {} ({kind}) already",
                other.name
            ))
        }
        None => Ok(()),
    }
}

/// A name, a label or a source of a chronicle, found by some of its letters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundSymbol {
    /// It.
    pub name: String,
    /// What it is.
    pub kind: SymbolKind,
    /// Its kind, or what its event is.
    pub within: String,
    /// Where it is declared.
    pub location: Location,
}

/// Most symbols found at once.
const FOUND_MOST: usize = 200;

/// Names and labels of a chronicle that hold some letters, in any case, in the order declared.
pub fn find_symbols(analysis: &Analysis, letters: &str) -> Vec<FoundSymbol> {
    let letters = letters.to_lowercase();
    let resolved = analysis.resolved();
    let chronicle = &resolved.chronicle;
    let mut places = Places::new(analysis);
    let holds = |name: &str| name.to_lowercase().contains(&letters);
    let things = chronicle.entities.iter().filter(|e| !e.words);
    let things = things.filter(|e| holds(&e.name) || e.names.iter().any(|n| holds(&n.text)));
    let things = things.map(|entity| {
        let kind = chronicle.vocabulary.kinds[entity.kind.index()].name.clone();
        (entity.name.clone(), SymbolKind::Thing, kind, entity.span)
    });
    let events = chronicle.events.iter().filter_map(|event| {
        let label = event.label.as_ref().filter(|l| holds(l))?;
        let told = sentence_of(resolved, *event.claims.first()?);
        Some((format!("#{label}"), SymbolKind::Event, told, event.span))
    });
    let found = things
        .chain(events)
        .filter_map(|(name, kind, within, span)| {
            let location = Location {
                uri: places.uri(span.file)?,
                range: places.range(span),
            };
            Some(FoundSymbol {
                name,
                kind,
                within,
                location,
            })
        });
    found.take(FOUND_MOST).collect()
}
