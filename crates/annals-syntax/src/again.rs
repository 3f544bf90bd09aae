//! Reading a text again after an edit: only the lines around the edit are parsed.
//!
//! The parser goes line by line, and a line in column one that is read as a statement ends whatever
//! was open above it. So everything above the last such line before the edit, and everything from
//! the first such line after it, comes to what it came to before, at another place. Where fences
//! or tables are read that is not so, and their texts are parsed anew.

use annals_text::{FileId, Files, Report, Shift};

use crate::chars::is_space;
use crate::parse::{parse, parse_part};
use crate::tree::{Notation, Statement, StatementKind, Tree};

/// A text that was read before.
#[derive(Clone, Copy, Debug)]
pub struct Earlier<'a> {
    /// The text.
    pub text: &'a str,
    /// Its tree.
    pub tree: &'a Tree,
    /// What was reported on it.
    pub reports: &'a [Report],
}

/// How much of a tree is that of an earlier one, word for word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Alike {
    /// So many statements at the beginning.
    pub first: usize,
    /// So many at the end.
    pub last: usize,
    /// How many statements the earlier tree has.
    pub before: usize,
    /// How many this one has.
    pub now: usize,
    /// Where the statements at the beginning stand now.
    pub at_first: Shift,
    /// Where those at the end stand now.
    pub at_last: Shift,
}

impl Alike {
    /// The statement of the earlier tree that one of this tree is, and how far it moved.
    pub fn place(&self, at: usize) -> Option<(usize, Shift)> {
        if at < self.first {
            return Some((at, self.at_first));
        }
        let from_end = self.now.checked_sub(at).filter(|n| *n <= self.last)?;
        Some((self.before - from_end, self.at_last))
    }
}

/// Reads a chronicle or a Markdown note as [`parse`] does, with what it has in common with an
/// earlier text taken from there. What it comes to is what [`parse`] gives.
pub fn parse_after(
    files: &Files,
    file: FileId,
    notation: Notation,
    earlier: Earlier<'_>,
) -> (Tree, Vec<Report>, Alike) {
    let text = files.get(file).text.as_str();
    if notation != Notation::Chronicle || earlier.tree.notation != notation {
        let (tree, reports) = parse(files, file, notation);
        let alike = compare(earlier, text, &tree);
        return (tree, reports, alike);
    }
    let cut = Cut::of(earlier, text);
    let mut alike = cut.alike(earlier.tree, file);
    let before = &earlier.tree.statements;
    if alike.first == before.len() && earlier.tree.file == file && earlier.text == text {
        // Nothing is said anew and nothing moves.
        return (earlier.tree.clone(), earlier.reports.to_vec(), alike);
    }
    let kept = |statements: &[Statement], shift: Shift| -> Vec<Statement> {
        statements.iter().map(|s| s.moved(shift)).collect()
    };
    let (middle, found) = parse_part(files, file, notation, cut.from..cut.to);
    let mut statements = Vec::with_capacity(alike.first + middle.len() + alike.last);
    statements.extend(kept(&before[..alike.first], alike.at_first));
    statements.extend(middle);
    let rest = &before[before.len() - alike.last..];
    statements.extend(kept(rest, alike.at_last));
    alike.now = statements.len();
    let told = |r: &&Report| r.place().map_or(0, |p| p.start);
    let split = earlier.reports.partition_point(|r| told(&r) < cut.from);
    let (above, others) = earlier.reports.split_at(split);
    let below = others.iter().filter(|r| told(r) >= cut.to_before);
    let above = above.iter().map(|r| alike.at_first.report(r.clone()));
    let below = below.map(|r| alike.at_last.report(r.clone()));
    let reports = above.chain(found).chain(below).collect();
    let tree = Tree {
        file,
        notation,
        statements: statements.into(),
    };
    (tree, reports, alike)
}

/// What of a text is read anew.
struct Cut {
    /// Statements before it, and after it.
    first: usize,
    last: usize,
    /// From which byte to which it goes, and the byte where it ended before.
    from: u32,
    to: u32,
    to_before: u32,
}

impl Cut {
    fn of(earlier: Earlier<'_>, text: &str) -> Cut {
        let statements = &earlier.tree.statements;
        let (old, new) = (earlier.text.as_bytes(), text.as_bytes());
        if old == new {
            let end = new.len() as u32;
            return Cut {
                first: statements.len(),
                last: 0,
                from: end,
                to: end,
                to_before: end,
            };
        }
        let head = common(old, new);
        let tail = common_end(&old[head..], &new[head..]);
        let starts = |s: &Statement| starts_anew(earlier.text, s);
        // The whole line of the statement and its break are as they were.
        let above = statements.partition_point(|s| (s.line.end as usize) < head);
        let first = statements[..above].iter().rposition(starts).unwrap_or(0);
        let from = statements.get(first).map_or(0, |s| s.span.start);
        // The break before the line is as it was.
        let below = statements.partition_point(|s| s.span.start as usize <= old.len() - tail);
        let next = statements[below..].iter().position(starts);
        let next = next.map_or(statements.len(), |at| below + at);
        let to_before = statements
            .get(next)
            .map_or(old.len() as u32, |s| s.span.start);
        Cut {
            first,
            last: statements.len() - next,
            from,
            to: (new.len() - (old.len() - to_before as usize)) as u32,
            to_before,
        }
    }

    fn alike(&self, tree: &Tree, file: FileId) -> Alike {
        let shift = |by: i64| Shift {
            from: tree.file,
            to: file,
            by,
        };
        Alike {
            first: self.first,
            last: self.last,
            before: tree.statements.len(),
            now: tree.statements.len(),
            at_first: shift(0),
            at_last: shift(i64::from(self.to) - i64::from(self.to_before)),
        }
    }
}

/// Whether a statement begins with a line in column one that ends what is open above it.
fn starts_anew(text: &str, statement: &Statement) -> bool {
    let aside = matches!(
        statement.kind,
        StatementKind::Blank | StatementKind::Comment | StatementKind::Prose
    );
    // A stray line is indented, and what it is depends on what stands above.
    let first = text[statement.line.start as usize..].chars().next();
    !aside && first.is_some_and(|c| !is_space(c))
}

/// How much of a tree that was read anew is that of an earlier one all the same.
pub fn compare(earlier: Earlier<'_>, text: &str, tree: &Tree) -> Alike {
    let (old, new) = (&earlier.tree.statements, &tree.statements);
    let shift = |by: i64| Shift {
        from: earlier.tree.file,
        to: tree.file,
        by,
    };
    let (was, is) = (earlier.text.as_bytes(), text.as_bytes());
    let (at_first, at_last) = (shift(0), shift(is.len() as i64 - was.len() as i64));
    let head = common(was, is);
    let tail = common_end(&was[head..], &is[head..]);
    let first = old
        .iter()
        .zip(new)
        .take_while(|(old, new)| (old.span.end as usize) <= head && old.moved(at_first) == **new);
    let first = first.count();
    let last = old[first..].iter().rev().zip(new[first..].iter().rev());
    let last = last.take_while(|(old, new)| {
        old.span.start as usize >= was.len() - tail && old.moved(at_last) == **new
    });
    Alike {
        first,
        last: last.count(),
        before: old.len(),
        now: new.len(),
        at_first,
        at_last,
    }
}

/// Bytes compared at once.
const BLOCK: usize = 1024;

/// How many bytes two texts have in common at the beginning.
fn common(a: &[u8], b: &[u8]) -> usize {
    let blocks = a.chunks(BLOCK).zip(b.chunks(BLOCK));
    let whole = blocks.take_while(|(a, b)| a == b && a.len() == BLOCK);
    let at = whole.count() * BLOCK;
    let rest = a[at..].iter().zip(&b[at..]);
    at + rest.take_while(|(a, b)| a == b).count()
}

/// How many at the end.
fn common_end(a: &[u8], b: &[u8]) -> usize {
    let blocks = a.rchunks(BLOCK).zip(b.rchunks(BLOCK));
    let whole = blocks.take_while(|(a, b)| a == b && a.len() == BLOCK);
    let at = whole.count() * BLOCK;
    let (a, b) = (&a[..a.len() - at], &b[..b.len() - at]);
    let rest = a.iter().rev().zip(b.iter().rev());
    at + rest.take_while(|(a, b)| a == b).count()
}
