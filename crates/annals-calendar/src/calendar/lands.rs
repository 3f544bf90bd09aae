//! When each land took over the Gregorian calendar.
//!
//! What comes in: a land's name. What goes out: its calendar. The days are those of the usual
//! handbooks of chronology; lands whose parts changed on different days are left out, and a
//! project names its own in its settings.

use super::Calendar;
use crate::civil;

/// Year, month and day, Gregorian.
type FirstDay = (i64, u8, u8);

/// Names of lands with the first day each counted by the Gregorian calendar.
const LANDS: [(&[&str], FirstDay); 14] = [
    (
        &[
            "italy",
            "rome",
            "papal states",
            "spain",
            "portugal",
            "poland",
            "lithuania",
        ],
        (1582, 10, 15),
    ),
    (&["france", "lorraine"], (1582, 12, 20)),
    (&["bohemia", "moravia"], (1584, 1, 17)),
    (&["hungary"], (1587, 11, 1)),
    (&["transylvania"], (1590, 12, 25)),
    (&["duchy of prussia"], (1610, 9, 2)),
    (
        &[
            "denmark",
            "norway",
            "iceland",
            "protestant germany",
            "saxony",
            "brandenburg",
        ],
        (1700, 3, 1),
    ),
    (
        &[
            "england",
            "scotland",
            "wales",
            "britain",
            "great britain",
            "ireland",
        ],
        (1752, 9, 14),
    ),
    (&["finland"], (1753, 3, 1)),
    (&["bulgaria"], (1916, 4, 14)),
    (&["russia", "soviet union"], (1918, 2, 14)),
    (&["serbia", "yugoslavia"], (1919, 1, 28)),
    (&["romania"], (1919, 4, 14)),
    (&["greece"], (1923, 3, 1)),
];

impl Calendar {
    /// The calendar of a land: Julian before its own switch, Gregorian from it on.
    ///
    /// ```
    /// use annals_calendar::Calendar;
    /// let english = Calendar::of_land("England").unwrap();
    /// assert_eq!(english.to_jdn(1752, 9, 3), None);
    /// let swedish = Calendar::of_land("Sweden").unwrap();
    /// assert!(swedish.to_jdn(1712, 2, 30).is_some());
    /// assert_eq!(Calendar::of_land("Atlantis"), None);
    /// ```
    pub fn of_land(land: &str) -> Option<Calendar> {
        let land = land.trim().to_lowercase();
        if land == "sweden" {
            return Some(Calendar::Swedish);
        }
        let (_, (year, month, day)) = LANDS.iter().find(|(names, _)| names.contains(&&*land))?;
        let switch = civil::gregorian_to_jdn(*year, *month, *day);
        Some(Calendar::Historical { switch })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SWITCH_1582;

    #[test]
    fn every_switch_follows_its_last_julian_day_by_the_right_gap() {
        for (names, (year, month, day)) in LANDS {
            let switch = civil::gregorian_to_jdn(year, month, day);
            assert!(switch >= SWITCH_1582, "{names:?}");
            let last = civil::julian_from_jdn(switch - 1);
            let first = civil::gregorian_from_jdn(switch);
            let gap = civil::julian_to_jdn(first.year, first.month, first.day) - switch;
            let expected = if year < 1700 {
                10
            } else if year < 1800 {
                11
            } else {
                13
            };
            assert_eq!(gap, expected, "{names:?} after {last:?}");
        }
    }
}
