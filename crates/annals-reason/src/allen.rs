//! Allen's thirteen relations of two events (Allen 1983), read on days and on the line.
//!
//! Starts and ends are compared by their days. Where two events only touch, because one ends on
//! the day on which the other starts, the order inside that day decides: over before the other
//! starts, it meets it; otherwise they have a stretch of the line in common. So in every timeline
//! exactly one relation holds, `before` and `meets` together are what `before #x` says in a date,
//! and two events of one moment each are never equal: of those on one day one meets the other.

use annals_chronicle::Moment;

use crate::arrange::Demand;

/// The start and the end of an event; one moment where it does not last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ends {
    /// Its start.
    pub start: Moment,
    /// Its end.
    pub end: Moment,
}

/// One of the thirteen, the first event seen from the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Allen {
    /// Over on an earlier day than the other starts.
    Before,
    /// Over on the day on which the other starts, before it does.
    Meets,
    /// Starts first, ends first, and they share some time.
    Overlaps,
    /// Starts on an earlier day, ends on the same day.
    FinishedBy,
    /// Starts on an earlier day, ends on a later one.
    Contains,
    /// Starts on the same day, ends on an earlier one.
    Starts,
    /// Starts and ends on the same days.
    Equals,
    /// Starts on the same day, ends on a later one.
    StartedBy,
    /// Starts on a later day, ends on an earlier one.
    During,
    /// Starts on a later day, ends on the same day.
    Finishes,
    /// Starts last, ends last, and they share some time.
    OverlappedBy,
    /// Starts on the day on which the other is over, after that.
    MetBy,
    /// Starts on a later day than the other is over.
    After,
}

use Allen::{
    After, Before, Contains, During, Equals, FinishedBy, Finishes, Meets, MetBy, OverlappedBy,
    Overlaps, StartedBy, Starts,
};

/// How one day lies to another.
#[derive(Clone, Copy)]
enum Lies {
    Earlier,
    Same,
    Later,
}

impl Lies {
    fn demand(self, a: Moment, b: Moment) -> Demand {
        match self {
            Lies::Earlier => Demand::EarlierDay(a, b),
            Lies::Same => Demand::SameDay(a, b),
            Lies::Later => Demand::EarlierDay(b, a),
        }
    }
}

impl Allen {
    /// All of them, from wholly before to wholly after.
    pub const ALL: [Allen; 13] = [
        Before,
        Meets,
        Overlaps,
        FinishedBy,
        Contains,
        Starts,
        Equals,
        StartedBy,
        During,
        Finishes,
        OverlappedBy,
        MetBy,
        After,
    ];

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Before => "before",
            Meets => "meets",
            Overlaps => "overlaps",
            FinishedBy => "finished by",
            Contains => "contains",
            Starts => "starts",
            Equals => "equals",
            StartedBy => "started by",
            During => "during",
            Finishes => "finishes",
            OverlappedBy => "overlapped by",
            MetBy => "met by",
            After => "after",
        }
    }

    /// What it says of the first event.
    pub const fn meaning(self) -> &'static str {
        match self {
            Before => "it is over on an earlier day than the other starts",
            Meets => "it is over on the day on which the other starts, before it starts",
            Overlaps => "it starts first and ends first, on earlier days, and they share some time",
            FinishedBy => "it starts on an earlier day and ends on the same day",
            Contains => "it starts on an earlier day and ends on a later one",
            Starts => "it starts on the same day and ends on an earlier one",
            Equals => "it starts and ends on the same days, at the same time in part",
            StartedBy => "it starts on the same day and ends on a later one",
            During => "it starts on a later day and ends on an earlier one",
            Finishes => "it starts on a later day and ends on the same day",
            OverlappedBy => "it starts last and ends last, on later days, and they share some time",
            MetBy => "it starts on the day on which the other ends, after that is over",
            After => "it starts on a later day than the other is over",
        }
    }

    /// What it demands of the four moments.
    pub fn demands(self, a: Ends, b: Ends) -> Vec<Demand> {
        let (starts, ends) = match self {
            Before => return vec![Demand::EarlierDay(a.end, b.start)],
            After => return vec![Demand::EarlierDay(b.end, a.start)],
            Meets => return touching(a.end, b.start),
            MetBy => return touching(b.end, a.start),
            Overlaps => (Lies::Earlier, Lies::Earlier),
            FinishedBy => (Lies::Earlier, Lies::Same),
            Contains => (Lies::Earlier, Lies::Later),
            Starts => (Lies::Same, Lies::Earlier),
            Equals => (Lies::Same, Lies::Same),
            StartedBy => (Lies::Same, Lies::Later),
            During => (Lies::Later, Lies::Earlier),
            Finishes => (Lies::Later, Lies::Same),
            OverlappedBy => (Lies::Later, Lies::Later),
        };
        vec![
            Demand::InOrder(b.start, a.end),
            Demand::InOrder(a.start, b.end),
            starts.demand(a.start, b.start),
            ends.demand(a.end, b.end),
        ]
    }

    const fn bit(self) -> u16 {
        1 << self as u16
    }
}

/// The first over on the day of the second, before it.
fn touching(over: Moment, next: Moment) -> Vec<Demand> {
    vec![Demand::SameDay(over, next), Demand::InOrder(over, next)]
}

/// A set of the thirteen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Relations(u16);

impl Relations {
    /// Some of them.
    pub const fn of<const N: usize>(some: [Allen; N]) -> Relations {
        let mut bits = 0;
        let mut at = 0;
        while at < N {
            bits |= some[at].bit();
            at += 1;
        }
        Relations(bits)
    }

    /// Over before the other starts.
    pub const FIRST: Relations = Relations::of([Before, Meets]);
    /// Starts after the other is over.
    pub const LAST: Relations = Relations::of([MetBy, After]);
    /// One touches the other on a day that they have in common, in order.
    pub const TOUCHING: Relations = Relations::of([Meets, MetBy]);
    /// All the time of the first is time of the second.
    pub const WITHIN: Relations = Relations::of([Starts, Equals, During, Finishes]);
    /// They share a stretch of the line.
    pub const SHARING: Relations = Relations::of([
        Overlaps,
        FinishedBy,
        Contains,
        Starts,
        Equals,
        StartedBy,
        During,
        Finishes,
        OverlappedBy,
    ]);
    /// They have a day in common.
    pub const SAME_DAY: Relations = Relations(Self::SHARING.0 | Self::TOUCHING.0);

    /// Adds one.
    pub fn add(&mut self, relation: Allen) {
        self.0 |= relation.bit();
    }

    /// Whether it is among them.
    pub const fn contains(self, relation: Allen) -> bool {
        self.0 & relation.bit() != 0
    }

    /// Whether all of them are in another set; none is in every set.
    pub const fn is_within(self, other: Relations) -> bool {
        self.0 & !other.0 == 0
    }

    /// Those that are not in it.
    pub const fn others(self) -> Relations {
        Relations(!self.0 & ((1 << Allen::ALL.len()) - 1))
    }

    /// Each of them, from wholly before to wholly after.
    pub fn each(self) -> impl Iterator<Item = Allen> {
        Allen::ALL.into_iter().filter(move |r| self.contains(*r))
    }

    /// The same seen from the other event: the list of all is its own mirror.
    pub fn inverse(self) -> Relations {
        let last = Allen::ALL.len() - 1;
        let mut turned = Relations::default();
        for (at, relation) in Allen::ALL.into_iter().enumerate() {
            if self.contains(relation) {
                turned.add(Allen::ALL[last - at]);
            }
        }
        turned
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The start and the end: each a day and a place in the line.
    type Stretch = [(i32, u32); 2];

    /// The relation of two stretches of the line with days, by counting: each end is a day and a
    /// place in the line.
    fn seen(a: Stretch, b: Stretch) -> Vec<Allen> {
        let moment = |at| Moment {
            event: annals_chronicle::EventId(at),
            edge: annals_chronicle::Edge::Start,
        };
        let ends = |from: u32, lasts: bool| Ends {
            start: moment(from),
            end: moment(from + u32::from(lasts)),
        };
        let at = |m: Moment| [a[0], a[1], b[0], b[1]][m.event.0 as usize];
        let holds = |demand: &Demand| match *demand {
            Demand::InOrder(x, y) => at(x).1 < at(y).1,
            Demand::EarlierDay(x, y) => at(x).0 < at(y).0,
            Demand::SameDay(x, y) => at(x).0 == at(y).0,
        };
        let (a, b) = (ends(0, a[0] != a[1]), ends(2, b[0] != b[1]));
        let all = Allen::ALL.into_iter();
        all.filter(|r| r.demands(a, b).iter().all(holds)).collect()
    }

    /// Every line of two events on at most four days.
    fn each_pair(visit: &mut dyn FnMut(Stretch, Stretch)) {
        for lasting in 0..4u32 {
            let (one, two) = (lasting & 1 != 0, lasting & 2 != 0);
            for order in 0..256u32 {
                let places = [order & 3, order >> 2 & 3, order >> 4 & 3, order >> 6];
                for days in 0..256u32 {
                    let day = |place: u32| (days >> (2 * place) & 3) as i32;
                    let at = |i: usize| (day(places[i]), places[i]);
                    let a = [at(0), if one { at(1) } else { at(0) }];
                    let b = [at(2), if two { at(3) } else { at(2) }];
                    let mut used = vec![a[0].1, b[0].1];
                    used.extend(one.then_some(a[1].1));
                    used.extend(two.then_some(b[1].1));
                    used.sort_unstable();
                    used.dedup();
                    let distinct = used.len() == 2 + usize::from(one) + usize::from(two);
                    let rises = (0..3).all(|p| day(p) <= day(p + 1));
                    if distinct && rises && (!one || a[0].1 < a[1].1) && (!two || b[0].1 < b[1].1) {
                        visit(a, b);
                    }
                }
            }
        }
    }

    #[test]
    fn exactly_one_holds_in_every_line() {
        let mut all = Relations::default();
        each_pair(&mut |a, b| {
            let found = seen(a, b);
            assert_eq!(found.len(), 1, "{a:?} {b:?}: {found:?}");
            all.add(found[0]);
            let turned = seen(b, a);
            assert_eq!(
                Relations::of([found[0]]).inverse(),
                Relations::of([turned[0]])
            );
        });
        assert_eq!(all.others(), Relations::default(), "each of them occurs");
    }

    #[test]
    fn the_sets_are_what_they_say() {
        each_pair(&mut |a, b| {
            let one = seen(a, b)[0];
            assert_eq!(Relations::FIRST.contains(one), a[1].1 < b[0].1);
            let share = b[0].1 < a[1].1 && a[0].1 < b[1].1;
            assert_eq!(Relations::SHARING.contains(one), share);
            let common = a[0].0 <= b[1].0 && b[0].0 <= a[1].0;
            assert_eq!(Relations::SAME_DAY.contains(one), common);
        });
    }
}
