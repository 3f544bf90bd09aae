//! Tables: one claim a row, shown as text with one line a row.
//!
//! What comes in: the bytes of a `.csv` file ([`read_csv`]) or the cells of any sheet as strings
//! ([`Row::new`]). [`lay_out`] shows them as a text in the manner of a chronicle, line n of the
//! text for row n of the table, so that reports point at rows; [`parse_table`] gives the tree of
//! that text. No row is lost: a row that makes no claim is kept in the text with a report.
//!
//! The columns are `date, sentence, source, note` under these or similar names; other columns are
//! kept as a comment at the end of the line. The text laid out is a view: edits proposed on it
//! could not be applied to the spreadsheet, so reports on tables carry remedies in words only.

mod csv;
mod layout;
mod rows;

pub use self::csv::read_csv;
pub use layout::lay_out;
pub use rows::parse_table;

/// A row of a table with the line or row number it has there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Line of the file or row of the sheet, from one.
    pub line: u32,
    /// The cells as text.
    pub cells: Vec<String>,
    /// What went wrong in reading it, if anything did.
    pub trouble: Option<Trouble>,
}

impl Row {
    /// A row read without trouble.
    pub fn new(line: u32, cells: Vec<String>) -> Row {
        Row {
            line,
            cells,
            trouble: None,
        }
    }
}

/// What can go wrong in reading a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// A quotation in it is not closed as the rules of CSV ask.
    Quotes,
    /// It holds bytes that are no UTF-8, shown as replacement characters.
    NotUtf8,
}

/// The four columns a table may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// When it was.
    Date,
    /// What is claimed.
    Sentence,
    /// Who says so.
    Source,
    /// A remark.
    Note,
}

impl Column {
    /// The column a heading names, under its own name or a usual other one.
    pub fn named(heading: &str) -> Option<Column> {
        let heading = crate::key_words(heading);
        Some(match heading.trim_end_matches([':', '.']) {
            "date" | "dates" | "when" | "year" | "time" => Column::Date,
            "sentence" | "claim" | "text" | "event" | "statement" => Column::Sentence,
            "source" | "sources" | "citation" | "citations" | "reference" | "references" => {
                Column::Source
            }
            "note" | "notes" | "remark" | "remarks" | "comment" | "comments" => Column::Note,
            _ => return None,
        })
    }
}

/// A range of bytes in the text laid out.
pub type Bytes = (u32, u32);

/// A table laid out as text: line n of the text is row n of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableText {
    /// The text.
    pub text: String,
    /// The rows in it, in order.
    pub cells: Vec<RowCells>,
    /// The row of column names.
    pub header: Header,
}

/// The row of column names, and what is wrong with it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Header {
    /// The names found, as written.
    pub found: Vec<String>,
    /// Where each name stands.
    pub places: Vec<Bytes>,
    /// Whether there is a date and a sentence column.
    pub complete: bool,
    /// Indexes of columns with no meaning here, cells below unnamed columns not among them.
    pub unknown: Vec<usize>,
    /// Indexes of columns whose meaning an earlier column has already.
    pub repeated: Vec<usize>,
}

/// Where the cells of a row stand in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowCells {
    /// The line in the text, from one.
    pub line: u32,
    /// What the row is.
    pub form: RowForm,
    /// What went wrong in reading it.
    pub trouble: Option<Trouble>,
    /// Number of cells beyond the last column named in the header.
    pub extra: usize,
}

/// What a row of a table is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowForm {
    /// A row above the one of column names: the title of a sheet and the like.
    Above,
    /// The row of column names.
    Header,
    /// A row with a date and a sentence.
    Claim {
        /// The date.
        date: Bytes,
        /// The sentence.
        sentence: Bytes,
        /// The source, without brackets.
        source: Option<Bytes>,
        /// The word `note` and the remark after it.
        note: Option<(Bytes, Bytes)>,
        /// The cells of other columns, from `//`.
        rest: Option<Bytes>,
    },
    /// A row of empty cells.
    Empty,
    /// A row without a date or a sentence, or in a table without a header.
    Short {
        /// Whether a date is there.
        dated: bool,
        /// Whether a sentence is there.
        said: bool,
    },
}
