//! Going through a draft: what waits, and what becomes of it.
//!
//! What comes in: the text of a draft, as [`crate::article`] or the import of a table writes it and
//! people have edited it. A table's claims have the numbers of their rows.
//! What goes out: texts. Nothing is kept anywhere but in them: a claim that is accepted leaves the
//! draft for the chronicle, one that is rejected stays as a comment with its reason, and what has
//! not been looked at stays as it is. The functions are pure, so that a terminal and a server
//! serve a reviewer alike; files of a chronicle are read through its [`World`].

mod blocks;
mod moving;

use std::collections::BTreeSet;

use annals::World;

use blocks::{Block, Page};

pub use moving::Accepted;

/// A claim that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pending {
    /// Its number in the draft.
    pub number: usize,
    /// The rule that read it, with what the rule had to decide.
    pub rule: String,
    /// The section it stands in, whole: `section "Lead" from @x`.
    pub section: String,
    /// The claim, without its details.
    pub claim: String,
    /// Its details, without the passage.
    pub details: Vec<String>,
    /// The passage it rests on.
    pub quote: String,
    /// Labels that it refers to.
    pub needs: Vec<String>,
}

/// The claims of a draft that wait, in order.
pub fn pending(draft: &str) -> Vec<Pending> {
    let page = Page::of(draft);
    page.blocks.iter().map(Block::pending).collect()
}

/// Reads numbers of claims: `3,5`, `7-9`, `all`.
///
/// # Errors
///
/// In words, where a number is none or no claim that waits has it.
pub fn numbers(text: &str, draft: &str) -> Result<Vec<usize>, String> {
    let waiting: Vec<usize> = pending(draft).iter().map(|p| p.number).collect();
    if text.trim() == "all" {
        return Ok(waiting);
    }
    let mut found = Vec::new();
    for part in text.split(',').map(str::trim).filter(|p| !p.is_empty()) {
        let (first, last) = part.split_once('-').unwrap_or((part, part));
        let number = |words: &str| {
            words.trim().parse::<usize>().map_err(|_| {
                format!("`{part}` is no number of a claim; write them like `3,5` or `7-9`")
            })
        };
        let (first, last) = (number(first)?, number(last)?);
        let inside: Vec<usize> = waiting
            .iter()
            .copied()
            .filter(|n| (first..=last).contains(n))
            .collect();
        if inside.is_empty() {
            return Err(format!("no claim {part} waits in the draft"));
        }
        found.extend(inside);
    }
    found.sort_unstable();
    found.dedup();
    if found.is_empty() {
        return Err("no claim is named".to_owned());
    }
    Ok(found)
}

/// The claims that wait and were read by a rule, known by its first words.
pub fn of_rule(rule: &str, draft: &str) -> Vec<usize> {
    let rule = rule.trim().to_lowercase();
    let fits = |p: &&Pending| !rule.is_empty() && p.rule.to_lowercase().starts_with(&rule);
    pending(draft)
        .iter()
        .filter(fits)
        .map(|p| p.number)
        .collect()
}

/// A draft in which some claims are rejected: they stay as comments, with the reason.
///
/// # Errors
///
/// In words, where a claim does not wait or the reason is missing.
pub fn reject(draft: &str, rejected: &[usize], reason: &str) -> Result<String, String> {
    let reason = reason.split_whitespace().collect::<Vec<_>>().join(" ");
    if reason.is_empty() {
        return Err("say why: a rejected claim is kept in the draft with its reason".to_owned());
    }
    let page = Page::of(draft);
    page.known(rejected)?;
    let rejected: BTreeSet<usize> = rejected.iter().copied().collect();
    Ok(page.with(|block| {
        rejected.contains(&block.number).then(|| {
            let mut out = format!("// rejected {}: {reason}\n", block.number);
            for line in block.text.lines() {
                out.push_str(&format!("// | {line}\n"));
            }
            out
        })
    }))
}

/// A draft in which another claim stands in the place of one; its passage and its place stay, the rule
/// that read the old one goes.
///
/// # Errors
///
/// In words, where the claim does not wait or the new one cannot be read.
pub fn edit(draft: &str, number: usize, claim: &str) -> Result<String, String> {
    let claim = claim.trim();
    if claim.is_empty() || claim.contains('\n') || claim.starts_with("//") {
        return Err("write the claim in one line, as in a chronicle".to_owned());
    }
    let page = Page::of(draft);
    page.known(&[number])?;
    let changed = page.with(|block| {
        (block.number == number).then(|| {
            let about = block.written_anew();
            let lines = block.text.lines().enumerate();
            let lines = lines.map(|(at, line)| match at {
                0 => about.as_str(),
                _ if line == block.claim => claim,
                _ => line,
            });
            lines.map(|l| format!("{l}\n")).collect()
        })
    });
    let line = changed.lines().position(|l| l == claim).unwrap_or_default();
    match blocks::first_error(&changed, line) {
        Some(why) => Err(format!("the claim cannot be read: {why}")),
        None => Ok(changed),
    }
}

/// Moves claims into a chronicle; nothing is written.
///
/// # Errors
///
/// In words, where a claim does not wait or the chronicle cannot be read.
pub fn accept(
    draft: &str,
    accepted: &[usize],
    target: &str,
    world: &dyn World,
) -> Result<Accepted, String> {
    moving::accept(draft, accepted, target, world)
}

#[cfg(test)]
mod tests {
    use annals::{MemoryWorld, Severity, compile};

    use super::*;

    const DRAFT: &str = "draft\n\nsource wp\n  title \"An article\"\n\n// infobox\npolity Karasahr\n  also Agni\n// ?\nplace Karasahr\npolity Tang\nperson Guo\n\nsection \"644 campaign\" within 644 from @wp\n\n// claim 1: a clause; line 3\nundated: Guo attacks Karasahr. #attack\n  quote \"He attacked.\"\n// claim 2: a clause; line 4\nafter #attack: Karasahr submits to Tang.\n  quote \"It submitted.\"\n// claim 3: a remark; line 5\nundated: Guo is commander of Tang.\n  quote \"The commander.\"\n\n// not read: “x”\n";

    fn world(main: &str) -> MemoryWorld {
        MemoryWorld::new().with("main.annals", main)
    }

    #[test]
    fn what_waits_is_listed() {
        let waiting = pending(DRAFT);
        assert_eq!(waiting.len(), 3);
        assert_eq!(waiting[1].needs, ["attack"]);
        assert_eq!(waiting[1].quote, "It submitted.");
        assert_eq!(numbers("2-3", DRAFT), Ok(vec![2, 3]));
        assert!(numbers("9", DRAFT).is_err() && numbers("x", DRAFT).is_err());
        assert_eq!(of_rule("a clause", DRAFT), [1, 2]);
    }

    #[test]
    fn what_is_rejected_stays_with_its_reason() {
        let text = reject(DRAFT, &[3], "he was none").unwrap();
        assert!(text.contains("// rejected 3: he was none\n// | // claim 3"));
        assert_eq!(pending(&text).len(), 2);
        assert!(reject(DRAFT, &[3], " ").is_err());
    }

    #[test]
    fn accepted_claims_move_with_what_they_need() {
        let done = accept(DRAFT, &[1, 2], "main.annals", &world("polity Tang\n")).unwrap();
        assert_eq!(done.moved, [1, 2]);
        assert_eq!(pending(&done.draft).len(), 1);
        let compiled = compile(&world(&done.target), "main.annals");
        let errors: Vec<_> = compiled
            .reports
            .iter()
            .filter(|r| r.severity == Severity::Error)
            .collect();
        assert!(errors.is_empty(), "{errors:?}\n{}", done.target);
        assert_eq!(done.target.matches("polity Tang").count(), 1);
        // The second time the section goes on.
        let more = accept(&done.draft, &[3], "main.annals", &world(&done.target)).unwrap();
        assert_eq!(more.target.matches("section ").count(), 1);
        assert_eq!(more.target.matches("person Guo").count(), 1);
    }

    #[test]
    fn a_claim_waits_for_what_it_refers_to() {
        let done = accept(DRAFT, &[2], "main.annals", &world("")).unwrap();
        assert!(
            done.moved.is_empty() && done.kept[0].1.contains("#attack"),
            "{:?}",
            done.kept
        );
        assert_eq!(done.draft, DRAFT);
        assert_eq!(done.target, "");
    }

    #[test]
    fn a_label_that_is_another_event_is_renamed() {
        let before = "polity Tang\npolity Rome\n644: Rome attacks Tang. #attack\n";
        let first = accept(DRAFT, &[1], "main.annals", &world(before)).unwrap();
        assert!(
            first.target.contains("Guo attacks Karasahr. #attack-2\n"),
            "{}",
            first.target
        );
        // The rest of the draft follows, and what came before from this draft is the same event.
        assert!(
            first.draft.contains("after #attack-2: Karasahr submits"),
            "{}",
            first.draft
        );
        let second = accept(&first.draft, &[2], "main.annals", &world(&first.target)).unwrap();
        assert!(
            second.target.contains("after #attack-2: Karasahr submits"),
            "{:?}",
            second.kept
        );
        let again = accept(DRAFT, &[1], "main.annals", &world("polity Tang\n")).unwrap();
        assert!(again.target.contains("#attack\n"));
    }

    #[test]
    fn an_edit_must_be_a_claim() {
        let text = edit(DRAFT, 3, "644: Guo is commander of Tang.").unwrap();
        assert!(text.contains("644: Guo is commander of Tang.\n  quote"));
        // What read the old claim did not read this one.
        let waiting = pending(&text);
        assert_eq!(waiting[2].rule, "written in review; line 5");
        assert_eq!(waiting[1].rule, "a clause; line 4");
        assert!(edit(DRAFT, 3, "644: Guo dances.").is_err());
        assert!(edit(DRAFT, 8, "644: Guo is commander of Tang.").is_err());
    }

    /// As the import of a table writes it: names and sources after the claims, no sections.
    const TABLE: &str = "// Drafts from the table k.csv, a claim a row.\ndraft\nfrom @table-k\nsource table-k\n  title \"The table k.csv\"\n\n// claim 2: a row of k.csv\n1046: Harald is king of Norway. [@snorri, 12 via @table-k]\n  note \"row 2 of k.csv\"\n// claim 3: a row of k.csv\n1066: Magnus is king of Norway. [@table-k, row 3]\n// row 4: nothing\n//   a | b\n\n// Names of the table.\nperson Harald\nperson Magnus\npolity Norway\n\nsource snorri\n  title \"Snorri\"\n";

    #[test]
    fn claims_of_a_table_move_with_what_they_cite() {
        assert_eq!(numbers("all", TABLE), Ok(vec![2, 3]));
        let done = accept(TABLE, &[2], "main.annals", &world("")).unwrap();
        assert_eq!(done.moved, [2], "{:?}", done.kept);
        for words in [
            "source snorri",
            "source table-k",
            "person Harald",
            "1046: Harald",
        ] {
            assert!(done.target.contains(words), "{words}\n{}", done.target);
        }
        assert!(!done.target.contains("Magnus"), "{}", done.target);
        let last = accept(
            &done.draft,
            &of_rule("a row", &done.draft),
            "main.annals",
            &world(&done.target),
        );
        let last = last.unwrap();
        assert_eq!(last.moved, [3]);
        assert_eq!(last.target.matches("source table-k").count(), 1);
        assert!(pending(&last.draft).is_empty() && last.draft.contains("// row 4: nothing"));
        let compiled = compile(&world(&last.target), "main.annals");
        let errors = compiled
            .reports
            .iter()
            .filter(|r| r.severity == Severity::Error);
        assert_eq!(errors.count(), 0, "{}", last.target);
    }

    #[test]
    fn dates_of_another_calendar_do_not_move() {
        let julian = TABLE.replace("draft\n", "draft\ncalendar julian\n");
        for other in ["", "calendar gregorian\n"] {
            let refused = accept(&julian, &[2], "main.annals", &world(other)).unwrap_err();
            assert!(refused.contains("`calendar julian`"), "{refused}");
        }
        assert!(accept(&julian, &[2], "main.annals", &world("calendar julian\n")).is_ok());
    }
}
