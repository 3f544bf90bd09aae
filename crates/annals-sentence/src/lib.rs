//! The sentence matcher and the vocabulary compiler.
//!
//! In come vocabulary declarations as text and the things a chronicle declares; out come a
//! compiled [`Vocabulary`](annals_chronicle::Vocabulary) and a [`Matcher`] that reads sentences,
//! names and lists of names into [`Reading`]s, and [`phrase`], which turns readings back into
//! words. The same patterns serve to write claims, to ask questions, to recognise sentences in
//! prose and to word answers. This room knows no verb by name, no files, no dates and no
//! reasoning: a text that speaks of a day inside a sentence is reported, never understood.
//!
//! The rule of matching: a reading uses every token; most fixed words win; then the longest name
//! from the left; then, for one name of several things, the kind its slot names first. If more
//! than one reading is left, a claim is refused and a question is answered for all of them.

mod changed;
mod compile;
mod complete;
mod expand;
mod filler;
mod guesses;
mod matcher;
mod names;
mod nearest;
mod parse;
mod pattern;
mod phrase;
mod quick;
mod reading;
mod recover;
mod say;
mod sentence;
mod token;
mod trie;

pub use changed::ChangedNames;
pub use compile::{Clause, Declaration, Declared, compile_vocabulary};
pub use complete::{Continuation, NamePlace, Next, Rest};
pub use matcher::Matcher;
pub use nearest::nearest;
pub use phrase::{phrase, phrase_agreeing, plural_form};
pub use quick::{Quick, QuickMap};
pub use reading::{Holes, Outcome, Quoted, Reading, SlotContent, SlotFill, Target};
pub use recover::END_OF_FILE;
pub use say::{Naming, filler_words, listed, sentence_words};
pub use token::{Token, TokenKind, quotations, text_key, words};
