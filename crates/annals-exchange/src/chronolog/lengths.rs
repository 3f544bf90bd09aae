//! Differences of years as a chronicle writes them.

/// How many years later one moment is than another; `None` is unbounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Distance {
    /// The fewest.
    pub least: Option<i64>,
    /// The most.
    pub most: Option<i64>,
}

impl Distance {
    pub(super) fn exactly(years: i64) -> Distance {
        Distance {
            least: Some(years),
            most: Some(years),
        }
    }

    pub(super) fn at_least(years: i64) -> Distance {
        Distance {
            least: Some(years),
            most: None,
        }
    }

    pub(super) fn at_most(years: i64) -> Distance {
        Distance {
            least: None,
            most: Some(years),
        }
    }

    /// The same seen from the other moment.
    pub(super) fn reversed(self) -> Distance {
        Distance {
            least: self.most.map(|years| -years),
            most: self.least.map(|years| -years),
        }
    }

    /// What is said of a moment that lies so many years after the one named (its label, its
    /// words).
    ///
    /// `at most 3 years after #x` also says that it is no earlier than `#x`. Where the model does
    /// not say so, a moment three years after `#x` is written into `helpers`, and the claim says
    /// that it is not after that.
    pub(super) fn words(self, named: (&str, &str), helpers: &mut String) -> Vec<String> {
        let label = named.0;
        match (self.least, self.most) {
            (Some(0), Some(0)) => vec![format!("at #{label}")],
            (Some(a), Some(b)) if a == b => vec![exactly(a, label)],
            (Some(a), Some(b)) if a >= 0 => vec![
                lower(a, label),
                format!("at most {} after #{label}", years(b)),
            ],
            (Some(a), Some(b)) if b <= 0 => vec![
                upper(b, label),
                format!("at most {} before #{label}", years(-a)),
            ],
            (least, most) => {
                let least = least.map(|n| match n {
                    n if n >= 0 => lower(n, label),
                    n => format!("after #{}", helper(n, named, helpers)),
                });
                let most = most.map(|n| match n {
                    n if n <= 0 => upper(n, label),
                    n => format!("before #{}", helper(n, named, helpers)),
                });
                least.into_iter().chain(most).collect()
            }
        }
    }
}

fn years(count: i64) -> String {
    match count {
        1 => "1 year".to_owned(),
        _ => format!("{count} years"),
    }
}

fn exactly(count: i64, label: &str) -> String {
    match count {
        1.. => format!("{} after #{label}", years(count)),
        _ => format!("{} before #{label}", years(-count)),
    }
}

/// No earlier than so many years after; the count is not negative.
fn lower(count: i64, label: &str) -> String {
    match count {
        0 => format!("after #{label}"),
        _ => format!("at least {} after #{label}", years(count)),
    }
}

/// No later than so many years before; the count is not positive.
fn upper(count: i64, label: &str) -> String {
    match count {
        0 => format!("before #{label}"),
        _ => format!("at least {} before #{label}", years(-count)),
    }
}

/// The label of a moment so many years after another; it is written once.
fn helper(count: i64, (label, words): (&str, &str), helpers: &mut String) -> String {
    let (side, after) = if count > 0 {
        ("plus", "after")
    } else {
        ("minus", "before")
    };
    let made = format!("{label}-{side}-{}", count.abs());
    let line = format!(
        "{}: {}. #{made}\n",
        exactly(count, label),
        crate::mapped::names::quoted(&format!("{} {after}: {words}", years(count.abs())))
    );
    if !helpers.contains(&line) {
        helpers.push_str(&line);
    }
    made
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_say_what_the_model_says_and_no_more() {
        let words = |least, most| {
            let mut helpers = String::new();
            let words = Distance { least, most }.words(("a", "A"), &mut helpers);
            (words.join(", "), helpers)
        };
        assert_eq!(words(Some(0), Some(0)).0, "at #a");
        assert_eq!(words(Some(5), Some(5)).0, "5 years after #a");
        assert_eq!(words(Some(-1), Some(-1)).0, "1 year before #a");
        assert_eq!(words(Some(0), None).0, "after #a");
        assert_eq!(
            words(Some(3), Some(6)).0,
            "at least 3 years after #a, at most 6 years after #a"
        );
        assert_eq!(
            words(Some(-6), Some(-3)).0,
            "at least 3 years before #a, at most 6 years before #a"
        );
        assert_eq!(
            words(Some(0), Some(6)).0,
            "after #a, at most 6 years after #a"
        );
        let (said, helpers) = words(None, Some(6));
        assert_eq!(said, "before #a-plus-6");
        assert_eq!(
            helpers,
            "6 years after #a: \"6 years after: A\". #a-plus-6\n"
        );
        assert_eq!(
            words(Some(-2), Some(4)).0,
            "after #a-minus-2, before #a-plus-4"
        );
        assert_eq!(Distance::at_least(3).reversed(), Distance::at_most(-3));
    }
}
