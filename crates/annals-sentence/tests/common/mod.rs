//! A small world for tests: vocabulary and declarations read from text by the plainest rules.

#![allow(dead_code)]

use annals_chronicle::{Entity, EntityId, EntityName, KindId, Vocabulary};
use annals_sentence::{
    Clause, Declaration, Declared, Holes, Matcher, Outcome, SlotContent, SlotFill, Target,
    compile_vocabulary,
};
use annals_text::{Edit, FileId, Files, Report, Span};

pub const SMALL: &str = include_str!("small.annals");

pub struct World {
    pub vocabulary: Vocabulary,
    pub entities: Vec<Entity>,
    pub matcher: Matcher,
    pub reports: Vec<Report>,
    pub text: String,
}

pub fn declared(word: &str) -> Option<Declared> {
    match word {
        "kind" => Some(Declared::Kind),
        "relation" => Some(Declared::Relation),
        "event" => Some(Declared::Event),
        "circumstance" => Some(Declared::Circumstance),
        _ => None,
    }
}

/// The vocabulary declarations of a text, without its comments.
pub fn declarations(text: &str, file: FileId) -> Vec<Declaration<'_>> {
    let mut all: Vec<Declaration> = vec![];
    let mut at = 0;
    for line in text.split('\n') {
        let start = at;
        at += line.len() + 1;
        let bare = line
            .split(" //")
            .next()
            .expect("a split has a first part")
            .trim_end();
        if bare.trim().is_empty() || bare.starts_with("//") || bare.trim().starts_with("//") {
            continue;
        }
        let indent = bare.len() - bare.trim_start().len();
        let span = Span::new(file, (start + indent) as u32, (start + bare.len()) as u32);
        if indent > 0 {
            if let Some(last) = all.last_mut() {
                last.clauses.push(Clause {
                    text: bare.trim(),
                    span,
                });
            }
            continue;
        }
        let (word, rest) = bare.split_once(' ').unwrap_or((bare, ""));
        if let Some(word) = declared(word) {
            let from = (start + bare.len() - rest.len()) as u32;
            let rest_span = Span::new(file, from, span.end);
            all.push(Declaration {
                word,
                rest,
                rest_span,
                line: span,
                clauses: vec![],
            });
        }
    }
    all
}

/// `polity Tang = Great Tang` lines: a kind, a name, further names.
pub fn entities(vocabulary: &Vocabulary, text: &str) -> Vec<Entity> {
    let mut all = vec![];
    for line in text.lines().map(str::trim).filter(|l| !l.is_empty()) {
        let (kind, rest) = line.split_once(' ').expect("a kind and a name");
        let kind = vocabulary.kinds.iter().position(|k| k.name == kind);
        let kind = kind.unwrap_or_else(|| panic!("kind of {line}"));
        let mut names = rest.split(" = ");
        let name = names.next().expect("a split has a first part").to_owned();
        let names = names.map(|n| EntityName {
            text: n.to_owned(),
            language: None,
            attestations: Vec::new(),
        });
        all.push(Entity {
            id: EntityId(all.len() as u32),
            name,
            kind: KindId(kind as u32),
            names: names.collect(),
            unnamed: false,
            words: false,
            plural: false,
            shares_name: false,
            place: None,
            geography: Default::default(),
            span: Span::new(FileId(9), all.len() as u32, all.len() as u32),
        });
    }
    all
}

pub fn world(vocabulary: &str, names: &str) -> World {
    let (compiled, reports) = compile_vocabulary(&declarations(vocabulary, FileId(0)));
    let entities = entities(&compiled, names);
    let matcher = Matcher::new(&compiled, &entities);
    let more = matcher.remarks(&entities);
    let reports = reports.into_iter().chain(more).collect();
    World {
        vocabulary: compiled,
        entities,
        matcher,
        reports,
        text: vocabulary.to_owned(),
    }
}

pub fn span_of(text: &str) -> Span {
    Span::new(FileId(1), 0, text.len() as u32)
}

impl World {
    pub fn name(&self, id: EntityId) -> String {
        let entity = &self.entities[id.index()];
        format!(
            "{} [{}]",
            entity.name,
            self.vocabulary.kinds[entity.kind.index()].name
        )
    }

    pub fn fill(&self, fill: &SlotFill) -> String {
        let join = |things: &[EntityId], joiner: &str| {
            things
                .iter()
                .map(|t| self.name(*t))
                .collect::<Vec<_>>()
                .join(joiner)
        };
        match &fill.content {
            SlotContent::Unfilled => "-".to_owned(),
            SlotContent::Hole => "?".to_owned(),
            SlotContent::One(thing) => self.name(*thing),
            SlotContent::List(things) => join(things, ", "),
            SlotContent::Together(things) => join(things, " + "),
            SlotContent::OneOf(things) => join(things, " | "),
            SlotContent::Text(text) => format!("\"{text}\""),
            SlotContent::Number(number) => format!("#{number}"),
        }
    }

    /// `submits to(vassal: Karasahr [polity]) at Kucha [place]`, a line a reading; or the codes
    /// and headlines of the reports.
    pub fn read_with(&self, text: &str, holes: Holes) -> String {
        match self.matcher.read(text, span_of(text), holes) {
            Outcome::Failed(reports) => {
                assert!(!reports.is_empty());
                let lines: Vec<String> = reports
                    .iter()
                    .map(|r| format!("{}: {}", r.code, r.headline))
                    .collect();
                lines.join("\n")
            }
            Outcome::Read(readings) => {
                assert!(!readings.is_empty());
                let lines: Vec<String> = readings.iter().map(|r| self.reading(r)).collect();
                lines.join("\n")
            }
        }
    }

    fn reading(&self, r: &annals_sentence::Reading) -> String {
        let (name, roles) = match r.target {
            Target::Event(id) => {
                let e = &self.vocabulary.event_types[id.index()];
                (&e.name, &e.roles)
            }
            Target::Relation(id) => {
                let r = &self.vocabulary.relations[id.index()];
                (&r.name, &r.roles)
            }
        };
        let filled = roles.iter().zip(&r.roles);
        let filled = filled.filter(|(_, f)| f.content != SlotContent::Unfilled);
        let roles: Vec<String> = filled
            .map(|(role, f)| format!("{}: {}", role.name, self.fill(f)))
            .collect();
        let mut line = format!("{name}({})", roles.join(", "));
        for (id, fill) in &r.tail {
            let name = &self.vocabulary.circumstances[id.index()].name;
            line = format!("{line} {name} {}", self.fill(fill));
        }
        line
    }

    pub fn read(&self, text: &str) -> String {
        self.read_with(text, Holes::Refused)
    }

    pub fn ask(&self, text: &str) -> String {
        self.read_with(text, Holes::Allowed)
    }

    pub fn reports(&self, text: &str) -> Vec<Report> {
        match self.matcher.read(text, span_of(text), Holes::Refused) {
            Outcome::Failed(reports) => reports,
            Outcome::Read(_) => panic!("reads: {text}"),
        }
    }

    /// The whole of every report, for reading and for snapshots.
    pub fn told(&self, text: &str) -> String {
        self.reports(text)
            .iter()
            .map(|r| told(text, r))
            .collect::<Vec<_>>()
            .join("\n")
    }
}

/// A report in full: the words its labels cover, its notes and remedies.
pub fn told(text: &str, report: &Report) -> String {
    let mut lines = vec![format!("{}: {}", report.code, report.headline)];
    let cover = |span: Span| {
        text.get(span.start as usize..span.end as usize)
            .unwrap_or("<end>")
    };
    for label in &report.labels {
        lines.push(format!("  @ `{}` {}", cover(label.span), label.words));
    }
    lines.extend(report.notes.iter().map(|n| format!("  = {n}")));
    for remedy in &report.remedies {
        let edit = |e: &Edit| format!(" [`{}` -> `{}`]", cover(e.span), e.replacement.trim_end());
        let edits: String = remedy.edits.iter().map(edit).collect();
        let safe = if remedy.safe { " (safe)" } else { "" };
        lines.push(format!("  > {}{edits}{safe}", remedy.words));
    }
    lines.join("\n")
}

/// The shipped vocabulary, if it lies where the workspace keeps it.
pub fn shipped() -> (Files, Vec<FileId>) {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../vocabulary");
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .map(|entries| entries.filter_map(Result::ok).map(|e| e.path()).collect())
        .unwrap_or_default();
    paths.sort();
    let mut files = Files::new();
    let mut ids = vec![];
    for path in paths
        .iter()
        .filter(|p| p.extension().is_some_and(|e| e == "annals"))
    {
        let name = path
            .file_name()
            .expect("a file has a name")
            .to_string_lossy()
            .into_owned();
        ids.push(files.add(
            name,
            std::fs::read_to_string(path).expect("a readable file"),
        ));
    }
    (files, ids)
}
