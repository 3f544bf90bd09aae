//! The vocabulary of the small chronicles: a few relations and event types that together show
//! every effect and constraint the engine knows.

use annals_chronicle::{
    Argument, Constraint, Edge, Effect, EventType, EventTypeId, Kind, KindId, Presence, Relation,
    RelationId, Role, RoleContent, Spot, Template, Vocabulary,
};
use annals_text::{FileId, Span};

/// Which constraints the relations carry in one case.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rules {
    /// `is alive` never returns.
    pub once: bool,
    /// The mentions of `is alive` lie within so many days.
    pub lasts: Option<i32>,
    /// `rules` is unrecorded further than so many days from a mention.
    pub fades: Option<i32>,
    /// `rules` needs `is alive` and ends with it.
    pub needs: bool,
}

/// Relations, by index.
pub const RULES: usize = 0;
pub const KNOWS: usize = 1;
pub const ALIVE: usize = 2;
pub const ALLIED: usize = 3;

/// Event types, by index.
pub const INSTALL: usize = 0;
pub const DEPOSE: usize = 1;
pub const CAPTURE: usize = 2;
pub const VISIT: usize = 3;
pub const SHUN: usize = 4;
pub const REPLACE: usize = 5;
pub const FIGHT: usize = 6;
pub const RAID: usize = 7;
pub const MEET: usize = 8;
pub const FORGET: usize = 9;
pub const BORN: usize = 10;
pub const DIES: usize = 11;
pub const ALLY: usize = 12;
pub const PART: usize = 13;
pub const TEST: usize = 14;

/// The kinds of things: persons fill the values, polities the slots.
pub const PERSON: usize = 0;
pub const POLITY: usize = 1;

pub fn nowhere() -> Span {
    Span::new(FileId(0), 0, 0)
}

fn role(name: &str, kind: usize) -> Role {
    Role {
        name: name.to_string(),
        content: RoleContent::Kinds(vec![KindId(kind as u32)]),
        least: 1,
        together: false,
    }
}

fn relation(id: usize, name: &str, roles: &[usize], constraints: Vec<Constraint>) -> Relation {
    Relation {
        id: RelationId(id as u32),
        name: name.to_string(),
        roles: roles
            .iter()
            .enumerate()
            .map(|(i, kind)| role(&format!("r{i}"), *kind))
            .collect(),
        patterns: Vec::new(),
        meaning: String::new(),
        constraints,
        presences: presences(id == KNOWS, Edge::Start),
        drawn: None,
        span: nowhere(),
    }
}

/// The first role is found in, or left at, the second.
fn presences(there: bool, edge: Edge) -> Vec<Presence> {
    let presence = Presence {
        who: 0,
        place: Spot::Role(1),
        edge,
    };
    there.then_some(presence).into_iter().collect()
}

/// A relation filled from the roles of an event by index; `None` is `any`.
fn filled(relation: usize, arguments: &[Option<u32>]) -> Template {
    Template {
        relation: RelationId(relation as u32),
        arguments: arguments
            .iter()
            .map(|a| a.map_or(Argument::Any, Argument::Role))
            .collect(),
    }
}

fn relations(rules: Rules) -> Vec<Relation> {
    let mut ruling = vec![Constraint::One {
        value: vec![0],
        per: vec![1],
    }];
    if rules.needs {
        ruling.push(Constraint::Needs(filled(ALIVE, &[Some(0)])));
    }
    if let Some(days) = rules.fades {
        let written = format!("{days} days");
        ruling.push(Constraint::FadesAfter { days, written });
    }
    let mut living = Vec::new();
    if rules.once {
        living.push(Constraint::Once);
    }
    if let Some(days) = rules.lasts {
        let written = format!("{days} days");
        living.push(Constraint::LastsAtMost { days, written });
    }
    vec![
        relation(RULES, "rules", &[PERSON, POLITY], ruling),
        relation(KNOWS, "knows", &[PERSON, POLITY], Vec::new()),
        relation(ALIVE, "is alive", &[PERSON], living),
        relation(
            ALLIED,
            "is allied with",
            &[PERSON, PERSON],
            vec![Constraint::Symmetric],
        ),
    ]
}

fn event(
    id: usize,
    name: &str,
    roles: &[usize],
    kind_of: &[usize],
    effects: Vec<Effect>,
) -> EventType {
    EventType {
        id: EventTypeId(id as u32),
        name: name.to_string(),
        roles: roles
            .iter()
            .enumerate()
            .map(|(i, kind)| role(&format!("r{i}"), *kind))
            .collect(),
        patterns: Vec::new(),
        meaning: String::new(),
        effects,
        kind_of: kind_of.iter().map(|t| EventTypeId(*t as u32)).collect(),
        lasting: false,
        presences: [
            presences(matches!(id, MEET | FIGHT), Edge::Start),
            presences(matches!(id, FORGET | FIGHT), Edge::End),
        ]
        .concat(),
        site: None,
        pace: None,
        drawn: None,
        span: nowhere(),
    }
}

fn events() -> Vec<EventType> {
    use Effect::{Begins, Ends, EndsAny, Needs, NeedsNot};
    let rule = || filled(RULES, &[Some(0), Some(1)]);
    let know = || filled(KNOWS, &[Some(0), Some(1)]);
    let live = || filled(ALIVE, &[Some(0)]);
    let ally = || filled(ALLIED, &[Some(0), Some(1)]);
    let pair = [PERSON, POLITY];
    let replaces = vec![Ends(rule()), Begins(filled(RULES, &[Some(2), Some(1)]))];
    let captured = vec![Needs(live()), EndsAny(filled(RULES, &[Some(0), None]))];
    vec![
        event(INSTALL, "is installed in", &pair, &[], vec![Begins(rule())]),
        event(DEPOSE, "is deposed in", &pair, &[], vec![Ends(rule())]),
        event(CAPTURE, "is captured", &[PERSON], &[], captured),
        event(VISIT, "reigns in", &pair, &[], vec![Needs(rule())]),
        event(SHUN, "is refused in", &pair, &[], vec![NeedsNot(rule())]),
        event(
            REPLACE,
            "yields to",
            &[PERSON, POLITY, PERSON],
            &[],
            replaces,
        ),
        event(FIGHT, "fights", &pair, &[], Vec::new()),
        event(RAID, "raids", &pair, &[FIGHT], Vec::new()),
        event(MEET, "meets", &pair, &[], vec![Begins(know())]),
        event(FORGET, "forgets", &pair, &[], vec![Ends(know())]),
        event(BORN, "is born", &[PERSON], &[], vec![Begins(live())]),
        event(DIES, "dies", &[PERSON], &[], vec![Ends(live())]),
        event(ALLY, "allies", &[PERSON, PERSON], &[], vec![Begins(ally())]),
        event(PART, "parts", &[PERSON, PERSON], &[], vec![Ends(ally())]),
        // Needs at its start what it ends at its end: the two differ where it lasts.
        event(
            TEST,
            "is tested in",
            &pair,
            &[],
            vec![Needs(rule()), Ends(rule())],
        ),
    ]
}

/// The vocabulary with the constraints of one case.
pub fn vocabulary(rules: Rules) -> Vocabulary {
    let kind = |name: &str| Kind {
        name: name.to_string(),
        parents: Vec::new(),
        moves: name == "person",
        wide: false,
        afloat: false,
        span: nowhere(),
    };
    Vocabulary {
        kinds: vec![kind("person"), kind("polity")],
        relations: relations(rules),
        event_types: events(),
        circumstances: Vec::new(),
    }
}
