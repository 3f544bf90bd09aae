//! A list that copies share.
//!
//! A chronicle read again after an edit says of nearly every claim what it said before. Copies of
//! such a list stand in one place of memory until one of them is changed.

use std::fmt;
use std::ops::{Deref, DerefMut};
use std::sync::Arc;

/// Some things that are seldom changed, read as a slice. Equal to another where the things are.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Shared<T>(Arc<[T]>);

impl<T> Shared<T> {
    /// The things as a slice.
    pub fn as_slice(&self) -> &[T] {
        &self.0
    }
}

impl<T> Deref for Shared<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.0
    }
}

/// Whoever changes a thing gets a list of his own, unless nobody else has this one.
impl<T: Clone> DerefMut for Shared<T> {
    fn deref_mut(&mut self) -> &mut [T] {
        Arc::make_mut(&mut self.0)
    }
}

impl<T> From<Vec<T>> for Shared<T> {
    fn from(things: Vec<T>) -> Shared<T> {
        Shared(things.into())
    }
}

impl<T> FromIterator<T> for Shared<T> {
    fn from_iter<I: IntoIterator<Item = T>>(things: I) -> Shared<T> {
        Shared(things.into_iter().collect())
    }
}

impl<'s, T> IntoIterator for &'s Shared<T> {
    type Item = &'s T;
    type IntoIter = std::slice::Iter<'s, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl<T: fmt::Debug> fmt::Debug for Shared<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_is_the_same_list_until_one_is_changed() {
        let first: Shared<u32> = (1..4).collect();
        let mut copy = first.clone();
        assert!(std::ptr::eq(first.as_slice(), copy.as_slice()));
        copy[0] = 9;
        assert_eq!(first.as_slice(), [1, 2, 3]);
        assert_eq!(copy, Shared::from(vec![9, 2, 3]));
        let own = copy.as_slice().as_ptr();
        copy[1] = 8;
        assert_eq!(copy.as_slice().as_ptr(), own);
        assert_eq!(format!("{copy:?}"), "[9, 8, 3]");
    }
}
