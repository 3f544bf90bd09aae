//! Room shared by what never shows at the same time.
//!
//! A map is drawn once for all days, and a page only hides and shows its marks. Two rulers of one
//! town who did not reign together may therefore stand on one line under its name; two who may
//! have need two lines.

use crate::marks::{At, When};

/// What wants a line, and whether it shows on the day the picture is drawn at.
pub(crate) fn slots(whens: &[When], at: Option<i32>, most: usize) -> Vec<Option<usize>> {
    let mut order: Vec<usize> = (0..whens.len()).collect();
    // What shows now comes first, so that it is never the one without a line.
    order.sort_by_key(|i| (shown_now(&whens[*i], at), first_day(&whens[*i]), *i));
    let mut lines: Vec<Vec<usize>> = Vec::new();
    let mut found = vec![None; whens.len()];
    for i in order {
        let free = |line: &Vec<usize>| line.iter().all(|other| !meet(&whens[i], &whens[*other]));
        let line = match lines.iter().position(free) {
            Some(line) => line,
            None if lines.len() < most => {
                lines.push(Vec::new());
                lines.len() - 1
            }
            None => continue,
        };
        lines[line].push(i);
        found[i] = Some(line);
    }
    found
}

fn shown_now(when: &When, at: Option<i32>) -> u8 {
    match at.map(|day| when.at(day)) {
        Some(At::Certain) => 0,
        Some(At::Possible) => 1,
        Some(At::None) => 2,
        // For all days at once: what is certain on some day has its place before what never is.
        None if when.runs().iter().any(|run| run.certain) => 0,
        None => 1,
    }
}

fn first_day(when: &When) -> i32 {
    let first = when.runs().first();
    first.map_or(i32::MAX, |run| run.first.unwrap_or(i32::MIN))
}

/// Whether two may show on one day.
fn meet(a: &When, b: &When) -> bool {
    let low = |day: Option<i32>| day.unwrap_or(i32::MIN);
    let high = |day: Option<i32>| day.unwrap_or(i32::MAX);
    a.runs().iter().any(|x| {
        let meets =
            |y: &crate::marks::Run| low(x.first) <= high(y.last) && low(y.first) <= high(x.last);
        b.runs().iter().any(meets)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use annals_query::RunSeen;

    fn when(first: i32, last: i32) -> When {
        When::of_runs(&[RunSeen {
            first,
            last: Some(last),
            certain: true,
        }])
    }

    #[test]
    fn what_never_meets_shares_a_line() {
        let whens = [when(1, 5), when(3, 9), when(6, 8), when(10, 12)];
        assert_eq!(slots(&whens, None, 3), [Some(0), Some(1), Some(0), Some(0)]);
        // The one that shows now gets the only line.
        assert_eq!(slots(&whens[..2], Some(8), 1), [None, Some(0)]);
        // For all days, what is certain before what never is, though it begins later.
        let vague = When::of_runs(&[RunSeen {
            first: 1,
            last: Some(9),
            certain: false,
        }]);
        assert_eq!(slots(&[vague, when(3, 5)], None, 1), [None, Some(0)]);
    }
}
