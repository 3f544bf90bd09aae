//! Dates: the when of every claim, with the window of its section.

use annals_calendar::Settings;
use annals_chronicle::{
    Condition, Constraint, EventId, Few, Mode, Origin, Point, SectionId, Sentence, Vocabulary, When,
};
use annals_text::{Edit, Files, Report, Span};

use crate::claims::{Line, Step};
use crate::frame::{Context, Frame};
use crate::hanging;
use crate::kept::{Again, hang_from};
use crate::when::{self, Asked, Grids, Ground, LabelBook, Previous};

/// The date of one claim.
#[derive(Clone, Debug)]
pub(crate) struct Dated {
    /// When.
    pub when: When,
    /// Whether its own date gives it a start and an end.
    pub lasting: bool,
    /// Nothing of its date could be read, or it is a denial and less was read than it says:
    /// without its date it would float, or deny more than was said. It counts nowhere.
    pub unusable: bool,
    /// A denial or the like, which speaks of its whole date.
    pub covers_all: bool,
    /// Whether it was read from its own words alone.
    pub alone: bool,
    /// Whether it needs no window of its section.
    pub own: bool,
    /// How many days all dates before it name, as grids gather them.
    pub days: u32,
}

/// What the last line told in one section, fence or file.
enum Told {
    Events(Few<EventId>),
    Unreadable,
}

/// Dates every claim, in the order of claims.
pub(crate) fn read(
    files: &Files,
    steps: &[Step<'_>],
    vocabulary: &Vocabulary,
    frame: &Frame,
    (labels, again): (&LabelBook<'_>, Option<&Again<'_>>),
    grids: &mut Grids,
    reports: &mut Vec<Report>,
) -> Vec<Dated> {
    let event_of = &labels.event_of;
    let windows = windows(files, frame, labels, grids, reports);
    let mut reader = Reader {
        files,
        vocabulary,
        frame,
        labels,
        again,
        windows,
        told: Vec::from_iter((0..frame.scopes()).map(|_| None)),
        dated: Vec::with_capacity(event_of.len()),
    };
    for step in steps {
        match step {
            Step::Broken { tree, at } => {
                let scope = frame.context(*tree, *at).scope;
                reader.told[scope as usize] = Some(Told::Unreadable);
            }
            Step::Line(line) => reader.line(line, event_of, grids, reports),
        }
    }
    let mut dated = reader.dated;
    hanging::drop_hanging(&mut dated, event_of, reports);
    dated
}

/// The conditions that sections lay on claims without a date of their own.
fn windows(
    files: &Files,
    frame: &Frame,
    labels: &LabelBook<'_>,
    grids: &mut Grids,
    reports: &mut Vec<Report>,
) -> Vec<Few<Condition>> {
    let mut all = Vec::new();
    for (i, window) in frame.windows.iter().enumerate() {
        let Some(window) = window else {
            all.push(Few::new());
            continue;
        };
        let text = files.slice(window.span);
        let settings = &frame.file_settings[window.tree];
        let mut ground = ground(settings, labels, Previous::Nothing, true, grids);
        let read = when::read(text, window.span, &mut ground, reports);
        if !read.absolute && !read.failed {
            reports.push(
                Report::error(
                    "bad-directive",
                    "a section's window needs a date of its own",
                )
                .at(window.span, "this names no days")
                .help("write it like `within 644` or `within 640 to 650`"),
            );
        }
        let conditions = read.conditions.into_iter().map(|c| Condition {
            written: format!("within {}", c.written).into(),
            origin: Origin::Section(SectionId(i as u32)),
            alternatives: c.alternatives.into_iter().map(within).collect(),
            ..c
        });
        all.push(conditions.collect());
    }
    all
}

/// `within 640 to 650` is some time between them, not all of it.
fn within(point: Point) -> Point {
    match point {
        Point::Span { from, to } => {
            let first = from.and_then(|d| d.first());
            let last = to.and_then(|d| d.last());
            annals_chronicle::DaySet::range(first, last).map_or(Point::Undated, Point::On)
        }
        Point::Throughout(days) => Point::On(days),
        other => other,
    }
}

fn ground<'a>(
    settings: &'a Settings,
    labels: &'a LabelBook<'a>,
    previous: Previous<'a>,
    takes_bare_range: bool,
    grids: &'a mut Grids,
) -> Ground<'a> {
    Ground {
        settings,
        labels,
        previous,
        takes_bare_range,
        grids,
        asked: Asked::default(),
    }
}

struct Reader<'r> {
    files: &'r Files,
    vocabulary: &'r Vocabulary,
    frame: &'r Frame,
    labels: &'r LabelBook<'r>,
    again: Option<&'r Again<'r>>,
    windows: Vec<Few<Condition>>,
    /// By number of the section, fence or file.
    told: Vec<Option<Told>>,
    dated: Vec<Dated>,
}

impl Reader<'_> {
    fn line(
        &mut self,
        line: &Line<'_>,
        event_of: &[EventId],
        grids: &mut Grids,
        reports: &mut Vec<Report>,
    ) {
        let context = self.frame.context(line.tree, line.at);
        let days = grids.days().len() as u32;
        let mut dated = match self.kept(line, context, grids) {
            Some(dated) => dated,
            None => self.anew(line, context, grids, reports),
        };
        dated.days = days;
        self.done(line, context, dated, event_of);
    }

    /// The date as it was read before, where it can be taken from there.
    fn kept(&self, line: &Line<'_>, context: &Context, grids: &mut Grids) -> Option<Dated> {
        let found = line.found(self.again)?;
        let (mut conditions, named, own) = found.date(self.labels)?;
        grids.reach_again(named);
        let covers_all = matches!(line.mode, Mode::Denied | Mode::UnknownWhether);
        let lasting = !covers_all && conditions.iter().any(lasts);
        conditions.extend(self.window(context, own));
        Some(Dated {
            when: When { conditions },
            lasting,
            unusable: false,
            covers_all,
            alone: true,
            own,
            days: 0,
        })
    }

    fn anew(
        &self,
        line: &Line<'_>,
        context: &Context,
        grids: &mut Grids,
        reports: &mut Vec<Report>,
    ) -> Dated {
        let holds = |s: &Sentence| matches!(s, Sentence::Holds { .. });
        // A denial covers its whole date, so a range says all there is to say.
        let covers_all = matches!(line.mode, Mode::Denied | Mode::UnknownWhether);
        let previous = match &self.told[context.scope as usize] {
            _ if context.table => Previous::Table,
            None => Previous::Nothing,
            Some(Told::Unreadable) => Previous::Unreadable,
            Some(Told::Events(events)) => Previous::Events(events),
        };
        let mut ground = ground(
            self.frame.settings_of(context),
            self.labels,
            previous,
            covers_all || line.said.iter().all(holds),
            grids,
        );
        let span = line.claim.when;
        let reported = reports.len();
        let mut read = when::read(self.files.slice(span), span, &mut ground, reports);
        let asked = std::mem::take(&mut ground.asked);
        let timeless = line.said.iter().all(|s| self.is_timeless(s)) && !line.said.is_empty();
        match read.always {
            Some(place) if !timeless && !line.said.is_empty() => {
                reports.push(always_needs_timeless(place, line.claim.sentence, line.mode));
                read.failed = true;
                read.conditions
                    .retain(|c| !c.alternatives.contains(&Point::Always));
            }
            None if timeless => {
                reports.push(timeless_needs_always(span, line.claim.sentence));
                read.conditions = Few::new();
                read.absolute = true;
            }
            _ => {}
        }
        let lasting = !covers_all && read.conditions.iter().any(lasts);
        let kept = |c: &Condition| c.sic.is_some();
        let less = read.failed || read.impaired || read.conditions.iter().any(kept);
        let unread = read.failed || read.hanging;
        let mut conditions = read.conditions;
        let own = read.absolute || read.always.is_some() || read.failed;
        let alone = !unread && reports.len() == reported && hang_from(&conditions, &asked);
        conditions.extend(self.window(context, own));
        let floats = unread && conditions.is_empty();
        let unusable = floats || covers_all && (less || read.hanging);
        if unusable && !line.said.is_empty() {
            does_not_count(&mut reports[reported..], floats);
        }
        Dated {
            when: When { conditions },
            lasting,
            unusable,
            covers_all,
            alone: alone && !unusable,
            own,
            days: 0,
        }
    }

    /// Gives the date of a line to each of its claims.
    fn done(&mut self, line: &Line<'_>, context: &Context, dated: Dated, event_of: &[EventId]) {
        let first = self.dated.len();
        if let [_, others @ ..] = &line.said[..] {
            let copies = others.iter().map(|_| dated.clone());
            self.dated.extend(copies);
            self.dated.push(dated);
        }
        self.remember(context.scope, line, &event_of[first..self.dated.len()]);
    }

    fn window(&self, context: &Context, has_own: bool) -> Few<Condition> {
        match context.section {
            Some(section) if !has_own => self.windows[section.index()].clone(),
            _ => Few::new(),
        }
    }

    /// What `then` on the next line follows: something that happened, never a state, a denial or
    /// what was only planned.
    fn remember(&mut self, scope: u32, line: &Line<'_>, events: &[EventId]) {
        let happened = matches!(line.mode, Mode::Asserted | Mode::Attempted);
        if line.said.is_empty() {
            self.told[scope as usize] = Some(Told::Unreadable);
        } else if happened && !matches!(line.said[0], Sentence::Holds { .. }) {
            let events = events.iter().copied().collect();
            self.told[scope as usize] = Some(Told::Events(events));
        }
    }

    fn is_timeless(&self, sentence: &Sentence) -> bool {
        match sentence {
            Sentence::Holds { relation, .. } => self.vocabulary.relations[relation.index()]
                .constraints
                .contains(&Constraint::Timeless),
            Sentence::Happens { .. } | Sentence::Text(_) => false,
        }
    }
}

/// Says, in the first report on a date, what becomes of its claim.
fn does_not_count(reports: &mut [Report], floats: bool) {
    let words = if floats {
        "the claim counts nowhere, for without its date it could lie anywhere"
    } else {
        "the denial counts nowhere, for with less of a date it would deny more than it says"
    };
    if let Some(report) = reports.first_mut() {
        report.notes = vec![words.to_string()];
    }
}

/// Whether a condition of a claim's own gives it a start and an end.
fn lasts(condition: &Condition) -> bool {
    condition
        .alternatives
        .iter()
        .any(|p| matches!(p, Point::Span { .. } | Point::Throughout(_)))
}

fn always_needs_timeless(place: Span, sentence: Span, mode: Mode) -> Report {
    let report = Report::error(
        "always-needs-timeless",
        "only what is timeless can be so always",
    )
    .at(
        place,
        "`always` was expected only before a timeless relation",
    )
    .also(sentence, "this begins, ends or happens");
    if mode == Mode::Denied {
        return report.help("write `undated: not:` to deny it at every time");
    }
    report
        .help("write `undated:` if no source dates it")
        .help("write `throughout` and a date if it held so long")
}

/// What holds always or never has no date.
fn timeless_needs_always(when: Span, sentence: Span) -> Report {
    let edit = Edit {
        span: when,
        replacement: "always".to_string(),
    };
    Report::error("always-needs-timeless", "what is timeless is so always")
        .at(when, "`always` was expected here")
        .also(sentence, "this holds at every time or at none")
        .fix("write `always`", vec![edit], false)
}
