//! Ways, reach and reckonings as plain text.

use crate::text_parts::source_list;
use crate::travel_types::{LegShown, MoverShown, ReachShown, ReachedPlace, Reckoning, RouteShown};

pub(crate) fn route_lines(route: &RouteShown) -> Vec<String> {
    let mut lines = vec![format!(
        "{}: {}",
        route.places.join(" to "),
        km(route.least_m, route.most_m)
    )];
    if let Some(straight) = route.straight_m {
        lines.push(format!(
            "  in straight lines {} km at least",
            straight / 1_000
        ));
    }
    if route.legs.is_empty() {
        let words = "  no roads are known: the straight line is the least it can be";
        lines.push(words.to_owned());
    }
    lines.extend(route.legs.iter().flat_map(leg_lines));
    if let Some(departs) = &route.departs {
        lines.push(format!("  setting out {}", departs.words));
    }
    if let Some(within) = route.within {
        lines.push(format!("  within {}", apart(within)));
    }
    lines.push("  days of travel, the first and the last counted:".to_owned());
    let width = route
        .movers
        .iter()
        .map(|m| m.name.chars().count())
        .max()
        .unwrap_or(0);
    lines.extend(route.movers.iter().map(|m| mover_line(m, width)));
    lines
}

fn leg_lines(leg: &LegShown) -> Vec<String> {
    let lengths: Vec<String> = (leg.lengths.iter())
        .map(|l| {
            let doubt = if l.doubted { " ?" } else { "" };
            let short = match l.below_straight {
                true => format!(
                    " (left out: the straight line is {} km at least)",
                    leg.straight_m / 1_000
                ),
                false => String::new(),
            };
            format!("{}{doubt}{}{short}", l.written, source_list(&l.sources))
        })
        .collect();
    let mut words = format!(
        "  {} to {}, {}",
        leg.from,
        leg.to,
        km(leg.least_m, leg.most_m)
    );
    if !lengths.is_empty() {
        words.push_str(&format!(": {}", lengths.join("; ")));
    }
    let mut lines = vec![words];
    if !leg.over.is_empty() {
        lines.push(format!("    over {}", leg.over.join(", ")));
    }
    if let Some(dry) = leg.waterless_m {
        let told = leg.waterless.iter();
        let told: Vec<String> = told
            .map(|l| format!("{}{}", l.written, source_list(&l.sources)))
            .collect();
        let told = match told.is_empty() {
            true => String::new(),
            false => format!(": {}", told.join("; ")),
        };
        lines.push(format!(
            "    no water for {} km at least{told}",
            dry / 1_000
        ));
    }
    lines
}

fn mover_line(mover: &MoverShown, width: usize) -> String {
    let pad = " ".repeat(width - mover.name.chars().count());
    let times = match (mover.fastest, mover.usual_least) {
        (Some(fastest), Some(usual)) => {
            let usual = match mover.usual_most {
                Some(most) if most != usual => format!("{usual} to {most}"),
                Some(_) => usual.to_string(),
                None => format!("{usual} or more"),
            };
            let slowest = mover
                .slowest
                .map(|s| format!(", {s} at the slowest"))
                .unwrap_or_default();
            let plural = if usual == "1" { "" } else { "s" };
            format!("{usual} day{plural}; {fastest} at the utmost{slowest}")
        }
        _ if mover.shut.is_empty() => "does not go here".to_owned(),
        _ => "no way".to_owned(),
    };
    let mut words = format!("  {}{pad}  {times}", mover.name);
    if let Some(arrives) = &mover.arrives {
        words.push_str(&format!("; there {}", arrives.exact));
    }
    if let Some(fit) = mover.fit {
        words.push_str(&format!(": {fit}"));
    }
    if !mover.shut.is_empty() {
        let round = match mover.round_by.is_empty() {
            true => String::new(),
            false => format!("round by {}, ", mover.round_by.join(", ")),
        };
        words.push_str(&format!(
            " ({round}not over {}, for want of water)",
            mover.shut.join(", ")
        ));
    }
    words.push_str(&format!(
        "  [{}{}]",
        mover.pace,
        source_list(&mover.sources)
    ));
    words
}

fn days(count: u64) -> String {
    match count {
        1 => "1 day".to_owned(),
        _ => format!("{count} days"),
    }
}

pub(crate) fn reach_lines(reach: &ReachShown) -> Vec<String> {
    let mut lines = vec![format!(
        "from {} within {}",
        reach.from,
        apart(reach.within)
    )];
    lines.push("  with the days of travel, the first and the last counted".to_owned());
    for mover in &reach.movers {
        lines.push(format!("  {}  [{}]", mover.name, mover.pace));
        let of = |wanted: &dyn Fn(&ReachedPlace) -> bool,
                  days: &dyn Fn(&ReachedPlace) -> String| {
            let places = mover.places.iter().filter(|p| wanted(p));
            let places: Vec<String> = places
                .map(|p| format!("{} ({})", p.name, days(p)))
                .collect();
            places.join(", ")
        };
        let plausible = |p: &ReachedPlace| p.fit == "plausible";
        let usual = of(&|p| plausible(p) && p.certain, &usual_days);
        let perhaps = of(&|p| plausible(p) && !p.certain, &usual_days);
        let utmost = of(&|p| !plausible(p), &|p| p.fastest.to_string());
        let or = |list: String, else_: &str| match list.is_empty() {
            true => else_.to_owned(),
            false => list,
        };
        lines.push(format!(
            "    at a usual pace: {}",
            or(usual, "nowhere for sure")
        ));
        if !perhaps.is_empty() {
            lines.push(format!(
                "    at a usual pace, if the way is as short as it may be: {perhaps}"
            ));
        }
        lines.push(format!(
            "    at the utmost: {}",
            or(utmost, "nowhere further")
        ));
    }
    lines
}

/// `3`, `3 to 5`, `3 or more`.
fn usual_days(place: &ReachedPlace) -> String {
    match place.usual_most {
        _ if place.least_m == 0 && place.most_m.is_none() => "its length is unknown".to_owned(),
        Some(most) if most == place.usual_least => most.to_string(),
        Some(most) => format!("{} to {most}", place.usual_least),
        None => format!("{} or more", place.usual_least),
    }
}

/// Days between two dates, with the days of travel that they leave.
fn apart(within: u64) -> String {
    format!(
        "{} of setting out, {} of travel with the first and the last",
        days(within),
        days(within.saturating_add(1))
    )
}

pub(crate) fn reckoning_lines(reckoning: &Reckoning) -> Vec<String> {
    let mut lines = Vec::new();
    let text = |d: &Option<crate::answer::DayShown>| d.as_ref().map(|d| d.text.clone());
    let between = |first: Option<String>, last: Option<String>| match (first, last) {
        (Some(first), Some(last)) => format!("{first} to {last}"),
        (Some(first), None) => format!("from {first}"),
        (None, Some(last)) => format!("until {last}"),
        (None, None) => "any day".to_owned(),
    };
    if !reckoning.journeys.is_empty() {
        let window = |none: bool, first: Option<String>, last: Option<String>| match none {
            true => format!(
                "no day is left (not before {}, not after {})",
                first.unwrap_or_default(),
                last.unwrap_or_default()
            ),
            false => between(first, last),
        };
        let utmost = window(
            reckoning.no_day,
            text(&reckoning.earliest),
            text(&reckoning.latest),
        );
        let usual = window(
            reckoning.no_day_usual,
            text(&reckoning.earliest_usual),
            text(&reckoning.latest_usual),
        );
        lines.push(format!(
            "by the roads: {utmost} at the utmost, {usual} at usual paces"
        ));
    }
    for journey in &reckoning.journeys {
        lines.push(format!("  {}: {}", journey.words, journey.fit));
        for leg in &journey.roads {
            lines.extend(leg_lines(leg).into_iter().take(1).map(|l| format!("  {l}")));
        }
    }
    for expected in &reckoning.expected {
        let fit = match expected.fit {
            Some(fit) => format!(": by the roads {fit}"),
            None => String::new(),
        };
        let label = expected.label.as_ref();
        let label = label.map(|l| format!(" (#{l})")).unwrap_or_default();
        let what = expected.sentence.as_ref();
        let what = what.map(|s| format!(": {s}{label}")).unwrap_or_default();
        lines.push(format!(
            "{} for {}{what}{}{fit}",
            expected.mode,
            expected.days.exact,
            source_list(&expected.sources)
        ));
        let journeys = expected.journeys.iter();
        lines.extend(journeys.map(|j| format!("  {}: {}", j.words, j.fit)));
    }
    lines
}

fn km(least_m: u64, most_m: Option<u64>) -> String {
    let least = least_m / 1_000;
    match most_m.map(|m| m.div_ceil(1_000)) {
        None if least_m == 0 => "length unknown".to_owned(),
        Some(most) if most == least => format!("{least} km"),
        Some(most) => format!("{least} to {most} km"),
        None => format!("{least} km or more"),
    }
}
