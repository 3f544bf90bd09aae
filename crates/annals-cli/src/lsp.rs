//! `annals lsp`: the language server over standard input and output.

use std::io::{self, BufReader};
use std::sync::Arc;

use crate::disk::Disk;
use crate::output::Failure;
use crate::run::Exit;

/// Talks with one editor until it says goodbye. Leaving without a goodbye is a failure, as the
/// protocol has it.
pub fn lsp() -> Result<Exit, Failure> {
    let input = BufReader::new(io::stdin());
    let proper = annals_lsp::serve(Arc::new(Disk), input, io::stdout());
    match proper.map_err(Failure::Output)? {
        true => Ok(Exit::Clean),
        false => Ok(Exit::Findings),
    }
}
