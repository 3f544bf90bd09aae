//! Answers as pictures.
//!
//! What comes in: an overview of a chronicle and how it is to be drawn. What goes out: SVG, the
//! same bytes for the same overview. The engine is not known here, nor files, nor terminals.
