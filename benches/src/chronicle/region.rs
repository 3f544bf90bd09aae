//! A region: some polities that fight, marry and bow to one another for some generations.

use std::fmt::Write as _;

use super::World;
use super::dates::{self, Dated};
use super::names::slug;
use super::page::{Named, Page, Told};

/// Polities of a region.
const POLITIES: usize = 6;
/// Towns of a polity, its first seat the first of them.
const TOWNS: usize = 4;
/// Claims after which a region ends with its last reigns.
const CLAIMS: usize = 3000;

/// A town.
pub(super) struct Town {
    pub name: String,
    /// Millionths of a degree.
    latitude: i64,
    longitude: i64,
    /// The polity that holds it, where a claim has said so.
    pub holder: Option<usize>,
}

/// A polity and what is true of it on the day that has been told last.
pub(super) struct Polity {
    pub name: String,
    pub house: String,
    pub towns: Vec<usize>,
    pub seat: usize,
    pub ruler: Option<String>,
    pub ruler_number: usize,
    pub reign_end: i64,
    pub suzerain: Option<usize>,
    pub ally: Option<usize>,
    pub general: String,
    /// Nothing else happens to it before this day.
    pub busy_until: i64,
    pub page: Page,
    /// Where the last event claim of the open section ended: what `then` counts from.
    pub last_end: Option<i64>,
    /// Events of the open section that can be named.
    pub named: Vec<Named>,
    pub source: usize,
}

/// A region being told.
pub(super) struct Region {
    pub tongue: usize,
    number: usize,
    pub sources: Vec<String>,
    pub towns: Vec<Town>,
    pub polities: Vec<Polity>,
    /// What other sources say of the same events.
    retold: Vec<Page>,
    people: Vec<String>,
    begin: i64,
    labels: usize,
    claims: usize,
}

/// An event to be told.
pub(super) struct Event {
    pub sentence: String,
    pub start: i64,
    pub end: i64,
    /// The words of its label; where there are none it has none.
    pub label: &'static str,
    pub details: Vec<String>,
    /// Whether it is a state and no event.
    pub state: bool,
}

impl Event {
    pub fn new(sentence: String, start: i64, end: i64, label: &'static str) -> Event {
        Event {
            sentence,
            start,
            end,
            label,
            details: Vec::new(),
            state: false,
        }
    }

    /// A state on a day.
    pub fn state(sentence: String, day: i64) -> Event {
        Event {
            state: true,
            ..Event::new(sentence, day, day, "")
        }
    }

    pub fn with(mut self, detail: String) -> Event {
        self.details.push(detail);
        self
    }
}

impl Region {
    pub(super) fn new(world: &mut World<'_>, number: usize) -> Region {
        let random = &mut world.random;
        let tongue = random.below(4);
        let begin = dates::new_year(random.between(300, 1300));
        let (latitude, longitude) = (
            random.between(20_000_000, 58_000_000),
            random.between(-8_000_000, 118_000_000),
        );
        let mut region = Region {
            tongue,
            number,
            sources: Vec::new(),
            towns: Vec::new(),
            polities: Vec::new(),
            retold: Vec::new(),
            people: Vec::new(),
            begin,
            labels: 0,
            claims: 0,
        };
        for kind in ["annals", "history", "stele", "letters"] {
            region.sources.push(format!("{kind}-{number:04}"));
            region.retold.push(Page::default());
        }
        for _ in 0..POLITIES {
            region.add_polity(world, (latitude, longitude));
        }
        region
    }

    fn add_polity(&mut self, world: &mut World<'_>, (latitude, longitude): (i64, i64)) {
        let World { random, names, .. } = world;
        let mut towns = Vec::new();
        for _ in 0..TOWNS {
            towns.push(self.towns.len());
            self.towns.push(Town {
                name: names.town(random, self.tongue),
                latitude: latitude + random.between(0, 1_500_000),
                longitude: longitude + random.between(0, 1_500_000),
                holder: None,
            });
        }
        let house = names.house(random, self.tongue);
        let general_house = names.house(random, self.tongue);
        let general = names.person(random, self.tongue, &general_house);
        self.people.push(general.clone());
        let source = random.below(self.sources.len());
        self.polities.push(Polity {
            name: names.land(random, self.tongue),
            house,
            seat: towns[0],
            towns,
            ruler: None,
            ruler_number: 0,
            reign_end: self.begin,
            suzerain: None,
            ally: None,
            general,
            busy_until: self.begin,
            page: Page::default(),
            last_end: None,
            named: Vec::new(),
            source,
        });
    }

    /// Tells the region and gives its text.
    pub(super) fn told(mut self, world: &mut World<'_>) -> String {
        let mut day = self.begin;
        while self.claims < CLAIMS && !world.is_full() {
            for polity in 0..self.polities.len() {
                let within = day + world.random.between(0, 200);
                let start = within.max(self.polities[polity].busy_until + 1);
                self.year(world, polity, start);
            }
            day += 366;
        }
        self.text()
    }

    /// What a polity does in a year, or who comes to rule it.
    fn year(&mut self, world: &mut World<'_>, polity: usize, start: i64) {
        if self.polities[polity].reign_end <= start {
            self.change_ruler(world, polity, start);
        } else if world.random.percent(55) {
            self.episode(world, polity, start);
        }
    }

    /// A person nobody has spoken of.
    pub(super) fn person(&mut self, world: &mut World<'_>, house: &str) -> String {
        let World { random, names, .. } = world;
        let name = names.person(random, self.tongue, house);
        self.people.push(name.clone());
        name
    }

    /// Another polity than this that is free on a day.
    pub(super) fn other(
        &mut self,
        world: &mut World<'_>,
        polity: usize,
        day: i64,
    ) -> Option<usize> {
        let other = world.random.below(self.polities.len());
        let free = other != polity
            && self.polities[other].busy_until < day
            && self.polities[other].ruler.is_some();
        free.then_some(other)
    }

    pub(super) fn name(&self, polity: usize) -> &str {
        &self.polities[polity].name
    }

    pub(super) fn town(&self, town: usize) -> &str {
        &self.towns[town].name
    }

    /// Days an army needs at least from one town to another.
    pub(super) fn days_between(&self, from: usize, to: usize) -> i64 {
        let (a, b) = (&self.towns[from], &self.towns[to]);
        let north = (a.latitude - b.latitude).abs();
        let east = (a.longitude - b.longitude).abs();
        // A degree is 111 km at most and an army makes 15 km a day.
        1 + (north + east) * 111 / 15 / 1_000_000
    }

    /// Tells an event on the page of a polity and gives it a name where it has one.
    pub(super) fn tell(
        &mut self,
        world: &mut World<'_>,
        polity: usize,
        event: Event,
    ) -> Option<Named> {
        let (when, is_close) = self.when(world, polity, &event);
        let label = self.label(polity, event.label);
        let source = self.polities[polity].source;
        let (cite, cited) = self.cite(world, source);
        let random = &mut world.random;
        let doubted = random.percent(1) && !event.state;
        let told = Told {
            when,
            sentence: event.sentence.clone(),
            label: label.clone(),
            cite,
            doubted,
            details: event.details.clone(),
            ..Told::default()
        };
        self.write(world, polity, &told);
        let of = &mut self.polities[polity];
        if !event.state {
            of.last_end = Some(event.end);
        }
        let named = (!label.is_empty() && !event.state).then_some(Named {
            label,
            start: event.start,
            end: event.end,
        });
        if let Some(named) = &named {
            of.named.push(named.clone());
            if world.random.percent(20) {
                world.elsewhere.push_back(named.clone());
                if world.elsewhere.len() > 400 {
                    world.elsewhere.pop_front();
                }
            }
            let again = Again {
                source: cited,
                is_close: is_close && !doubted,
            };
            self.retell(world, &event, named, &again);
        }
        named
    }

    /// Writes a claim on the page of a polity.
    pub(super) fn write(&mut self, world: &mut World<'_>, polity: usize, told: &Told) {
        self.polities[polity].page.claim(told);
        self.claims += 1;
        world.claims += 1;
    }

    /// Counts the second claim of a list.
    pub(super) fn also_claims(&mut self, world: &mut World<'_>) {
        self.claims += 1;
        world.claims += 1;
    }

    fn label(&mut self, polity: usize, word: &str) -> String {
        if word.is_empty() {
            return String::new();
        }
        self.labels += 1;
        let of = slug(&self.polities[polity].name);
        format!("{of}-{word}-{}", self.labels)
    }

    /// The citation of a claim in a section of this source, and which source that is.
    fn cite(&self, world: &mut World<'_>, source: usize) -> (String, Option<usize>) {
        let random = &mut world.random;
        let page = random.between(1, 400);
        match random.below(100) {
            0..=49 => (String::new(), Some(source)),
            50..=84 => {
                let other = random.below(self.sources.len());
                (format!("[@{}, {page}]", self.sources[other]), Some(other))
            }
            85..=94 => {
                let (a, b) = (&self.sources[source], random.below(self.sources.len()));
                match b == source {
                    true => (format!("[@{a}, {page}]"), Some(source)),
                    false => (format!("[@{a}, {page}; @{}]", self.sources[b]), None),
                }
            }
            _ => (
                format!("[@{}, fol. {page}v]", self.sources[source]),
                Some(source),
            ),
        }
    }

    /// When an event was: by its own days, or by what was told before it.
    fn when(&mut self, world: &mut World<'_>, polity: usize, event: &Event) -> (String, bool) {
        let Event { start, end, .. } = *event;
        let of = &self.polities[polity];
        if !event.state && world.random.percent(42) {
            let near = of.named.iter().rev().take(3);
            let near: Vec<&Named> = near.collect();
            let choice = world.random.below(4);
            if choice == 0 && of.last_end.is_some_and(|last| last <= start) {
                return ("then".to_owned(), false);
            }
            if let Some(anchor) = near.get(world.random.below(near.len()))
                && let Some(words) = relative(world, anchor, event)
            {
                return (words, false);
            }
            if choice == 3 && world.random.percent(50) && !world.elsewhere.is_empty() {
                let far = world.elsewhere[world.random.below(world.elsewhere.len())].clone();
                if let Some(order) = order(&far, event) {
                    let days = dates::dated(&mut world.random, start, end);
                    return (format!("{order}, {}", days.words), false);
                }
            }
        }
        let dated = self.date(world, start, end);
        (dated.words, dated.close)
    }

    fn date(&self, world: &mut World<'_>, start: i64, end: i64) -> Dated {
        if start == end && world.owes_disjunction() {
            world.disjunctions += 1;
            return dates::either(&mut world.random, start);
        }
        dates::dated(&mut world.random, start, end)
    }

    /// Some events are told by another source too, and some of these accounts cannot be true.
    fn retell(&mut self, world: &mut World<'_>, event: &Event, named: &Named, again: &Again) {
        let Some(first) = again.source else { return };
        let source = (first + 1 + world.random.below(self.sources.len() - 1)) % self.sources.len();
        let away = world.random.between(2, 9) * 366;
        let words = if again.is_close && world.owes_conflict() && world.random.percent(50) {
            world.conflicts += 1;
            dates::iso(event.start + away)
        } else if world.random.percent(9) {
            self.date(world, event.start, event.end).words
        } else {
            return;
        };
        let told = Told {
            when: words,
            sentence: event.sentence.clone(),
            label: named.label.clone(),
            ..Told::default()
        };
        self.retold[source].claim(&told);
        self.claims += 1;
        world.claims += 1;
    }

    /// Opens the section of a reign.
    pub(super) fn section(&mut self, polity: usize, title: &str, first: i64, last: i64) {
        let of = &mut self.polities[polity];
        let source = &self.sources[of.source];
        let line = format!(
            "\nsection \"{title}\" within {} to {} from @{source}\n",
            dates::year(first),
            dates::year(last)
        );
        of.page.line(&line);
        of.last_end = None;
        of.named.clear();
    }

    /// Declarations, then what was told.
    fn text(self) -> String {
        let mut text = String::new();
        // Writing to a string cannot fail.
        let _ = writeln!(text, "\n// Region {}\n", self.number);
        for key in &self.sources {
            let _ = writeln!(text, "source {key}");
            let _ = writeln!(text, "  title \"The {} of region {}\"", key, self.number);
        }
        text.push('\n');
        for polity in &self.polities {
            let _ = writeln!(text, "polity {}", polity.name);
            let _ = writeln!(text, "  also Realm of {}", polity.name);
        }
        for town in &self.towns {
            let (north, east) = (town.latitude, town.longitude);
            let point = |micro: i64| {
                let size = micro.abs() / 10_000;
                format!("{}.{:02}", size / 100, size % 100)
            };
            let side = if east < 0 { "W" } else { "E" };
            let name = &town.name;
            let (north, east) = (point(north), point(east));
            let _ = writeln!(text, "city {name} at {north} N, {east} {side}");
        }
        for person in &self.people {
            let _ = writeln!(text, "person {person}");
        }
        for polity in &self.polities {
            text.push_str(&polity.page.text);
        }
        for (source, page) in self.retold.iter().enumerate() {
            if page.claims > 0 {
                let key = &self.sources[source];
                let title = format!("\nsection \"As told in {key}\" from @{key}\n\n");
                text.push_str(&title);
                text.push_str(&page.text);
            }
        }
        text
    }
}

/// By whom and how an event was told first.
struct Again {
    /// The source, where it was one.
    source: Option<usize>,
    /// Whether a date years away would contradict it.
    is_close: bool,
}

/// A date counted from an event, where there is a true one.
fn relative(world: &mut World<'_>, anchor: &Named, event: &Event) -> Option<String> {
    let Event { start, end, .. } = *event;
    let label = &anchor.label;
    let gap = start - anchor.end;
    if anchor.start < anchor.end && anchor.start <= start && end <= anchor.end {
        return Some(format!("during #{label}"));
    }
    if start == end && (1..=60).contains(&gap) && world.random.percent(70) {
        return Some(match world.random.below(3) {
            0 => format!(
                "within {} days of #{label}",
                gap + world.random.between(0, 9)
            ),
            1 if gap > 1 => format!("at least {} days after #{label}", gap - 1),
            _ if gap == 1 => format!("1 day after #{label}"),
            _ => format!("{gap} days after #{label}"),
        });
    }
    order(anchor, event)
}

/// `after #x` or `before #x`, whichever is true.
fn order(anchor: &Named, event: &Event) -> Option<String> {
    let label = &anchor.label;
    if anchor.end <= event.start {
        return Some(format!("after #{label}"));
    }
    (event.end <= anchor.start).then(|| format!("before #{label}"))
}
