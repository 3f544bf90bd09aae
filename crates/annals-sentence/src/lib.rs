//! The sentence matcher and the vocabulary compiler.
