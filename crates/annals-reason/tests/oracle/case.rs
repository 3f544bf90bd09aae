//! A small chronicle as a list of lines: easy to generate, to print and to shrink.

use annals_chronicle::{
    Anchor, Attestation, Bound, Certainty, Choice, Chronicle, Claim, ClaimId, Condition, Day,
    DaySet, Entity, EntityId, Event, EventId, EventKind, EventTypeId, Filler, Geography, Grid,
    Identity, KindId, Mode, Mover, Origin, Point, Preference, RelationId, Sentence, Source,
    SourceId, When,
};

use crate::words::{self, PERSON, POLITY, Rules};

/// Names by entity number: persons, polities, and a person of whom nothing is ever said.
pub const NAMES: [&str; 6] = ["x", "y", "z", "K", "L", "nobody"];
pub const PERSONS: [u32; 3] = [0, 1, 2];
pub const POLITIES: [u32; 2] = [3, 4];
pub const NOBODY: u32 = 5;
/// A role that a denial leaves open.
pub const UNFILLED: u32 = u32::MAX;

/// The most sources that lines share.
pub const SOURCES: usize = 3;

/// Length in days of the calendar cells of the one grid.
const CELL: i32 = 2;

/// A small chronicle.
#[derive(Clone, Debug)]
pub struct Case {
    pub rules: Rules,
    pub covers: Option<(i32, i32)>,
    /// The last day a date names; the first is 0.
    pub max: i32,
    pub lines: Vec<Line>,
    /// `one of`: the lines of two events.
    pub choice: Option<(usize, usize)>,
    /// That two things are one, and whether that is doubted.
    pub identity: Option<(u32, u32, bool)>,
    /// Sources, the one trusted more first.
    pub trust: Vec<(u32, u32)>,
    /// Things that may be the same as others.
    pub unnamed: Vec<u32>,
    /// Days from one polity to the other at least, for whoever is in both.
    pub travel: Option<i32>,
}

/// One claim. Anchors in its conditions name *lines* by `EventId`.
#[derive(Clone, Debug)]
pub struct Line {
    pub says: Says,
    pub mode: Mode,
    pub doubted: bool,
    pub lasting: bool,
    /// Whether it is only a draft, as a what-if makes of what it takes away.
    pub draft: bool,
    /// Who says it; where nobody is given, a source of its own.
    pub by: Vec<u32>,
    /// `A or B` in a role: the role and B.
    pub or_else: Option<(usize, u32)>,
    /// An earlier line whose event this one tells of too.
    pub same_event_as: Option<usize>,
    pub when: Vec<Place>,
}

/// An event type or a relation by index, with its roles filled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Says {
    Event(usize, Vec<u32>),
    State(usize, Vec<u32>),
}

/// One condition of a date.
#[derive(Clone, Debug)]
pub struct Place {
    pub alternatives: Vec<Point>,
    pub doubted: bool,
    pub reported: bool,
}

impl Place {
    pub fn plain(point: Point) -> Place {
        Place {
            alternatives: vec![point],
            doubted: false,
            reported: false,
        }
    }
}

/// The line an anchor names.
pub fn anchors(point: &Point) -> Option<usize> {
    match point {
        Point::After(a) | Point::Before(a) | Point::During(a) | Point::At(a) => {
            Some(a.event.index())
        }
        Point::Offset { anchor, .. } | Point::Cell { anchor, .. } => Some(anchor.event.index()),
        _ => None,
    }
}

/// The point with its anchors named otherwise.
pub fn renamed(point: &Point, name: &dyn Fn(EventId) -> EventId) -> Point {
    let mut copy = point.clone();
    match &mut copy {
        Point::After(a) | Point::Before(a) | Point::During(a) | Point::At(a) => {
            a.event = name(a.event);
        }
        Point::Offset { anchor, .. } | Point::Cell { anchor, .. } => {
            anchor.event = name(anchor.event);
        }
        _ => {}
    }
    copy
}

impl Case {
    /// The chronicle the lines make, straight from the nouns.
    pub fn chronicle(&self) -> Chronicle {
        let event_of = self.events_of_lines();
        let mut events: Vec<Event> = Vec::new();
        let mut claims = Vec::new();
        for (i, line) in self.lines.iter().enumerate() {
            let id = EventId(event_of[i]);
            if id.index() == events.len() {
                events.push(event(id, line));
            }
            events[id.index()].claims.push(ClaimId(i as u32));
            claims.push(claim(i, line, &event_of));
        }
        Chronicle {
            title: None,
            calendar: "julian".to_string(),
            covers: self.covers.map(|(a, b)| (Day(a), Day(b))),
            vocabulary: words::vocabulary(self.rules),
            entities: entities(&self.unnamed, self.travel),
            sources: (0..self.lines.len().max(SOURCES)).map(source).collect(),
            preferences: self.trust.iter().map(|t| preference(*t)).collect(),
            sections: Vec::new(),
            events,
            claims,
            choices: self.choice.iter().map(|c| choice(*c, &event_of)).collect(),
            identities: self.identity.iter().map(|i| identity(*i)).collect(),
            grids: vec![Grid {
                unit: "cell".to_string(),
                starts: (-1..=4).map(|i| Day(i * CELL)).collect(),
            }],
            roads: Vec::new(),
            units: Vec::new(),
            movers: self.travel.map(mover).into_iter().collect(),
        }
    }

    /// The number of the event of each line: shared where two lines tell of one event.
    fn events_of_lines(&self) -> Vec<u32> {
        let mut numbers: Vec<u32> = Vec::new();
        let mut next = 0;
        for line in &self.lines {
            match line.same_event_as {
                Some(earlier) => numbers.push(numbers[earlier]),
                None => {
                    numbers.push(next);
                    next += 1;
                }
            }
        }
        numbers
    }

    /// The case without one line and without the conditions that hang from it; `None` where
    /// another line tells of its event.
    pub fn without_line(&self, dropped: usize) -> Option<Case> {
        let shared = |l: &Line| l.same_event_as == Some(dropped);
        if self.lines.len() == 1 || self.lines.iter().any(shared) {
            return None;
        }
        let shift = |i: usize| if i > dropped { i - 1 } else { i };
        let mut copy = self.clone();
        copy.choice = copy.choice.filter(|(a, b)| *a != dropped && *b != dropped);
        copy.choice = copy.choice.map(|(a, b)| (shift(a), shift(b)));
        copy.lines.remove(dropped);
        for line in &mut copy.lines {
            line.same_event_as = line.same_event_as.map(shift);
            line.when.retain(|place| {
                let on_dropped = |p| anchors(p) == Some(dropped);
                !place.alternatives.iter().any(on_dropped)
            });
            for place in &mut line.when {
                for point in &mut place.alternatives {
                    *point = renamed(point, &|e| EventId(shift(e.index()) as u32));
                }
            }
        }
        Some(copy)
    }

    /// The case without one condition of one line.
    pub fn without_condition(&self, line: usize, condition: usize) -> Case {
        let mut copy = self.clone();
        copy.lines[line].when.remove(condition);
        copy
    }

    /// The case with one doubt, one constraint or one lasting less.
    pub fn simpler(&self) -> Vec<Case> {
        let mut all = Vec::new();
        for i in 0..self.lines.len() {
            let mut copy = self.clone();
            copy.lines[i].doubted = false;
            copy.lines[i].draft = false;
            copy.lines[i].or_else = None;
            if self.lines[i].doubted || self.lines[i].draft || self.lines[i].or_else.is_some() {
                all.push(copy);
            }
        }
        for i in 0..self.trust.len() {
            let mut copy = self.clone();
            copy.trust.remove(i);
            all.push(copy);
        }
        for i in 0..self.unnamed.len() {
            let mut copy = self.clone();
            copy.unnamed.remove(i);
            all.push(copy);
        }
        if self.choice.is_some() {
            all.push(Case {
                choice: None,
                ..self.clone()
            });
        }
        if self.identity.is_some() {
            all.push(Case {
                identity: None,
                ..self.clone()
            });
        }
        if self.travel.is_some() {
            all.push(Case {
                travel: None,
                ..self.clone()
            });
        }
        let whole = Rules { ..self.rules };
        for rules in [
            Rules {
                once: false,
                ..whole
            },
            Rules {
                lasts: None,
                ..whole
            },
            Rules {
                fades: None,
                ..whole
            },
            Rules {
                needs: false,
                ..whole
            },
        ] {
            if rules != self.rules {
                all.push(Case {
                    rules,
                    ..self.clone()
                });
            }
        }
        if self.covers.is_some() {
            all.push(Case {
                covers: None,
                ..self.clone()
            });
        }
        all
    }

    /// The case as a reader would write it, one line a claim.
    pub fn describe(&self) -> String {
        let mut text = format!("{:?}, covers {:?}\n", self.rules, self.covers);
        let event_of = self.events_of_lines();
        for (i, line) in self.lines.iter().enumerate() {
            let when: Vec<String> = line.when.iter().map(describe_place).collect();
            let mode = match line.mode {
                Mode::Asserted => "",
                Mode::Denied => "not: ",
                Mode::UnknownWhether => "unknown whether: ",
                Mode::Ordered => "ordered: ",
                _ => "other mode: ",
            };
            let lasting = if line.lasting { " (lasting)" } else { "" };
            let doubt = if line.doubted { " ?" } else { "" };
            let or = line.or_else.map_or(String::new(), |(role, other)| {
                format!(" (role {role} or {})", NAMES[other as usize])
            });
            let draft = if line.draft { " (draft)" } else { "" };
            let by: Vec<String> = line.by.iter().map(|s| format!(" @s{s}")).collect();
            let doubt = format!("{or}{doubt}{draft}{}", by.concat());
            text += &format!(
                "  claim {i} of event {}: [{}]: {mode}{}{lasting}{doubt}\n",
                event_of[i],
                when.join(", "),
                self.sentence(&line.says),
            );
        }
        if let Some(days) = self.travel {
            text += &format!("  K and L are {days} days apart\n");
        }
        for (better, worse) in &self.trust {
            text += &format!("  prefer @s{better} over @s{worse}\n");
        }
        for unnamed in &self.unnamed {
            text += &format!("  {} is unnamed\n", NAMES[*unnamed as usize]);
        }
        if let Some((a, b)) = self.choice {
            text += &format!("  one of event {}, event {}\n", event_of[a], event_of[b]);
        }
        if let Some((a, b, doubted)) = self.identity {
            let doubt = if doubted { " ?" } else { "" };
            text += &format!("  {} is {}{doubt}\n", NAMES[a as usize], NAMES[b as usize]);
        }
        text
    }

    fn sentence(&self, says: &Says) -> String {
        let vocabulary = words::vocabulary(self.rules);
        let (name, roles) = match says {
            Says::Event(t, roles) => (&vocabulary.event_types[*t].name, roles),
            Says::State(r, roles) => (&vocabulary.relations[*r].name, roles),
        };
        let names: Vec<&str> = roles
            .iter()
            .map(|e| *NAMES.get(*e as usize).unwrap_or(&"_"))
            .collect();
        format!("{} {name} {}", names[0], names[1..].join(" "))
    }
}

fn choice((a, b): (usize, usize), event_of: &[u32]) -> Choice {
    Choice {
        events: vec![EventId(event_of[a]), EventId(event_of[b])],
        attestations: Vec::new().into(),
        span: words::nowhere(),
    }
}

fn identity((a, b, doubted): (u32, u32, bool)) -> Identity {
    Identity {
        a: EntityId(a),
        b: EntityId(b),
        doubted,
        attestations: Vec::new().into(),
        span: words::nowhere(),
    }
}

fn preference((better, worse): (u32, u32)) -> Preference {
    Preference {
        better: SourceId(better),
        worse: SourceId(worse),
        span: words::nowhere(),
    }
}

/// Metres between the two polities, wherever in their surroundings anybody was: a degree of the
/// equator less five kilometres at both ends.
const APART_M: u64 = 110_574 - 10_000;

/// Whoever is no faster than this needs so many days from one polity to the other.
fn mover(days: i32) -> Mover {
    let most_m = APART_M.div_ceil(days as u64 + 1);
    Mover {
        names: vec!["mover".to_string()],
        least_m: most_m,
        usual_m: None,
        most_m,
        written: String::new(),
        rests_after: None,
        water_days: None,
        carries: Vec::new(),
        exceptional: false,
        afloat: false,
        certainty: None,
        attestations: Vec::new(),
        notes: Vec::new(),
        span: words::nowhere(),
    }
}

/// The polities lie a degree apart on the equator, where anybody travels.
fn place(entity: usize, travel: Option<i32>) -> Option<annals_chronicle::Place> {
    let longitude_micro = match POLITIES.iter().position(|p| *p as usize == entity)? {
        0 => 0,
        _ => 1_000_000,
    };
    travel.map(|_| annals_chronicle::Place {
        latitude_micro: 0,
        longitude_micro,
    })
}

fn entities(unnamed: &[u32], travel: Option<i32>) -> Vec<Entity> {
    NAMES
        .iter()
        .enumerate()
        .map(|(i, name)| Entity {
            id: EntityId(i as u32),
            name: (*name).to_string(),
            kind: KindId(if POLITIES.contains(&(i as u32)) {
                POLITY
            } else {
                PERSON
            } as u32),
            names: Vec::new(),
            unnamed: unnamed.contains(&(i as u32)),
            words: false,
            plural: false,
            shares_name: false,
            place: place(i, travel),
            geography: Geography {
                certainty: Some(Certainty::Certain),
                ..Geography::default()
            },
            span: words::nowhere(),
        })
        .collect()
}

fn source(i: usize) -> Source {
    Source {
        key: format!("s{i}"),
        fields: Vec::new(),
        span: None,
        is_file: false,
    }
}

fn event(id: EventId, line: &Line) -> Event {
    Event {
        id,
        label: Some(format!("e{}", id.0).into()),
        kind: match line.says {
            Says::Event(..) => EventKind::Occurrence,
            Says::State(..) => EventKind::Mention,
        },
        lasting: line.lasting,
        claims: Vec::new().into(),
        span: words::nowhere(),
    }
}

fn claim(i: usize, line: &Line, event_of: &[u32]) -> Claim {
    let filler = |(role, e): (usize, &u32)| match line.or_else {
        _ if *e == UNFILLED => Filler::Unfilled,
        Some((r, other)) if r == role => Filler::OneOf(vec![EntityId(*e), EntityId(other)].into()),
        _ => Filler::Entities(vec![EntityId(*e)].into()),
    };
    let fill = |roles: &[u32]| -> Vec<Filler> { roles.iter().enumerate().map(filler).collect() };
    let sentence = match &line.says {
        Says::Event(t, roles) => Sentence::Happens {
            event_type: EventTypeId(*t as u32),
            roles: fill(roles).into(),
            tail: Vec::new(),
        },
        Says::State(r, roles) => Sentence::Holds {
            relation: RelationId(*r as u32),
            roles: fill(roles).into(),
            tail: Vec::new(),
        },
    };
    Claim {
        id: ClaimId(i as u32),
        span: words::nowhere(),
        sentence_span: words::nowhere(),
        event: EventId(event_of[i]),
        when: When {
            conditions: line.when.iter().map(|p| condition(p, event_of)).collect(),
        },
        mode: line.mode,
        sentence,
        doubted: line.doubted,
        attestations: attestations(i, line).into(),
        details: Vec::new(),
        section: None,
        draft: line.draft,
    }
}

fn attestations(i: usize, line: &Line) -> Vec<Attestation> {
    let own = [i as u32];
    let by = if line.by.is_empty() {
        &own[..]
    } else {
        &line.by
    };
    let attest = |source: &u32| Attestation {
        source: SourceId(*source),
        locator: None,
        via: None,
        span: words::nowhere(),
    };
    by.iter().map(attest).collect()
}

fn condition(place: &Place, event_of: &[u32]) -> Condition {
    let name = |e: EventId| EventId(event_of[e.index()]);
    Condition {
        written: describe_place(place).into(),
        span: words::nowhere(),
        origin: Origin::Claim,
        reported: place.reported,
        doubted: place.doubted,
        alternatives: place
            .alternatives
            .iter()
            .map(|p| renamed(p, &name))
            .collect(),
        soft: None,
        sic: None,
    }
}

fn describe_place(place: &Place) -> String {
    let points: Vec<String> = place.alternatives.iter().map(describe_point).collect();
    format!(
        "{}{}{}",
        if place.reported { "reported " } else { "" },
        points.join(" or "),
        if place.doubted { " ?" } else { "" }
    )
}

fn describe_point(point: &Point) -> String {
    let dates = |set: &Option<DaySet>| set.as_ref().map_or(String::new(), describe_days);
    match point {
        Point::Undated => "undated".to_string(),
        Point::Always => "always".to_string(),
        Point::On(set) => describe_days(set),
        Point::Span { from, to } => format!("from <{}> to <{}>", dates(from), dates(to)),
        Point::Throughout(set) => format!("throughout {}", describe_days(set)),
        Point::After(a) => format!("after {}", describe_anchor(a)),
        Point::Before(a) => format!("before {}", describe_anchor(a)),
        Point::During(a) => format!("during {}", describe_anchor(a)),
        Point::At(a) => format!("at {}", describe_anchor(a)),
        Point::Offset {
            anchor,
            least,
            most,
        } => {
            let end = |o: &Option<i32>| o.map_or("..".to_string(), |n| n.to_string());
            let (least, most) = (end(least), end(most));
            format!("{least} to {most} days after {}", describe_anchor(anchor))
        }
        Point::Cell { anchor, offset, .. } => {
            format!("{offset} cells after {}", describe_anchor(anchor))
        }
    }
}

fn describe_anchor(anchor: &Anchor) -> String {
    match anchor.bound {
        Bound::Start => format!("start of claim {}", anchor.event.0),
        Bound::End => format!("end of claim {}", anchor.event.0),
        Bound::Whole => format!("claim {}", anchor.event.0),
    }
}

/// Day sets as `1..2 or 4..4`, open ends left out.
pub fn describe_days(set: &DaySet) -> String {
    let ranges: Vec<String> = set
        .ranges()
        .iter()
        .map(|r| {
            let day = |d: Option<Day>| d.map_or(String::new(), |d| d.to_string());
            format!("{}..{}", day(r.first), day(r.last))
        })
        .collect();
    ranges.join(" or ")
}
