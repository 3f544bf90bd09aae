//! From a chronicle to bounds, histories, supports and conflicts.
