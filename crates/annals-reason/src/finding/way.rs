//! A way that takes its time, in words.

use crate::rule::Way;

use super::words::Narrator;

impl Narrator<'_> {
    /// Why a way takes so many days at least.
    pub fn way(&self, way: &Way) -> String {
        let (from, to) = (self.name(way.places.0), self.name(way.places.1));
        let mover = &self.reasoner.chronicle.movers[way.mover];
        let name = &mover.names[0];
        let source = self.who(&mover.attestations);
        let source = source.map(|s| format!(", {s}")).unwrap_or_default();
        let pace = format!(
            "the fastest that may be meant, `{name}`, makes no more than {} km a day{source}",
            mover.most_m.div_ceil(1_000)
        );
        let line = format!("{} km at least", way.metres / 1_000);
        let days = match way.days {
            1 => "one day".to_owned(),
            n => format!("{n} days"),
        };
        match way.who {
            Some(who) => format!(
                "{} cannot be at {from} and at {to} less than {days} apart, for it is {line} and {pace}",
                self.name(who)
            ),
            None => format!(
                "news from {from} is at {to} no earlier than {days} later, for it is {line} and {pace}"
            ),
        }
    }
}
