//! Days as places on a line.
//!
//! What comes in: a window of days and the pixels it fills. What goes out: where a day begins and
//! ends. A day has a width: its left edge is where it begins, the left edge of the next day is
//! where it ends, so a state that holds on one day only can be seen when the window is small.

/// A window of days over some pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    /// The first day of the window.
    pub first: i32,
    /// The last day of the window.
    pub last: i32,
    /// The pixel at which the first day begins.
    pub left: f64,
    /// The pixel at which the last day ends.
    pub right: f64,
}

impl Scale {
    /// A scale; a window that is empty or backwards becomes one of a day.
    pub fn new(first: i32, last: i32, left: f64, right: f64) -> Scale {
        Scale {
            first,
            last: last.max(first),
            left,
            right: right.max(left + 1.0),
        }
    }

    /// How many days the window has.
    pub fn days(&self) -> f64 {
        f64::from(self.last) - f64::from(self.first) + 1.0
    }

    /// Pixels a day.
    pub fn day_width(&self) -> f64 {
        (self.right - self.left) / self.days()
    }

    /// Where a day begins, also outside the window.
    pub fn x(&self, day: i32) -> f64 {
        self.left + (f64::from(day) - f64::from(self.first)) * self.day_width()
    }

    /// Where a day begins, kept inside the window.
    pub fn x_inside(&self, day: i32) -> f64 {
        self.x(day).clamp(self.left, self.right)
    }

    /// The left edge of days from `first`; an open start is the left edge of the window.
    pub fn start(&self, first: Option<i32>) -> f64 {
        first.map_or(self.left, |day| self.x_inside(day))
    }

    /// The right edge of days to `last`; an open end is the right edge of the window.
    pub fn end(&self, last: Option<i32>) -> f64 {
        last.map_or(self.right, |day| self.x_inside(day.saturating_add(1)))
    }

    /// The middle of some days, which of one day is its noon.
    pub fn middle(&self, first: Option<i32>, last: Option<i32>) -> f64 {
        (self.start(first) + self.end(last)) / 2.0
    }

    /// Whether some of these days lie in the window.
    pub fn shows(&self, first: Option<i32>, last: Option<i32>) -> bool {
        first.is_none_or(|day| day <= self.last) && last.is_none_or(|day| day >= self.first)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_has_a_width_and_open_ends_reach_the_edge() {
        let scale = Scale::new(100, 109, 50.0, 150.0);
        assert_eq!(scale.day_width(), 10.0);
        assert_eq!((scale.x(100), scale.x(110)), (50.0, 150.0));
        assert_eq!(scale.start(None), 50.0);
        assert_eq!(scale.end(Some(100)), 60.0);
        assert_eq!(scale.end(None), 150.0);
        assert_eq!(scale.x_inside(90), 50.0);
        assert_eq!(scale.middle(Some(105), Some(105)), 105.0);
        assert!(scale.shows(None, Some(100)) && !scale.shows(Some(110), None));
    }

    #[test]
    fn no_window_is_empty() {
        let scale = Scale::new(5, 3, 0.0, 0.0);
        assert!(scale.day_width() > 0.0);
        let wide = Scale::new(i32::MIN, i32::MAX, 0.0, 100.0);
        assert!(wide.x(i32::MAX) <= 100.0 && wide.end(Some(i32::MAX)) <= 100.0);
    }
}
