//! The facade: the World, the pipeline and the Rust API.
