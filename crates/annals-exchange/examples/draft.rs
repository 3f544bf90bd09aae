//! Prints the draft of an article.
fn main() {
    let path = std::env::args().nth(1).expect("a file");
    let text = std::fs::read_to_string(&path).expect("readable");
    match annals_exchange::article::import_article(&path, &text) {
        Ok(draft) => print!("{}\n// {:?}\n", draft.text, draft.summary),
        Err(e) => println!("{e}"),
    }
}
