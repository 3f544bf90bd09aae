//! Which of two events came first.
//!
//! The verdict is the reasoner's, over all timelines. What forces it is found by asking for the
//! contrary: a moment of the question's own after the one event and before the other is a
//! conflict, and the rest of that conflict is the reason.

use annals_chronicle::{Anchor, Bound, EventId, Point, Support};
use annals_text::{Report, Span};

use crate::answer::{Answer, OrderAnswer, Outcome};
use crate::ask::{Asked, Asker};
use crate::events::Standing;
use crate::probe::{Probed, when_of};

impl Asker<'_> {
    /// `order: #a, #b`
    pub(crate) fn ask_order(
        &self,
        question: Asked<'_>,
        asked: Asked<'_>,
    ) -> Result<Answer, Vec<Report>> {
        let (a, b) = self.two_labels(asked, "order: #fall, #departure")?;
        let mut answer = self.answer(question, None);
        answer
            .results
            .push(Outcome::Order(self.order(a, b, asked.span)));
        Ok(answer)
    }

    /// The two events of `#a, #b`; `sample` is such a question.
    pub(crate) fn two_labels(
        &self,
        asked: Asked<'_>,
        sample: &str,
    ) -> Result<(EventId, EventId), Vec<Report>> {
        let mut labels = Vec::new();
        let mut start = 0;
        for piece in asked.text.split(',') {
            let part = asked.part(start, start + piece.len());
            start += piece.len() + 1;
            labels.push(part);
        }
        let [first, second] = labels[..] else {
            let report = Report::error("order-of-two", "this can be asked of two events")
                .at(asked.span, "two labels are expected here")
                .help(format!("ask, for example, \"{sample}\""));
            return Err(vec![report]);
        };
        Ok((self.read_label(first)?, self.read_label(second)?))
    }

    fn order(&self, a: EventId, b: EventId, span: Span) -> OrderAnswer {
        let ends_first = self.reasoner.order(self.end_of(a), self.start_of(b));
        let starts_last = self.reasoner.order(self.start_of(a), self.end_of(b));
        let (first, second) = (self.event_words(a), self.event_words(b));
        let proven = ends_first.proven && starts_last.proven;
        let (relation, words, because) = if a == b {
            ("same", "they are one event".to_owned(), Support::default())
        } else if !self.can_both_be(a, b) {
            (
                "never",
                format!("no timeline has both {first} and {second}"),
                Support::default(),
            )
        } else if !ends_first.after {
            (
                "before",
                format!("certainly before: {first} comes before {second}"),
                self.excludes(b, a, span),
            )
        } else if !starts_last.before {
            (
                "after",
                format!("certainly after: {first} comes after {second}"),
                self.excludes(a, b, span),
            )
        } else if !proven {
            (
                "not-known",
                "not known: the search was cut short".to_owned(),
                Support::default(),
            )
        } else if ends_first.before || starts_last.after {
            (
                "open",
                format!("either is possible: nothing says whether {first} comes before {second}"),
                Support::default(),
            )
        } else {
            (
                "overlap",
                format!("certainly at the same time in part: {first} and {second}"),
                Support::default(),
            )
        };
        OrderAnswer {
            first,
            second,
            relation,
            words,
            because: self.evidence(&because),
            proven,
        }
    }

    /// Whether some timeline has two events.
    fn can_both_be(&self, a: EventId, b: EventId) -> bool {
        let sure = |e: &EventId| matches!(self.standing(*e), Standing::Sure | Standing::Draft);
        if [a, b].iter().all(sure) {
            return true;
        }
        let moments = self.moments_of([a, b]);
        let ways = self.reasoner.arrangements(&moments, &[vec![]]).ways;
        ways.iter().any(|way| way.possible)
    }

    /// What excludes that one event ends before the other starts.
    fn excludes(&self, ends: EventId, starts: EventId, span: Span) -> Support {
        let anchor = |event, bound| Anchor { event, bound };
        let when = when_of(
            [
                Point::After(anchor(ends, Bound::End)),
                Point::Before(anchor(starts, Bound::Start)),
            ],
            span,
        );
        let probed = Probed::new(self, vec![when], span);
        let parts = probed
            .refused()
            .map(|c| c.parts.clone())
            .unwrap_or_default();
        self.own_support(Support {
            parts,
            assumptions: vec![],
        })
    }

    /// A support without what the question itself added.
    pub(crate) fn own_support(&self, mut support: Support) -> Support {
        let own = self.own_claims_end;
        support
            .parts
            .retain(|part| part.claim().is_none_or(|c| c < own));
        support.assumptions.retain(|assumption| match assumption {
            annals_chronicle::Assumption::EndingFollows(c)
            | annals_chronicle::Assumption::Width(c, _) => *c < own,
        });
        support
    }
}
