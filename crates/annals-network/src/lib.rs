//! Difference constraints over integer days with disjunctions, tightened and explained.
