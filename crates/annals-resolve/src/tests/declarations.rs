//! Declared things, witnesses, directives.

use super::*;
use annals_chronicle::Day;

#[test]
fn homonyms_are_two_things_and_repeats_are_reported() {
    let case = case("polity Tang\n  also Great Tang\npolty Kucha\n");
    assert_eq!(case.codes(), ["duplicate-declaration 1", "unknown-kind 3"]);
    let chronicle = case.chronicle();
    let karasahr: Vec<_> = chronicle
        .entities
        .iter()
        .filter(|e| e.name == "Karasahr")
        .collect();
    assert_eq!(karasahr.len(), 2);
    assert_eq!(karasahr[0].names.len(), 3);
    assert_eq!(karasahr[0].names[2].language.as_deref(), Some("zh"));
    let place = karasahr[1].place.unwrap();
    assert_eq!(
        (place.latitude_micro, place.longitude_micro),
        (42_060_000, 86_570_000)
    );
    // The names of the repeated line are not lost.
    let tang = &chronicle.entities[case.entity("Tang").index()];
    assert_eq!(tang.names[0].text, "Great Tang");
    let report = case.report("unknown-kind");
    assert_eq!(report.remedies[0].words, "write `polity`");
}

#[test]
fn a_doubted_name_is_a_thing_of_its_own_wherever_it_is_declared() {
    let case = case(
        "person Xuepo'anazhi\n  also Xue Apo'anazhi ? [@wp]\n  also Long Xuepo'anazhi\n\
         person Lipo\n  also Long Lipozhun ?\n  is the same as Long Tuqizhi ?\n\
         person tudun of 644\n  unnamed\nsource wp\n  title \"Wikipedia\"\n",
    );
    assert_eq!(case.codes(), Vec::<String>::new());
    let chronicle = case.chronicle();
    let ties: Vec<_> = chronicle
        .identities
        .iter()
        .map(|i| {
            (
                chronicle.name_of(i.a),
                chronicle.name_of(i.b),
                i.doubted,
                i.attestations.len(),
            )
        })
        .collect();
    let tie = |a: &str, b: &str, n| (a.to_string(), b.to_string(), true, n);
    assert_eq!(
        ties,
        [
            tie("Xuepo'anazhi", "Xue Apo'anazhi", 1),
            tie("Lipo", "Long Lipozhun", 0),
            tie("Lipo", "Long Tuqizhi", 0),
        ]
    );
    assert!(chronicle.entities[case.entity("tudun of 644").index()].unnamed);
    let order: Vec<u32> = chronicle.entities.iter().map(|e| e.id.0).collect();
    assert!(order.windows(2).all(|w| w[0] + 1 == w[1]));
    assert!(case.entity("Xuepo'anazhi") < case.entity("Xue Apo'anazhi"));
    assert!(case.entity("Xue Apo'anazhi") < case.entity("Lipo"));
}

#[test]
fn two_things_may_share_a_further_name_which_is_then_ambiguous() {
    let case = case(
        "person Louis the Elder\n  also Louis\nperson Louis the Younger\n  also Louis\n\
         1250: Tang captures Louis.\n",
    );
    assert_eq!(case.codes(), ["ambiguous-name 5"]);
    assert!(case.chronicle().identities.is_empty());
}

#[test]
fn details_of_declarations_are_known_or_reported() {
    let case = case(
        "place Turfan\n  at 42.9, 89.2\n  aslo Jiaohe\nplace Nowhere at the end\nperson X ?\n",
    );
    assert_eq!(case.codes(), ["bad-place 4", "unknown-detail 3"]);
    assert!(
        case.chronicle().entities[case.entity("Turfan").index()]
            .place
            .is_some()
    );
    assert!(
        case.codes_from(Severity::Lint)
            .contains(&"doubted-declaration 5".to_string())
    );
}

#[test]
fn citations_become_attestations() {
    let case = case(
        "source wp\n  title \"Wikipedia\"\nsource zztj\nfrom @wp\n\
         632: Karasahr submits to Tang.\n\
         632: Karasahr submits to Tang. [see @zztj, 197; @zztj via @wp]\n\
         632: Karasahr submits to Tang. [12]\n\
         632: Karasahr submits to Tang. [@me]\n\
         632: Karasahr submits to Tang. [@zzt]\n  [@zztj, 3]\n",
    );
    assert_eq!(case.codes(), ["unknown-source 9"]);
    let chronicle = case.chronicle();
    let said: Vec<Vec<String>> = chronicle
        .claims
        .iter()
        .map(|c| {
            let says = c.attestations.iter().map(|a| {
                let key =
                    |id: annals_chronicle::SourceId| chronicle.sources[id.index()].key.clone();
                let via = a
                    .via
                    .map(|v| format!(" via {}", key(v)))
                    .unwrap_or_default();
                let locator = a
                    .locator
                    .clone()
                    .map(|l| format!(" {l}"))
                    .unwrap_or_default();
                format!("{}{via}{locator}", key(a.source))
            });
            says.collect()
        })
        .collect();
    assert_eq!(
        said,
        [
            vec!["wp"],
            vec!["zztj see 197", "zztj via wp"],
            vec!["wp 12"],
            vec!["me"],
            vec!["zzt", "zztj 3"],
        ]
    );
    assert_eq!(
        chronicle.sources[0].fields,
        [("title".to_string(), "Wikipedia".to_string())]
    );
    assert!(
        case.report("unknown-source").remedies[0]
            .words
            .contains("@zztj")
    );
}

#[test]
fn a_file_stands_for_its_uncited_claims_under_one_lint() {
    let case = case("632: Karasahr submits to Tang.\n632: Kashgar submits to Tang.\n");
    let uncited: Vec<_> = case
        .reports
        .iter()
        .filter(|r| r.code == "uncited")
        .collect();
    assert_eq!(uncited.len(), 1);
    let chronicle = case.chronicle();
    let source = &chronicle.sources[chronicle.claims[1].attestations[0].source.index()];
    assert!(source.is_file);
    assert_eq!(source.key, "case.annals");
}

#[test]
fn directives_set_the_frame() {
    let case = case(
        "chronicle \"Tang campaigns\"\ncalendar gregorian\ncovers 600 to 800\ndraft\n\
         source a\nsource b\nprefer @a over @b\nroad Gaochang to Karasahr\n\
         from @a\n632: Karasahr submits to Tang.\n\
         section \"Aftermath\" within 658 from @b\nundated: Karasahr renounces Tang.\n",
    );
    assert_eq!(case.codes(), Vec::<String>::new());
    let chronicle = case.chronicle();
    assert_eq!(chronicle.roads.len(), 1);
    assert_eq!(chronicle.title.as_deref(), Some("Tang campaigns"));
    assert_eq!(chronicle.calendar, "gregorian");
    let gregorian = |y, m, d| Day(annals_calendar::gregorian_to_jdn(y, m, d) as i32);
    assert_eq!(
        chronicle.covers,
        Some((gregorian(600, 1, 1), gregorian(800, 12, 31)))
    );
    assert!(chronicle.claims.iter().all(|c| c.draft));
    assert_eq!(chronicle.preferences.len(), 1);
    let key = |i: usize| &chronicle.sources[chronicle.claims[i].attestations[0].source.index()].key;
    assert_eq!((key(0).as_str(), key(1).as_str()), ("a", "b"));
    assert_eq!(chronicle.sections[0].within.as_deref(), Some("658"));
}

#[test]
fn bad_directives_are_reported() {
    let case = case("calendar juliann\ncovers before 800\nsection \"x\" within then\n");
    let codes = case.codes();
    for code in ["bad-directive 1", "bad-directive 2", "then-without-event 3"] {
        assert!(codes.contains(&code.to_string()), "{codes:?}");
    }
}
