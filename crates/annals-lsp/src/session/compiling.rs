//! Compiling beside the conversation.
//!
//! One thread reads and resolves whatever has changed, another works out what follows from it.
//! What is wrong with the text alone is shown if the second takes long; else all is shown at
//! once, so that findings do not flicker while somebody types. Only what was found out about the
//! texts as they stand is shown.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use annals::Report;

use crate::diagnostics::{FileDiagnostics, diagnostics};
use crate::session::{Shared, State};
use crate::wire::json_diagnostics;
use crate::workspace::Analysis;

/// How long a text must rest before it is compiled: the keys of one stroke come together.
const REST: Duration = Duration::from_millis(20);

/// How long what is wrong with the text waits for the findings about history.
const TOGETHER: Duration = Duration::from_millis(200);

/// What the two threads have to do.
#[derive(Default)]
pub(crate) struct Queue {
    /// Nothing is compiled before this moment.
    not_before: Option<Instant>,
    /// Chronicles read, to be concluded from; at most one for each main file.
    read: Vec<Arc<Analysis>>,
    /// Chronicles whose text reports are shown at that moment, unless all is shown before.
    promised: Vec<(Instant, Arc<Analysis>)>,
    stopped: bool,
    cut_short: bool,
}

impl Queue {
    /// Something has changed: the text rests a moment.
    pub(crate) fn hurry_not(&mut self) {
        self.not_before = Some(Instant::now() + REST);
    }

    pub(crate) fn stop(&mut self, cut_short: bool) {
        self.stopped = true;
        self.cut_short = cut_short;
    }

    pub(crate) fn cut_short(&self) -> bool {
        self.cut_short
    }
}

/// Starts the threads; they end with the session.
pub(crate) fn start(shared: &Arc<Shared>) {
    let reader = Arc::clone(shared);
    thread::spawn(move || while read_one(&reader) {});
    let concluder = Arc::clone(shared);
    thread::spawn(move || while conclude_one(&concluder) {});
}

/// What the reading thread does next.
enum Next {
    Stop,
    Read(crate::workspace::Job),
    Show(Arc<Analysis>),
}

fn read_one(shared: &Shared) -> bool {
    match next_reading(shared) {
        Next::Stop => false,
        Next::Show(analysis) => {
            show(shared, &analysis, analysis.reports());
            true
        }
        Next::Read(job) => {
            // A fault of ours must not end the thread: the next text may be read again.
            let read = catch_unwind(AssertUnwindSafe(|| job.prepare()));
            let Ok(analysis) = read.map(Arc::new) else {
                return true;
            };
            let mut state = shared.state();
            if state.workspace.accept(&analysis) {
                let queue = &mut state.compiling;
                queue.read.retain(|a| a.main != analysis.main);
                queue.promised.retain(|(_, a)| a.main != analysis.main);
                queue.read.push(Arc::clone(&analysis));
                queue.promised.push((Instant::now() + TOGETHER, analysis));
            }
            drop(state);
            shared.changed.notify_all();
            true
        }
    }
}

fn next_reading(shared: &Shared) -> Next {
    let mut state = shared.state();
    loop {
        if state.compiling.stopped {
            return Next::Stop;
        }
        let now = Instant::now();
        let resting = state.compiling.not_before.filter(|at| *at > now);
        if resting.is_none()
            && let Some(job) = state.workspace.next_job()
        {
            return Next::Read(job);
        }
        let due = state
            .compiling
            .promised
            .iter()
            .position(|(at, _)| *at <= now);
        if let Some(due) = due {
            return Next::Show(state.compiling.promised.remove(due).1);
        }
        let promised = state.compiling.promised.iter().map(|(at, _)| *at);
        let wake = promised.chain(resting).min();
        state = wait(shared, state, wake.map(|at| at - now));
    }
}

/// Waits until the state has changed or the time is over.
pub(crate) fn wait<'s>(
    shared: &'s Shared,
    state: MutexGuard<'s, State>,
    time: Option<Duration>,
) -> MutexGuard<'s, State> {
    match time {
        Some(time) => {
            let waited = shared.changed.wait_timeout(state, time);
            waited.unwrap_or_else(PoisonError::into_inner).0
        }
        None => {
            let waited = shared.changed.wait(state);
            waited.unwrap_or_else(PoisonError::into_inner)
        }
    }
}

fn conclude_one(shared: &Shared) -> bool {
    let (analysis, before) = {
        let mut state = shared.state();
        loop {
            if state.compiling.stopped {
                return false;
            }
            match state.compiling.read.pop() {
                // A newer text is on its way: what follows from this one would never be shown.
                Some(analysis) if !state.workspace.is_current(&analysis) => {}
                Some(analysis) => {
                    let before = state.workspace.last_whole(&analysis.main);
                    break (analysis, before);
                }
                None => state = wait(shared, state, None),
            }
        }
    };
    let whole = catch_unwind(AssertUnwindSafe(|| analysis.finish(before.as_deref())));
    let Ok(whole) = whole.map(Arc::new) else {
        return true;
    };
    let current = {
        let mut state = shared.state();
        let current = state.workspace.conclude(&analysis, Arc::clone(&whole));
        let done = |a: &Arc<Analysis>| !Arc::ptr_eq(a, &analysis);
        state.compiling.promised.retain(|(_, a)| done(a));
        current
    };
    shared.changed.notify_all();
    if current {
        show(shared, &analysis, &whole.reports);
    }
    true
}

/// Shows reports, unless the texts have changed meanwhile.
fn show(shared: &Shared, analysis: &Analysis, reports: &[Report]) {
    let files = diagnostics(analysis, reports);
    let mut said_of = shared
        .said_of
        .lock()
        .unwrap_or_else(PoisonError::into_inner);
    if !shared.state().workspace.is_current(analysis) {
        return;
    }
    let before = said_of.remove(&analysis.main).unwrap_or_default();
    let now = files.iter().map(|f| f.uri.clone()).collect();
    for uri in before.difference(&now) {
        publish(shared, &nothing(uri));
    }
    for file in &files {
        publish(shared, file);
    }
    said_of.insert(analysis.main.clone(), now);
}

/// Takes back what was said of chronicles that no open text belongs to any more.
pub(crate) fn forget_closed(shared: &Shared) {
    let mut said_of = shared
        .said_of
        .lock()
        .unwrap_or_else(PoisonError::into_inner);
    let mains = shared.state().workspace.mains();
    let gone: Vec<String> = said_of
        .keys()
        .filter(|m| !mains.contains(m))
        .cloned()
        .collect();
    for main in gone {
        for uri in said_of.remove(&main).unwrap_or_default() {
            publish(shared, &nothing(&uri));
        }
    }
}

fn nothing(uri: &str) -> FileDiagnostics {
    FileDiagnostics {
        uri: uri.to_owned(),
        version: None,
        diagnostics: Vec::new(),
    }
}

fn publish(shared: &Shared, file: &FileDiagnostics) {
    shared.notify("textDocument/publishDiagnostics", json_diagnostics(file));
}
