//! Wherever the cursor stands and whatever the line holds: no panic, and answers that fit the text.
#![allow(missing_docs)]

use std::fs;
use std::sync::Arc;

use annals::MemoryWorld;
use annals_lsp::{
    Analysis, Change, Document, Outline, Workspace, complete, definition, formatting, hover,
    references, rename, renamed_at, uri_of,
};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../chronicles/karasahr");

fn text_of(name: &str) -> String {
    fs::read_to_string(format!("{FOLDER}/{name}")).expect("the chronicle is there")
}

/// The shipped chronicle with one of its texts open.
fn read(name: &str, text: &str) -> Arc<Analysis> {
    let mut world = MemoryWorld::new();
    for entry in fs::read_dir(FOLDER).expect("the chronicle is there") {
        let entry = entry.expect("the chronicle is there");
        let name = entry.file_name().into_string().expect("a name");
        world.add(
            name,
            fs::read(entry.path()).expect("the chronicle is there"),
        );
    }
    let mut workspace = Workspace::new(Arc::new(world), Some("main.annals".to_owned()));
    workspace.open(Document::new(uri_of(name), name, 1, text));
    let job = workspace.next_job().expect("a chronicle to read");
    Arc::new(job.prepare())
}

/// The same numbers on every machine.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: usize) -> usize {
        let next = self.0.wrapping_mul(6_364_136_223_846_793_005);
        self.0 = next.wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % below.max(1)
    }
}

#[test]
fn every_place_of_a_text_can_be_asked_about() {
    let name = "chinese-sources.annals";
    let text = text_of(name);
    let analysis = read(name, &text);
    let file = analysis.file(name).expect("the chronicle includes it");
    let mut found = [0_usize; 3];
    for at in (0..text.len()).step_by(23) {
        if let Some(hover) = hover(&analysis, None, file, at) {
            found[0] += 1;
            assert!(!hover.markdown.trim().is_empty(), "at byte {at}");
            assert!(hover.range.start <= hover.range.end);
        }
        found[1] += usize::from(definition(&analysis, file, at).is_some());
        if at % 5 == 0
            && let Some((_, old)) = renamed_at(&analysis, file, at)
        {
            found[2] += 1;
            let edit = rename(&analysis, file, at, "Entirely New 7");
            let label = references(&analysis, file, at).len();
            assert!(label > 0, "`{old}` stands at least where it stands");
            // A label may not hold spaces, a name may.
            assert!(edit.is_ok() || !old.contains(' '), "{old}: {edit:?}");
        }
    }
    assert!(found.iter().all(|n| *n > 10), "{found:?}");
}

#[test]
fn every_place_of_a_damaged_text_can_be_completed() {
    const PIECES: [&str; 16] = [
        ":", " ", "\t", "\"", "[", "]", "[@", "#", "?", ".", "//", "\u{3000}", "：", "🐎", "焉",
        "\r",
    ];
    let name = "article.annals";
    let whole = text_of(name);
    let analysis = read(name, &whole);
    let mut dice = Dice(3);
    let mut offered = 0;
    for _ in 0..60 {
        let mut text: String = whole
            .lines()
            .skip(dice.roll(150))
            .take(6)
            .collect::<Vec<_>>()
            .join("\n");
        let mut place = dice.roll(text.len());
        while !text.is_char_boundary(place) {
            place -= 1;
        }
        text.insert_str(place, PIECES[dice.roll(PIECES.len())]);
        for at in 0..text.len() {
            let markdown = at % 7 == 0;
            if at % 3 == 0 {
                let found = complete(analysis.resolved(), &text, at, markdown);
                offered += found.items.len();
                for item in &found.items {
                    assert!(
                        item.from <= item.to && item.to <= at,
                        "{item:?} at {at} of {text:?}"
                    );
                    assert!(text.get(item.from..item.to).is_some(), "{item:?}");
                }
            }
        }
        let outline = Outline::of(name, &text);
        outline.symbols();
        outline.folds();
        outline.tokens();
        let document = Document::new("u", name, 1, &text);
        let edits = formatting(&document).expect("a chronicle has a form");
        let mut lines = edits.iter().map(|e| e.range.start);
        let mut before = None;
        assert!(
            lines.all(|l| before.replace(l).is_none_or(|b| b < l)),
            "edits in order"
        );
    }
    assert!(offered > 1000, "{offered}");
}

#[test]
fn changes_in_parts_make_the_text_the_editor_has() {
    const PIECES: [&str; 9] = [
        "", "x", "焉耆", "🐎", "e\u{301}", "\n", "\r\n", "\r", "a\nb",
    ];
    let mut dice = Dice(11);
    let mut document = Document::new("u", "p", 0, "焉🐎\r\nab\n");
    for version in 1..400 {
        let text = document.text.to_string();
        let boundary = |mut at: usize| {
            while !text.is_char_boundary(at) {
                at -= 1;
            }
            // Between the two halves of a line break there is no position.
            let inside = text[..at].ends_with('\r') && text[at..].starts_with('\n');
            if inside { at - 1 } else { at }
        };
        let (a, b) = (
            boundary(dice.roll(text.len() + 1)),
            boundary(dice.roll(text.len() + 1)),
        );
        let (start, end) = (a.min(b), a.max(b).min(a.min(b) + 12));
        let end = boundary(end).max(start);
        let new = PIECES[dice.roll(PIECES.len())];
        let change = Change {
            range: Some(document.range(start, end)),
            text: new.to_owned(),
        };
        let mut wanted = text.clone();
        wanted.replace_range(start..end, new);
        document = document.changed(version, &[change]);
        assert_eq!(
            &*document.text, wanted,
            "{start}..{end} by {new:?} in {text:?}"
        );
    }
}
