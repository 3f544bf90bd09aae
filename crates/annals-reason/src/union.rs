//! Numbers that belong together (union-find).

/// Numbers joined to one another; one that was never joined stands for itself.
#[derive(Clone, Debug, Default)]
pub(crate) struct Union {
    up: Vec<u32>,
    joined: Vec<bool>,
}

impl Union {
    /// The number that stands for all that a number belongs with.
    pub fn root(&self, mut at: u32) -> u32 {
        while let Some(up) = self.up.get(at as usize).filter(|up| **up != at) {
            at = *up;
        }
        at
    }

    /// Says that two numbers belong together.
    pub fn join(&mut self, a: u32, b: u32) {
        if a == b {
            return;
        }
        let (known, most) = (self.up.len(), a.max(b) as usize);
        if most >= known {
            self.up.extend(known as u32..=most as u32);
            self.joined.resize(most + 1, false);
        }
        let (x, y) = (self.root(a), self.root(b));
        let (low, high) = (x.min(y), x.max(y));
        self.up[high as usize] = low;
        // Both paths are made short, so that long chains stay cheap.
        for mut at in [a, b] {
            self.joined[at as usize] = true;
            while at != low {
                at = std::mem::replace(&mut self.up[at as usize], low);
            }
        }
    }

    /// Whether a number belongs with another.
    pub fn is_joined(&self, at: u32) -> bool {
        self.joined.get(at as usize).copied().unwrap_or(false)
    }

    /// Every number that another stands for, with that one.
    pub fn representatives(&self) -> impl Iterator<Item = (u32, u32)> {
        let all = (0..self.up.len() as u32).map(|at| (at, self.root(at)));
        all.filter(|(at, root)| at != root)
    }
}
