//! Chronicles that a reasoner may find hard, each of one kind.

use std::fmt::Write as _;

use super::dates::{iso, new_year};
use super::names::Names;
use super::page::{Page, Told};
use super::random::Random;
use super::{Plan, Shape};

/// The texts of the files of a bad case.
pub(super) fn parts(plan: &Plan) -> Vec<String> {
    let mut stage = Stage::new(plan);
    match plan.shape {
        Shape::Realistic | Shape::Anchor => stage.anchor(),
        Shape::Chain => stage.chain(),
        Shape::Undated => stage.undated(),
        Shape::Crossing => stage.crossing(),
        Shape::Rivals => stage.rivals(),
        Shape::Powers => stage.powers(),
    }
    stage.parts
}

struct Stage<'p> {
    plan: &'p Plan,
    random: Random,
    names: Names,
    lands: Vec<String>,
    towns: Vec<String>,
    people: Vec<String>,
    page: Page,
    parts: Vec<String>,
}

impl Stage<'_> {
    fn new(plan: &Plan) -> Stage<'_> {
        let mut stage = Stage {
            plan,
            random: Random::new(plan.seed),
            names: Names::default(),
            lands: Vec::new(),
            towns: Vec::new(),
            people: Vec::new(),
            page: Page::default(),
            parts: Vec::new(),
        };
        let houses = plan.claims / 50 + 4;
        let mut text = String::from("source annalist\n  title \"Annals of the bad case\"\n");
        for _ in 0..houses {
            let tongue = stage.random.below(4);
            let house = stage.names.house(&mut stage.random, tongue);
            let land = stage.names.land(&mut stage.random, tongue);
            let town = stage.names.town(&mut stage.random, tongue);
            let person = stage.names.person(&mut stage.random, tongue, &house);
            // Writing to a string cannot fail.
            let _ = writeln!(text, "polity {land}\ncity {town}\nperson {person}");
            stage.lands.push(land);
            stage.towns.push(town);
            stage.people.push(person);
        }
        text.push_str("\nsection \"All of it\" from @annalist\n\n");
        stage.page.text = text;
        stage
    }

    /// An event that touches no state.
    fn deed(&mut self) -> String {
        let person = self.random.below(self.people.len());
        let (land, town) = (
            self.random.below(self.lands.len()),
            self.random.below(self.towns.len()),
        );
        let (person, land, town) = (&self.people[person], &self.lands[land], &self.towns[town]);
        match self.random.below(4) {
            0 => format!("{person} attacks {town}"),
            1 => format!("{land} raids {town}"),
            2 => format!("{land} sends an embassy to {}", self.lands[0]),
            _ => format!("{person} arrives at {town}"),
        }
    }

    fn claim(&mut self, when: String, sentence: String, label: String) {
        self.page.claim(&Told {
            when,
            sentence,
            label,
            ..Told::default()
        });
        if self.page.claims >= self.plan.file_claims {
            self.close();
            self.page.line("section \"Further\" from @annalist\n");
        }
    }

    fn close(&mut self) {
        let page = std::mem::take(&mut self.page);
        if page.claims > 0 {
            self.parts.push(page.text);
        }
    }

    fn anchor(&mut self) {
        let first = format!("{} sends an embassy to {}", self.lands[1], self.lands[0]);
        self.claim("644 or 646".to_owned(), first, "anchor".to_owned());
        for number in 1..self.plan.claims {
            let days = self.random.between(1, 100_000);
            let when = match self.random.below(4) {
                0 => format!("within {days} days of #anchor"),
                1 => format!("at least {days} days after #anchor, before 1200"),
                _ => format!("{days} days after #anchor"),
            };
            let deed = self.deed();
            self.claim(when, deed, format!("deed-{number}"));
        }
        self.close();
    }

    fn chain(&mut self) {
        for number in 0..self.plan.claims {
            let when = match number {
                0 => "300-01-01".to_owned(),
                _ => format!(
                    "{} days after #link-{}",
                    self.random.between(1, 3),
                    number - 1
                ),
            };
            let deed = self.deed();
            self.claim(when, deed, format!("link-{number}"));
        }
        self.close();
    }

    fn undated(&mut self) {
        for number in 0..self.plan.claims {
            let when = match self.random.below(4) {
                0 if number > 0 => format!("after #deed-{}", self.random.below(number)),
                1 if number > 0 => format!("after #deed-{}", number - 1),
                _ => "undated".to_owned(),
            };
            let deed = self.deed();
            self.claim(when, deed, format!("deed-{number}"));
        }
        self.close();
    }

    /// Each disjunction leaves the order of two events open, and the pairs cross.
    fn crossing(&mut self) {
        let count = (self.plan.claims / 2).max(2);
        for number in 0..count {
            let deed = self.deed();
            self.claim(
                "between 640 and 660".to_owned(),
                deed,
                format!("deed-{number}"),
            );
        }
        for number in 0..count {
            let far = (number + 1 + self.random.below(count - 1)) % count;
            let days = self.random.between(200, 2000);
            let when = format!(
                "between 640 and 660, at least {days} days after #deed-{number} \
                 or at least {days} days before #deed-{far}"
            );
            let deed = self.deed();
            self.claim(when, deed, format!("between-{number}"));
        }
        self.close();
    }

    fn rivals(&mut self) {
        let lands = self.lands[0].clone();
        let mut people = String::new();
        let mut rivals = Vec::new();
        for _ in 0..self.plan.claims {
            let tongue = self.random.below(4);
            let house = self.names.house(&mut self.random, tongue);
            let person = self.names.person(&mut self.random, tongue, &house);
            // Writing to a string cannot fail.
            let _ = writeln!(people, "person {person}");
            rivals.push(person);
        }
        self.parts.push(people);
        for person in rivals {
            let day = new_year(600) + self.random.between(0, 36_000);
            let year = super::dates::year(day);
            let when = match self.random.below(4) {
                0 => format!("in the {}s", year / 10 * 10),
                1 => format!("between {} and {}", year - 3, year + 3),
                2 => year.to_string(),
                _ => iso(day),
            };
            let sentence = match self.random.below(3) {
                0 => format!("{person} is ruler of {lands}"),
                1 => format!("{person} is crowned king of {lands}"),
                _ => format!("{person} becomes ruler of {lands}"),
            };
            self.claim(when, sentence, String::new());
        }
        self.close();
    }

    /// Every event is bound to the two before it, by distances that a queue improves again and
    /// again where it meets the far one first. Twenty doublings stay within a million days.
    fn powers(&mut self) {
        const DOUBLINGS: usize = 20;
        let blocks = (self.plan.claims / (DOUBLINGS + 1)).max(1);
        for block in 0..blocks {
            for step in (1..=DOUBLINGS).rev() {
                let power = 1_u64 << (step - 1);
                let near = format!("at least {power} days after #power-{block}-{}", step - 1);
                let when = match step {
                    1 => near,
                    _ => format!("at least 1 day after #power-{block}-{}, {near}", step - 2),
                };
                let deed = self.deed();
                self.claim(when, deed, format!("power-{block}-{step}"));
            }
            let deed = self.deed();
            self.claim("300".to_owned(), deed, format!("power-{block}-0"));
        }
        self.close();
    }
}
