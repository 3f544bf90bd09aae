//! Statements whose text stands somewhere else now.

use annals_text::Shift;

use crate::tree::{
    Alias, Citation, ClaimLine, Detail, DetailKind, Directive, Statement, StatementKind,
};

impl Statement {
    /// The statement with all its parts where they stand now.
    pub fn moved(&self, shift: Shift) -> Statement {
        let mut moved = self.clone();
        moved.shift(shift);
        moved
    }

    pub(crate) fn shift(&mut self, shift: Shift) {
        let move_all = &mut |span: &mut _| *span = shift.span(*span);
        move_all(&mut self.span);
        move_all(&mut self.line);
        self.comment.iter_mut().for_each(&mut *move_all);
        kind(&mut self.kind, shift);
        for detail in &mut self.details {
            self::detail(detail, shift);
        }
    }
}

fn kind(kind: &mut StatementKind, shift: Shift) {
    let to = |span: &mut _| *span = shift.span(*span);
    match kind {
        StatementKind::Blank
        | StatementKind::Comment
        | StatementKind::Prose
        | StatementKind::Broken => {}
        StatementKind::Claim(claim) => self::claim(claim, shift),
        StatementKind::Choice { labels, cites } => {
            labels.iter_mut().for_each(to);
            citations(cites, shift);
        }
        StatementKind::More { label } => to(label),
        StatementKind::Directive(directive) => self::directive(directive, shift),
        StatementKind::Vocabulary { word: _, rest } => to(rest),
        StatementKind::Declaration {
            kind,
            name,
            place,
            doubted,
            cites,
        } => {
            to(kind);
            to(name);
            place.iter_mut().chain(doubted).for_each(to);
            citations(cites, shift);
        }
    }
}

fn claim(claim: &mut ClaimLine, shift: Shift) {
    let ClaimLine {
        when,
        mode,
        sentence,
        doubted,
        label,
        cites,
    } = claim;
    let mode = mode.iter_mut().map(|(_, span)| span);
    let others = doubted.iter_mut().chain(label).chain(mode);
    for span in [when, sentence].into_iter().chain(others) {
        *span = shift.span(*span);
    }
    citations(cites, shift);
}

fn citations(all: &mut [Citation], shift: Shift) {
    for citation in all {
        let Citation {
            span,
            prefix,
            key,
            locator,
            via,
        } = citation;
        let parts = prefix.iter_mut().chain(key).chain(locator).chain(via);
        for span in parts.chain([span]) {
            *span = shift.span(*span);
        }
    }
}

fn directive(directive: &mut Directive, shift: Shift) {
    let to = |span: &mut _| *span = shift.span(*span);
    match directive {
        Directive::Chronicle(span)
        | Directive::Calendar(span)
        | Directive::Covers(span)
        | Directive::Bibliography(span)
        | Directive::Include(span)
        | Directive::Source(span)
        | Directive::Unit(span)
        | Directive::Mover(span) => to(span),
        Directive::Prefer { better, worse } => {
            to(better);
            to(worse);
        }
        Directive::Draft => {}
        Directive::From(citation) => citations(std::slice::from_mut(citation), shift),
        Directive::Section {
            title,
            within,
            from,
        } => {
            to(title);
            within.iter_mut().for_each(to);
            citations(from.as_mut_slice(), shift);
        }
        Directive::Road {
            ends,
            doubted,
            cites,
        } => {
            to(ends);
            doubted.iter_mut().for_each(to);
            citations(cites, shift);
        }
    }
}

fn detail(detail: &mut Detail, shift: Shift) {
    let to = |span: &mut _| *span = shift.span(*span);
    to(&mut detail.span);
    detail.doubted.iter_mut().for_each(to);
    citations(&mut detail.cites, shift);
    match &mut detail.kind {
        DetailKind::Cites | DetailKind::Broken => {}
        DetailKind::Also(aliases) => {
            for alias in aliases {
                let Alias {
                    name,
                    language,
                    doubted,
                } = alias;
                to(name);
                language.iter_mut().chain(doubted).for_each(to);
            }
        }
        DetailKind::Item { key, of, value } => {
            to(key);
            of.iter_mut().for_each(to);
            to(value);
        }
    }
}
