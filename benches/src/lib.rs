//! The expressions that are measured: made by counting, so that every run and every library reads
//! the same ones.

pub mod chronicle;
pub mod clock;
pub mod edits;
pub mod network;
pub mod stages;
pub mod tightening;

/// Shapes of expressions; `{}` is a year, `{m}` a month, `{d}` a day that every month has.
const EDTF: [&str; 10] = [
    "{}",
    "{}-{m}",
    "{}-{m}-{d}",
    "{}?",
    "{}-{m}~",
    "{}/..",
    "{}-{m}-{d}/{}-{m}-{d}",
    "{}-21",
    "[{},{}-{m}]",
    "{}-{m}-XX",
];

/// What only a reader of phrases knows.
const PHRASES: [&str; 10] = [
    "c. {}",
    "{d} August {}",
    "before {}",
    "between {} and 2100",
    "{} BC",
    "the {}s",
    "early {}",
    "Zhenguan 18.8.{d}",
    "貞觀十八年八月",
    "AH {}",
];

/// So many EDTF expressions.
pub fn edtf(count: usize) -> Vec<String> {
    (0..count)
        .map(|number| filled(EDTF[number % EDTF.len()], number))
        .collect()
}

/// So many expressions, half of them EDTF and half of them phrases.
pub fn mixed(count: usize) -> Vec<String> {
    (0..count)
        .map(|number| match number % 2 {
            0 => filled(EDTF[number / 2 % EDTF.len()], number),
            _ => filled(PHRASES[number / 2 % PHRASES.len()], number),
        })
        .collect()
}

fn filled(shape: &str, number: usize) -> String {
    // Steps without a common factor meet every year, month and day in turn.
    let year = 1000 + number * 7 % 1000 / 10 * 10;
    let (month, day) = (1 + number * 5 % 12, 10 + number * 11 % 18);
    shape
        .replace("{m}", &format!("{month:02}"))
        .replace("{d}", &format!("{day:02}"))
        .replace("{}", &year.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use annals_calendar::{Settings, read, read_edtf};

    #[test]
    fn what_is_measured_can_be_read() {
        let settings = Settings::default();
        for text in edtf(2000) {
            assert!(read_edtf(&text).is_ok(), "{text}");
        }
        for text in mixed(2000) {
            assert!(read(&text, &settings).is_ok(), "{text}");
        }
    }
}
