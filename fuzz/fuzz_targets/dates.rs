//! Any text as a date: nothing panics, ranges of errors lie within the text, what is printed reads
//! back, and EDTF keeps its meaning in its canonical form.
//!
//! `cargo +nightly fuzz run dates`

#![no_main]

use annals_calendar::{
    Calendar, Record, Settings, Shape, Shown, describe_reading, print_days, read, read_amount,
    read_edtf, read_prefix,
};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    let _ = read_amount(text);
    if let Ok(edtf) = read_edtf(text) {
        let again = read_edtf(&edtf.canonical).expect("a canonical form is valid");
        assert_eq!((again.lo, again.hi), (edtf.lo, edtf.hi), "{text}");
        assert_eq!(again.canonical, edtf.canonical, "{text}");
    }
    for calendar in [Calendar::default(), Calendar::ISLAMIC, Calendar::Chinese] {
        let settings = Settings {
            calendar,
            ..Settings::default()
        };
        check(text, &settings);
    }
});

fn check(text: &str, settings: &Settings) {
    let _ = Record::of(text, settings);
    if let Some((reading, used)) = read_prefix(text, settings) {
        assert!(text.is_char_boundary(used));
        assert!(!reading.written.is_empty());
    }
    match read(text, settings) {
        Ok(reading) => {
            let _ = describe_reading(&reading, settings, Shown::All);
            let usual = Settings::default();
            let words = print_days(&reading.shape.hull(), &usual);
            let near = reading.shape.hull();
            let near = near.first().into_iter().chain(near.last());
            // Beyond a million years the words of a day are no longer exact.
            let few = reading.shape.hull().ranges().len() <= 40;
            if few && near.into_iter().all(|day| day.abs() < 300_000_000) {
                let again = read(&words, &usual).expect("printed days can be read");
                assert_eq!(
                    again.shape,
                    Shape::On(reading.shape.hull()),
                    "{text}: {words}"
                );
            }
        }
        Err(error) => {
            assert!(error.range.start <= error.range.end && error.range.end <= text.len());
            assert!(text.is_char_boundary(error.range.start));
            assert!(text.is_char_boundary(error.range.end));
        }
    }
}
