//! The order of boxes within layers, and how far to the right each stands.
//!
//! What comes in: layers of points, segments between neighbouring layers. What goes out: an order
//! with few crossings, and places that keep it, as near to straight lines as the widths allow.

use super::layers::{APART, WAYPOINT};

/// How often the layers are gone through.
const SWEEPS: usize = 12;

/// Orders each layer by the mean place of its neighbours, down and up; keeps the best order seen.
pub(crate) fn order_layers(
    layers: &mut [Vec<usize>],
    segments: &[(usize, usize)],
    beside: &[(usize, usize)],
    points: usize,
) {
    let mut best = layers.to_vec();
    let mut fewest = crossings(layers, segments, points);
    for sweep in 0..SWEEPS {
        let down = sweep % 2 == 0;
        let count = layers.len();
        for step in 1..count.max(1) {
            let at = if down { step } else { count - 1 - step };
            let place = places(layers, points);
            let key = |point: usize| {
                let near = segments.iter().filter_map(|(a, b)| match down {
                    true if *b == point => Some(place[*a]),
                    false if *a == point => Some(place[*b]),
                    _ => None,
                });
                // Allies in the same layer draw together, less strongly.
                let allies = beside.iter().filter_map(|(a, b)| match point {
                    p if p == *a => Some(place[*b]),
                    p if p == *b => Some(place[*a]),
                    _ => None,
                });
                let near: Vec<f64> = near.chain(allies).collect();
                match near.len() {
                    0 => place[point],
                    count => near.iter().sum::<f64>() / count as f64,
                }
            };
            let mut keyed: Vec<(f64, usize)> = layers[at].iter().map(|p| (key(*p), *p)).collect();
            keyed.sort_by(|a, b| a.0.total_cmp(&b.0));
            layers[at] = keyed.into_iter().map(|(_, point)| point).collect();
        }
        let found = crossings(layers, segments, points);
        if found < fewest {
            fewest = found;
            best = layers.to_vec();
        }
    }
    layers.clone_from_slice(&best);
}

/// The place of each point in its layer, from 0 to 1, so that layers of different sizes compare.
fn places(layers: &[Vec<usize>], points: usize) -> Vec<f64> {
    let mut place = vec![0.5; points];
    for layer in layers {
        for (at, point) in layer.iter().enumerate() {
            place[*point] = (at as f64 + 0.5) / layer.len() as f64;
        }
    }
    place
}

/// How many segments cross.
fn crossings(layers: &[Vec<usize>], segments: &[(usize, usize)], points: usize) -> usize {
    let mut layer = vec![0; points];
    for (at, members) in layers.iter().enumerate() {
        for point in members {
            layer[*point] = at;
        }
    }
    let place = places(layers, points);
    let cross = |(a, b): &(usize, usize), (c, d): &(usize, usize)| {
        layer[*a] == layer[*c] && (place[*a] - place[*c]) * (place[*b] - place[*d]) < 0.0
    };
    let mut count = 0;
    for (at, one) in segments.iter().enumerate() {
        count += segments[at + 1..]
            .iter()
            .filter(|other| cross(one, other))
            .count();
    }
    count
}

/// How far to the right each point stands: near the mean of its neighbours, in order, apart.
pub(crate) fn settle(
    layers: &[Vec<usize>],
    segments: &[(usize, usize)],
    widths: &[f64],
    left: f64,
    right: f64,
) -> Vec<f64> {
    let mut xs = vec![(left + right) / 2.0; widths.len()];
    for layer in layers {
        let wanted = vec![(left + right) / 2.0; layer.len()];
        place_layer(layer, &wanted, widths, left, right, &mut xs);
    }
    for _ in 0..SWEEPS {
        for layer in layers {
            let wanted: Vec<f64> = layer
                .iter()
                .map(|point| {
                    let near: Vec<f64> = segments
                        .iter()
                        .filter_map(|(a, b)| match *point {
                            p if p == *a => Some(xs[*b]),
                            p if p == *b => Some(xs[*a]),
                            _ => None,
                        })
                        .collect();
                    match near.len() {
                        0 => xs[*point],
                        count => near.iter().sum::<f64>() / count as f64,
                    }
                })
                .collect();
            place_layer(layer, &wanted, widths, left, right, &mut xs);
        }
    }
    xs
}

/// How far apart the middles of two neighbours stand; lines that pass may come nearer.
fn distance(a: f64, b: f64) -> f64 {
    let apart = match (a <= WAYPOINT, b <= WAYPOINT) {
        (true, true) => APART / 3.0,
        (false, false) => APART,
        _ => APART / 1.5,
    };
    (a + b) / 2.0 + apart
}

/// How much room a layer needs.
pub(crate) fn room_for(layer: &[usize], widths: &[f64]) -> f64 {
    let (Some(first), Some(last)) = (layer.first(), layer.last()) else {
        return 0.0;
    };
    let between = layer
        .windows(2)
        .map(|pair| distance(widths[pair[0]], widths[pair[1]]));
    between.sum::<f64>() + (widths[*first] + widths[*last]) / 2.0
}

/// The places nearest to those wanted, in the sum of squares, that keep order and distance: with
/// the distances taken out this is isotonic regression, solved by pooling adjacent violators
/// (Barlow, Bartholomew, Bremner and Brunk 1972); its solution within bounds is the clamped one.
fn place_layer(
    layer: &[usize],
    wanted: &[f64],
    widths: &[f64],
    left: f64,
    right: f64,
    xs: &mut [f64],
) {
    // How far right of the first each must stand at least.
    let mut offsets = Vec::with_capacity(layer.len());
    let mut offset = 0.0;
    for (at, point) in layer.iter().enumerate() {
        if at > 0 {
            offset += distance(widths[layer[at - 1]], widths[*point]);
        }
        offsets.push(offset);
    }
    let (Some(first), Some(last)) = (layer.first(), layer.last()) else {
        return;
    };
    let low = left + widths[*first] / 2.0;
    let high = (right - widths[*last] / 2.0 - offset).max(low);
    // Pools of points that touch: sum of what they want, and their number.
    let mut pools: Vec<(f64, usize)> = Vec::new();
    for (wish, offset) in wanted.iter().zip(&offsets) {
        pools.push((wish - offset, 1));
        while let [.., (a, n), (b, m)] = pools.as_slice()
            && a / *n as f64 > b / *m as f64
        {
            let joined = (a + b, n + m);
            pools.truncate(pools.len() - 2);
            pools.push(joined);
        }
    }
    let mut at = 0;
    for (sum, count) in pools {
        let base = (sum / count as f64).clamp(low, high);
        for _ in 0..count {
            xs[layer[at]] = base + offsets[at];
            at += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crossed_lines_are_uncrossed() {
        // 0 and 1 above, 2 and 3 below, crossed.
        let segments = [(0, 3), (1, 2)];
        let mut layers = vec![vec![0, 1], vec![2, 3]];
        assert_eq!(crossings(&layers, &segments, 4), 1);
        order_layers(&mut layers, &segments, &[], 4);
        assert_eq!(crossings(&layers, &segments, 4), 0);
    }

    #[test]
    fn boxes_keep_their_order_and_distance_and_stay_inside() {
        let widths = [100.0, 100.0, 100.0];
        let mut xs = vec![0.0; 3];
        place_layer(
            &[0, 1, 2],
            &[300.0, 300.0, 300.0],
            &widths,
            0.0,
            600.0,
            &mut xs,
        );
        assert_eq!(xs, [178.0, 300.0, 422.0]);
        place_layer(
            &[0, 1, 2],
            &[-50.0, 900.0, 0.0],
            &widths,
            0.0,
            600.0,
            &mut xs,
        );
        assert!(xs[0] >= 50.0 && xs[2] <= 550.0, "{xs:?}");
        assert!(xs[1] - xs[0] >= 122.0 && xs[2] - xs[1] >= 122.0, "{xs:?}");
    }
}
