//! Whatever stands in a file, an import ends with a text or with words, never with a panic.

#![allow(clippy::unwrap_used)]

mod common;

use annals_exchange::{
    Import, Known, Refusing, import_bibtex, import_chronolog, import_csl, import_csv,
    import_linked_places, propose_for_csv, read_map,
};

const TABLE: &str =
    "Ruler,Land,From\n\"Necho, the II\",Egypt,-610\nApries,\"Upper\nEgypt\",589 BC\n";
const MAP: &str = "sentence = \"{Ruler} is king of {Land}[ with {Land}]\"\ndate = \"From\"\nyears = \"historical\"\nundated = [\"\"]\n[kinds]\nRuler = \"person\"\n";
const MODEL: &str = r#"{"chronolog-version": "3", "sequences": [{"name": "S", "periods": [{"name": "A", "durationLB": 5}, {"name": "B", "durationUB": 7}]}], "events": [{"name": "E", "dateLB": -525, "dateUB": -520}], "synchronisms": [{"type": "Delay synchronism", "period1": "A", "boundary1": "s", "beforeAfter": "a", "mostLeast": "m", "delay": 12, "period2": "E", "boundary2": "s"}]}"#;
const PLACES: &str = r#"{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"title": "Kucha"}, "names": [{"toponym": "龜茲", "lang": "lzh", "citations": [{"label": "Hanshu", "@id": "x:y"}]}], "geometry": {"type": "GeometryCollection", "geometries": [{"type": "Point", "coordinates": [82.96, 41.72]}, {"type": "Polygon", "coordinates": [[[1, 2], [3, 4], [5, 1], [1, 2]]]}]}, "links": [{"type": "closeMatch", "identifier": "gn:1"}], "when": {"timespans": [{}]}}]}"#;
const CSL: &str = r#"[{"id": "a", "title": "A", "author": [{"family": "B", "given": "C"}], "issued": {"date-parts": [[1979, 3]]}}]"#;
const BIB: &str =
    "@book{a, title = {T\\'{e}x}, author = \"A\" # b, year = 1900}\n@string{b = \"c\"}\n";

/// A source of numbers that are the same each time (Marsaglia, "Xorshift RNGs", 2003).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % most.max(1) as u64) as usize
    }
}

/// Texts near a good one: cut, doubled, with signs changed.
fn near(text: &str, numbers: &mut Numbers) -> Vec<u8> {
    const SIGNS: &[u8] = b"\"'{}[]:,;?#@-0\n\r\t\x00\xff/\\ 9eE";
    let mut bytes = text.as_bytes().to_vec();
    for _ in 0..=numbers.below(3) {
        let at = numbers.below(bytes.len());
        match numbers.below(4) {
            0 => bytes.truncate(at),
            1 => {
                let piece = bytes[at..(at + numbers.below(20)).min(bytes.len())].to_vec();
                bytes.splice(at..at, piece);
            }
            2 => bytes.insert(at, SIGNS[numbers.below(SIGNS.len())]),
            _ => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte = SIGNS[numbers.below(SIGNS.len())];
                }
            }
        }
    }
    bytes
}

#[test]
fn nothing_in_a_file_panics() {
    let map = read_map(MAP).unwrap();
    let mut numbers = Numbers(0x2545_f491_4f6c_dd1d);
    let mut kept = 0;
    for _ in 0..1500 {
        let bytes = near(TABLE, &mut numbers);
        let mut out = Vec::new();
        let mut import = Import {
            name: "x.csv",
            map: &map,
            known: &Known::default(),
            most_rows: None,
            refusing: Refusing::AsComments,
            progress: &mut |_| {},
        };
        let summary = import_csv(bytes.as_slice(), &mut out, &mut import).unwrap();
        assert_eq!(summary.refused == 0, summary.problems.is_empty());
        let text = String::from_utf8(out).unwrap();
        let claims = text
            .lines()
            .filter(|l| l.contains(" is king of "))
            .filter(|l| !l.starts_with("//"))
            .count();
        assert_eq!(claims as u64, summary.claims, "{text}");
        kept += summary.claims;
        let _ = propose_for_csv(bytes.as_slice(), "x.csv");
        let words = |text: &str, numbers: &mut Numbers| {
            String::from_utf8_lossy(&near(text, numbers)).into_owned()
        };
        let _ = read_map(&words(MAP, &mut numbers));
        let _ = import_chronolog(&words(MODEL, &mut numbers), "x.clog");
        let _ = import_linked_places(&words(PLACES, &mut numbers), "x.json");
        let _ = import_csl(&words(CSL, &mut numbers), "x.json");
        let _ = import_bibtex(&words(BIB, &mut numbers), "x.bib");
    }
    assert!(kept > 500, "some of the tables were good: {kept}");
    for text in [MODEL, PLACES, CSL, BIB] {
        let read = [
            import_chronolog(text, "x").is_ok(),
            import_linked_places(text, "x").is_ok(),
            import_csl(text, "x").is_ok(),
            import_bibtex(text, "x").is_ok(),
        ];
        assert!(read.contains(&true), "{text}");
    }
}
