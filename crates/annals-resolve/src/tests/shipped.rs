//! The example of DESIGN section 1, read with the shipped vocabulary.

use super::*;
use crate::dump;

const EXAMPLE: &str = r#"
chronicle "Tang campaigns against Karasahr"
calendar julian                         // how bare dates are read
covers 600 to 800
source wp
source zztj
source xts
source wechsler1979
prefer @zztj over @xts

polity Karasahr
  also Agni, Yanqi, 焉耆
place Karasahr at 42.06 N, 86.57 E
polity Tang
  also Tang dynasty
polity Kashgar
polity Khotan
polity Tibet
polity Abbasids
people Western Turks
region Tarim Basin
city Gaochang
city Kucha
city Chang'an
institution Anxi Protectorate
person Guo Xiaoke
person Long Tuqizhi
person Long Lipozhun
person Long Xuepo'anazhi
  also Xue Apo'anazhi ? [@wp]
person tudun of 644
  unnamed

section "644 campaign" within 644 from @wp
632: Karasahr submits to Tang.  [@wechsler1979, 225]
632: Kashgar and Khotan submit to Tang.
before #campaign-644: Karasahr renounces Tang.
644: Tang campaigns against Karasahr. #campaign-644
  force of Tang: 3000 infantry and cavalry under Guo Xiaoke
  losses of Karasahr and Western Turks: 7000 killed or captured
during #campaign-644: Guo Xiaoke takes Karasahr. #fall
644-09-28: expected: Guo Xiaoke takes Karasahr. #fall  [@zztj, 197-23b]
reported 644-10-26: Guo Xiaoke takes Karasahr. #fall  [@xts, 2-20a]
at #fall: Long Tuqizhi is captured by Guo Xiaoke.
then: Guo Xiaoke installs Long Lipozhun as ruler of Karasahr.
then: Guo Xiaoke departs from Karasahr toward Gaochang. #departure
3 days after #departure: Western Turks capture Long Lipozhun.
from 648 to 658: unknown whether Tang garrisons Karasahr.
648: not: Tang attacks Karasahr.
always: Long Lipozhun is a brother of Long Tuqizhi ?
undated: Karasahr is subject to Western Turks.
751: "A comet is seen" at Chang'an.
"#;

fn shipped() -> Vec<(String, String)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../vocabulary");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "annals"))
        .collect();
    files.sort();
    files
        .into_iter()
        .map(|path| {
            (
                path.display().to_string(),
                std::fs::read_to_string(&path).unwrap(),
            )
        })
        .collect()
}

#[test]
fn the_example_of_the_design_is_understood() {
    let mut texts = shipped();
    texts.push(("karasahr.annals".to_string(), EXAMPLE.to_string()));
    let borrowed: Vec<(&str, &str)> = texts
        .iter()
        .map(|(n, t)| (n.as_str(), t.as_str()))
        .collect();
    let case = read(&borrowed, Notation::Chronicle);
    let said: Vec<String> = case
        .reports
        .iter()
        .filter(|r| r.severity >= Severity::Finding)
        .filter(|r| {
            r.place()
                .is_none_or(|s| case.files.get(s.file).name == "karasahr.annals")
        })
        .map(|r| {
            format!(
                "{} {} {}",
                r.code,
                case.files.place(r.place().unwrap()),
                r.headline
            )
        })
        .collect();
    assert_eq!(said, Vec::<String>::new());
    let words = dump(&case.files, case.chronicle());
    for part in [
        "claim 1 at karasahr.annals:35",
        "when within 644 = 644, of the section",
        "when 3 days after #departure = 3 to 3 days after #departure",
        "#fall happens, claims 6, 7, 8",
        "#campaign-644 lasts, claim 5",
        "detail losses of Karasahr (polity) and Western Turks: 7000 killed or captured",
        "Long Xuepo'anazhi is the same as Xue Apo'anazhi ? @wp",
        "read submits(vassal: Karasahr [polity], suzerain: Tang [polity])",
    ] {
        assert!(words.contains(part), "{part} is not in\n{words}");
    }
}
