//! Reads one EDTF expression a line and prints what it means, separated by tabs.

use annals_calendar::{EdtfBound, read_edtf};

fn main() {
    for line in std::io::stdin().lines().map_while(Result::ok) {
        let pair = |pair: &(EdtfBound, EdtfBound)| format!("{},{}", pair.0, pair.1);
        match read_edtf(&line) {
            Ok(edtf) => {
                let members: Vec<String> = edtf.members.iter().map(pair).collect();
                println!(
                    "{line}\tvalid\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}/{}/{}",
                    edtf.level,
                    edtf.kind.name(),
                    edtf.lo,
                    edtf.hi,
                    edtf.start.as_ref().map(pair).unwrap_or_default(),
                    edtf.end.as_ref().map(pair).unwrap_or_default(),
                    members.join(" "),
                    edtf.canonical,
                    edtf.qualifiers.year.marks(),
                    edtf.qualifiers.month.marks(),
                    edtf.qualifiers.day.marks(),
                );
            }
            Err(error) => println!("{line}\tinvalid\t{error}"),
        }
    }
}
