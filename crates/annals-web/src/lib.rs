//! The app: a shell for browsers.
