//! `annals demo`: a short tour of the shipped chronicle in the terminal.

use annals::{Answer, Compiled, MemoryWorld, Refusal, Severity, compile};
use annals_text::render_human;

use crate::output::{Failure, count, say};
use crate::run::Exit;
use crate::shipped::KARASAHR;

/// The longest a printed answer may be before the tour cuts it.
const LINES: usize = 32;

/// Compiles the shipped chronicle and asks it some questions, saying each command it would take.
pub fn demo() -> Result<Exit, Failure> {
    let mut world = MemoryWorld::new();
    for (path, text) in KARASAHR {
        world.add(*path, *text);
    }
    let tour = Tour {
        compiled: compile(&world, KARASAHR[0].0),
    };
    say(&tour.opening())?;
    for stop in STOPS {
        say(&tour.stop(stop))?;
    }
    say(CLOSING)?;
    Ok(Exit::Clean)
}

/// A stop of the tour: what is told, what is asked.
struct Stop {
    words: &'static str,
    asks: Asks,
}

enum Asks {
    Timeline(&'static str),
    Question(&'static str),
    When(&'static str),
    Why(&'static str, &'static str),
}

const STOPS: &[Stop] = &[
    Stop {
        words: "What is recorded of the man Tang made king, in the order of time.",
        asks: Asks::Timeline("Long Lipozhun"),
    },
    Stop {
        words: "A state on a day. Nobody wrote \"in 640 Karasahr was subject to Tang\":\n\
                it follows from the submission of 632, as long as nothing ends it.",
        asks: Asks::Question("640-06-01: Karasahr is subject to Tang"),
    },
    Stop {
        words: "Why, claim by claim.",
        asks: Asks::Why("Karasahr is subject to Tang", "640-06-01"),
    },
    Stop {
        words: "Who ruled after the Tang army had left? A question mark asks for a name.",
        asks: Asks::Question("646: ? is ruler of Karasahr"),
    },
    Stop {
        words: "An event has the days the sources leave it, no more and no fewer.",
        asks: Asks::When("seat of Anxi Protectorate is at Kucha"),
    },
    Stop {
        words: "And what is not known stays not known.",
        asks: Asks::Question("650-01-01: Tang has a garrison in Karasahr"),
    },
];

const CLOSING: &str = "\
Now your own: `annals new reign` makes a small chronicle to begin with, `annals check` checks it,
and `annals doc vocabulary` lists what can be said.
";

struct Tour {
    compiled: Compiled,
}

impl Tour {
    fn opening(&self) -> String {
        let chronicle = self.compiled.chronicle();
        let of = |severity| {
            let reports = self.compiled.reports.iter();
            reports.filter(|r| r.severity == severity).count()
        };
        format!(
            "{}\n{}, {}, {}; the sources leave {} to think about.\n",
            bold(chronicle.title.as_deref().unwrap_or("A chronicle")),
            count(chronicle.claims.len(), "claim"),
            count(chronicle.sources.len(), "source"),
            count(chronicle.events.len(), "event"),
            count(of(Severity::Finding), "finding"),
        )
    }

    fn stop(&self, stop: &Stop) -> String {
        let (command, answer) = match stop.asks {
            Asks::Timeline(name) => (
                format!("timeline \"{name}\""),
                self.compiled.timeline(Some(name)),
            ),
            Asks::Question(question) => {
                (format!("ask \"{question}\""), self.compiled.ask(question))
            }
            Asks::When(sentence) => (format!("when \"{sentence}\""), self.compiled.when(sentence)),
            Asks::Why(sentence, day) => (
                format!("why \"{sentence}\" --at {day}"),
                self.compiled.why(sentence, day),
            ),
        };
        let command = bold(&format!("$ annals {command}"));
        format!("\n{}\n\n{command}\n{}", stop.words, printed(answer))
    }
}

fn printed(answer: Result<Answer, Box<Refusal>>) -> String {
    let text = match answer {
        Ok(answer) => answer.to_text(),
        Err(refused) => render_human(&refused.files, &refused.reports, true),
    };
    let lines: Vec<&str> = text.trim_end().lines().collect();
    let mut out = String::new();
    for line in lines.iter().take(LINES) {
        out.push_str(&format!("  {line}\n"));
    }
    if lines.len() > LINES {
        out.push_str(&format!(
            "  … {}\n",
            count(lines.len() - LINES, "more line")
        ));
    }
    out
}

fn bold(text: &str) -> String {
    format!("\u{1b}[1m{text}\u{1b}[0m")
}
