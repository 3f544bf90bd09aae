//! Reads one date phrase a line and prints its days, separated by tabs.

use annals_calendar::{Settings, print_days, read};

fn main() {
    let settings = Settings::default();
    for line in std::io::stdin().lines().map_while(Result::ok) {
        match read(&line, &settings) {
            Ok(reading) => {
                let hull = reading.shape.hull();
                let others: Vec<String> = reading
                    .alternatives
                    .iter()
                    .map(|other| {
                        let days = other.shape.hull();
                        format!("{}={:?}..{:?}", other.words, days.first(), days.last())
                    })
                    .collect();
                println!(
                    "{line}\t{}\t{}\t{}\t{}",
                    hull.first()
                        .map_or("-inf".to_owned(), |day| day.to_string()),
                    hull.last().map_or("+inf".to_owned(), |day| day.to_string()),
                    others.join(" | "),
                    print_days(&hull, &settings),
                );
            }
            Err(error) => println!("{line}\terror\t{}\t{error}", error.kind.code()),
        }
    }
}
