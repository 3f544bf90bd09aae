//! The literate suites: see `tests/README.md` for how a case is written.

mod harness;

#[test]
fn suite() {
    harness::run_folder("tests/suite");
}

#[test]
fn grammar() {
    harness::run_folder("tests/grammar");
}
