//! A list that mostly holds one thing.
//!
//! A claim has one date, one source, one thing in a role; a chronicle has a million claims. [`Few`]
//! keeps a single thing where the list itself lies, without a place of its own in memory, and is
//! read as a slice like any list.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::{Deref, DerefMut};

/// Some things, mostly one. Equal to another where the things are.
#[derive(Clone)]
pub struct Few<T>(Held<T>);

/// Lists of one thing are always [`Held::One`], so that equal lists look alike.
#[derive(Clone)]
enum Held<T> {
    One([T; 1]),
    /// None, or several.
    Many(Vec<T>),
}

impl<T> Few<T> {
    /// Nothing.
    pub const fn new() -> Few<T> {
        Few(Held::Many(Vec::new()))
    }

    /// One thing.
    pub const fn one(thing: T) -> Few<T> {
        Few(Held::One([thing]))
    }

    /// The things as a slice.
    pub fn as_slice(&self) -> &[T] {
        match &self.0 {
            Held::One(one) => one,
            Held::Many(many) => many,
        }
    }

    /// Adds a thing at the end.
    pub fn push(&mut self, thing: T) {
        match &mut self.0 {
            Held::Many(many) if many.is_empty() => self.0 = Held::One([thing]),
            Held::Many(many) => many.push(thing),
            Held::One(_) => {
                let before = std::mem::take(self);
                let mut many = before.into_vec();
                many.push(thing);
                self.0 = Held::Many(many);
            }
        }
    }

    /// Takes the last thing off.
    pub fn pop(&mut self) -> Option<T> {
        let mut many = std::mem::take(self).into_vec();
        let last = many.pop();
        *self = Few::from(many);
        last
    }

    /// Keeps the things that pass a test.
    pub fn retain(&mut self, keeps: impl FnMut(&T) -> bool) {
        let mut many = std::mem::take(self).into_vec();
        many.retain(keeps);
        *self = Few::from(many);
    }

    /// The things as a vector.
    pub fn into_vec(self) -> Vec<T> {
        match self.0 {
            Held::One(one) => Vec::from(one),
            Held::Many(many) => many,
        }
    }
}

impl<T> From<Vec<T>> for Few<T> {
    fn from(mut things: Vec<T>) -> Few<T> {
        match things.pop() {
            Some(only) if things.is_empty() => Few::one(only),
            Some(last) => {
                things.push(last);
                Few(Held::Many(things))
            }
            None => Few::new(),
        }
    }
}

impl<T> FromIterator<T> for Few<T> {
    fn from_iter<I: IntoIterator<Item = T>>(things: I) -> Few<T> {
        let mut few = Few::new();
        few.extend(things);
        few
    }
}

impl<T> Extend<T> for Few<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, things: I) {
        things.into_iter().for_each(|thing| self.push(thing));
    }
}

impl<T> IntoIterator for Few<T> {
    type Item = T;
    type IntoIter = std::iter::Chain<std::option::IntoIter<T>, std::vec::IntoIter<T>>;

    fn into_iter(self) -> Self::IntoIter {
        let (one, many) = match self.0 {
            Held::One([one]) => (Some(one), Vec::new()),
            Held::Many(many) => (None, many),
        };
        one.into_iter().chain(many)
    }
}

impl<'f, T> IntoIterator for &'f Few<T> {
    type Item = &'f T;
    type IntoIter = std::slice::Iter<'f, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.as_slice().iter()
    }
}

impl<'f, T> IntoIterator for &'f mut Few<T> {
    type Item = &'f mut T;
    type IntoIter = std::slice::IterMut<'f, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter_mut()
    }
}

impl<T> Deref for Few<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        self.as_slice()
    }
}

impl<T> DerefMut for Few<T> {
    fn deref_mut(&mut self) -> &mut [T] {
        match &mut self.0 {
            Held::One(one) => one,
            Held::Many(many) => many,
        }
    }
}

impl<T> Default for Few<T> {
    fn default() -> Few<T> {
        Few::new()
    }
}

impl<T: fmt::Debug> fmt::Debug for Few<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_slice().fmt(f)
    }
}

impl<T: PartialEq> PartialEq for Few<T> {
    fn eq(&self, other: &Few<T>) -> bool {
        self.as_slice() == other.as_slice()
    }
}

impl<T: Eq> Eq for Few<T> {}

impl<T: PartialEq> PartialEq<[T]> for Few<T> {
    fn eq(&self, other: &[T]) -> bool {
        self.as_slice() == other
    }
}

impl<T: PartialEq, const N: usize> PartialEq<[T; N]> for Few<T> {
    fn eq(&self, other: &[T; N]) -> bool {
        self.as_slice() == other
    }
}

impl<T: Hash> Hash for Few<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_slice().hash(state);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_holds_what_a_vector_would() {
        for count in 0..4 {
            let many: Vec<u32> = (0..count).collect();
            let mut few: Few<u32> = many.iter().copied().collect();
            assert_eq!(few, Few::from(many.clone()));
            assert_eq!(few.as_slice(), many.as_slice());
            assert_eq!(few.clone().into_vec(), many);
            assert_eq!(few.clone().into_iter().collect::<Vec<_>>(), many);
            few.retain(|thing| *thing > 0);
            assert_eq!(
                few,
                Few::from(many.into_iter().filter(|t| *t > 0).collect::<Vec<_>>())
            );
            few.push(9);
            assert_eq!(few.last(), Some(&9));
        }
    }
}
