//! Where things lie, and the roads between them.

use annals_chronicle::{Distance, Geography, Place, Road, Stroke};

use super::Printer;

/// `42.060000, 86.570000`
pub(super) fn point(place: Place) -> String {
    let degrees = |micro: i32| {
        let sign = if micro < 0 { "-" } else { "" };
        let whole = micro.unsigned_abs();
        format!("{sign}{}.{:06}", whole / 1_000_000, whole % 1_000_000)
    };
    format!(
        "{}, {}",
        degrees(place.latitude_micro),
        degrees(place.longitude_micro)
    )
}

fn doubt(doubted: bool) -> &'static str {
    if doubted { " ?" } else { "" }
}

impl Printer<'_> {
    pub(super) fn geography(&mut self, of: &Geography) {
        if let Some(certainty) = of.certainty {
            let says = self.says(&of.attestations);
            let words = format!("certainty {} {says}", certainty.word());
            self.line(2, words.trim_end());
        }
        for id in &of.identifiers {
            let words = format!("id {} {}{}", id.authority, id.value, doubt(id.doubted));
            self.line(2, &words);
        }
        self.strokes(&of.strokes);
        self.notes(&of.notes);
    }

    fn strokes(&mut self, strokes: &[Stroke]) {
        for stroke in strokes {
            let points: Vec<String> = stroke.points.iter().map(|p| point(*p)).collect();
            let word = if stroke.closed { "outline" } else { "line" };
            let says = self.says(&stroke.attestations);
            let words = format!(
                "{word} {}{} {says}",
                points.join("; "),
                doubt(stroke.doubted)
            );
            self.line(2, words.trim_end());
        }
    }

    fn notes(&mut self, notes: &[String]) {
        for note in notes {
            self.line(2, &format!("note \"{note}\""));
        }
    }

    pub(super) fn roads(&mut self) {
        let chronicle = self.chronicle;
        if chronicle.roads.is_empty() {
            return;
        }
        self.line(0, "roads");
        for road in &chronicle.roads {
            self.road(road);
        }
    }

    fn road(&mut self, road: &Road) {
        let mut words = format!("{} to {}", self.name(road.from), self.name(road.to));
        if !road.via.is_empty() {
            words.push_str(&format!(" via {}", self.names(&road.via)));
        }
        if !road.names.is_empty() {
            let names: Vec<&str> = road.names.iter().map(|n| n.text.as_str()).collect();
            words.push_str(&format!(", called {}", names.join(", ")));
        }
        words.push_str(doubt(road.doubted));
        let says = self.says(&road.attestations);
        self.line(1, format!("{words} {says}").trim_end());
        if !road.kinds.is_empty() {
            self.line(2, &format!("kind {}", road.kinds.join(", ")));
        }
        if let Some(certainty) = road.certainty {
            self.line(2, &format!("certainty {}", certainty.word()));
        }
        for distance in &road.distances {
            let words = self.distance(distance);
            self.line(2, &words);
        }
        self.strokes(&road.strokes);
        self.notes(&road.notes);
    }

    fn distance(&self, distance: &Distance) -> String {
        let most = match distance.most_m {
            Some(most) if most == distance.least_m => String::new(),
            Some(most) => format!(" to {most}"),
            None => " or more".to_owned(),
        };
        let about = if distance.approximate { "about " } else { "" };
        let says = self.says(&distance.attestations);
        let words = format!(
            "distance {}: {about}{}{most} m{} {says}",
            distance.written,
            distance.least_m,
            doubt(distance.doubted)
        );
        words.trim_end().to_owned()
    }
}
