//! Prints the draft of an article; with a gold list behind it, its score.
fn main() {
    let path = std::env::args().nth(1).expect("a file");
    let gold = std::env::args().nth(2);
    let text = std::fs::read_to_string(&path).expect("readable");
    match annals_exchange::article::import_article(&path, &text) {
        Ok(draft) => match gold {
            None => print!("{}\n// {:?}\n", draft.text, draft.summary),
            Some(gold) => {
                let gold = std::fs::read_to_string(&gold).expect("readable");
                match annals_exchange::article::score::score(&draft.text, &gold) {
                    Ok(score) => print!("{}", score.words()),
                    Err(e) => println!("{e}"),
                }
            }
        },
        Err(e) => println!("{e}"),
    }
}
