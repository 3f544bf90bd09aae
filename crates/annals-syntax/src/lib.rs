//! The lexer, the parser and the lossless tree of a chronicle.
//!
//! What comes in: the text of a chronicle, of a Markdown note with fences, or of a table. What
//! goes out: a [`Tree`] that covers every byte, and reports on lines it could not read. A
//! declaration's kind is just its first word and a when is just its bytes: this room knows no
//! meanings and no vocabulary.

mod tree;

pub use tree::*;
