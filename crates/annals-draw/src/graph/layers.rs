//! Where boxes stand: in which layer, and how far to the right.
//!
//! What comes in: boxes and ties. What goes out: a place for every box, and for every tie the
//! places it passes between layers. Lords stand above their vassals; a ring of lordship, which time
//! can make, is broken at its last tie. The method is Sugiyama's (Sugiyama, Tagawa and Toda 1981):
//! layers, waypoints for long ties, few crossings by barycentres, then straight lines. Everything is
//! decided by numbers and order of the text, so the same text has the same picture.

use super::order::{order_layers, room_for, settle};
use super::web::Web;

/// The room between layers, in which lines bend and their words stand.
const GAP: f64 = 78.0;
/// The room between layers that no line joins.
const PLAIN_GAP: f64 = 26.0;
/// The room a line within a layer takes below it.
pub(crate) const LANE: f64 = 11.0;
/// The room between boxes of a layer.
pub(crate) const APART: f64 = 22.0;

/// The room a line takes where it passes a layer.
pub(crate) const WAYPOINT: f64 = 6.0;

/// Where a box stands.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Spot {
    /// Its middle.
    pub(crate) x: f64,
    /// Its upper edge.
    pub(crate) top: f64,
    /// Its width.
    pub(crate) width: f64,
    /// Its height.
    pub(crate) height: f64,
    /// The lower edge of its layer.
    pub(crate) layer_bottom: f64,
    /// Its layer.
    pub(crate) layer: usize,
}

/// Everything in its place.
pub(crate) struct Plan {
    /// The boxes.
    pub(crate) places: Vec<Spot>,
    /// The waypoints of each tie, from its upper end to its lower; each with the upper and the
    /// lower edge of the layer it passes.
    pub(crate) ways: Vec<Vec<(f64, f64, f64)>>,
    /// How far below its layer each tie within one runs, counted from the box's edge.
    pub(crate) lanes: Vec<usize>,
    /// The lower edge of everything.
    pub(crate) bottom: f64,
    /// The right edge.
    pub(crate) right: f64,
}

/// Places boxes between two edges, from a height on. Layers break where their boxes are wider than
/// the room; where lines that pass need more, the picture grows to the right.
pub(crate) fn plan(web: &Web, left: f64, right: f64, top: f64) -> Plan {
    let layer = wrapped(web, &layers(web), right - left);
    let count = layer.iter().max().map_or(0, |last| last + 1);
    let boxes = web.nodes.len();
    // Boxes first, then the waypoints of ties that pass a layer.
    let mut of_layer: Vec<Vec<usize>> = vec![vec![]; count];
    for (node, at) in layer.iter().enumerate() {
        of_layer[*at].push(node);
    }
    let mut widths: Vec<f64> = web.nodes.iter().map(|node| node.width).collect();
    let mut segments: Vec<(usize, usize)> = Vec::new();
    let mut ways: Vec<Vec<usize>> = Vec::new();
    for tie in &web.ties {
        let (upper, lower) = match layer[tie.from] < layer[tie.to] {
            true => (tie.from, tie.to),
            false => (tie.to, tie.from),
        };
        let mut way = Vec::new();
        let mut above = upper;
        if layer[upper] != layer[lower] {
            for members in &mut of_layer[layer[upper] + 1..layer[lower]] {
                let point = widths.len();
                widths.push(WAYPOINT);
                members.push(point);
                segments.push((above, point));
                way.push(point);
                above = point;
            }
            segments.push((above, lower));
        }
        ways.push(way);
    }
    let neighbours = same_layer(web, &layer);
    order_layers(&mut of_layer, &segments, &neighbours, widths.len());
    let needs = of_layer.iter().map(|layer| room_for(layer, &widths));
    let right = needs.map(|needs| left + needs).fold(right, f64::max);
    let xs = settle(&of_layer, &segments, &widths, left, right);
    let (edges, bottom) = heights(web, &layer, count, top);
    let places = (0..boxes).map(|node| Spot {
        x: xs[node],
        top: edges[layer[node]].0,
        width: widths[node],
        height: web.nodes[node].height,
        layer_bottom: edges[layer[node]].1,
        layer: layer[node],
    });
    let in_layer = |point: usize| of_layer.iter().position(|members| members.contains(&point));
    let way = |points: Vec<usize>| {
        let spot = |point: usize| {
            let (top, bottom) = edges[in_layer(point).unwrap_or(0)];
            (xs[point], top, bottom)
        };
        points.into_iter().map(spot).collect()
    };
    Plan {
        places: places.collect(),
        ways: ways.into_iter().map(way).collect(),
        lanes: lanes(web, &layer, &xs),
        bottom,
        right,
    }
}

/// The lane of each tie within a layer: short ones next to the boxes, each in a lane of its own.
fn lanes(web: &Web, layer: &[usize], xs: &[f64]) -> Vec<usize> {
    let length = |tie: usize| (xs[web.ties[tie].from] - xs[web.ties[tie].to]).abs();
    let mut order: Vec<usize> = (0..web.ties.len()).collect();
    order.sort_by(|a, b| length(*a).total_cmp(&length(*b)).then(a.cmp(b)));
    let mut used = vec![0; layer.len() + 1];
    let mut lanes = vec![0; web.ties.len()];
    for tie in order {
        let at = layer[web.ties[tie].from];
        if at == layer[web.ties[tie].to] {
            lanes[tie] = used[at];
            used[at] += 1;
        }
    }
    lanes
}

/// The upper and the lower edge of each layer, and the end of the last.
fn heights(web: &Web, layer: &[usize], count: usize, top: f64) -> (Vec<(f64, f64)>, f64) {
    let mut edges = Vec::new();
    let (mut y, mut bottom) = (top, top);
    for at in 0..count {
        let inside = web.nodes.iter().zip(layer).filter(|(_, l)| **l == at);
        let tallest = inside.map(|(node, _)| node.height).fold(20.0, f64::max);
        // Ties within a layer run below it and need room.
        let within = web
            .ties
            .iter()
            .filter(|t| layer[t.from] == at && layer[t.to] == at);
        let lanes = match within.count() {
            0 => 0.0,
            count => 14.0 + LANE * count as f64,
        };
        let passes = web.ties.iter().any(|tie| {
            let (a, b) = (layer[tie.from], layer[tie.to]);
            a.min(b) <= at && at < a.max(b)
        });
        edges.push((y, y + tallest));
        bottom = y + tallest + lanes;
        y = bottom + if passes { GAP } else { PLAIN_GAP };
    }
    (edges, bottom)
}

/// The layer of each box, lords above vassals.
fn layers(web: &Web) -> Vec<usize> {
    let count = web.nodes.len();
    let mut below: Vec<Vec<usize>> = vec![vec![]; count];
    for tie in web.ties.iter().filter(|tie| tie.form.has_layers()) {
        if !reaches(&below, tie.from, tie.to) {
            below[tie.to].push(tie.from);
        }
    }
    let mut layer = vec![0; count];
    // A layer can grow once for each box at most, since there is no ring.
    for _ in 0..count {
        for lord in 0..count {
            for vassal in &below[lord] {
                layer[*vassal] = layer[*vassal].max(layer[lord] + 1);
            }
        }
    }
    let mut tied: Vec<bool> = vec![false; count];
    for (lord, vassals) in below.iter().enumerate() {
        for vassal in vassals {
            tied[lord] = true;
            tied[*vassal] = true;
        }
    }
    for lord in 0..count {
        // A lord stands right above the highest of his vassals.
        if let Some(highest) = below[lord].iter().map(|v| layer[*v]).min() {
            layer[lord] = layer[lord].max(highest - 1);
        }
    }
    place_the_rest(web, &mut layer, &mut tied);
    layer
}

/// Who has no lord and no vassal stands with his ally, enemy or kin, or else below all others.
fn place_the_rest(web: &Web, layer: &mut [usize], tied: &mut [bool]) {
    let below_all = match tied.iter().any(|tied| *tied) {
        true => layer.iter().max().map_or(0, |last| last + 1),
        false => 0,
    };
    // Each round finds a place for whoever is tied to somebody placed before.
    for _ in 0..layer.len() {
        let mut found = false;
        for tie in &web.ties {
            for (a, b) in [(tie.from, tie.to), (tie.to, tie.from)] {
                if tied[a] && !tied[b] {
                    layer[b] = layer[a];
                    tied[b] = true;
                    found = true;
                }
            }
        }
        if !found {
            break;
        }
    }
    for (at, _) in tied.iter().enumerate().filter(|(_, tied)| !**tied) {
        layer[at] = below_all;
    }
}

/// Whether there is a way down from one box to another.
fn reaches(below: &[Vec<usize>], from: usize, to: usize) -> bool {
    let mut open = vec![from];
    let mut seen = vec![false; below.len()];
    while let Some(at) = open.pop() {
        if at == to {
            return true;
        }
        if !std::mem::replace(&mut seen[at], true) {
            open.extend(&below[at]);
        }
    }
    false
}

/// Layers wider than the picture become several.
fn wrapped(web: &Web, layer: &[usize], room: f64) -> Vec<usize> {
    let count = layer.iter().max().map_or(0, |last| last + 1);
    let mut new = vec![0; layer.len()];
    let mut next = 0;
    for at in 0..count {
        let (mut used, mut first) = (0.0, true);
        for node in (0..layer.len()).filter(|node| layer[*node] == at) {
            let needs = web.nodes[node].width + APART;
            if !first && used + needs > room {
                next += 1;
                used = 0.0;
            }
            used += needs;
            first = false;
            new[node] = next;
        }
        next += 1;
    }
    new
}

/// Pairs tied within their layer, which like to stand side by side.
fn same_layer(web: &Web, layer: &[usize]) -> Vec<(usize, usize)> {
    let inner = web
        .ties
        .iter()
        .filter(|tie| layer[tie.from] == layer[tie.to]);
    inner.map(|tie| (tie.from, tie.to)).collect()
}
