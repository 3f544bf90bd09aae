//! Labels that overlap neither each other nor the marks they name.
//!
//! Greedy, the weightiest first, in eight places around the point and then further away; what finds
//! no room is left out, and its mark still says its name to who points at it.

use super::scene::Point;

/// A box of the page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Rect {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

impl Rect {
    /// A box around a point.
    pub(crate) fn around((x, y): Point, reach: f64) -> Rect {
        Rect {
            left: x - reach,
            top: y - reach,
            right: x + reach,
            bottom: y + reach,
        }
    }

    fn meets(&self, other: &Rect) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }

    fn within(&self, frame: &Rect) -> bool {
        self.left >= frame.left
            && self.right <= frame.right
            && self.top >= frame.top
            && self.bottom <= frame.bottom
    }
}

/// On which side of its point a label stands, which tells how its text is anchored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Anchor {
    Start,
    Middle,
    End,
}

impl Anchor {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        }
    }
}

/// A label that found its place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Placed {
    pub rect: Rect,
    pub anchor: Anchor,
}

impl Placed {
    /// Where the text begins, ends or has its middle.
    pub(crate) fn x(&self) -> f64 {
        match self.anchor {
            Anchor::Start => self.rect.left,
            Anchor::Middle => (self.rect.left + self.rect.right) / 2.0,
            Anchor::End => self.rect.right,
        }
    }
}

/// Everything that takes room on the page.
#[derive(Clone, Debug)]
pub(crate) struct Room {
    frame: Rect,
    taken: Vec<Rect>,
}

impl Room {
    pub(crate) fn new((left, top, width, height): (f64, f64, f64, f64)) -> Room {
        Room {
            frame: Rect {
                left: left + 3.0,
                top: top + 3.0,
                right: left + width - 3.0,
                bottom: top + height - 3.0,
            },
            taken: Vec::new(),
        }
    }

    /// Keeps a box free.
    pub(crate) fn take(&mut self, rect: Rect) {
        self.taken.push(rect);
    }

    fn is_free(&self, rect: &Rect) -> bool {
        rect.within(&self.frame) && !self.taken.iter().any(|t| t.meets(rect))
    }

    /// Takes a box if it is free.
    pub(crate) fn try_take(&mut self, rect: Rect) -> bool {
        let free = self.is_free(&rect);
        if free {
            self.taken.push(rect);
        }
        free
    }

    /// Finds room for a label of a size at a point whose mark has a radius.
    pub(crate) fn place(&mut self, point: Point, size: (f64, f64), radius: f64) -> Option<Placed> {
        for away in [0.0, 10.0, 24.0] {
            for placed in candidates(point, size, radius + away) {
                if self.is_free(&placed.rect) {
                    self.taken.push(placed.rect);
                    return Some(placed);
                }
            }
        }
        None
    }
}

/// Right, left, below, above, and the corners.
fn candidates((x, y): Point, (width, height): (f64, f64), radius: f64) -> [Placed; 8] {
    let gap = radius + 3.0;
    let corner = radius * 0.7 + 2.0;
    let at = |left: f64, top: f64, anchor: Anchor| Placed {
        rect: Rect {
            left,
            top,
            right: left + width,
            bottom: top + height,
        },
        anchor,
    };
    let line = height.min(15.0);
    [
        at(x + gap, y - line / 2.0, Anchor::Start),
        at(x - gap - width, y - line / 2.0, Anchor::End),
        at(x - width / 2.0, y + gap, Anchor::Middle),
        at(x - width / 2.0, y - gap - height, Anchor::Middle),
        at(x + corner, y + corner, Anchor::Start),
        at(x - corner - width, y + corner, Anchor::End),
        at(x + corner, y - corner - height, Anchor::Start),
        at(x - corner - width, y - corner - height, Anchor::End),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_never_overlap() {
        let mut room = Room::new((0.0, 0.0, 400.0, 300.0));
        let mut placed: Vec<Rect> = Vec::new();
        for at in 0..60_u32 {
            let point = (
                f64::from(at * 37 % 380) + 10.0,
                f64::from(at * 53 % 280) + 10.0,
            );
            if let Some(label) = room.place(point, (50.0, 14.0), 4.0) {
                assert!(placed.iter().all(|p| !p.meets(&label.rect)));
                assert!(label.rect.left >= 0.0 && label.rect.right <= 400.0);
                placed.push(label.rect);
            }
        }
        assert!(placed.len() > 25, "{}", placed.len());
    }
}
