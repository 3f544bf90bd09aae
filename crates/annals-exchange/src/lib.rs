//! Formats in and out.
//!
//! Importers read what others wrote and make `.annals` text for a person to review, never claims.
//! Exporters read a compiled chronicle and make bytes of a format, and say what it cannot hold.
//! Nothing here touches a file, a clock or a terminal: the shells do.

pub mod article;
pub mod review;
