//! Movers and units that are declared more than once. The chronicle knows its own time better, so
//! its own takes the place of the shipped one. Two of the chronicle's own differ like two
//! witnesses: neither line goes before the other, so all that either allows is allowed.

use annals_chronicle::{Mover, Unit};
use annals_text::{Report, Span};

use crate::words::brief;

/// A declared measure that the chronicle may declare anew.
pub(crate) trait Measure {
    /// The word it is declared by.
    const KIND: &'static str;

    fn names(&self) -> &[String];
    fn span(&self) -> Span;

    /// Allows what the other allows too. The order in which several are taken up does not matter.
    fn widen(&mut self, other: Self);
}

/// Adds a measure to those known. Of `shipped`, the number of files that come first and belong to
/// the vocabulary, depends whether one of the same name is replaced or taken up.
pub(crate) fn keep<T: Measure>(
    known: &mut Vec<T>,
    mut new: T,
    shipped: usize,
    reports: &mut Vec<Report>,
) {
    let is_shipped = |measure: &T| (measure.span().file.0 as usize) < shipped;
    let own = !is_shipped(&new);
    let same = |other: &mut T| other.names().iter().any(|n| new.names().contains(n));
    let found: Vec<T> = known.extract_if(.., same).collect();
    for other in found {
        if own && is_shipped(&other) {
            continue;
        }
        let kind = T::KIND;
        let headline = format!("the {kind} `{}` is declared twice", brief(&new.names()[0]));
        reports.push(
            Report::error("duplicate-declaration", headline)
                .also(other.span(), "first declared here")
                .at(
                    new.span(),
                    "declared again here; all that either allows is allowed",
                )
                .help("remove one of the two, or say in one what both mean"),
        );
        new.widen(other);
    }
    known.push(new);
}

impl Measure for Unit {
    const KIND: &'static str = "unit";

    fn names(&self) -> &[String] {
        &self.names
    }

    fn span(&self) -> Span {
        self.span
    }

    fn widen(&mut self, other: Unit) {
        self.least_mm = self.least_mm.min(other.least_mm);
        self.most_mm = self.most_mm.max(other.most_mm);
        add(&mut self.names, other.names);
        add(&mut self.attestations, other.attestations);
    }
}

impl Measure for Mover {
    const KIND: &'static str = "mover";

    fn names(&self) -> &[String] {
        &self.names
    }

    fn span(&self) -> Span {
        self.span
    }

    fn widen(&mut self, other: Mover) {
        let (here, there) = (self.rests_after, other.rests_after);
        self.rests_after = here.zip(there).map(|(a, b)| a.max(b));
        let (here, there) = (self.water_days, other.water_days);
        self.water_days = here.zip(there).map(|(a, b)| a.max(b));
        self.usual_m = self.usual_m.filter(|_| self.usual_m == other.usual_m);
        self.certainty = self.certainty.filter(|_| self.certainty == other.certainty);
        self.least_m = self.least_m.min(other.least_m);
        self.most_m = self.most_m.max(other.most_m);
        self.exceptional &= other.exceptional;
        self.afloat &= other.afloat;
        if self.carries.is_empty() || other.carries.is_empty() {
            self.carries.clear();
        } else {
            add(&mut self.carries, other.carries);
            self.carries.sort_unstable();
        }
        if self.written != other.written {
            let mut both = [std::mem::take(&mut self.written), other.written];
            both.sort();
            self.written = both.join(" or ");
        }
        add(&mut self.names, other.names);
        add(&mut self.attestations, other.attestations);
        add(&mut self.notes, other.notes);
    }
}

/// Adds what is not there yet.
fn add<T: PartialEq>(to: &mut Vec<T>, more: Vec<T>) {
    for one in more {
        if !to.contains(&one) {
            to.push(one);
        }
    }
}
