//! Ways, reach and reckonings as plain text.

use crate::text_parts::source_list;
use crate::travel_types::{LegShown, MoverShown, ReachShown, Reckoning, RouteShown};

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
        lines.push("  no roads are known: the straight line is the least it can be".to_owned());
    }
    lines.extend(route.legs.iter().flat_map(leg_lines));
    if let Some(departs) = &route.departs {
        lines.push(format!("  setting out {}", departs.words));
    }
    if let Some(within) = route.within {
        lines.push(format!("  within {}", days(within)));
    }
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
            format!("{}{doubt}{}", l.written, source_list(&l.sources))
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
        lines.push(format!("    no water for {} km", dry / 1_000));
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
        words.push_str(&format!(
            " (not over {}, for want of water)",
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
    let mut lines = vec![format!("from {} in {}", reach.from, days(reach.within))];
    for mover in &reach.movers {
        let usual = mover.places.iter().filter(|p| p.fit == "plausible");
        let utmost = mover.places.iter().filter(|p| p.fit != "plausible");
        let named =
            |p: &crate::travel_types::ReachedPlace, days: u64| format!("{} ({days})", p.name);
        let usual: Vec<String> = usual.map(|p| named(p, p.usual_least)).collect();
        let utmost: Vec<String> = utmost.map(|p| named(p, p.fastest)).collect();
        lines.push(format!("  {}  [{}]", mover.name, mover.pace));
        let or_nowhere = |list: &[String]| match list.is_empty() {
            true => "nowhere".to_owned(),
            false => list.join(", "),
        };
        lines.push(format!("    at a usual pace: {}", or_nowhere(&usual)));
        lines.push(format!("    at the utmost: {}", or_nowhere(&utmost)));
    }
    lines
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
        let utmost = between(text(&reckoning.earliest), text(&reckoning.latest));
        let usual = between(
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
        lines.push(format!(
            "{} for {}{}{fit}",
            expected.mode,
            expected.days.exact,
            source_list(&expected.sources)
        ));
    }
    lines
}

fn km(least_m: u64, most_m: Option<u64>) -> String {
    let least = least_m / 1_000;
    match most_m.map(|m| m.div_ceil(1_000)) {
        Some(most) if most == least => format!("{least} km"),
        Some(most) => format!("{least} to {most} km"),
        None => format!("{least} km or more"),
    }
}
