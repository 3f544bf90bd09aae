//! From lines to statements.
//!
//! A statement is a line in column one and the indented lines below it. Blank and comment lines
//! between those belong to it; after its last indented line they stand for themselves. Nothing
//! here fails: what cannot be read is Broken, has a report, and ends with its line.

use std::ops::Range;

use annals_text::{Edit, FileId, Files, Report, Span};

use crate::detail;
use crate::invisible;
use crate::lines::{self, Line, Place};
use crate::reader::Reader;
use crate::scan::{Comments, Scan, scan};
use crate::statement;
use crate::text::Text;
use crate::tree::{Notation, Statement, StatementKind, Tree};

/// Reads a chronicle or a Markdown note. Tables are read by [`crate::parse_table`].
///
/// The statements of the tree tile the text, whatever the text is; the reports stand in the order
/// of the text.
pub fn parse(files: &Files, file: FileId, notation: Notation) -> (Tree, Vec<Report>) {
    let end = files.get(file).text.len() as u32;
    let (statements, reports) = parse_part(files, file, notation, 0..end);
    (
        Tree {
            file,
            notation,
            statements: statements.into(),
        },
        reports,
    )
}

/// Reads a part of a text that begins with a line in column one and ends before another, or with
/// the text.
pub(crate) fn parse_part(
    files: &Files,
    file: FileId,
    notation: Notation,
    part: Range<u32>,
) -> (Vec<Statement>, Vec<Report>) {
    let text = Text {
        all: &files.get(file).text,
        file,
    };
    let mut parser = Parser {
        text,
        notation,
        statements: vec![],
        open: None,
        waiting: vec![],
        reports: vec![],
    };
    let of_lines = lines::lines(text, notation, part, &mut |line| parser.line(line));
    parser.flush();
    parser.statements.shrink_to_fit();
    let mut reports = of_lines;
    reports.append(&mut parser.reports);
    reports.sort_by_key(|r| r.place().map(|p| p.start));
    (parser.statements, reports)
}

struct Parser<'a> {
    text: Text<'a>,
    notation: Notation,
    statements: Vec<Statement>,
    /// The statement that indented lines would belong to.
    open: Option<Statement>,
    /// Blank and comment lines that belong to it if a further indented line follows.
    waiting: Vec<Line>,
    reports: Vec<Report>,
}

/// A line of Annals text and its marks.
struct CodeLine<'s> {
    /// The whole line without its break.
    span: Span,
    /// From its first visible character to its last.
    body: Span,
    /// The body without its comment.
    content: Span,
    /// The comment at its end.
    comment: Option<Span>,
    /// Where column one is.
    margin: u32,
    fence: u32,
    marks: &'s Scan,
}

impl Parser<'_> {
    fn line(&mut self, line: Line) {
        match line.place {
            Place::Prose => {
                self.flush();
                self.push(line.span, line.span, StatementKind::Prose, 0);
            }
            Place::Blank => self.aside(line),
            Place::Code {
                body,
                indented,
                margin,
                fence,
            } => {
                let marks = &scan(self.text, body, Comments::Read);
                if marks.comment == Some(body.start) {
                    return self.aside(line);
                }
                self.reports.extend(invisible::report(self.text, body));
                let text = self.text;
                let content = text.until(body, marks.comment.unwrap_or(body.end));
                let content = text.trim(content);
                let comment = marks.comment.map(|start| text.span(start, body.end));
                let span = line.span;
                let code = CodeLine {
                    span,
                    body,
                    content,
                    comment,
                    margin,
                    fence,
                    marks,
                };
                match (indented, self.open.take()) {
                    (true, Some(open)) => self.detail(open, &code),
                    (true, None) => self.stray(&code),
                    (false, open) => {
                        self.open = open;
                        self.statement(&code);
                    }
                }
            }
        }
    }

    fn push(&mut self, span: Span, line: Span, kind: StatementKind, fence: u32) {
        let statement = Statement {
            span,
            line,
            kind,
            details: vec![],
            comment: None,
            fence,
        };
        self.statements.push(statement);
    }

    /// A blank or comment line: whose it is depends on what follows.
    fn aside(&mut self, line: Line) {
        if self.open.is_some() {
            self.waiting.push(line);
        } else {
            self.push_aside(line);
        }
    }

    fn push_aside(&mut self, line: Line) {
        match line.place {
            Place::Code {
                body,
                margin,
                fence,
                ..
            } => {
                let at = self.text.span(margin, line.span.end);
                self.push(line.span, at, StatementKind::Comment, fence);
                if let Some(last) = self.statements.last_mut() {
                    last.comment = Some(body);
                }
            }
            Place::Prose | Place::Blank => {
                self.push(line.span, line.span, StatementKind::Blank, 0);
            }
        }
    }

    fn flush(&mut self) {
        if let Some(mut done) = self.open.take() {
            done.details.shrink_to_fit();
            self.statements.push(done);
        }
        for line in std::mem::take(&mut self.waiting) {
            self.push_aside(line);
        }
    }

    fn statement(&mut self, code: &CodeLine<'_>) {
        self.flush();
        let mut reader = Reader::new(self.text, code.margin);
        let in_fence = self.notation == Notation::Markdown;
        let kind = statement::read(&mut reader, code.content, code.marks, in_fence);
        self.reports.append(&mut reader.into_reports());
        let line = self.text.span(code.margin, code.span.end);
        let heading = kind == StatementKind::Comment;
        let comment = if heading {
            Some(code.body)
        } else {
            code.comment
        };
        let CodeLine { span, fence, .. } = *code;
        let statement = Statement {
            span,
            line,
            kind,
            details: vec![],
            comment,
            fence,
        };
        if heading {
            self.statements.push(statement);
        } else {
            self.open = Some(statement);
        }
    }

    fn detail(&mut self, mut open: Statement, code: &CodeLine<'_>) {
        self.waiting.clear();
        open.span.end = code.span.end;
        let mut reader = Reader::new(self.text, code.margin);
        let detail = detail::read(&mut reader, code.content, code.marks, &open.kind);
        open.details.push(detail);
        self.reports.append(&mut reader.into_reports());
        self.open = Some(open);
    }

    /// An indented line with nothing above it. The lines indented like it become its details, so
    /// that an indented page gives one report and not one a line.
    fn stray(&mut self, code: &CodeLine<'_>) {
        let indent = self.text.span(code.margin, code.body.start);
        let edit = Edit {
            span: indent,
            replacement: String::new(),
        };
        let headline = "this indented line belongs to no statement above it";
        self.reports.push(
            Report::error("stray-detail", headline)
                .at(code.content, "nothing above it that it could detail")
                .note("indented lines are details of the line in column one above them")
                .fix(
                    "write it from column one if it is a statement",
                    vec![edit],
                    false,
                ),
        );
        let line = self.text.span(code.margin, code.span.end);
        let CodeLine {
            span,
            comment,
            fence,
            ..
        } = *code;
        let kind = StatementKind::Broken;
        self.open = Some(Statement {
            span,
            line,
            kind,
            details: vec![],
            comment,
            fence,
        });
    }
}
