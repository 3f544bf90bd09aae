//! A war in one season: march, siege, storm or relief, prisoners, the way home.

use super::World;
use super::region::{Event, Region};

/// What is settled before a campaign is told.
struct Course {
    polity: usize,
    other: usize,
    /// The town marched to.
    town: usize,
    general: String,
    /// Days of the march, the siege, and the end of it all.
    march: (i64, i64),
    siege: (i64, i64),
    end: i64,
    falls: bool,
}

impl Region {
    /// A campaign of one polity against another.
    pub(super) fn campaign(
        &mut self,
        world: &mut World<'_>,
        polity: usize,
        other: usize,
        day: i64,
    ) {
        let course = self.course(world, polity, other, day);
        self.opening(world, &course, day);
        self.siege(world, &course);
        let mut last = self.outcome(world, &course);
        if world.random.percent(25) {
            last = self.prisoner(world, &course, last);
        }
        self.way_home(world, &course, last);
        for party in [polity, other] {
            self.polities[party].busy_until = course.end + 2;
        }
    }

    fn course(&mut self, world: &mut World<'_>, polity: usize, other: usize, day: i64) -> Course {
        if world.random.percent(40) {
            let house = self.polities[polity].house.clone();
            self.polities[polity].general = self.person(world, &house);
        }
        let towns = &self.polities[other].towns;
        let town = towns[world.random.below(towns.len())];
        let falls = self.towns[town].holder != Some(polity) && world.random.percent(60);
        let road = self.days_between(self.polities[polity].seat, town);
        let arrival = day + 1 + road + world.random.between(0, 12);
        let siege = (arrival + world.random.between(1, 8), 0);
        let siege = (siege.0, siege.0 + world.random.between(5, 60));
        Course {
            polity,
            other,
            town,
            general: self.polities[polity].general.clone(),
            march: (day + 1, arrival),
            siege,
            end: siege.1 + 50 + 2 * road,
            falls,
        }
    }

    fn opening(&mut self, world: &mut World<'_>, course: &Course, day: i64) {
        let (realm, enemy) = (
            self.name(course.polity).to_owned(),
            self.name(course.other).to_owned(),
        );
        let general = &course.general;
        if world.random.percent(30) {
            let said = format!("{realm} declares war on {enemy}");
            self.tell(world, course.polity, Event::new(said, day, day, ""));
        }
        let said = format!("{realm} campaigns against {enemy}");
        let mut event = Event::new(said, day, course.end, "campaign");
        if world.random.percent(60) {
            event = event.with(format!("under {general}"));
        }
        if world.random.percent(50) {
            let men = world.random.between(2, 400) * 100;
            event = event.with(format!("force of {realm}: {men} infantry under {general}"));
        }
        if world.random.percent(30) {
            let men = world.random.between(1, 90) * 100;
            event = event.with(format!("losses of {enemy}: about {men} killed or captured"));
        }
        if world.random.percent(15) {
            event = event.with("note \"the figures differ between the manuscripts\"".to_owned());
        }
        self.tell(world, course.polity, event);
        let (from, to) = (
            self.town(self.polities[course.polity].seat).to_owned(),
            self.town(course.town).to_owned(),
        );
        let (start, end) = course.march;
        let said = format!("{general} marches from {from} to {to}");
        self.tell(world, course.polity, Event::new(said, start, end, "march"));
        let said = format!("{general} arrives at {to}");
        self.tell(world, course.polity, Event::new(said, end, end, "arrival"));
    }

    fn siege(&mut self, world: &mut World<'_>, course: &Course) {
        let (general, town) = (&course.general, self.town(course.town).to_owned());
        let (start, end) = course.siege;
        let enemy = self.name(course.other).to_owned();
        if world.random.percent(60) {
            let said = format!("{general} besieges {town}");
            self.tell(world, course.polity, Event::new(said, start, end, "siege"));
        } else {
            let said = format!("{general} attacks {town} at dawn");
            self.tell(
                world,
                course.polity,
                Event::new(said, start, start, "assault"),
            );
        }
        if world.random.percent(25) {
            let middle = (start + end) / 2;
            let said = format!("{enemy} sends an army to {town}");
            self.tell(
                world,
                course.polity,
                Event::new(said, middle, middle, "relief"),
            );
        }
        if world.random.percent(20) {
            let middle = (start + end) / 2;
            let said = format!("{enemy} asks {} for help", self.name(self.third(course)));
            self.tell(world, course.polity, Event::new(said, middle, middle, ""));
        }
    }

    fn third(&self, course: &Course) -> usize {
        (0..self.polities.len())
            .find(|p| *p != course.polity && *p != course.other)
            .unwrap_or(course.other)
    }

    /// How it ends; the day from which on the rest is told.
    fn outcome(&mut self, world: &mut World<'_>, course: &Course) -> i64 {
        let general = &course.general;
        let (realm, town) = (
            self.name(course.polity).to_owned(),
            self.town(course.town).to_owned(),
        );
        let enemy = self.name(course.other).to_owned();
        let day = course.siege.1 + world.random.between(0, 2);
        if course.falls {
            self.towns[course.town].holder = Some(course.polity);
            let said = match world.random.below(3) {
                0 => format!("{realm} takes {town} from {enemy}"),
                1 => format!("{realm} takes {town} by storm"),
                _ => format!("{town} yields to {realm}"),
            };
            self.tell(world, course.polity, Event::new(said, day, day, "fall"));
            if world.random.percent(30) {
                let later = day + world.random.between(0, 9);
                let said = format!("{realm} garrisons {town}");
                self.tell(world, course.polity, Event::new(said, later, later, ""));
            }
            return day + 9;
        }
        let said = match world.random.below(3) {
            0 => format!("{enemy} repels {general}"),
            1 => format!("{general} lifts the siege of {town}"),
            _ => format!("{general} defeats {enemy}"),
        };
        self.tell(world, course.polity, Event::new(said, day, day, "battle"));
        day
    }

    fn prisoner(&mut self, world: &mut World<'_>, course: &Course, day: i64) -> i64 {
        let (captor, captive) = (
            course.general.clone(),
            self.polities[course.other].general.clone(),
        );
        let day = day + world.random.between(0, 3);
        let said = format!("{captor} captures {captive}");
        self.tell(world, course.polity, Event::new(said, day, day, "capture"));
        let later = day + world.random.between(2, 20);
        let said = match world.random.below(4) {
            0 => {
                let house = self.polities[course.other].house.clone();
                let next = self.person(world, &house);
                self.polities[course.other].general = next;
                format!("{captor} executes {captive}")
            }
            1 => format!("{captive} escapes from {captor}"),
            _ => format!("{captor} releases {captive}"),
        };
        self.tell(world, course.polity, Event::new(said, later, later, ""));
        later
    }

    fn way_home(&mut self, world: &mut World<'_>, course: &Course, last: i64) {
        let general = &course.general;
        let (town, home) = (
            self.town(course.town).to_owned(),
            self.town(self.polities[course.polity].seat).to_owned(),
        );
        let leaving = last + world.random.between(1, 5);
        let said = format!("{general} departs from {town} toward {home}");
        self.tell(
            world,
            course.polity,
            Event::new(said, leaving, leaving, "departure"),
        );
        if world.random.percent(60) {
            let back = course.end - 1;
            let said = format!("{general} arrives at {home}");
            self.tell(world, course.polity, Event::new(said, back, back, ""));
        }
        if world.random.percent(25) {
            let (realm, enemy) = (self.name(course.polity), self.name(course.other));
            let said = format!("{realm} makes peace with {enemy}");
            let day = course.end + 1;
            self.tell(world, course.polity, Event::new(said, day, day, "peace"));
        }
    }
}
