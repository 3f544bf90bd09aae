//! Annals on a file of expressions, one a line: `time FILE` or `check FILE`, as the other libraries
//! in `peers`.

use std::hint::black_box;
use std::time::Instant;

use annals_calendar::read_edtf;

fn main() -> std::io::Result<()> {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, mode, file] = arguments.as_slice() else {
        panic!("two arguments are needed: time or check, and a file");
    };
    let text = std::fs::read_to_string(file)?;
    let lines: Vec<&str> = text.lines().collect();
    if mode == "time" {
        let start = Instant::now();
        let bounded = |line: &&&str| {
            read_edtf(line).is_ok_and(|edtf| black_box((edtf.lo, edtf.hi)).0 == edtf.lo)
        };
        let read = lines.iter().filter(bounded).count();
        let seconds = start.elapsed().as_secs_f64();
        println!("{{\"seconds\":{seconds},\"read\":{read}}}");
        return Ok(());
    }
    let answers: Vec<String> = lines
        .iter()
        .map(|line| match read_edtf(line) {
            Ok(edtf) => format!("[\"{}\",\"{}\"]", edtf.lo, edtf.hi),
            Err(_) => "null".to_owned(),
        })
        .collect();
    println!("[{}]", answers.join(","));
    Ok(())
}
