//! `as did the kingdom of Yarkand in 635`: the deed of the clause before, of somebody else.
//!
//! What comes in: chunks, segments and the clauses read so far. What goes out: a clause with the verb
//! and what follows it of the clause before, with a subject and a date of its own. Where more stands
//! in it than that, or the clause before is not simply asserted, nothing is read.

use super::Prose;
use super::chunks::{Chunk, What};
use super::clauses::{Clause, Intro, Segment, Subject, group, list_end};
use super::sentence::{Desk, State};
use super::verbs::Plan;

/// Whether `as did` opens at a chunk; the chunk of the subject behind it.
pub(super) fn opens(chunks: &[Chunk], at: usize) -> Option<usize> {
    let what = |i: usize| chunks.get(i).map(|c| &c.what);
    let as_ = matches!(what(at), Some(What::Preposition(w)) if w == "as");
    let did = matches!(what(at + 1), Some(What::Word(w)) if w == "did");
    let phrase = matches!(what(at + 2), Some(What::Phrase(_)));
    (as_ && did && phrase).then_some(at + 2)
}

/// The clause of such a segment.
pub(super) fn clause(
    chunks: &[Chunk],
    number: usize,
    segment: &Segment,
    before: &[Clause],
) -> Option<Clause> {
    let range = segment.range.clone();
    let end = list_end(chunks, range.start).min(range.end);
    let nothing_more = chunks[end..range.end].iter().all(|c| match &c.what {
        What::Date(_) | What::Comma => true,
        What::Word(word) => word.is_empty() || word == ".",
        _ => false,
    });
    let parent = before
        .iter()
        .rev()
        .find(|c| c.intro != Intro::Reduced)
        .filter(|c| c.segment + 1 == number && matches!(c.intro, Intro::Main | Intro::Further))?;
    // `as did` stands for one verb with all its objects; of two joined verbs it may mean both.
    let lone = parent.intro == Intro::Main && parent.shared.is_none();
    (nothing_more && lone).then(|| Clause {
        intro: Intro::Likewise,
        subject: Subject::Own(range.start..end),
        verb: parent.verb,
        rest: parent.rest.clone(),
        whole: range,
        segment: number,
        shared: None,
        object: None,
    })
}

impl State<'_> {
    /// Why the deed of the clause before cannot be said of somebody else as well.
    ///
    /// # Errors
    ///
    /// In words, where that clause was not read, or claims less than that it happened.
    pub(super) fn repeatable(
        &self,
        desk: &Desk<'_>,
        at: usize,
        clause: &Clause,
        plan: &Plan,
        prose: &Prose,
    ) -> Result<(), String> {
        if clause.intro != Intro::Likewise {
            return Ok(());
        }
        let parent = desk.parts.clauses[..at]
            .iter()
            .rposition(|c| c.verb == clause.verb);
        let told: Vec<_> = parent
            .map(|p| desk.made[p].iter().map(|i| &prose.statements[*i]))
            .into_iter()
            .flatten()
            .collect();
        let asserted = told
            .iter()
            .all(|s| s.mode.is_none() && !s.doubted && s.according_to.is_none());
        let plain = plan.mode.is_none() && !plan.doubted && !plan.failed && !plan.passive;
        let active = group(desk.chunks.get(clause.verb)).is_some_and(|g| g.be.is_none());
        if told.is_empty() || !asserted || !plain || !active || !desk.cues.is_empty() {
            return Err("“as did” repeats what is not simply said to have happened".to_owned());
        }
        Ok(())
    }
}
