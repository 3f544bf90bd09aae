//! A chronicle that has something of everything, and ways to look at what is made of it.

#![allow(dead_code)]

use annals::{Compiled, MemoryWorld, compile};

/// Events with gaps, open ends and places; a dispute, a conflict, a draft, a plan, a denial; names
/// that share a word; a road with rival lengths; words that break formats.
pub const OASIS: &str = r#"chronicle "The oasis, \ & <west>"
calendar julian
covers 600 to 800
source zztj
  title "Zizhi tongjian, \ & <mirror>"
  author "Sima Guang"
  year "1084"
source xts
  title "Xin Tangshu"
polity Karasahr
  also Agni, 焉耆 (lzh)
polity Tang
polity Western Turks
place Karasahr at 42.06 N, 86.57 E  [@xts, 40]
  also Yanqi (zh-Latn)
  certainty less certain
  id geonames 1529114
  id wikidata Q1156662 ?
  note "The town of the oasis."
place Kucha at 41.72 N, 82.96 E
place Chang'an at 34.26 N, 108.94 E
lake Lake Bosten at 41.98 N, 87.05 E
  outline 42.08 N 86.75 E, 42.13 N 87 E, 41.9 N 87.3 E
river Kaidu at 42.1 N, 86.3 E
  line 43.25 N 84 E, 42.75 N 85.6 E, 42.05 N 86.58 E
road Karasahr to Kucha
  distance 700 li  [@xts, 43]
  distance 900 li  [@zztj]
unit li
  is 0.44 to 0.54 km
person Guo Xiaoke
person Long Tuqizhi
632: Karasahr submits to Tang. #submits  [@zztj, 194-3a]
644: Guo Xiaoke takes Karasahr. #fall  [@zztj, 197-23b]
  quote "He took it, & left."
  note "Plain."
at #fall: Long Tuqizhi is captured by Guo Xiaoke. #captive  [@xts, 2-20a via @zztj]
3 days after #fall: Guo Xiaoke departs from Karasahr toward Chang'an. #leaves  [@xts]
648 or 658: Tang attacks Kucha. #gap  [@xts]
after 700: planned: Tang attacks Karasahr. #plan  [@xts]
645: Tang attacks Karasahr. #raid  [@zztj]
646: Tang attacks Karasahr. #raid  [@xts]
650: Karasahr is subject to Western Turks.  [@xts]
650: not: Karasahr is subject to Western Turks.  [@zztj]
from 640 to 648: Western Turks hold Kucha.  [@zztj]
751: "A comet is seen" at Chang'an.  [@xts]
"#;

/// The chronicle compiled; its errors would make every test a test of something else.
pub fn oasis() -> Compiled {
    compiled(OASIS)
}

/// A text compiled.
pub fn compiled(text: &str) -> Compiled {
    compile(&MemoryWorld::new().with("main.annals", text), "main.annals")
}

/// The headlines of errors.
pub fn errors(compiled: &Compiled) -> Vec<String> {
    let errors = compiled.reports.iter();
    let errors = errors.filter(|r| r.severity == annals::Severity::Error);
    let shown = |report: &annals::Report| {
        let place = report.place();
        let line = place.map_or(0, |span| compiled.files.position(span).line);
        format!("{line}: {} [{}]", report.headline, report.code)
    };
    errors.map(shown).collect()
}
