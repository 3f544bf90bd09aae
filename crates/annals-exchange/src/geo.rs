//! A chronicle as layers of a map: places, events, states and roads, each with its four bounds.
//!
//! GeoJSON and GeoPackage hold the same layers; how a layer is made is here.

pub(crate) mod layers;

use crate::tables::{Cell, Content};

#[cfg(feature = "sqlite")]
pub(crate) use layers::Layer;
pub(crate) use layers::{Shape, layers};

/// The layers as GeoJSON by RFC 7946: one collection, whose features say in `layer` what they are.
pub fn geojson_text(content: &Content<'_>) -> String {
    let mut features = Vec::new();
    for layer in layers(content) {
        for (row, shape) in layer.table.rows.iter().zip(&layer.shapes) {
            let mut members = vec![format!("\"layer\": {}", json(layer.table.name))];
            for (cell, column) in row.iter().zip(&layer.table.columns) {
                members.push(format!("{}: {}", json(&column.name), cell_json(cell)));
            }
            features.push(format!(
                "    {{\"type\": \"Feature\", \"geometry\": {}, \"properties\": {{{}}}}}",
                shape.to_json(),
                members.join(", ")
            ));
        }
    }
    let features = features.join(",\n");
    format!("{{\n  \"type\": \"FeatureCollection\",\n  \"features\": [\n{features}\n  ]\n}}\n")
}

pub(crate) fn json(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

fn cell_json(cell: &Cell) -> String {
    match cell {
        Cell::Nothing => "null".to_owned(),
        Cell::Whole(_) | Cell::Degrees(_) => cell.to_string(),
        Cell::Text(words) => json(words),
    }
}
