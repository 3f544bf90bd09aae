//! Prints so many EDTF expressions, one a line: `cargo run --example expressions -- 100000`.

use std::io::Write;

fn main() -> std::io::Result<()> {
    let count = std::env::args().nth(1).and_then(|text| text.parse().ok());
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for text in annals_benches::edtf(count.unwrap_or(100_000)) {
        writeln!(out, "{text}")?;
    }
    out.flush()
}
