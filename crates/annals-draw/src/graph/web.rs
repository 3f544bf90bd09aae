//! What a graph shows: its boxes, what stands in them, and the ties between them.
//!
//! What comes in: an overview. What goes out: boxes in the order of things, ties in the order of
//! states. States between the same two things in the same form are one tie.

use std::collections::{BTreeMap, BTreeSet};

use annals_query::{Overview, StateSeen, ThingSeen};

use super::GraphOptions;
use crate::marks::When;
use crate::text::{bold_width, width};
use crate::words::{bare_name, second_name, shortened};

/// How two boxes are tied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Form {
    /// The second stands above the first.
    Above,
    /// They are allied.
    Beside,
    /// They are enemies.
    Against,
    /// They are kin; the order means nothing.
    Kin,
    /// The second is the parent of the first.
    Born,
    /// They may be one.
    Same,
}

impl Form {
    /// Whether the second stands in a layer above the first.
    pub(crate) fn has_layers(self) -> bool {
        matches!(self, Form::Above | Form::Born)
    }
}

/// A box.
pub(crate) struct Node<'a> {
    /// What it stands for.
    pub(crate) thing: &'a ThingSeen,
    /// Its rulers and captives.
    pub(crate) lines: Vec<Line<'a>>,
    /// When any of its lines or ties holds.
    pub(crate) when: When,
    /// Its second name, in its own script.
    pub(crate) second: Option<String>,
    /// Its width.
    pub(crate) width: f64,
    /// Its height.
    pub(crate) height: f64,
}

/// A line in a box.
pub(crate) struct Line<'a> {
    /// The state it tells of.
    pub(crate) state: &'a StateSeen,
    /// Its words.
    pub(crate) words: String,
    /// Its days in words.
    pub(crate) days: String,
    /// When it holds.
    pub(crate) when: When,
}

/// A tie.
pub(crate) struct Tie<'a> {
    /// Its form.
    pub(crate) form: Form,
    /// The vassal, or the first.
    pub(crate) from: usize,
    /// The lord, or the second.
    pub(crate) to: usize,
    /// The states it stands for; none for a doubted name.
    pub(crate) states: Vec<&'a StateSeen>,
    /// When any of them holds.
    pub(crate) when: When,
    /// A few words for it.
    pub(crate) words: String,
}

/// Everything a graph shows.
pub(crate) struct Web<'a> {
    /// The boxes, in the order of things.
    pub(crate) nodes: Vec<Node<'a>>,
    /// The ties, in the order of states.
    pub(crate) ties: Vec<Tie<'a>>,
    /// How many boxes there was no room for.
    pub(crate) left_out: usize,
}

/// A tie between things, before it is known which of them are shown.
struct Loose<'a> {
    form: Form,
    from: u32,
    to: u32,
    states: Vec<&'a StateSeen>,
}

impl<'a> Web<'a> {
    /// What there is to show.
    pub(crate) fn new(overview: &'a Overview, options: &GraphOptions) -> Web<'a> {
        let mut loose = match &options.family_of {
            Some(name) => family(overview, name),
            None => ties_of(overview, &[Form::Above, Form::Beside, Form::Against]),
        };
        let mut shown: BTreeSet<u32> = loose.iter().flat_map(|t| [t.from, t.to]).collect();
        let homes = homes(overview, &shown);
        if options.family_of.is_none() {
            shown.extend(captors(overview, &homes));
            if options.alone {
                shown.extend(parts(overview, "ruling", 1));
            }
        }
        let left_out = keep_connected(&mut shown, &loose, options.most_boxes.max(2));
        loose.extend(doubted_names(overview, &shown));
        let mut nodes: Vec<Node> = Vec::new();
        let mut place: BTreeMap<u32, usize> = BTreeMap::new();
        for thing in overview
            .things
            .iter()
            .filter(|thing| shown.contains(&thing.id))
        {
            place.insert(thing.id, nodes.len());
            nodes.push(Node::new(overview, thing, &homes, options));
        }
        let tie = |loose: Loose<'a>| {
            let (from, to) = (*place.get(&loose.from)?, *place.get(&loose.to)?);
            (from != to).then(|| Tie::new(loose, from, to))
        };
        let ties: Vec<Tie> = loose.into_iter().filter_map(tie).collect();
        for tie in &ties {
            for end in [tie.from, tie.to] {
                nodes[end].when = nodes[end].when.or(&tie.when);
            }
        }
        Web {
            nodes,
            ties,
            left_out,
        }
    }
}

/// The states of some forms, those between the same things in the same form together.
fn ties_of<'a>(overview: &'a Overview, forms: &[Form]) -> Vec<Loose<'a>> {
    let mut ties: Vec<Loose> = Vec::new();
    let mut known: BTreeMap<(Form, u32, u32), usize> = BTreeMap::new();
    for state in &overview.states {
        let Some(drawn) = &state.drawn else {
            continue;
        };
        let form = match drawn.form {
            "above" => Form::Above,
            "beside" => Form::Beside,
            "against" => Form::Against,
            "kin" => Form::Kin,
            "born" => Form::Born,
            _ => continue,
        };
        let (Some(first), Some(second)) = (drawn.parts[0].first(), drawn.parts[1].first()) else {
            continue;
        };
        if !forms.contains(&form) || first == second {
            continue;
        }
        // The first part of "above" is the lord; a tie runs from the vassal to the lord.
        let (from, to) = match form {
            Form::Above => (*second, *first),
            Form::Born => (*first, *second),
            _ => (*first.min(second), *first.max(second)),
        };
        match known.get(&(form, from, to)) {
            Some(at) => ties[*at].states.push(state),
            None => {
                known.insert((form, from, to), ties.len());
                let states = vec![state];
                ties.push(Loose {
                    form,
                    from,
                    to,
                    states,
                });
            }
        }
    }
    ties
}

/// The kin of whoever bears a name, and their kin.
fn family<'a>(overview: &'a Overview, name: &str) -> Vec<Loose<'a>> {
    let ties = ties_of(overview, &[Form::Kin, Form::Born]);
    let mut inside: BTreeSet<u32> = crate::words::bearers(overview, name);
    loop {
        let before = inside.len();
        for tie in &ties {
            if inside.contains(&tie.from) || inside.contains(&tie.to) {
                inside.extend([tie.from, tie.to]);
            }
        }
        // Whoever may be one with a member is looked at too.
        for pair in same_pairs(overview) {
            if inside.contains(&pair.0) || inside.contains(&pair.1) {
                inside.extend([pair.0, pair.1]);
            }
        }
        if inside.len() == before {
            break;
        }
    }
    ties.into_iter()
        .filter(|tie| inside.contains(&tie.from))
        .collect()
}

/// Things of which one bears the other's name, doubted.
fn same_pairs(overview: &Overview) -> BTreeSet<(u32, u32)> {
    let by_name: BTreeMap<&str, u32> = overview
        .things
        .iter()
        .map(|t| (t.name.as_str(), t.id))
        .collect();
    let mut pairs = BTreeSet::new();
    for thing in &overview.things {
        for name in thing.names.iter().filter(|name| name.doubted) {
            if let Some(other) = by_name
                .get(name.text.as_str())
                .filter(|id| **id != thing.id)
            {
                pairs.insert((thing.id.min(*other), thing.id.max(*other)));
            }
        }
    }
    pairs
}

fn doubted_names<'a>(overview: &Overview, shown: &BTreeSet<u32>) -> Vec<Loose<'a>> {
    let pairs = same_pairs(overview).into_iter();
    let both = pairs.filter(|(a, b)| shown.contains(a) && shown.contains(b));
    both.map(|(from, to)| Loose {
        form: Form::Same,
        from,
        to,
        states: vec![],
    })
    .collect()
}

/// The things that play a part in states of a form.
fn parts(overview: &Overview, form: &str, part: usize) -> BTreeSet<u32> {
    let drawn = overview.states.iter().filter_map(|s| s.drawn.as_ref());
    let of_form = drawn.filter(|d| d.form == form);
    of_form
        .filter_map(|d| d.parts[part].first().copied())
        .collect()
}

/// In which box a person is looked for: that of the polity he rules, if it is shown.
fn homes(overview: &Overview, shown: &BTreeSet<u32>) -> BTreeMap<u32, u32> {
    let mut homes = BTreeMap::new();
    for drawn in overview.states.iter().filter_map(|s| s.drawn.as_ref()) {
        if let ("ruling", [person], [polity]) = (
            drawn.form,
            drawn.parts[0].as_slice(),
            drawn.parts[1].as_slice(),
        ) && shown.contains(polity)
        {
            homes.entry(*person).or_insert(*polity);
        }
    }
    homes
}

/// Captors that need a box of their own.
fn captors(overview: &Overview, homes: &BTreeMap<u32, u32>) -> BTreeSet<u32> {
    let mut captors = parts(overview, "kept", 1);
    captors.retain(|captor| !homes.contains_key(captor));
    captors
}

/// Keeps the things with most ties; says how many are left out.
fn keep_connected(shown: &mut BTreeSet<u32>, ties: &[Loose], most: usize) -> usize {
    if shown.len() <= most {
        return 0;
    }
    let mut count: BTreeMap<u32, usize> = BTreeMap::new();
    for tie in ties {
        *count.entry(tie.from).or_default() += 1;
        *count.entry(tie.to).or_default() += 1;
    }
    let mut order: Vec<u32> = shown.iter().copied().collect();
    order.sort_by_key(|id| (std::cmp::Reverse(count.get(id).copied().unwrap_or(0)), *id));
    let left_out = order.len() - most;
    *shown = order.into_iter().take(most).collect();
    left_out
}

/// The size of a box's name.
pub(crate) const NAME_SIZE: f64 = 13.0;
/// The size of its lines.
pub(crate) const LINE_SIZE: f64 = 11.0;
/// The widest box.
const WIDEST: f64 = 320.0;
/// The most lines in a box.
const MOST_LINES: usize = 14;

impl<'a> Node<'a> {
    fn new(
        overview: &'a Overview,
        thing: &'a ThingSeen,
        homes: &BTreeMap<u32, u32>,
        options: &GraphOptions,
    ) -> Node<'a> {
        let lines = match options.family_of {
            Some(_) => vec![],
            None => lines_of(overview, thing, homes),
        };
        let name = bold_width(bare_name(&thing.name), NAME_SIZE);
        let second = second_name(thing);
        let with_second = second
            .as_ref()
            .map_or(name, |s| name + 8.0 + width(s, 12.0));
        let line =
            |line: &Line| width(&line.words, LINE_SIZE) + width(&line.days, LINE_SIZE) + 24.0;
        let widest = lines.iter().map(line).fold(with_second, f64::max);
        Node {
            thing,
            width: (widest + 28.0).clamp(84.0, WIDEST),
            height: 32.0 + 15.5 * lines.len() as f64 + if lines.is_empty() { 0.0 } else { 3.0 },
            second,
            when: lines
                .iter()
                .fold(When::default(), |when, line| when.or(&line.when)),
            lines,
        }
    }
}

/// Who ruled it, and whom it or its ruler kept.
fn lines_of<'a>(
    overview: &'a Overview,
    thing: &ThingSeen,
    homes: &BTreeMap<u32, u32>,
) -> Vec<Line<'a>> {
    let belongs = |state: &&StateSeen| {
        state.drawn.as_ref().is_some_and(|drawn| {
            let second = drawn.parts[1].first();
            match drawn.form {
                "ruling" => second == Some(&thing.id),
                "kept" => second.is_some_and(|captor| {
                    *captor == thing.id || homes.get(captor) == Some(&thing.id)
                }),
                _ => false,
            }
        })
    };
    let mut states: Vec<&StateSeen> = overview.states.iter().filter(belongs).collect();
    let rank = |s: &StateSeen| s.drawn.as_ref().is_some_and(|d| d.form == "kept");
    states.sort_by_key(|state| rank(state));
    states.truncate(MOST_LINES);
    states
        .into_iter()
        .map(|state| {
            let when = When::of_state(state);
            Line {
                state,
                words: shortened(&state.sentence, thing),
                days: crate::words::days_words(overview, &when),
                when,
            }
        })
        .collect()
}

impl<'a> Tie<'a> {
    fn new(loose: Loose<'a>, from: usize, to: usize) -> Tie<'a> {
        let mut when = When::default();
        let mut words: Vec<&str> = Vec::new();
        for state in &loose.states {
            when = when.or(&When::of_state(state));
            let relation = without_verb(&state.relation);
            if !words.contains(&relation) {
                words.push(relation);
            }
        }
        Tie {
            form: loose.form,
            from,
            to,
            states: loose.states,
            when,
            words: words.join(", "),
        }
    }
}

/// A relation's name as a remark on a line: `subject to` for `is subject to`.
fn without_verb(relation: &str) -> &str {
    let rest = relation.strip_prefix("is ").unwrap_or(relation);
    let rest = rest
        .strip_prefix("a ")
        .or(rest.strip_prefix("an "))
        .unwrap_or(rest);
    rest.split(" (").next().unwrap_or(rest)
}
