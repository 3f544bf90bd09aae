//! Questions whose sentence is an event: which claimed events are meant, and do they lie there?
//!
//! That no claim tells of an event does not make it impossible; only a denial of the whole time
//! asked about does.

use annals_chronicle::{CircumstanceId, Claim, DaySet, EventId, EventTypeId, Mode, Point, Verdict};
use annals_reason::At;

use crate::answer::{EventFiller, EventShown, Happened};
use crate::ask::Asker;
use crate::events::Standing;
use crate::fits::Fit;
use crate::holes::Ready;
use crate::sentence::Slot;

/// Where an event lies against the days asked about.
enum Lies {
    Inside,
    Perhaps,
    Outside,
}

impl Asker<'_> {
    pub(crate) fn happened(
        &self,
        event_type: EventTypeId,
        slots: &[Slot],
        tail: &[(CircumstanceId, Slot)],
        ready: &Ready,
    ) -> Happened {
        let asked_days = self.asked_days(ready);
        let fits = self.fits(event_type, slots, tail);
        let mut events: Vec<(EventShown, Vec<String>)> = Vec::new();
        let mut said = Vec::new();
        for fit in &fits {
            for claim in &self.chronicle.events[fit.event.index()].claims {
                let claim = self.claim(*claim);
                if claim.mode != Mode::Asserted && !claim.draft {
                    said.push(claim.id);
                }
            }
            if fit.told {
                let shown = self.fit_shown(fit, asked_days.as_ref());
                events.push((shown, fit.names.clone()));
            }
        }
        said.sort();
        said.dedup();
        events.sort_by_key(|(e, _)| sort_key(e));
        let denial = asked_days
            .as_ref()
            .and_then(|days| self.denial(event_type, slots, tail, days));
        let verdict = asked_days
            .as_ref()
            .map(|_| overall(&events, denial.is_some()));
        let words = self.happened_words(verdict, &events, denial, said.len());
        Happened {
            sentence: self.asked_event_words(event_type, slots, tail),
            verdict,
            words,
            fillers: event_fillers(&events, asked_days.is_some()),
            events: events.into_iter().map(|(e, _)| e).collect(),
            said: said
                .into_iter()
                .map(|c| self.claim_shown(self.claim(c), &[]))
                .collect(),
            proven: !matches!(ready, Ready::Probed(..)),
        }
    }

    /// The days asked about; a moving time is taken by all its days.
    pub(crate) fn asked_days(&self, ready: &Ready) -> Option<DaySet> {
        match ready {
            Ready::Whole => None,
            Ready::Instant(At::Day(day)) => Some(DaySet::day(*day)),
            Ready::Instant(At::Before(moment) | At::Close(moment)) => {
                Some(self.moment_days(*moment))
            }
            Ready::Days(days) => Some(days.clone()),
            Ready::Probed(probed, At::Before(moment) | At::Close(moment)) => {
                Some(probed.asker(self).moment_days(*moment))
            }
            Ready::Probed(_, At::Day(day)) => Some(DaySet::day(*day)),
        }
    }

    pub(crate) fn asked_event_words(
        &self,
        event_type: EventTypeId,
        slots: &[Slot],
        tail: &[(CircumstanceId, Slot)],
    ) -> String {
        let target = annals_sentence::Target::Event(event_type);
        let names = self.slots_words(&target, slots);
        let mut words = annals_sentence::phrase(&self.chronicle.vocabulary, &target, &names);
        for (id, slot) in tail {
            let circumstance = self.chronicle.vocabulary.circumstances.get(id.index());
            if let (Some(c), Some(name)) = (
                circumstance,
                self.slot_words(slot, &annals_chronicle::RoleContent::Any),
            ) {
                words.push_str(&format!(" {} {name}", c.name));
            }
        }
        words
    }

    fn fit_shown(&self, fit: &Fit, asked: Option<&DaySet>) -> EventShown {
        let mut shown = self.event_shown(fit.event, true);
        shown.perhaps.clone_from(&fit.perhaps);
        shown.verdict = asked.map(|days| {
            let sure = fit.perhaps.is_empty() && self.standing(fit.event) == Standing::Sure;
            match self.lies(fit.event, days) {
                _ if !self.can_be(fit.event) => Verdict::Impossible,
                Lies::Outside => Verdict::Impossible,
                Lies::Inside if sure => Verdict::Certain,
                Lies::Inside | Lies::Perhaps => Verdict::Possible,
            }
        });
        shown
    }

    /// An event lies in days when it is under way on one of them.
    fn lies(&self, event: EventId, asked: &DaySet) -> Lies {
        let start = self.moment_days(self.start_of(event));
        if !self.chronicle.events[event.index()].lasting {
            return match start.intersect(asked) {
                None => Lies::Outside,
                Some(common) if common == start => Lies::Inside,
                Some(_) => Lies::Perhaps,
            };
        }
        let end = self.moment_days(self.end_of(event));
        let wholly = |days: &DaySet| days.intersect(asked).as_ref() == Some(days);
        let mut perhaps = wholly(&start) || wholly(&end);
        let mut inside = perhaps;
        for range in asked.ranges() {
            let starts_in_time = |latest| match (latest, range.last) {
                (_, None) => true,
                (Some(day), Some(last)) => day <= last,
                (None, Some(_)) => false,
            };
            let ends_in_time = |earliest| match (earliest, range.first) {
                (_, None) => true,
                (Some(day), Some(first)) => day >= first,
                (None, Some(_)) => false,
            };
            inside |= starts_in_time(start.last()) && ends_in_time(end.first());
            let may_start = range
                .last
                .is_none_or(|l| start.first().is_none_or(|d| d <= l));
            let may_end = range
                .first
                .is_none_or(|f| end.last().is_none_or(|d| d >= f));
            perhaps |= may_start && may_end;
        }
        match (inside, perhaps) {
            (true, _) => Lies::Inside,
            (false, true) => Lies::Perhaps,
            (false, false) => Lies::Outside,
        }
    }

    /// A denial that rules the event out on every day asked about.
    pub(crate) fn denial<'c>(
        &'c self,
        event_type: EventTypeId,
        slots: &[Slot],
        tail: &[(CircumstanceId, Slot)],
        asked: &DaySet,
    ) -> Option<&'c Claim> {
        self.chronicle.claims.iter().find(|claim| {
            claim.mode == Mode::Denied
                && !claim.draft
                && !claim.doubted
                && claim.id < self.own_claims_end
                && self.denied_fits(claim, event_type, slots, tail)
                && denied_days(claim)
                    .is_some_and(|days| asked.intersect(&days).as_ref() == Some(asked))
        })
    }

    fn happened_words(
        &self,
        verdict: Option<Verdict>,
        events: &[(EventShown, Vec<String>)],
        denial: Option<&Claim>,
        said: usize,
    ) -> String {
        if let (Some(claim), Some(Verdict::Impossible)) = (denial, verdict) {
            return format!(
                "denied for that time: “{}” ({})",
                self.claim_words(claim),
                self.place(claim.span)
            );
        }
        match verdict {
            Some(Verdict::Certain) => "a claimed event lies there".to_owned(),
            Some(Verdict::Possible) => "a claimed event may lie there".to_owned(),
            Some(Verdict::Unknown | Verdict::Impossible) if !events.is_empty() => {
                "the claimed events lie at other times".to_owned()
            }
            _ if events.is_empty() && said > 0 => {
                "no claim says that it happened; what is said is below".to_owned()
            }
            Some(Verdict::Unknown | Verdict::Impossible) => {
                "no claim tells of such an event".to_owned()
            }
            None if events.is_empty() => "no claim tells of such an event".to_owned(),
            None => match events.len() {
                1 => "one claimed event fits".to_owned(),
                n => format!("{n} claimed events fit"),
            },
        }
    }
}

/// The days a denial covers on its own word; `None` where they hang from a label.
pub(crate) fn denied_days(claim: &Claim) -> Option<DaySet> {
    let mut days = DaySet::all();
    for condition in &claim.when.conditions {
        let mut of_condition: Option<DaySet> = None;
        for point in &condition.alternatives {
            let set = match point {
                Point::Undated | Point::Always => DaySet::all(),
                Point::On(set) | Point::Throughout(set) => set.clone(),
                _ => return None,
            };
            of_condition = Some(of_condition.map_or(set.clone(), |before| before.union(&set)));
        }
        if let Some(set) = of_condition {
            days = days.intersect(&set)?;
        }
    }
    Some(days)
}

fn overall(events: &[(EventShown, Vec<String>)], denied: bool) -> Verdict {
    let has = |verdict| events.iter().any(|(e, _)| e.verdict == Some(verdict));
    if has(Verdict::Certain) {
        Verdict::Certain
    } else if has(Verdict::Possible) {
        Verdict::Possible
    } else if denied {
        Verdict::Impossible
    } else {
        Verdict::Unknown
    }
}

fn event_fillers(events: &[(EventShown, Vec<String>)], dated: bool) -> Vec<EventFiller> {
    let mut fillers: Vec<EventFiller> = Vec::new();
    for (event, names) in events.iter().filter(|(_, names)| !names.is_empty()) {
        let sure = event.perhaps.is_empty() && matches!(&event.status[..], "happened" | "held");
        let undated = if sure {
            Verdict::Certain
        } else {
            Verdict::Possible
        };
        let verdict = event.verdict.filter(|_| dated).unwrap_or(undated);
        if verdict == Verdict::Impossible {
            continue;
        }
        match fillers.iter_mut().find(|f| f.names == *names) {
            Some(known) => known.verdict = known.verdict.min(verdict),
            None => fillers.push(EventFiller {
                names: names.clone(),
                verdict,
            }),
        }
    }
    fillers.sort_by(|a, b| (a.verdict, &a.names).cmp(&(b.verdict, &b.names)));
    fillers
}

/// Events are told by earliest day, then latest day; those without an earliest day come last.
pub(crate) fn sort_key(event: &EventShown) -> (i64, i64) {
    let ranges = &event.start.days.ranges;
    let first = ranges.first().and_then(|r| r.first.as_ref());
    let end = event.end.as_ref().unwrap_or(&event.start);
    let last = end.days.ranges.last().and_then(|r| r.last.as_ref());
    (
        first.map_or(i64::MAX, |d| i64::from(d.jdn)),
        last.map_or(i64::MAX, |d| i64::from(d.jdn)),
    )
}
