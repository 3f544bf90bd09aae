//! The language server: a shell for editors.
