//! Things laid out by the variable they belong to.

/// A variable by its place in a system or in a part of one.
pub(crate) type Node = u32;

/// What belongs to each of some variables, all in one row, those of one variable side by side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rows<T> {
    starts: Vec<u32>,
    row: Vec<T>,
}

impl<T> Default for Rows<T> {
    fn default() -> Rows<T> {
        Rows {
            starts: vec![0],
            row: vec![],
        }
    }
}

impl<T: Copy + Default> Rows<T> {
    /// Lays out pairs of variable and thing by counting; those of one variable keep their order.
    pub(crate) fn new(count: usize, pairs: impl Iterator<Item = (Node, T)> + Clone) -> Rows<T> {
        let mut starts = vec![0u32; count + 1];
        for (node, _) in pairs.clone() {
            starts[node as usize + 1] += 1;
        }
        for at in 0..count {
            starts[at + 1] += starts[at];
        }
        let mut row = vec![T::default(); starts[count] as usize];
        // Where a variable starts is moved on while its row is filled, and moved back after.
        for (node, thing) in pairs {
            let at = &mut starts[node as usize];
            row[*at as usize] = thing;
            *at += 1;
        }
        starts.copy_within(0..count, 1);
        starts[0] = 0;
        Rows { starts, row }
    }
}

impl<T> Rows<T> {
    /// Number of variables.
    pub fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// Whether there are no variables.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Number of things in all.
    pub fn total(&self) -> usize {
        self.row.len()
    }

    /// What belongs to a variable.
    pub fn of(&self, node: u32) -> &[T] {
        &self.row[self.places(node)]
    }

    /// Where what belongs to a variable stands in the row.
    pub(crate) fn places(&self, node: Node) -> std::ops::Range<usize> {
        let node = node as usize;
        self.starts[node] as usize..self.starts[node + 1] as usize
    }

    /// The thing at a place of the row.
    pub(crate) fn at(&self, place: usize) -> &T {
        &self.row[place]
    }

    /// Everything with the variable it belongs to.
    pub(crate) fn all(&self) -> impl Iterator<Item = (Node, &T)> + Clone + '_ {
        (0..self.len() as Node).flat_map(move |node| self.of(node).iter().map(move |t| (node, t)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_belongs_together_stands_together_in_the_order_it_came() {
        let pairs = [(2, 'a'), (0, 'b'), (2, 'c'), (3, 'd'), (0, 'e')];
        let rows = Rows::new(5, pairs.into_iter());
        let of: Vec<String> = (0..5).map(|node| rows.of(node).iter().collect()).collect();
        assert_eq!(of, ["be", "", "ac", "d", ""]);
        assert_eq!((rows.len(), rows.total()), (5, 5));
        assert_eq!(Rows::<char>::new(0, [].into_iter()), Rows::default());
    }
}
