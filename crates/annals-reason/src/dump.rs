//! The stages as text: the network, the minimal network, the histories.

use annals_chronicle::{Day, DaySet, EventKind, Fluent, Moment};
use annals_network::{Alternative, Domain, HORIZON, Var};

use crate::component::Component;
use crate::encode::Encoded;
use crate::premise::Ground;
use crate::reasoner::Reasoner;
use crate::rule::{Body, Rule};

/// How the caller's calendar prints a set of days.
pub type PrintDays<'a> = &'a dyn Fn(&DaySet) -> String;

impl Reasoner {
    /// The network of the first world: moments, constraints with the parts they rest on, and
    /// what each moment requires and does.
    pub fn dump_network(&self, print: PrintDays) -> String {
        self.whole().dump_network(print)
    }

    /// The minimal network: the exact days of every moment.
    pub fn dump_minimal(&self, print: PrintDays) -> String {
        self.whole().dump_minimal(print)
    }

    /// Every recorded fluent with its verdicts over the reach of the chronicle.
    pub fn dump_histories(&self, print: PrintDays) -> String {
        let (first, last) = self.reach();
        let mut out = String::new();
        for fluent in self.fluents() {
            out += &format!("{}\n", self.rest().say(fluent));
            out += &self.history_lines(fluent, (first, last), print);
        }
        out
    }

    fn history_lines(
        &self,
        fluent: &Fluent,
        (first, last): (Day, Day),
        print: PrintDays,
    ) -> String {
        let mut out = String::new();
        for stretch in self.history(fluent, first, last) {
            if let Some(days) = DaySet::range(Some(stretch.first), Some(stretch.last)) {
                out += &format!("  {:<11} {}\n", stretch.verdict.word(), print(&days));
            }
        }
        out
    }
}

impl Component {
    /// The network of the first world: moments, constraints with the parts they rest on, and
    /// what each moment requires and does.
    pub fn dump_network(&self, print: PrintDays) -> String {
        let encoded = self.encoded(&self.usual_world());
        let mut out = String::from("moments\n");
        for id in encoded.moments.events() {
            let (index, event) = (id.index(), &self.chronicle.events[id.index()]);
            let kind = match event.kind {
                EventKind::Occurrence => "event",
                EventKind::Mention => "mention",
            };
            let (start, end) = (encoded.moments.start(*id), encoded.moments.end(*id));
            let vars = if start == end {
                format!("{start}")
            } else {
                format!("{start}..{end}")
            };
            out += &format!("  {vars:<7} {kind:<8} {}\n", self.event_name(index));
        }
        out += "constraints\n";
        for rule in &encoded.rules {
            out += &format!("  {}\n", self.rule(&encoded, rule, print));
        }
        out += "bearings\n";
        for bearing in &encoded.bearings {
            let before = bearing
                .before
                .map_or("-", |b| if b { "true" } else { "false" });
            let after = bearing
                .after
                .map_or("-".to_string(), |a| format!("{a:?}").to_lowercase());
            out += &format!(
                "  {:<5} {:<5} -> {:<10} {}  by {}\n",
                bearing.var,
                before,
                after,
                self.say(&bearing.fluent),
                self.premises_in_words(&bearing.needs),
            );
        }
        if !self.dimensions.is_empty() {
            out += &format!(
                "matters settled in several ways: {}\n",
                self.dimensions.len()
            );
        }
        out
    }

    /// The minimal network: the exact days of every moment.
    pub fn dump_minimal(&self, print: PrintDays) -> String {
        let encoded = self.encoded(&self.usual_world());
        let mut out = String::new();
        for id in encoded.moments.events() {
            let (index, event) = (id.index(), &self.chronicle.events[id.index()]);
            let edges: &[annals_chronicle::Edge] = if !encoded.moments.lasts(*id) {
                &[annals_chronicle::Edge::Start]
            } else {
                &[annals_chronicle::Edge::Start, annals_chronicle::Edge::End]
            };
            for edge in edges {
                let which = match (edges.len(), edge) {
                    (1, _) => "",
                    (_, annals_chronicle::Edge::Start) => "start of ",
                    (_, annals_chronicle::Edge::End) => "end of ",
                };
                let bounds = self.bounds(Moment {
                    event: event.id,
                    edge: *edge,
                });
                let proven = if bounds.proven { "" } else { "  (not proven)" };
                let name = format!("{which}{}", self.event_name(index));
                out += &format!("{name:<40} {}{proven}\n", print(&bounds.days));
            }
        }
        out
    }

    fn event_name(&self, index: usize) -> String {
        match &self.chronicle.events[index].label {
            Some(label) => format!("#{label}"),
            None => format!("claim {}", self.chronicle.events[index].claims[0].0 + 1),
        }
    }

    fn rule(&self, encoded: &Encoded, rule: &Rule, print: PrintDays) -> String {
        let body = match &rule.body {
            Body::OneOf(ways) if ways.is_empty() => "impossible together".to_string(),
            Body::OneOf(ways) => {
                let ways: Vec<String> = ways.iter().map(|w| way(w, print)).collect();
                ways.join("  or  ")
            }
            Body::Follows { ending, sources } => {
                let of: Vec<String> = sources.iter().map(|(v, _)| v.to_string()).collect();
                format!("{ending} follows {}", of.join(" or "))
            }
        };
        let _ = encoded;
        if rule.needs.is_empty() {
            body
        } else {
            format!("{body}  by {}", self.premises_in_words(&rule.needs))
        }
    }

    fn premises_in_words(&self, premises: &[crate::premise::PremiseId]) -> String {
        use annals_chronicle::{Assumption, Part};
        let words: Vec<String> = premises
            .iter()
            .map(|p| match self.premises.grounds[p.0 as usize] {
                Ground::Part(Part::Happened(c)) => format!("claim {}", c.0 + 1),
                Ground::Part(Part::Date(c, i)) => format!("date {} of claim {}", i + 1, c.0 + 1),
                Ground::Part(Part::Role(c, i)) => format!("role {} of claim {}", i + 1, c.0 + 1),
                Ground::Part(Part::Detail(c, i)) => {
                    format!("detail {} of claim {}", i + 1, c.0 + 1)
                }
                Ground::Part(Part::Identity(i)) => format!("identity {}", i.0 + 1),
                Ground::Part(Part::Choice(c)) => format!("choice {}", c.0 + 1),
                Ground::Assumption(Assumption::EndingFollows(c)) => {
                    format!("assuming that what claim {} ends had begun", c.0 + 1)
                }
                Ground::Assumption(Assumption::Width(c, i)) => {
                    format!("assuming the width of date {} of claim {}", i + 1, c.0 + 1)
                }
            })
            .collect();
        words.join(", ")
    }
}

fn way(way: &Alternative, print: PrintDays) -> String {
    let arcs = way
        .arcs
        .iter()
        .map(|a| format!("{} - {} <= {}", a.to, a.from, a.weight));
    let orders = way.orders.iter().map(|(a, b)| format!("{a} before {b}"));
    let domains = way.domains.iter().map(|(v, d): &(Var, Domain)| {
        let open = |day: i64| {
            (day.abs() < HORIZON)
                .then(|| i32::try_from(day).ok().map(Day))
                .flatten()
        };
        let ranges = d.ranges().iter().map(|(f, l)| annals_chronicle::DayRange {
            first: open(*f),
            last: open(*l),
        });
        let days = DaySet::from_ranges(ranges);
        format!(
            "{v} in {}",
            days.map_or("no day".to_string(), |d| print(&d))
        )
    });
    let all: Vec<String> = arcs.chain(orders).chain(domains).collect();
    if all.is_empty() {
        "any day".to_string()
    } else {
        all.join(", ")
    }
}
