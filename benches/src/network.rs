//! Networks of the kind that chronicles come to, without their words: for measuring how fast days
//! are tightened, here and elsewhere.
//!
//! Clusters of 20 to 400 events, each a chain of reigns with narrative chains beside it, links
//! within the cluster, and some synchronisms between clusters; two in five events have a date of
//! their own. A hidden day for every event keeps the whole consistent.

use crate::chronicle::Random;

/// An arc: `day of to - day of from` is at most `days`. Event 0 is the origin, on day 0.
pub type Arc = (u32, u32, i32);

/// A network.
pub struct Network {
    /// Events, the origin included.
    pub events: usize,
    /// Arcs.
    pub arcs: Vec<Arc>,
}

impl Network {
    /// A network of so many events.
    pub fn generate(events: usize, seed: u64) -> Network {
        let mut network = Network {
            events: events + 1,
            arcs: Vec::new(),
        };
        let mut random = Random::new(seed);
        let mut days = vec![0_i64];
        while days.len() <= events {
            network.cluster(&mut random, &mut days, events);
        }
        network
    }

    /// The same events numbered at random, the origin apart, and their arcs in no order.
    pub fn shuffled(mut self, seed: u64) -> Network {
        let mut random = Random::new(seed);
        let mut number: Vec<u32> = (0..self.events as u32).collect();
        for event in (2..self.events).rev() {
            number.swap(event, 1 + random.below(event));
        }
        for (from, to, _) in &mut self.arcs {
            (*from, *to) = (number[*from as usize], number[*to as usize]);
        }
        for arc in (1..self.arcs.len()).rev() {
            self.arcs.swap(arc, random.below(arc + 1));
        }
        self
    }

    /// `day of later - day of earlier` is between the true distance less and more some days.
    fn tie(&mut self, days: &[i64], earlier: usize, later: usize, less: i64, more: Option<i64>) {
        let apart = days[later] - days[earlier];
        let (earlier, later) = (earlier as u32, later as u32);
        self.arcs.push((later, earlier, -((apart - less) as i32)));
        if let Some(more) = more {
            self.arcs.push((earlier, later, (apart + more) as i32));
        }
    }

    fn cluster(&mut self, random: &mut Random, days: &mut Vec<i64>, events: usize) {
        let first = days.len();
        let size = (random.between(20, 400) as usize).min(events + 1 - first);
        let begin = random.between(100_000, 400_000);
        let mut day = begin;
        for _ in 0..size {
            day += random.between(0, 400);
            days.push(day);
        }
        for event in first..first + size {
            if random.percent(40) {
                let width = [0, 30, 365][random.below(3)];
                let (before, after) = (random.between(0, width), random.between(0, width));
                self.tie(days, 0, event, before, Some(after));
            }
            if event > first {
                self.chain(random, days, first, event);
            }
            if random.percent(8) && first > 1 {
                let other = 1 + random.below(first - 1);
                let (earlier, later) = match days[other] <= days[event] {
                    true => (other, event),
                    false => (event, other),
                };
                let slack = random.between(0, 700);
                self.tie(days, earlier, later, slack, Some(slack + 300));
            }
        }
    }

    /// What ties an event to those of its cluster before it.
    fn chain(&mut self, random: &mut Random, days: &[i64], first: usize, event: usize) {
        match random.below(3) {
            // `then`
            0 => self.tie(days, event - 1, event, days[event] - days[event - 1], None),
            // `3 days after`, `within a year of`
            1 => {
                let slack = random.between(0, 90);
                self.tie(days, event - 1, event, slack, Some(slack));
            }
            _ => {
                let slack = random.between(0, 400);
                self.tie(days, event - 1, event, slack, Some(slack));
            }
        }
        if random.percent(45) {
            // Within a reign, or across the narrative.
            let back = 1 + random.below((event - first).min(30));
            let slack = random.between(0, 500);
            self.tie(days, event - back, event, slack, Some(slack));
        }
    }

    /// One arc a line after the numbers of events and arcs.
    pub fn text(&self) -> String {
        let mut text = format!("{} {}\n", self.events, self.arcs.len());
        for (from, to, days) in &self.arcs {
            text.push_str(&format!("{from} {to} {days}\n"));
        }
        text
    }

    /// Reads what [`Network::text`] writes.
    ///
    /// # Errors
    ///
    /// The first line that is none, in words.
    pub fn read(text: &str) -> Result<Network, String> {
        let mut lines = text.lines();
        let bad = |line: &str| format!("`{line}` is no arc");
        let head = lines.next().unwrap_or("");
        let events = head.split(' ').next().and_then(|n| n.parse().ok());
        let mut arcs = Vec::new();
        for line in lines {
            let mut numbers = line.split(' ');
            let mut next = || numbers.next().ok_or_else(|| bad(line));
            let (from, to, days) = (next()?, next()?, next()?);
            let arc = (
                from.parse().map_err(|_| bad(line))?,
                to.parse().map_err(|_| bad(line))?,
                days.parse().map_err(|_| bad(line))?,
            );
            arcs.push(arc);
        }
        Ok(Network {
            events: events.ok_or_else(|| bad(head))?,
            arcs,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_is_read_as_written_and_has_its_share_of_arcs() {
        let network = Network::generate(2000, 4);
        let again = Network::read(&network.text()).expect("it is well formed");
        assert_eq!(network.arcs, again.arcs);
        let per_event = network.arcs.len() as f64 / 2000.0;
        assert!((3.0..4.0).contains(&per_event), "{per_event} arcs an event");
    }
}
