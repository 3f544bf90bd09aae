//! From trees to a chronicle: names, dates, sentences.
