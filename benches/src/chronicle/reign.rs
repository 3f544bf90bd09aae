//! Rulers who follow one another, and what happens in a year without a war.

use super::World;
use super::dates;
use super::page::Told;
use super::region::{Event, Region};

impl Region {
    /// The ruler of a polity goes and another comes: a section ends and one begins.
    pub(super) fn change_ruler(&mut self, world: &mut World<'_>, polity: usize, day: i64) {
        let house = self.polities[polity].house.clone();
        let gone = self.polities[polity].ruler.take();
        if let Some(old) = &gone {
            self.end_of_rule(world, polity, old, day);
        }
        let accession = day + world.random.between(0, 25);
        let new = self.person(world, &house);
        let years = world.random.between(4, 34);
        let of = &mut self.polities[polity];
        of.reign_end = accession + years * 366;
        of.ruler_number += 1;
        of.source = world.random.below(self.sources.len());
        let title = format!("Reign of {new}");
        // The end is seen once a year only, and only when nothing else goes on.
        self.section(polity, &title, accession, accession + (years + 4) * 366);
        let realm = self.name(polity).to_owned();
        let sentence = match (&gone, world.random.below(6)) {
            (Some(old), 0..=2) => format!("{new} succeeds {old} as ruler of {realm}"),
            (_, 3) => format!("{new} ascends the throne of {realm}"),
            (_, 4) => format!("{new} is crowned king of {realm}"),
            _ => format!("{new} becomes ruler of {realm}"),
        };
        let event = Event::new(sentence, accession, accession, "accession");
        self.tell(world, polity, event);
        if world.random.percent(30) && gone.is_some() {
            self.kin(world, polity, &new, gone.as_deref().unwrap_or_default());
        }
        let of = &mut self.polities[polity];
        of.ruler = Some(new);
        of.busy_until = accession + 1;
    }

    fn end_of_rule(&mut self, world: &mut World<'_>, polity: usize, old: &str, day: i64) {
        let realm = self.name(polity).to_owned();
        let (sentence, label) = match world.random.below(10) {
            0 => (
                format!("{old} abdicates the throne of {realm}"),
                "abdication",
            ),
            1 => (format!("{old} dies of illness"), "death"),
            2 => (
                format!("{old} dies in {}", self.town(self.polities[polity].seat)),
                "death",
            ),
            _ => (format!("{old} dies"), "death"),
        };
        self.tell(world, polity, Event::new(sentence, day, day, label));
    }

    fn kin(&mut self, world: &mut World<'_>, polity: usize, new: &str, old: &str) {
        let words = ["a son", "a brother", "a nephew", "a daughter"];
        let told = Told {
            when: "always".to_owned(),
            sentence: format!("{new} is {} of {old}", world.random.pick(&words)),
            ..Told::default()
        };
        self.write(world, polity, &told);
    }

    /// Something happens.
    pub(super) fn episode(&mut self, world: &mut World<'_>, polity: usize, day: i64) {
        let other = self.other(world, polity, day);
        match (world.random.below(100), other) {
            (0..=29, Some(other)) => self.campaign(world, polity, other, day),
            (30..=47, Some(other)) => self.overlord(world, polity, other, day),
            (48..=57, Some(other)) => self.embassy(world, polity, other, day),
            (58..=64, Some(other)) => self.alliance(world, polity, other, day),
            (65..=72, _) => self.building(world, polity, day),
            (73..=78, Some(other)) => self.marriage(world, polity, other, day),
            (79..=85, _) => self.office(world, polity, day),
            (86..=88, _) => self.seat(world, polity, day),
            (89..=92, other) => self.shade(world, polity, other, day),
            _ => self.mention(world, polity, day),
        }
    }

    fn ruler(&self, polity: usize) -> String {
        self.polities[polity].ruler.clone().unwrap_or_default()
    }

    fn done(&mut self, polity: usize, day: i64) {
        let of = &mut self.polities[polity];
        of.busy_until = of.busy_until.max(day);
    }

    fn overlord(&mut self, world: &mut World<'_>, polity: usize, other: usize, day: i64) {
        let (realm, lord) = (self.name(polity).to_owned(), self.name(other).to_owned());
        let event = match self.polities[polity].suzerain {
            None if self.polities[other].suzerain != Some(polity) => {
                self.polities[polity].suzerain = Some(other);
                let words = [
                    "submits to",
                    "accepts the overlordship of",
                    "becomes a vassal of",
                ];
                let said = format!("{realm} {} {lord}", world.random.pick(&words));
                Event::new(said, day, day, "submission")
            }
            Some(lord) if world.random.percent(40) => {
                self.polities[polity].suzerain = None;
                let lord = self.name(lord).to_owned();
                let words = ["renounces", "throws off the yoke of", "breaks with"];
                let said = format!("{realm} {} {lord}", world.random.pick(&words));
                Event::new(said, day, day, "renunciation")
            }
            Some(lord) => {
                let lord = self.name(lord).to_owned();
                Event::new(
                    format!("{realm} pays tribute to {lord}"),
                    day,
                    day,
                    "tribute",
                )
            }
            None => Event::new(format!("{realm} sends an envoy to {lord}"), day, day, ""),
        };
        self.tell(world, polity, event);
        self.done(polity, day);
        self.done(other, day);
    }

    fn embassy(&mut self, world: &mut World<'_>, polity: usize, other: usize, day: i64) {
        let (realm, host) = (self.name(polity).to_owned(), self.name(other).to_owned());
        let third = (other + 1) % self.polities.len();
        if world.random.percent(15) && third != polity {
            // A list makes one claim each.
            let third = self.name(third);
            let said = format!("{realm} and {third} send an embassy to {host}");
            self.tell(world, polity, Event::new(said, day, day, ""));
            self.also_claims(world);
            return self.done(polity, day);
        }
        let said = format!("{realm} sends an embassy to {host}");
        self.tell(world, polity, Event::new(said, day, day, "embassy"));
        let later = day + world.random.between(10, 90);
        let audience = format!("{} gives an audience to {realm}", self.ruler(other));
        let mut event = Event::new(audience, later, later, "");
        if world.random.percent(30) {
            event = event.with("note \"gifts of silk and horses are named\"".to_owned());
        }
        self.tell(world, polity, event);
        self.done(polity, later);
        self.done(other, later);
    }

    fn alliance(&mut self, world: &mut World<'_>, polity: usize, other: usize, day: i64) {
        let realm = self.name(polity).to_owned();
        let event = match self.polities[polity].ally.take() {
            Some(old) => {
                let old = self.name(old);
                Event::new(
                    format!("{realm} ends its alliance with {old}"),
                    day,
                    day,
                    "",
                )
            }
            None => {
                self.polities[polity].ally = Some(other);
                let friend = self.name(other);
                let said = format!("{realm} makes an alliance with {friend}");
                Event::new(said, day, day, "alliance")
            }
        };
        // `its` is no word of the pattern, which has the bare noun.
        let event = Event {
            sentence: event.sentence.replace(" its ", " "),
            ..event
        };
        self.tell(world, polity, event);
        self.done(polity, day);
        self.done(other, day);
    }

    fn building(&mut self, world: &mut World<'_>, polity: usize, day: i64) {
        let towns = &self.polities[polity].towns;
        let town = self.town(towns[world.random.below(towns.len())]).to_owned();
        let ruler = self.ruler(polity);
        let event = match world.random.below(4) {
            0 => Event::new(format!("\"a flood\" strikes {town}"), day, day, ""),
            1 => Event::new(
                format!("{ruler} holds a council at {town}"),
                day,
                day,
                "council",
            ),
            2 => {
                let end = day + world.random.between(60, 700);
                Event::new(format!("{ruler} fortifies {town}"), day, end, "walls")
            }
            _ => {
                let end = day + world.random.between(60, 700);
                Event::new(format!("{ruler} rebuilds {town}"), day, end, "")
            }
        };
        self.tell(world, polity, event);
        self.done(polity, day);
    }

    fn marriage(&mut self, world: &mut World<'_>, polity: usize, other: usize, day: i64) {
        let house = self.polities[other].house.clone();
        let bride = self.person(world, &house);
        let (groom, father) = (self.ruler(polity), self.ruler(other));
        let said = format!("{groom} marries {bride}");
        self.tell(world, polity, Event::new(said, day, day, "marriage"));
        let told = Told {
            when: "always".to_owned(),
            sentence: format!("{bride} is a daughter of {father}"),
            ..Told::default()
        };
        self.write(world, polity, &told);
        self.done(polity, day);
        self.done(other, day);
    }

    fn office(&mut self, world: &mut World<'_>, polity: usize, day: i64) {
        let house = self.polities[polity].house.clone();
        let holder = self.person(world, &house);
        let towns = &self.polities[polity].towns;
        let town = self.town(towns[world.random.below(towns.len())]).to_owned();
        let (ruler, realm) = (self.ruler(polity), self.name(polity).to_owned());
        let said = match world.random.below(3) {
            0 => format!("{ruler} appoints {holder} governor of {town}"),
            1 => format!("{ruler} appoints {holder} chancellor of {realm}"),
            _ => format!("{ruler} appoints {holder} as \"keeper of the seal\" of {realm}"),
        };
        self.tell(world, polity, Event::new(said, day, day, "appointment"));
        let later = day + world.random.between(100, 300);
        if world.random.percent(40) {
            let said = format!("{holder} dies");
            self.tell(world, polity, Event::new(said, later, later, "death"));
        }
        self.done(polity, later);
    }

    fn seat(&mut self, world: &mut World<'_>, polity: usize, day: i64) {
        let towns = self.polities[polity].towns.clone();
        let (old, new) = (
            self.polities[polity].seat,
            towns[world.random.below(towns.len())],
        );
        if old == new {
            return self.mention(world, polity, day);
        }
        self.polities[polity].seat = new;
        let (realm, ruler) = (self.name(polity).to_owned(), self.ruler(polity));
        let (old, new) = (self.town(old), self.town(new));
        let said = format!("{ruler} moves the capital of {realm} from {old} to {new}");
        self.tell(world, polity, Event::new(said, day, day, "capital"));
        self.done(polity, day);
    }

    /// A claim that is no plain assertion.
    fn shade(&mut self, world: &mut World<'_>, polity: usize, other: Option<usize>, day: i64) {
        let Some(other) = other else {
            return self.mention(world, polity, day);
        };
        let (realm, far) = (self.name(polity).to_owned(), self.name(other).to_owned());
        let ruler = self.ruler(polity);
        let (mode, sentence) = match world.random.below(6) {
            0 => ("planned: ", format!("{realm} invades {far}")),
            1 => ("ordered: ", format!("{ruler} raises an army")),
            2 => ("unknown whether ", format!("{realm} is allied with {far}")),
            3 => ("not: ", format!("{ruler} converts to Way of Ash")),
            4 => ("refused: ", format!("{realm} pays tribute to {far}")),
            _ => ("expected: ", format!("{far} raids {realm}")),
        };
        let told = Told {
            when: dates::year(day).to_string(),
            mode,
            sentence,
            ..Told::default()
        };
        self.write(world, polity, &told);
        self.done(polity, day);
    }

    /// A state that holds on a day is mentioned.
    fn mention(&mut self, world: &mut World<'_>, polity: usize, day: i64) {
        let (realm, ruler) = (self.name(polity).to_owned(), self.ruler(polity));
        let of = &self.polities[polity];
        let held = of.towns.iter().find(|t| self.towns[**t].holder.is_some());
        let said = match (world.random.below(4), of.suzerain, held) {
            (0, Some(lord), _) => format!("{realm} is subject to {}", self.name(lord)),
            (1, _, Some(town)) => {
                let holder = self.towns[*town].holder.unwrap_or(polity);
                format!("{} is held by {}", self.town(*town), self.name(holder))
            }
            (2, ..) => format!("{realm} is seated at {}", self.town(of.seat)),
            _ => format!("{ruler} is ruler of {realm}"),
        };
        self.tell(world, polity, Event::state(said, day));
        self.done(polity, day);
    }
}
