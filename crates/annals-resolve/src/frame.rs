//! Directives: the title, calendars, coverage, trust, drafts, and the sections claims stand in.
//!
//! What goes out is a [`Frame`]: for every statement the [`Context`] it stands in, so that later
//! passes never look at directives again.

mod repeated;

use annals_calendar::{Calendar, Days, SWITCH_1582, Settings};
use annals_chronicle::{Attestation, Day, Preference, Section, SectionId};
use annals_sentence::nearest;
use annals_syntax::{Directive, Notation, Statement, StatementKind, Tree};
use annals_text::{Files, Report, Span};

use crate::sources::SourceBook;
use crate::when::covered_days;
use crate::words::{brief, unquote};

/// Where a statement stands.
#[derive(Clone, Debug)]
pub(crate) struct Context {
    /// Index of its tree.
    pub tree: usize,
    /// Its section.
    pub section: Option<SectionId>,
    /// Number of the section, fence or file that `then` does not look beyond.
    pub scope: u32,
    /// The source of claims that cite none.
    pub default: Option<Attestation>,
    /// Whether its file is a draft.
    pub draft: bool,
    /// Whether it is a row of a table, which readers sort.
    pub table: bool,
}

/// The window of a section: `within 644`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Window {
    /// The date as written.
    pub span: Span,
    /// Index of the tree it stands in, which tells the calendar.
    pub tree: usize,
}

/// What the directives of all files say.
pub(crate) struct Frame {
    /// The first title in reading order.
    pub title: Option<String>,
    /// How dates are read where a file does not say otherwise; answers are printed in it.
    pub settings: Settings,
    /// How the dates of each tree are read.
    pub file_settings: Vec<Settings>,
    /// First and last day covered.
    pub covers: Option<(Day, Day)>,
    /// Trust.
    pub preferences: Vec<Preference>,
    /// Sections.
    pub sections: Vec<Section>,
    /// The window of each section.
    pub windows: Vec<Option<Window>>,
    contexts: Vec<Context>,
    /// For each tree and statement, an index into `contexts`.
    context_of: Vec<Vec<u32>>,
}

impl Frame {
    /// Reads the directives of all trees.
    pub(crate) fn read(
        files: &Files,
        trees: &[Tree],
        base: &Settings,
        book: &mut SourceBook<'_>,
        reports: &mut Vec<Report>,
    ) -> Frame {
        let mut frame = Frame {
            title: None,
            settings: base.clone(),
            file_settings: Vec::new(),
            covers: None,
            preferences: Vec::new(),
            sections: Vec::new(),
            windows: Vec::new(),
            contexts: Vec::new(),
            context_of: Vec::new(),
        };
        frame.read_calendars(files, trees, reports);
        for (index, tree) in trees.iter().enumerate() {
            for statement in &tree.statements {
                if let StatementKind::Directive(directive) = &statement.kind {
                    frame.read_directive(files, index, statement, directive, book, reports);
                }
            }
            frame.read_contexts(files, index, tree, book, reports);
        }
        repeated::directives(files, trees, reports);
        repeated::circles(&frame.preferences, reports);
        if let Some((first, last)) = frame.covers {
            // Between two eras of one name, the one in what is covered is meant.
            let days = Days::between(i64::from(first.0), i64::from(last.0));
            for settings in frame.file_settings.iter_mut().chain([&mut frame.settings]) {
                settings.covers = Some(days.clone());
            }
        }
        frame
    }

    /// The context of a statement, by tree and place in it.
    pub(crate) fn context(&self, tree: usize, statement: usize) -> &Context {
        &self.contexts[self.context_of[tree][statement] as usize]
    }

    /// How the dates of a context are read.
    pub(crate) fn settings_of(&self, context: &Context) -> &Settings {
        &self.file_settings[context.tree]
    }

    /// A file's own calendar holds for its dates; the first one named holds for files that name
    /// none and for answers.
    fn read_calendars(&mut self, files: &Files, trees: &[Tree], reports: &mut Vec<Report>) {
        let mut own: Vec<Option<Settings>> = Vec::new();
        for tree in trees {
            let mut named: Option<(Settings, Span)> = None;
            for statement in &tree.statements {
                let StatementKind::Directive(Directive::Calendar(span)) = statement.kind else {
                    continue;
                };
                let mut here = self.settings.clone();
                match (here.set_calendar(files.slice(span)), &named) {
                    (false, _) => reports.push(unknown_calendar(files, span)),
                    (true, Some((before, first))) if here != *before => reports.push(
                        Report::error("bad-directive", "a file has one calendar")
                            .also(*first, "the calendar named first is used")
                            .at(span, "another one here")
                            .help("name the calendar in the date itself where it differs"),
                    ),
                    (true, Some(_)) => {}
                    (true, None) => named = Some((here, span)),
                }
            }
            own.push(named.map(|(settings, _)| settings));
        }
        if let Some(first) = own.iter().flatten().next() {
            self.settings = first.clone();
        }
        self.file_settings = own
            .into_iter()
            .map(|settings| settings.unwrap_or_else(|| self.settings.clone()))
            .collect();
    }

    fn read_directive(
        &mut self,
        files: &Files,
        tree: usize,
        statement: &Statement,
        directive: &Directive,
        book: &mut SourceBook<'_>,
        reports: &mut Vec<Report>,
    ) {
        match directive {
            Directive::Chronicle(title) => {
                let title = unquote(files.slice(*title)).trim().to_string();
                self.title.get_or_insert(title);
            }
            Directive::Covers(span) => {
                match covered_days(files.slice(*span), *span, &self.file_settings[tree]) {
                    // Two coverages are one that spans both: the texts are one chronicle.
                    Ok((first, last)) => {
                        self.covers = Some(match self.covers {
                            Some((f, l)) => (f.min(first), l.max(last)),
                            None => (first, last),
                        });
                    }
                    Err(report) => reports.push(report),
                }
            }
            Directive::Prefer { better, worse } => self.preferences.push(Preference {
                better: book.of_key(*better, reports),
                worse: book.of_key(*worse, reports),
                span: statement.line,
            }),
            Directive::Calendar(_)
            | Directive::Bibliography(_)
            | Directive::Include(_)
            | Directive::Source(_)
            | Directive::Draft
            | Directive::From(_)
            | Directive::Road { .. }
            | Directive::Unit(_)
            | Directive::Mover(_)
            | Directive::Section { .. } => {}
        }
    }

    /// Walks one tree with its sections and defaults. A file's `from` holds from its first line,
    /// wherever it stands before the first section.
    fn read_contexts(
        &mut self,
        files: &Files,
        index: usize,
        tree: &Tree,
        book: &mut SourceBook<'_>,
        reports: &mut Vec<Report>,
    ) {
        let draft = tree
            .statements
            .iter()
            .any(|s| matches!(s.kind, StatementKind::Directive(Directive::Draft)));
        let mut file_from: Option<Attestation> = first_from(tree, book);
        let mut current = Context {
            tree: index,
            section: None,
            scope: self.next_scope(),
            default: file_from.clone(),
            draft,
            table: tree.notation == Notation::Table,
        };
        let mut fence = 0;
        let mut of_statements = Vec::with_capacity(tree.statements.len());
        self.contexts.push(current.clone());
        for statement in &tree.statements {
            let mut changed = false;
            match &statement.kind {
                StatementKind::Directive(Directive::Section {
                    title,
                    within,
                    from,
                }) => {
                    let from = from.as_ref().and_then(|c| book.cite(c, None, reports));
                    current.section = Some(SectionId(self.sections.len() as u32));
                    current.scope = self.next_scope();
                    current.default = from.or_else(|| file_from.clone());
                    self.sections.push(Section {
                        title: files.slice(*title).trim().to_string(),
                        within: within.map(|w| files.slice(w).trim().to_string()),
                        span: statement.line,
                    });
                    self.windows
                        .push(within.map(|span| Window { span, tree: index }));
                    changed = true;
                }
                StatementKind::Directive(Directive::From(citation)) => {
                    current.default = book.cite(citation, None, reports);
                    if current.section.is_none() {
                        file_from = current.default.clone();
                    }
                    changed = true;
                }
                StatementKind::Prose | StatementKind::Blank | StatementKind::Comment => {}
                _ if current.section.is_none() && statement.fence != fence => {
                    fence = statement.fence;
                    current.scope = self.next_scope();
                    changed = true;
                }
                _ => {}
            }
            if changed {
                self.contexts.push(current.clone());
            }
            of_statements.push(self.contexts.len() as u32 - 1);
        }
        self.context_of.push(of_statements);
    }

    /// A number above those of all sections, fences and files.
    pub(crate) fn scopes(&self) -> usize {
        self.contexts.len() + 1
    }

    fn next_scope(&self) -> u32 {
        // Contexts only grow, so their number is a number no earlier scope has.
        self.contexts.len() as u32
    }
}

/// The `from` of a whole file: the first one before any section.
fn first_from(tree: &Tree, book: &mut SourceBook<'_>) -> Option<Attestation> {
    for statement in &tree.statements {
        match &statement.kind {
            StatementKind::Directive(Directive::Section { .. }) => return None,
            StatementKind::Directive(Directive::From(citation)) => {
                // The walk over the statements meets this line again and reports on it then.
                return book.cite(citation, None, &mut Vec::new());
            }
            _ => {}
        }
    }
    None
}

fn unknown_calendar(files: &Files, span: Span) -> Report {
    const NAMES: [&str; 13] = [
        "julian",
        "gregorian",
        "historical",
        "historical England",
        "swedish",
        "islamic",
        "hebrew",
        "coptic",
        "ethiopian",
        "persian",
        "armenian",
        "egyptian",
        "byzantine",
    ];
    let written = files.slice(span);
    let mut report = Report::error(
        "bad-directive",
        format!("no calendar is called `{}`", brief(written)),
    )
    .at(span, "this line is left out");
    if let Some(near) = nearest(written.trim(), NAMES) {
        report = report.help(format!("did you mean `{near}`?"));
    }
    report.note(format!("the calendars are {}", NAMES.join(", ")))
}

/// The name of a calendar that a `calendar` line can repeat.
pub(crate) fn calendar_name(calendar: Calendar) -> String {
    match calendar {
        Calendar::Historical { switch } if switch != SWITCH_1582 => {
            let day = Calendar::Gregorian.from_jdn(switch);
            format!(
                "{} {}-{:02}-{:02}",
                calendar.name(),
                day.year,
                day.month,
                day.day
            )
        }
        _ => calendar.name().to_string(),
    }
}
