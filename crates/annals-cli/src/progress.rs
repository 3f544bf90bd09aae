//! A sign of life while long work goes on, on a terminal only.
//!
//! Nothing is written in the first second, and nothing at all where standard error is no terminal:
//! what a script or a file receives never depends on how long something took.

use std::io::{IsTerminal, Write, stderr};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread::{JoinHandle, spawn};
use std::time::{Duration, Instant};

/// Takes what it said back when it is dropped.
pub struct Progress {
    running: Option<(Sender<()>, JoinHandle<()>)>,
    /// How far the work is, in words.
    far: Arc<Mutex<String>>,
}

impl Progress {
    /// Says what is being worked on and for how long, until dropped.
    pub fn of(words: &str) -> Progress {
        let far = Arc::new(Mutex::new(String::new()));
        if !stderr().is_terminal() {
            return Progress { running: None, far };
        }
        let (done, waiting) = channel();
        let told = far.clone();
        let words = words.to_owned();
        let thread = spawn(move || {
            let start = Instant::now();
            let mut said = false;
            while waiting.recv_timeout(Duration::from_secs(1)) == Err(RecvTimeoutError::Timeout) {
                said = true;
                let far = told.lock().map(|far| far.clone()).unwrap_or_default();
                // A terminal that is gone is no reason to stop working.
                let _ = write!(stderr(), "\r{words}, {} s{far}", start.elapsed().as_secs());
            }
            if said {
                // The carriage return and the erasure leave the line as it was found.
                let _ = write!(stderr(), "\r\u{1b}[2K");
            }
        });
        Progress {
            running: Some((done, thread)),
            far,
        }
    }

    /// Says how far the work is, beside how long it takes.
    pub fn tell(&self, far: String) {
        if let (Some(_), Ok(mut told)) = (&self.running, self.far.lock()) {
            *told = format!(", {far}");
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((done, thread)) = self.running.take() {
            drop(done);
            let _ = thread.join();
        }
    }
}
