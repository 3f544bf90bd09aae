//! Seconds of processor time, which mean the same on a machine that others use too.

/// Seconds this thread has run so far, as the system tells them; 0 where it does not.
pub fn seconds() -> f64 {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanoseconds = told.split(' ').next().and_then(|n| n.parse::<f64>().ok());
    nanoseconds.unwrap_or(0.0) / 1e9
}

/// Seconds from one stage to the next.
pub struct Clock(f64);

impl Clock {
    /// A clock that starts now.
    pub fn start() -> Clock {
        Clock(seconds())
    }

    /// Seconds since its start.
    pub fn elapsed(&self) -> f64 {
        seconds() - self.0
    }
}
