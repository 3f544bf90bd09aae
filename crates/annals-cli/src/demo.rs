//! `annals demo`: a short tour of the shipped chronicle in the terminal, then the page.

use std::fs;
use std::io::{self, ErrorKind, IsTerminal};
use std::path::PathBuf;

use annals::{Answer, Changes, Compiled, MemoryWorld, Refusal, Severity, compile};
use annals_text::render_human;
use annals_web::Options;

use crate::args::Demo;
use crate::output::{Failure, count, say};
use crate::run::Exit;
use crate::serve::serve_with;
use crate::shipped::KARASAHR;

/// Compiles the shipped chronicle and asks it some questions, saying each command it would take;
/// then serves a copy of it, which may be changed at will.
pub fn demo(arguments: &Demo) -> Result<Exit, Failure> {
    let tour = Tour::new();
    say(&tour.opening())?;
    for stop in STOPS {
        say(&tour.stop(stop))?;
    }
    say(CLOSING)?;
    if arguments.no_serve {
        return Ok(Exit::Clean);
    }
    say("\nAnd the same in the browser:\n\n")?;
    let copy = Copy::new()
        .map_err(|e| Failure::Input(format!("the chronicle cannot be put into a folder: {e}")))?;
    let options = Options::new(&copy.0, "main.annals");
    serve_with(options, arguments.port, io::stdout().is_terminal())
}

/// A copy of the shipped chronicle in a folder of its own, taken away in the end.
struct Copy(PathBuf);

impl Copy {
    fn new() -> io::Result<Copy> {
        let mut number = std::process::id();
        let folder = loop {
            let folder = std::env::temp_dir().join(format!("annals-karasahr-{number}"));
            // A folder that is there already is somebody else's.
            match fs::create_dir(&folder) {
                Err(e) if e.kind() == ErrorKind::AlreadyExists => number = number.wrapping_add(1),
                made => break made.map(|()| folder)?,
            }
        };
        let copy = Copy(folder);
        for (path, text) in KARASAHR {
            let name = path.rsplit('/').next().unwrap_or(path);
            fs::write(copy.0.join(name), text)?;
        }
        Ok(copy)
    }
}

impl Drop for Copy {
    fn drop(&mut self) {
        // What cannot be taken away is left to whoever clears temporary files.
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// A stop of the tour: what is told, what is asked, and how many lines of the answer are shown.
struct Stop {
    words: &'static str,
    asks: Asks,
    lines: usize,
}

enum Asks {
    Readings,
    Without(&'static str),
    Timeline(&'static str),
    Question(&'static str),
    When(&'static str),
    Why(&'static str, &'static str),
}

const STOPS: &[Stop] = &[
    Stop {
        words: "Everything recorded of the man Tang made king, in the order of time.\n\
                Solid is certain; hatched is possible.",
        asks: Asks::Timeline("Long Lipozhun"),
        lines: 18,
    },
    Stop {
        words: "A state on a day, and why. Nobody wrote that Khotan was subject to Tang in 640:\n\
                it follows from the submission of 632, as long as nothing ends it.",
        asks: Asks::Why("Khotan is subject to Tang", "640-06-01"),
        lines: 20,
    },
    Stop {
        words: "Whose vassal was Karasahr in the summer of 646? A question mark asks for a name.",
        asks: Asks::Question("646-06-15: ? is suzerain of Karasahr"),
        lines: 4,
    },
    Stop {
        words: "When did the protectorate move? One source says 658 or 659, another gives the day.",
        asks: Asks::When("#seat-moves"),
        lines: 20,
    },
    Stop {
        words: "When did Karasahr fall? The sources cannot all be right. Each way of reading them leaves\n\
                something out, and says whom it follows.",
        asks: Asks::Readings,
        lines: 14,
    },
    Stop {
        words: "What if nobody had told of the recovery of 692? Everything is worked out again without\n\
                it, and what changes is shown: Tang must still have held what it lost in the 790s.",
        asks: Asks::Without("#recovery"),
        lines: 18,
    },
    Stop {
        words: "And what is not known stays not known, with the passages that leave it open.",
        asks: Asks::Question("650-01-01: Tang has a garrison in Karasahr"),
        lines: 20,
    },
];

const CLOSING: &str = "
Now your own: `annals new reign` makes a small chronicle to begin with, `annals check` checks it,
and `annals doc vocabulary` lists what can be said.
";

struct Tour {
    compiled: Compiled,
}

impl Tour {
    fn new() -> Tour {
        let mut world = MemoryWorld::new();
        for (path, text) in KARASAHR {
            world.add(*path, *text);
        }
        let compiled = compile(&world, KARASAHR[0].0);
        Tour { compiled }
    }

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
            Asks::Readings => ("readings".to_owned(), Ok(self.compiled.readings())),
            Asks::Without(what) => {
                let changes = Changes {
                    without: vec![what.to_owned()],
                    ..Changes::default()
                };
                let answer = self.compiled.difference(&changes);
                (format!("whatif --without {what}"), answer)
            }
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
        format!(
            "\n{}\n\n{command}\n{}",
            stop.words,
            printed(answer, stop.lines)
        )
    }
}

/// The first lines of an answer, without the line that repeats the question.
fn printed(answer: Result<Answer, Box<Refusal>>, most: usize) -> String {
    let text = match answer {
        Ok(answer) => answer.to_text(),
        Err(refused) => render_human(&refused.files, &refused.reports, true),
    };
    let lines: Vec<&str> = text.trim_end().lines().skip(1).collect();
    let mut out = String::new();
    for line in lines.iter().skip_while(|l| l.is_empty()).take(most) {
        out.push_str(format!("  {line}").trim_end());
        out.push('\n');
    }
    if lines.len() > most {
        out.push_str(&format!("  … {}\n", count(lines.len() - most, "more line")));
    }
    out
}

fn bold(text: &str) -> String {
    format!("\u{1b}[1m{text}\u{1b}[0m")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_stop_has_an_answer() {
        let tour = Tour::new();
        for stop in STOPS {
            let text = tour.stop(stop);
            assert!(!text.contains("error["), "{text}");
        }
    }
}
