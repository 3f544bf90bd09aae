//! Two sources set side by side: what one of them does not tell is silence, not a difference.

#![allow(clippy::unwrap_used, missing_docs)]

use annals::{MemoryWorld, Outcome, Scope, compile};
use annals_draw::{CompareOptions, compare};

const TEXT: &str = "chronicle \"Two witnesses\"\ncovers 600 to 700\nsource a\nsource b\nperson X\n\
    polity K\npolity T\npolity U\n\
    640: T attacks K. #war [@a]\n642: T attacks K. #war [@b]\n\
    650: U attacks K. #raid [@a]\n651: T takes K. [@b]\n\
    660: X becomes king of K. #king [@a]\n660: X becomes king of K. #king [@b]\n\
    before 662: K renounces T. #leave [@a]\n";

fn drawn() -> String {
    let compiled = compile(&MemoryWorld::new().with("main.annals", TEXT), "main.annals");
    let alone = ["@a", "@b"].map(|s| {
        let heard = compiled.alone(s).map_err(|_| s).unwrap();
        heard.overview(&Scope::default())
    });
    let answer = compiled.compare("@a", "@b").map_err(|_| "").unwrap();
    let Some(Outcome::Comparison(compared)) = answer.results.into_iter().next() else {
        panic!("a comparison");
    };
    let options = CompareOptions {
        names: ["@a", "@b"].map(str::to_owned),
        compared: Some(compared),
        ..CompareOptions::default()
    };
    compare(&alone[0], &alone[1], &options)
}

#[test]
fn silence_is_no_difference() {
    let svg = drawn();
    if let Some(path) = std::env::var_os("ANNALS_LOOK") {
        std::fs::write(path, &svg).unwrap();
    }
    assert!(svg.contains("@b: silent"), "an empty lane says so");
    assert!(svg.contains("Only in @a") && svg.contains("Only in @b"));
    assert!(!svg.contains("any day"), "silence has no days");
    assert!(!svg.contains("not reasoned with"));
    let count = svg.matches("class=\"differs\"").count();
    assert!(svg.contains(&format!("{count} thing")), "{count}");
    // Of events the war alone is told otherwise.
    let list = svg.split(">What differs<").nth(1).unwrap();
    let list = list.split("class=\"section\"").next().unwrap();
    assert!(list.contains("T attacks K"), "{list}");
    assert!(!list.contains("U attacks K"), "{list}");
    // Neither an open beginning nor the end of what is covered looks like a date.
    assert!(
        !svg.contains(">–") && !svg.contains(" –662"),
        "an open span"
    );
    assert!(!svg.contains("700-12-31"), "the end of the chronicle");
}
