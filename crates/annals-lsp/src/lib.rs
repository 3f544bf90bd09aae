//! The language server: a shell for editors.
//!
//! What comes in: texts as somebody edits them, laid over the files of a [`World`](annals::World).
//! What goes out: what an editor shows of them, in plain structs of an editor's words (diagnostics,
//! completions), and, by way of a [`Session`], as messages of the language server protocol. The
//! same session serves `annals lsp` over standard input and output and the app over a WebSocket.
//!
//! ```
//! use std::sync::{Arc, mpsc::channel};
//! use annals_lsp::Session;
//!
//! let (send, sent) = channel();
//! let world = Arc::new(annals::MemoryWorld::new().with("main.annals", "polity Tang\n"));
//! let session = Session::new(world, Some("main.annals".to_owned()), move |message| {
//!     let _ = send.send(message);
//! });
//! session.handle(r#"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{}}"#);
//! assert!(sent.recv().expect("an answer").contains("\"id\":1"));
//! ```
//!
//! A server of sockets makes one session a connection, hands it every text it receives
//! ([`Session::handle`] returns at once) and sends every text the session hands out. Paths of its
//! world are relative, so its files are named `annals:///PATH`. Dropping the session ends it.
//!
//! [`complete_question`] completes a question for the box of the app and for the terminal.

mod actions;
mod completion;
mod diagnostics;
mod document;
mod formatting;
mod hover;
mod outline;
mod position;
mod references;
mod remedies;
mod said;
mod session;
mod stdio;
mod under;
mod uri;
mod wire;
mod workspace;

pub use actions::{Action, actions};
pub use completion::{Completion, CompletionKind, Completions, complete, complete_question};
pub use diagnostics::{Diagnostic, FileDiagnostics, Related, diagnostics};
pub use document::{Change, Document};
pub use formatting::formatting;
pub use hover::{Hover, hover};
pub use outline::{Outline, Symbol, SymbolKind, TokenRole};
pub use position::{Lines, Position, Range};
pub use references::{
    FoundSymbol, Location, TextEdit, WorkspaceEdit, definition, find_symbols, references, rename,
    renamed_at,
};
pub use remedies::{Writing, remedies};
pub use session::Session;
pub use stdio::serve;
pub use uri::{path_of, uri_of};
pub use workspace::{Analysis, Job, SharedWorld, Texts, View, Workspace};
