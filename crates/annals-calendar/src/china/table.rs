//! The tables of months and eras, read once from their text.

use crate::days::Jdn;
use std::collections::BTreeMap;
use std::sync::OnceLock;

const MONTHS: &str = include_str!("../../data/china-months.txt");
const ERAS: &str = include_str!("../../data/china-eras.txt");

/// States whose years come first where several were in use at once.
const PRINCIPAL: [&str; 25] = [
    "秦", "西漢", "新", "東漢", "曹魏", "西晉", "東晉", "劉宋", "南齊", "南梁", "隋", "陳", "唐",
    "武周", "後梁", "後唐", "後晉", "後漢", "後周", "北宋", "南宋", "元", "明", "清", "民國",
];

/// A lunar month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Month {
    pub first: Jdn,
    pub length: u8,
    pub number: u8,
    pub leap: bool,
    /// 一月 of the calendar of 690-700, in which 正月 was another month.
    pub second_first: bool,
}

impl Month {
    pub fn last(&self) -> Jdn {
        self.first + i64::from(self.length) - 1
    }
}

/// An era, or a ruler's years without one.
#[derive(Clone, Debug)]
pub(super) struct Era {
    pub names: Vec<&'static str>,
    pub letters: Vec<&'static str>,
    pub state: usize,
    pub rulers: Vec<&'static str>,
    pub ruler_letters: Vec<&'static str>,
    /// Year n of the era is the lunar year `base + n`.
    pub base: i64,
    pub first: Jdn,
    pub last: Jdn,
    /// Years counted by a ruler, without an era name.
    pub unnamed: bool,
}

/// Another table's opinion on the start of a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Rival {
    pub first: Jdn,
    pub tables: &'static str,
}

/// A state: its name and what else it is called.
#[derive(Clone, Debug)]
pub(super) struct State {
    pub name: &'static str,
    pub english: &'static str,
    /// All names, folded for comparison.
    pub folded: Vec<String>,
}

pub(super) struct Table {
    main: BTreeMap<i64, Vec<Month>>,
    own: BTreeMap<(usize, i64), Vec<Month>>,
    pub rivals: BTreeMap<Jdn, Rival>,
    pub eras: Vec<Era>,
    pub states: Vec<State>,
    simplified: BTreeMap<char, char>,
    /// Folded names, alone and with state and ruler before them.
    pub by_name: BTreeMap<String, Vec<usize>>,
}

/// The tables; parsed at first use, the same for the life of the program.
pub(super) fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(Table::read)
}

impl Table {
    fn read() -> Table {
        let mut table = Table {
            main: BTreeMap::new(),
            own: BTreeMap::new(),
            rivals: BTreeMap::new(),
            eras: Vec::new(),
            states: Vec::new(),
            simplified: BTreeMap::new(),
            by_name: BTreeMap::new(),
        };
        // The characters come last in the file, but folding needs them first.
        for pairs in ERAS.lines().filter_map(|line| line.strip_prefix("S ")) {
            for pair in pairs.split_whitespace() {
                let mut chars = pair.chars();
                if let (Some(from), Some(to)) = (chars.next(), chars.next()) {
                    table.simplified.insert(from, to);
                }
            }
        }
        for line in ERAS.lines() {
            if let Some(state) = line.strip_prefix("D ") {
                table.add_state(state);
            } else if let Some(era) = line.strip_prefix("E ") {
                table.add_era(era, false);
            } else if let Some(era) = line.strip_prefix("U ") {
                table.add_era(era, true);
            }
        }
        for line in MONTHS.lines() {
            table.add_months(line);
        }
        table.index();
        table
    }

    fn add_state(&mut self, line: &'static str) {
        let Some((name, others)) = line.split_once('|') else {
            return;
        };
        let folded = std::iter::once(name)
            .chain(others.split(','))
            .map(|other| self.fold(other))
            .collect();
        let english = others.split(',').next().unwrap_or(name);
        self.states.push(State {
            name,
            english,
            folded,
        });
    }

    fn add_era(&mut self, line: &'static str, unnamed: bool) {
        let fields: Vec<&str> = line.split('|').collect();
        let [
            names,
            letters,
            state,
            rulers,
            ruler_letters,
            base,
            first,
            last,
        ] = fields.as_slice()
        else {
            return;
        };
        let list = |text: &'static str| text.split(',').filter(|item| !item.is_empty()).collect();
        let state = self.states.iter().position(|known| known.name == *state);
        let (Some(state), Ok(base), Ok(first), Ok(last)) =
            (state, base.parse(), first.parse(), last.parse())
        else {
            return;
        };
        self.eras.push(Era {
            names: list(names),
            letters: list(letters),
            state,
            rulers: list(rulers),
            ruler_letters: list(ruler_letters),
            base,
            first,
            last,
            unnamed,
        });
    }

    fn add_months(&mut self, line: &'static str) {
        let mut words = line.split(' ');
        match words.next() {
            Some("Y") => {
                let (Some(year), Some(first), Some(code)) = number_pair(&mut words) else {
                    return;
                };
                self.main.insert(year, decode(first, code));
            }
            Some("O") => {
                let Some(state) = words.next() else { return };
                let state = self.states.iter().position(|known| known.name == state);
                let (Some(year), Some(first), Some(code)) = number_pair(&mut words) else {
                    return;
                };
                if let Some(state) = state {
                    self.own.insert((state, year), decode(first, code));
                }
            }
            Some("R") => {
                let (Some(here), Some(first), Some(tables)) = number_pair(&mut words) else {
                    return;
                };
                self.rivals.insert(here, Rival { first, tables });
            }
            _ => {}
        }
    }

    fn index(&mut self) {
        let mut by_name: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (index, era) in self.eras.iter().enumerate() {
            let names: Vec<String> = era
                .names
                .iter()
                .chain(&era.letters)
                .map(|name| self.fold(name))
                .collect();
            let rulers: Vec<String> = era
                .rulers
                .iter()
                .chain(&era.ruler_letters)
                .map(|name| self.fold(name))
                .collect();
            let mut add = |key: String| {
                let list = by_name.entry(key).or_default();
                if !list.contains(&index) {
                    list.push(index);
                }
            };
            for name in &names {
                if !era.unnamed {
                    add(name.clone());
                }
                for state in &self.states[era.state].folded {
                    add(format!("{state}{name}"));
                    if !era.unnamed {
                        for ruler in &rulers {
                            add(format!("{state}{ruler}{name}"));
                        }
                    }
                }
                for ruler in rulers.iter().filter(|_| !era.unnamed) {
                    add(format!("{ruler}{name}"));
                }
            }
        }
        self.by_name = by_name;
    }

    /// Folds a name for comparison: simplified characters, small letters, no blanks.
    pub fn fold(&self, name: &str) -> String {
        name.chars()
            .filter(|c| !matches!(c, ' ' | '\'' | '-'))
            .flat_map(char::to_lowercase)
            .map(|c| self.fold_char(c))
            .collect()
    }

    pub fn fold_char(&self, c: char) -> char {
        self.simplified.get(&c).copied().unwrap_or(c)
    }

    /// The months of a year as a state counted them; empty outside the table.
    pub fn year(&self, state: usize, year: i64) -> &[Month] {
        self.own
            .get(&(state, year))
            .map_or_else(|| self.main_year(year), Vec::as_slice)
    }

    pub fn main_year(&self, year: i64) -> &[Month] {
        self.main.get(&year).map_or(&[], Vec::as_slice)
    }

    /// Smaller for the principal line of dynasties.
    pub fn rank(&self, state: usize) -> usize {
        PRINCIPAL
            .iter()
            .position(|name| *name == self.states[state].name)
            .unwrap_or(PRINCIPAL.len() + state)
    }
}

fn number_pair<'a>(
    words: &mut impl Iterator<Item = &'a str>,
) -> (Option<i64>, Option<i64>, Option<&'a str>) {
    let mut number = || words.next().and_then(|word| word.parse().ok());
    let (year, first) = (number(), number());
    (year, first, words.next())
}

/// Reads the months of one year; the code is described at the top of the data file.
fn decode(first: Jdn, code: &str) -> Vec<Month> {
    let mut months = Vec::with_capacity(13);
    let (mut first, mut next, mut number) = (first, 1_u8, 1_u8);
    let (mut leap, mut second_first) = (false, false);
    let mut chars = code.chars();
    while let Some(c) = chars.next() {
        match c {
            'x' => leap = true,
            '=' => match chars.next() {
                Some('L') => next = 12,
                Some('Y') => (next, second_first) = (1, true),
                Some(letter) => {
                    next = (letter as u8).saturating_sub(b'a') + 1;
                    number = next;
                }
                None => {}
            },
            '+' => {
                let days: String = chars.by_ref().take_while(|c| *c != '.').collect();
                first += days.parse::<i64>().unwrap_or(0);
            }
            _ => {
                let length = match c {
                    '8' => 28,
                    '9' => 29,
                    '1' => 31,
                    _ => 30,
                };
                if !leap {
                    number = next;
                }
                months.push(Month {
                    first,
                    length,
                    number,
                    leap,
                    second_first,
                });
                first += i64::from(length);
                next = number % 12 + 1;
                (leap, second_first) = (false, false);
            }
        }
    }
    months
}
