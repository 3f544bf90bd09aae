//! Formats in and out.
//!
//! Importers read what others wrote and make `.annals` text for a person to review, never claims.
//! Exporters read a compiled chronicle and make bytes of a format, and say what it cannot hold.
//! Nothing here touches a file, a clock or a terminal: the shells do.

pub mod article;
pub mod review;

mod bibliography;
mod chronolog;
mod csv;
mod geo;
#[cfg(feature = "sqlite")]
mod geopackage;
mod iri;
mod json;
mod linked_places;
mod losses;
mod mapped;
#[cfg(feature = "sqlite")]
mod sql;
#[cfg(feature = "sqlite")]
mod sqlite;
mod tables;
mod timelinejs;
mod turtle;
mod xlsx;
mod xml;

pub use bibliography::{SourcesRead, import_bibtex, import_csl};
pub use chronolog::{ModelRead, import_chronolog};
pub use csv::{Guard, csv_text};
pub use geo::geojson_text;
#[cfg(feature = "sqlite")]
pub use geopackage::geopackage_bytes;
pub use iri::{URN, check_base};
pub use json::{JSON_SCHEMA, json_schema, json_text};
pub use linked_places::{PlacesRead, import_linked_places, linked_places_text};
pub use losses::{Format, losses};
pub use mapped::{
    Import, Known, Map, MapFault, Problem, Refusing, Summary, import_csv, import_xlsx,
    propose_for_csv, propose_for_xlsx, read_map,
};
#[cfg(feature = "sqlite")]
pub use sql::{Found, Value, query, schema_text};
#[cfg(feature = "sqlite")]
pub use sqlite::sqlite_bytes;
pub use tables::{Cell, Column, Content, Form, Table, table_named, tables};
pub use timelinejs::timelinejs_text;
pub use turtle::turtle_text;
pub use xlsx::xlsx_bytes;
