//! Small random chronicles, each stage with its own mix of ingredients.

use annals_chronicle::{Anchor, Bound, Day, DayRange, DaySet, EventId, GridId, Mode, Point};

use crate::case::{Case, Line, PERSONS, POLITIES, Place, Says, UNFILLED, anchors};
use crate::random::Random;
use crate::words::{self, Rules};

/// What a sentence may be.
#[derive(Clone, Copy, Debug)]
pub enum Word {
    Event(usize),
    State(usize),
}

/// The mix of one stage; numbers are percents unless said otherwise.
#[derive(Clone, Copy, Debug)]
pub struct Mix {
    /// Fewest and most lines.
    pub lines: (i32, i32),
    /// Least and greatest last day.
    pub days: (i32, i32),
    /// Most moments in all.
    pub moments: usize,
    pub words: &'static [Word],
    /// A relative condition on a line.
    pub relative: usize,
    /// A condition that offers `or` between points.
    pub or: usize,
    /// A line without a day of its own.
    pub undated: usize,
    pub lasting: usize,
    pub throughout: usize,
    /// `from A to B`, `from A`, `until B` for states.
    pub span: usize,
    pub denied: usize,
    pub unknown: usize,
    pub doubted: usize,
    /// A second account of an event.
    pub shared: usize,
    /// `reported D`, or an order told of the event.
    pub reported: usize,
    pub once: usize,
    pub lasts: usize,
    pub fades: usize,
    pub needs: usize,
    pub covers: usize,
    /// `A or B` in a role.
    pub one_of: usize,
    /// `one of #a, #b` in a case.
    pub choice: usize,
    /// Two names for one thing in a case, doubted more often than not.
    pub identity: usize,
    /// How many sources the lines share; none: each has its own.
    pub sources: usize,
    /// One source trusted over another, for each two of them.
    pub prefer: usize,
    /// One line of a case made a draft.
    pub draft: usize,
    /// A person or two in a case who may be others.
    pub unnamed: usize,
    /// The two polities lie days apart in a case.
    pub travel: usize,
}

use Word::{Event, State};

/// The begin, end and mention of rivals in one slot.
pub const RULING: &[Word] = &[
    Event(words::INSTALL),
    Event(words::INSTALL),
    Event(words::DEPOSE),
    Event(words::REPLACE),
    Event(words::VISIT),
    Event(words::SHUN),
    State(words::RULES),
    State(words::RULES),
];

/// Everything there is, with more weight on what shares slots.
pub const ANYTHING: &[Word] = &[
    Event(words::INSTALL),
    Event(words::INSTALL),
    Event(words::DEPOSE),
    Event(words::CAPTURE),
    Event(words::VISIT),
    Event(words::SHUN),
    Event(words::REPLACE),
    Event(words::FIGHT),
    Event(words::MEET),
    Event(words::FORGET),
    Event(words::BORN),
    Event(words::DIES),
    Event(words::ALLY),
    Event(words::PART),
    Event(words::TEST),
    State(words::RULES),
    State(words::RULES),
    State(words::KNOWS),
    State(words::ALIVE),
    State(words::ALLIED),
];

/// Births, deaths and what needs life.
pub const LIVING: &[Word] = &[
    Event(words::BORN),
    Event(words::DIES),
    Event(words::DIES),
    Event(words::CAPTURE),
    Event(words::INSTALL),
    Event(words::VISIT),
    State(words::ALIVE),
    State(words::ALIVE),
    State(words::RULES),
];

/// Ruling without successions: two names for one thing would make it succeed itself.
pub const HOLDING: &[Word] = &[
    Event(words::INSTALL),
    Event(words::INSTALL),
    Event(words::DEPOSE),
    Event(words::VISIT),
    Event(words::SHUN),
    Event(words::MEET),
    State(words::RULES),
    State(words::RULES),
];

/// Being here and there, beside what is held for other reasons.
pub const GOING: &[Word] = &[
    Event(words::MEET),
    Event(words::MEET),
    Event(words::FIGHT),
    Event(words::FIGHT),
    Event(words::FORGET),
    Event(words::INSTALL),
    State(words::KNOWS),
    State(words::RULES),
];

/// Fights that denials can speak of.
pub const FIGHTING: &[Word] = &[
    Event(words::FIGHT),
    Event(words::RAID),
    Event(words::INSTALL),
    Event(words::DEPOSE),
    State(words::RULES),
    State(words::RULES),
];

impl Mix {
    pub const PLAIN: Mix = Mix {
        lines: (2, 5),
        days: (3, 6),
        moments: 5,
        words: RULING,
        relative: 35,
        or: 0,
        undated: 0,
        lasting: 0,
        throughout: 0,
        span: 0,
        denied: 0,
        unknown: 0,
        doubted: 0,
        shared: 10,
        reported: 5,
        once: 0,
        lasts: 0,
        fades: 0,
        needs: 0,
        covers: 0,
        one_of: 0,
        choice: 0,
        identity: 0,
        sources: 0,
        prefer: 0,
        draft: 0,
        unnamed: 0,
        travel: 0,
    };
}

struct Maker<'a> {
    random: &'a mut Random,
    mix: &'a Mix,
    /// The few words this case is made of, so that its lines bear on each other.
    words: Vec<Word>,
    max: i32,
    lines: Vec<Line>,
}

/// The case of a seed.
pub fn case(seed: u64, mix: &Mix) -> Case {
    let mut random = Random::new(seed);
    let max = random.between(mix.days.0, mix.days.1);
    let rules = Rules {
        once: random.chance(mix.once),
        lasts: random.chance(mix.lasts).then(|| random.between(1, max)),
        fades: random.chance(mix.fades).then(|| random.between(1, 3)),
        needs: random.chance(mix.needs),
    };
    let covers = random.chance(mix.covers).then(|| {
        let first = random.between(-1, 2);
        (first, random.between(first, max + 1))
    });
    let count = random.between(mix.lines.0, mix.lines.1);
    let words = (0..3).map(|_| *random.pick(mix.words)).collect();
    let mut maker = Maker {
        random: &mut random,
        mix,
        words,
        max,
        lines: Vec::new(),
    };
    for _ in 0..count {
        if maker.moments() < mix.moments {
            let line = maker.line();
            maker.lines.push(line);
        }
    }
    for line in 0..maker.lines.len() {
        maker.relate(line);
    }
    let choice = maker.choice();
    let identity = maker.identity();
    maker.attribute();
    let trust = maker.trust();
    maker.draft();
    let unnamed = maker.unnamed();
    let travel = maker.random.chance(mix.travel);
    let travel = travel.then(|| maker.random.between(1, 3));
    let lines = maker.lines;
    Case {
        rules,
        covers,
        max,
        lines,
        choice,
        identity,
        trust,
        unnamed,
        travel,
    }
}

impl Maker<'_> {
    fn moments(&self) -> usize {
        let lines = self.lines.iter().filter(|l| l.same_event_as.is_none());
        lines
            .map(|l| {
                if l.lasting {
                    2
                } else {
                    usize::from(has_moment(l))
                }
            })
            .sum()
    }

    fn line(&mut self) -> Line {
        if self.random.chance(self.mix.shared)
            && let Some(line) = self.second_account()
        {
            return line;
        }
        let word = match self.random.chance(75) {
            true => *self.random.pick(&self.words),
            false => *self.random.pick(self.mix.words),
        };
        let mut line = Line {
            says: self.says(word),
            mode: Mode::Asserted,
            doubted: self.random.chance(self.mix.doubted),
            lasting: false,
            draft: false,
            by: Vec::new(),
            or_else: None,
            same_event_as: None,
            when: Vec::new(),
        };
        let untouched = matches!(word, Event(words::CAPTURE | words::TEST));
        if self.random.chance(self.mix.denied) && !untouched {
            line.mode = Mode::Denied;
            line.when = vec![Place::plain(self.denied_days())];
        } else if self.random.chance(self.mix.unknown) && !untouched {
            line.mode = Mode::UnknownWhether;
            line.when = vec![Place::plain(Point::On(self.days()))];
        } else if let State(_) = word {
            self.date_state(&mut line);
        } else {
            line.lasting = self.random.chance(self.mix.lasting);
            self.date(&mut line);
        }
        self.leave_open(&mut line);
        line
    }

    /// Who it was is left between two, or, in the denial of a fight, open.
    fn leave_open(&mut self, line: &mut Line) {
        let (Says::Event(_, roles) | Says::State(_, roles)) = &mut line.says;
        if line.mode == Mode::Asserted && self.random.chance(self.mix.one_of) {
            let other = *self.random.pick(&PERSONS);
            if !roles.contains(&other) {
                line.or_else = Some((0, other));
            }
        }
        let fight = matches!(line.says, Says::Event(words::FIGHT | words::RAID, _));
        if fight && line.mode == Mode::Denied && self.random.chance(30) {
            let (Says::Event(_, roles) | Says::State(_, roles)) = &mut line.says;
            roles[1] = UNFILLED;
        }
    }

    /// Two undoubted events of which one happened.
    fn choice(&mut self) -> Option<(usize, usize)> {
        let free = |l: &Line| matches!(l.says, Says::Event(..)) && has_moment(l) && !l.doubted;
        let lines: Vec<usize> = (0..self.lines.len())
            .filter(|i| free(&self.lines[*i]) && self.lines[*i].same_event_as.is_none())
            .collect();
        let made = lines.len() >= 2 && self.random.chance(self.mix.choice);
        made.then(|| (lines[0], lines[1]))
    }

    fn identity(&mut self) -> Option<(u32, u32, bool)> {
        let made = self.random.chance(self.mix.identity);
        let pairs = [(PERSONS[0], PERSONS[1]), (PERSONS[1], PERSONS[2]), (3, 4)];
        // Where two places may be one, a doubted name can be what lets claims fit: conflicts are
        // then a matter of how doubt is read, and not of travel.
        let pairs = if self.mix.travel > 0 {
            &pairs[..2]
        } else {
            &pairs[..]
        };
        let (a, b) = *self.random.pick(pairs);
        made.then(|| (a, b, self.random.chance(75)))
    }

    /// Gives every line to one of few sources, some to two.
    fn attribute(&mut self) {
        let few = self.mix.sources;
        for line in 0..self.lines.len() {
            if few == 0 {
                return;
            }
            let mut by = vec![self.random.below(few) as u32];
            if self.random.chance(20) {
                by.push(self.random.below(few) as u32);
            }
            by.dedup();
            self.lines[line].by = by;
        }
    }

    /// Trust between sources, never in a circle.
    fn trust(&mut self) -> Vec<(u32, u32)> {
        let mut trust = Vec::new();
        for worse in 0..self.mix.sources as u32 {
            for better in 0..worse {
                if self.random.chance(self.mix.prefer) {
                    trust.push((better, worse));
                }
            }
        }
        trust
    }

    fn draft(&mut self) {
        if self.random.chance(self.mix.draft) {
            let line = self.random.below(self.lines.len());
            self.lines[line].draft = true;
        }
    }

    /// One person without a name, or two.
    fn unnamed(&mut self) -> Vec<u32> {
        let made = self.random.chance(self.mix.unnamed);
        let who = *self.random.pick(&PERSONS);
        let all = if self.random.chance(30) {
            &PERSONS[..2]
        } else {
            std::slice::from_ref(&who)
        };
        if made { all.to_vec() } else { Vec::new() }
    }

    /// Another date for an event already told.
    fn second_account(&mut self) -> Option<Line> {
        let plain = |l: &Line| {
            matches!(l.says, Says::Event(..))
                && l.or_else.is_none()
                && l.mode == Mode::Asserted
                && l.same_event_as.is_none()
        };
        let told: Vec<usize> = (0..self.lines.len())
            .filter(|i| plain(&self.lines[*i]))
            .collect();
        if told.is_empty() {
            return None;
        }
        let first = *self.random.pick(&told);
        let mut line = self.lines[first].clone();
        line.same_event_as = Some(first);
        line.doubted = self.random.chance(self.mix.doubted);
        line.when.clear();
        self.date(&mut line);
        if self.random.chance(self.mix.reported) {
            line.mode = Mode::Ordered;
            line.doubted = false;
            line.when = vec![Place::plain(Point::On(self.days()))];
        }
        Some(line)
    }

    fn says(&mut self, word: Word) -> Says {
        let person = self.person();
        let first = if self.mix.travel > 0 { 50 } else { 85 };
        let polity = if self.random.chance(first) {
            POLITIES[0]
        } else {
            POLITIES[1]
        };
        let mut other = self.person();
        while other == person {
            other = self.person();
        }
        match word {
            Event(t @ words::REPLACE) => Says::Event(t, vec![person, polity, other]),
            Event(t @ (words::CAPTURE | words::BORN | words::DIES)) => Says::Event(t, vec![person]),
            Event(t @ (words::ALLY | words::PART)) => Says::Event(t, vec![person, other]),
            Event(t) => Says::Event(t, vec![person, polity]),
            State(r @ words::ALIVE) => Says::State(r, vec![person]),
            State(r @ words::ALLIED) => Says::State(r, vec![person, other]),
            State(r) => Says::State(r, vec![person, polity]),
        }
    }

    fn person(&mut self) -> u32 {
        let few = if self.random.chance(85) { 2 } else { 3 };
        PERSONS[self.random.below(few)]
    }

    fn date_state(&mut self, line: &mut Line) {
        if self.random.chance(self.mix.throughout) {
            line.when = vec![Place::plain(Point::Throughout(self.days()))];
        } else if self.random.chance(self.mix.span) {
            let (from, to) = (Some(self.days()), Some(self.days()));
            let point = match self.random.below(4) {
                0 => Point::Span { from, to: None },
                1 => Point::Span { from: None, to },
                _ => Point::Span { from, to },
            };
            line.lasting = matches!(
                &point,
                Point::Span {
                    from: Some(_),
                    to: Some(_)
                }
            );
            line.when = vec![Place::plain(point)];
        } else {
            self.date(line);
        }
    }

    /// Days for an event or a mention, some with a second condition of the same kind.
    fn date(&mut self, line: &mut Line) {
        if self.random.chance(self.mix.undated) {
            line.when = match self.random.chance(50) {
                true => vec![Place::plain(Point::Undated)],
                false => Vec::new(),
            };
            return;
        }
        let point = if line.lasting && self.random.chance(40) {
            Point::Span {
                from: Some(self.days()),
                to: Some(self.days()),
            }
        } else if line.lasting && self.random.chance(10) {
            Point::Throughout(self.days())
        } else {
            Point::On(self.days())
        };
        line.when.push(Place::plain(point));
        if self.random.chance(self.mix.reported) {
            let mut place = Place::plain(Point::On(self.days()));
            place.reported = true;
            line.when.push(place);
        }
        if self.random.chance(self.mix.doubted / 3) {
            let mut place = Place::plain(Point::On(self.days()));
            place.doubted = true;
            line.when.push(place);
        }
    }

    /// One or two ranges of days from 0 to the last.
    fn days(&mut self) -> DaySet {
        let day = self.random.between(0, self.max);
        let range = |first, last| DayRange {
            first: Some(Day(first)),
            last: Some(Day(last)),
        };
        let ranges = match self.random.below(10) {
            0..4 => vec![range(day, day)],
            4..7 => vec![range(day, (day + self.random.between(1, 3)).min(self.max))],
            7..9 => {
                let other = self.random.between(0, self.max);
                let long = (other + self.random.between(0, 1)).min(self.max);
                vec![range(day, day), range(other, long)]
            }
            _ => vec![range(0, self.max)],
        };
        DaySet::from_ranges(ranges).expect("each range has a day")
    }

    fn denied_days(&mut self) -> Point {
        let day = Some(Day(self.random.between(0, self.max)));
        match self.random.below(12) {
            0 => Point::Undated,
            1 => Point::On(DaySet::range(None, day).expect("an open range")),
            2 => Point::On(DaySet::range(day, None).expect("an open range")),
            _ => Point::On(self.days()),
        }
    }

    /// Adds relative conditions to a line that has a moment.
    fn relate(&mut self, line: usize) {
        if !placed(&self.lines[line]) {
            return;
        }
        let event = |l: usize| self.lines[l].same_event_as.unwrap_or(l);
        let others: Vec<usize> = (0..self.lines.len())
            .filter(|o| has_moment(&self.lines[*o]) && event(*o) != event(line))
            .collect();
        if others.is_empty() {
            return;
        }
        if self.random.chance(self.mix.relative) {
            let point = self.relative(line, &others);
            self.lines[line].when.push(Place::plain(point));
        }
        if self.random.chance(self.mix.or) {
            let mut alternatives = vec![self.relative(line, &others)];
            alternatives.push(match self.random.chance(50) {
                true => Point::On(self.days()),
                false => self.relative(line, &others),
            });
            let place = Place {
                alternatives,
                doubted: false,
                reported: false,
            };
            self.lines[line].when.push(place);
        }
        let relative = |p: &Place| p.alternatives.iter().any(|p| anchors(p).is_some());
        // Now and then the relative condition stands alone.
        if self.lines[line].when.len() > 1
            && self.lines[line].when.iter().any(relative)
            && self.random.chance(self.mix.undated)
        {
            self.lines[line].when.retain(relative);
        }
    }

    fn relative(&mut self, line: usize, others: &[usize]) -> Point {
        let other = *self.random.pick(others);
        let bound = *self
            .random
            .pick(&[Bound::Whole, Bound::Whole, Bound::Start, Bound::End]);
        let anchor = Anchor {
            event: EventId(other as u32),
            bound,
        };
        let own_lasts = self.lines[line].lasting;
        match self.random.below(10) {
            0..3 => Point::After(anchor),
            3..5 => Point::Before(anchor),
            5 => Point::During(Anchor {
                bound: Bound::Whole,
                ..anchor
            }),
            6 if !own_lasts => Point::At(anchor),
            7..10 if !own_lasts => self.distance(anchor, self.lines[other].lasting),
            _ => Point::After(anchor),
        }
    }

    /// A distance in days; from a lasting thing, always from one of its two moments.
    fn distance(&mut self, mut anchor: Anchor, lasting: bool) -> Point {
        if lasting && anchor.bound == Bound::Whole {
            anchor.bound = Bound::End;
        }
        let near = self.random.between(-2, 2);
        let (least, most) = match self.random.below(6) {
            0 => (Some(near), None),
            1 => (None, Some(near)),
            2 => (Some(-near.abs()), Some(near.abs())),
            3 => {
                let offset = self.random.between(-1, 1);
                return Point::Cell {
                    anchor,
                    grid: GridId(0),
                    offset,
                };
            }
            _ => (Some(near), Some(near)),
        };
        Point::Offset {
            anchor,
            least,
            most,
        }
    }
}

/// Whether others can be placed by it.
fn has_moment(line: &Line) -> bool {
    let throughout = |p: &Place| matches!(p.alternatives[0], Point::Throughout(_));
    let whole = matches!(line.says, Says::State(..)) && line.when.iter().any(throughout);
    line.mode == Mode::Asserted && !whole
}

/// Whether it can be placed by others: an asserted moment, no span.
fn placed(line: &Line) -> bool {
    let span = |p: &Place| matches!(p.alternatives[0], Point::Span { .. });
    has_moment(line) && !(matches!(line.says, Says::State(..)) && line.when.iter().any(span))
}
