#[test]
fn show() {
    for f in ["t1.txt", "t2.wiki", "t3.txt"] {
        let Ok(t) = std::fs::read_to_string(format!("/tmp/art/{f}")) else { continue };
        let d = annals_exchange::article::import_article(f, &t).unwrap();
        std::fs::write(format!("/tmp/art/{f}.out"), d.text).unwrap();
    }
}
