//! The matcher: sentences, names and fillers read against a vocabulary and the declared names.

use annals_chronicle::{Entity, EntityId, KindId, RelationId, Role, RoleContent, Vocabulary};
use annals_text::{Report, Span};

use crate::expand::{Expansion, readings};
use crate::filler::{Content, Fill, Item, fit};
use crate::names::NameIndex;
use crate::parse::{Candidate, Lexicon, Parse};
use crate::pattern::{Element, Row, expand};
use crate::reading::{Holes, Outcome, Quoted, Reading, SlotContent, SlotFill};
use crate::recover;
use crate::sentence::{Sentence, TOKENS_MAX};
use crate::token::{Token, TokenKind, words};
use crate::trie::{Alphabet, Owner, SlotSpec, Trie};

/// Reads sentences. Made once for a vocabulary and its declared things, then used for every
/// claim, question and detail.
#[derive(Clone, Debug)]
pub struct Matcher {
    pub(crate) vocabulary: Vocabulary,
    pub(crate) alphabet: Alphabet,
    pub(crate) sentences: Trie,
    pub(crate) circumstances: Trie,
    pub(crate) names: NameIndex,
}

impl Matcher {
    /// Prepares a vocabulary and all declared things.
    pub fn new(vocabulary: &Vocabulary, entities: &[Entity]) -> Matcher {
        let mut alphabet = Alphabet::default();
        let sentences = Trie::of_sentences(vocabulary, &mut alphabet);
        let circumstances = Trie::of_circumstances(vocabulary, &mut alphabet);
        Matcher {
            vocabulary: vocabulary.clone(),
            alphabet,
            sentences,
            circumstances,
            names: NameIndex::new(entities, vocabulary),
        }
    }

    /// Reports names that no sentence could use, and names that are also words of patterns, of the
    /// things it was made for.
    pub fn remarks(&self, entities: &[Entity]) -> Vec<Report> {
        let place = |entity: EntityId| entities.iter().find(|e| e.id == entity).map(|e| e.span);
        let mut reports = self.names.remarks(place);
        for (word, entity) in self.names.single_words() {
            if self.alphabet.word(&word).is_none() {
                continue;
            }
            let name = self.names.name(entity);
            let headline = format!("The name `{name}` is also the word `{word}` of a pattern");
            let report = Report::lint("name-is-pattern-word", headline)
                .note("Where a sentence can be read both ways, the pattern's word wins.")
                .help(format!(
                    "write the name in quotes where it is meant: \"{name}\""
                ));
            reports.push(match place(entity) {
                Some(span) => report.at(span, "declared here"),
                None => report,
            });
        }
        reports
    }

    pub(crate) fn lexicon(&self) -> Lexicon<'_> {
        Lexicon {
            alphabet: &self.alphabet,
            names: &self.names,
            sentences: &self.sentences,
            circumstances: &self.circumstances,
        }
    }

    pub(crate) fn sentence<'t>(
        &self,
        text: &'t str,
        span: Span,
        tokens: Vec<Token>,
    ) -> Sentence<'t> {
        Sentence::new(text, span, tokens, &self.alphabet, &self.names)
    }

    /// Reads a sentence, `text` being what stands at `span`. A claim has exactly one reading; a
    /// question has all that fit equally well, in the order of the vocabulary.
    pub fn read(&self, text: &str, span: Span, holes: Holes) -> Outcome {
        let tokens = words(text);
        if tokens.is_empty() {
            let headline = "There is no sentence here";
            let report = Report::error("empty-sentence", headline).at(span, "expected a sentence");
            return Outcome::Failed(vec![report]);
        }
        if let Some(report) = limits(&tokens, span) {
            return Outcome::Failed(vec![report]);
        }
        let whole = self.sentence(text, span, tokens);
        if let Some(outcome) = self.attempt(&whole, holes) {
            return outcome;
        }
        for tokens in further_attempts(&whole.tokens, holes) {
            let sentence = self.sentence(text, span, tokens);
            if let Some(outcome) = self.attempt(&sentence, holes) {
                return outcome;
            }
        }
        let sentence = self.sentence(text, span, whole.tokens);
        Outcome::Failed(recover::reports(self, &sentence, holes))
    }

    /// What reading some tokens comes to; `None` where no pattern reads them.
    fn attempt(&self, sentence: &Sentence, holes: Holes) -> Option<Outcome> {
        let best = Parse::new(self.lexicon(), sentence).best();
        if sentence.tangled() {
            return Some(Outcome::Failed(vec![tangled(sentence.span)]));
        }
        (!best.is_empty()).then(|| self.decide(sentence, &best, holes))
    }

    /// One reading or a report for a claim, all readings for a question.
    fn decide(&self, sentence: &Sentence, best: &[Candidate], holes: Holes) -> Outcome {
        let Expansion { mut readings, .. } = readings(self, sentence, best);
        match holes {
            Holes::Allowed => {
                readings.sort_by_key(|r| recover::declared_at(self, r.target));
                Outcome::Read(readings)
            }
            Holes::Refused => {
                let hole = |f: &&SlotFill| f.content == SlotContent::Hole;
                if let Some(fill) = readings.iter().flat_map(fills).find(hole) {
                    return Outcome::Failed(vec![recover::hole_in_claim(fill.span)]);
                }
                if readings.len() > 1 {
                    let report = recover::two_readings(self, sentence, &readings);
                    return Outcome::Failed(vec![report]);
                }
                Outcome::Read(readings)
            }
        }
    }

    /// The best readings where the text can be read without mending, used by recovery.
    pub(crate) fn readable(&self, sentence: &Sentence) -> bool {
        !Parse::new(self.lexicon(), sentence).best().is_empty()
    }

    /// Reads a quoted sentence with its circumstances: `"A comet is seen" at Chang'an`. `None`
    /// where the text does not open with a string, where a pattern reads it (the string is a
    /// name), or where more than circumstances follows; [`Matcher::read`] then says why.
    pub fn read_quoted(&self, text: &str, span: Span) -> Option<Quoted> {
        // Most sentences quote nothing, which is seen without reading them.
        if !text.contains(['"', '\u{201C}', '\u{201D}', '\u{201E}', '\u{FF02}']) {
            return None;
        }
        let tokens = words(text);
        let first = tokens.first()?.clone();
        if !matches!(first.kind, TokenKind::Quoted { .. }) || limits(&tokens, span).is_some() {
            return None;
        }
        let sentence = self.sentence(text, span, tokens);
        let parse = Parse::new(self.lexicon(), &sentence);
        if !parse.best().is_empty() {
            return None;
        }
        let [tail] = parse.tails(1) else {
            return None;
        };
        if tail.fills().any(|f| unclear(f) != Unclear::Nothing) {
            return None;
        }
        let parts = tail.parts.iter().filter_map(|part| match part.owner {
            Owner::Circumstance(id) => {
                let fill = part
                    .fill
                    .as_ref()
                    .and_then(|f| slot_fills(&sentence, f).pop());
                Some((id, fill.unwrap_or(unfilled(&sentence))))
            }
            Owner::Sentence(_) => None,
        });
        Some(Quoted {
            text: quoted_words(&sentence, 0),
            text_span: sentence.place(0, 1),
            tail: parts.collect(),
        })
    }

    /// One name, or a list, alternatives or things together, of any of these kinds (of any kind
    /// where there are none).
    pub fn read_filler(
        &self,
        text: &str,
        span: Span,
        kinds: &[KindId],
    ) -> Result<SlotFill, Report> {
        let spec = self.spec(kinds);
        let sentence = self.name_sentence(text, span)?;
        let chains = sentence.chains_at(&self.names, 0);
        let whole = chains.iter().filter(|c| c.end == sentence.len());
        let Some(chain) = whole.filter_map(|c| fit(&self.names, &spec, c)).next() else {
            return Err(recover::filler_report(self, &sentence, &spec));
        };
        if let Some(item) = chain.items.iter().find(|i| i.things.len() > 1) {
            return Err(recover::ambiguous_name(self, &sentence, item));
        }
        let fill = Fill {
            start: 0,
            end: chain.end,
            content: Content::Names(chain),
        };
        let mut fills = slot_fills(&sentence, &fill);
        Ok(fills.pop().unwrap_or(unfilled(&sentence)))
    }

    /// One name of any of these kinds (of any kind where there are none).
    pub fn read_name(&self, text: &str, span: Span, kinds: &[KindId]) -> Result<EntityId, Report> {
        let spec = self.spec(kinds);
        let sentence = self.name_sentence(text, span)?;
        let spans = sentence.names_at(&self.names, 0);
        let Some(whole) = spans.iter().find(|s| s.end == sentence.len()) else {
            return Err(recover::filler_report(self, &sentence, &spec));
        };
        let things = crate::filler::fitting(&self.names, &spec, &whole.things);
        match things[..] {
            [thing] => Ok(thing),
            [] => Err(recover::filler_report(self, &sentence, &spec)),
            _ => {
                let item = Item {
                    start: 0,
                    end: whole.end,
                    things,
                };
                Err(recover::ambiguous_name(self, &sentence, &item))
            }
        }
    }

    fn spec(&self, kinds: &[KindId]) -> SlotSpec {
        let content = if kinds.is_empty() {
            RoleContent::Any
        } else {
            RoleContent::Kinds(kinds.to_vec())
        };
        let role = Role {
            name: String::new(),
            content,
            least: 1,
            together: false,
        };
        SlotSpec::new(&self.vocabulary, &role)
    }

    fn name_sentence<'t>(&self, text: &'t str, span: Span) -> Result<Sentence<'t>, Report> {
        let tokens = words(text);
        if tokens.is_empty() {
            return Err(Report::error("undeclared-name", "There is no name here")
                .at(span, "expected a declared name"));
        }
        match limits(&tokens, span) {
            Some(report) => Err(report),
            None => Ok(self.sentence(text, span, tokens)),
        }
    }

    /// The relation meant by some of its fixed words: `ruler of`, `is ruler of`, `alive`. All
    /// words are best, then the last ones, then any of them in order.
    pub fn read_relation_words(&self, text: &str, span: Span) -> Result<RelationId, Report> {
        let key: Vec<String> = words(text).iter().map(Token::lower).collect();
        let mut found: Vec<(u32, RelationId)> = vec![];
        for relation in &self.vocabulary.relations {
            let rows = relation.patterns.iter().filter_map(expand).flatten();
            let best = rows.filter_map(|row: Row| likeness(&key, &row)).min();
            found.extend(best.map(|rank| (rank, relation.id)));
        }
        let best = found.iter().map(|(rank, _)| *rank).min();
        found.retain(|(rank, _)| Some(*rank) == best);
        match found[..] {
            [(_, relation)] => Ok(relation),
            _ => Err(recover::relation_words(self, text, span, &found)),
        }
    }
}

/// What keeps a filler from saying one thing.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unclear<'f> {
    Nothing,
    /// It is a hole.
    Hole,
    /// A name of several things that fit alike.
    Name(&'f Item),
}

pub(crate) fn unclear(fill: &Fill) -> Unclear<'_> {
    match &fill.content {
        Content::Hole => Unclear::Hole,
        Content::Names(chain) => {
            let several = chain.items.iter().find(|i| i.things.len() > 1);
            several.map_or(Unclear::Nothing, Unclear::Name)
        }
        Content::Text | Content::Number => Unclear::Nothing,
    }
}

/// How the words asked for stand to a relation's own: 0 the same, 1 its last ones, 2 some of
/// them in order.
fn likeness(key: &[String], row: &[Element]) -> Option<u32> {
    let own: Vec<&str> = row
        .iter()
        .filter_map(|e| match e {
            Element::Word(word) => Some(&**word),
            Element::Slot(_) => None,
        })
        .collect();
    if key.is_empty() || key.len() > own.len() {
        return None;
    }
    if own.iter().copied().eq(key) {
        return Some(0);
    }
    if own[own.len() - key.len()..].iter().copied().eq(key) {
        return Some(1);
    }
    let mut rest = own.iter();
    key.iter().all(|word| rest.any(|o| o == word)).then_some(2)
}

/// What is tried in turn after the sentence as it is: without a first `A` or `An`, whose capital
/// may be the sentence's; a question without its final `?`.
fn further_attempts(tokens: &[Token], holes: Holes) -> Vec<Vec<Token>> {
    let mut attempts: Vec<Vec<Token>> = vec![];
    let first = &tokens[0];
    if tokens.len() > 1
        && first.kind == TokenKind::Word
        && (first.text == "A" || first.text == "An")
    {
        attempts.push(tokens[1..].to_vec());
    }
    let last_is_hole = tokens.len() > 1 && tokens[tokens.len() - 1].kind == TokenKind::Hole;
    if last_is_hole && holes == Holes::Allowed {
        let whole = std::iter::once(tokens);
        let shorter: Vec<Vec<Token>> = whole
            .chain(attempts.iter().map(Vec::as_slice))
            .map(|a| a[..a.len() - 1].to_vec())
            .filter(|a| !a.is_empty())
            .collect();
        attempts.extend(shorter);
    }
    attempts
}

/// A report where a text is too long to be one sentence, or a quotation mark is missing.
fn limits(tokens: &[Token], span: Span) -> Option<Report> {
    if tokens.len() > TOKENS_MAX {
        let headline = format!("A sentence has at most {TOKENS_MAX} words; this one has more");
        let report = Report::error("sentence-too-long", headline).at(span, "too long");
        return Some(report.help("write one claim a line"));
    }
    let open = tokens
        .iter()
        .find(|t| t.kind == TokenKind::Quoted { closed: false })?;
    let place = crate::pattern::inside(span, open.start as usize, open.end as usize);
    let end = Span::new(place.file, place.end, place.end);
    let edit = annals_text::Edit {
        span: end,
        replacement: "\"".to_owned(),
    };
    Some(
        Report::error("unclosed-quote", "A quotation mark is never closed")
            .at(place, "opens here")
            .fix("close it at the end of the sentence", vec![edit], false),
    )
}

fn tangled(span: Span) -> Report {
    Report::error(
        "sentence-too-tangled",
        "This sentence can be divided in too many ways to read it",
    )
    .at(span, "given up here")
    .help("put names in quotes, or write several shorter claims")
}

/// All fillers of a reading.
pub(crate) fn fills(reading: &Reading) -> impl Iterator<Item = &SlotFill> {
    reading
        .roles
        .iter()
        .chain(reading.tail.iter().map(|(_, fill)| fill))
}

/// A slot left out has the place of the sentence that leaves it out.
pub(crate) fn unfilled(sentence: &Sentence) -> SlotFill {
    SlotFill {
        content: SlotContent::Unfilled,
        span: sentence.span,
    }
}

/// The words of a quoted token as typed, without its marks.
pub(crate) fn quoted_words(sentence: &Sentence, at: usize) -> String {
    let typed = sentence.slice(at, at + 1);
    let marks: &[char] = &['"', '“', '”', '„', '＂'];
    let inner = typed.strip_prefix(marks).unwrap_or(typed);
    inner.strip_suffix(marks).unwrap_or(inner).trim().to_owned()
}

pub(crate) use crate::expand::slot_fills;
