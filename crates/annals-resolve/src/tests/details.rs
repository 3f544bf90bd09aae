//! Details of claims.

use super::*;
use annals_chronicle::{DetailValue, Filler, Origin};

#[test]
fn figures_belong_to_somebody_and_joint_ones_to_all() {
    let case = case(
        "644: Tang campaigns against Karasahr. #c\n\
         \x20 force of Tang: 3000 infantry and cavalry under Guo Xiaoke\n\
         \x20 losses of Karasahr and Western Turks: 7000 killed or captured ? [@me, 3]\n\
         \x20 with 100,000 auxiliaries\n  survivors of Tang: nobody knows\n",
    );
    assert_eq!(case.codes(), ["bad-quantity 5"]);
    let details = &case.chronicle().claims[0].details;
    assert_eq!(details.len(), 3);
    assert_eq!(details[0].of, [case.entity("Tang")]);
    let DetailValue::Figures(figures) = &details[0].value else {
        panic!()
    };
    assert_eq!(figures[0].low, Some(3000));
    assert_eq!(figures[0].unit, "infantry and cavalry");
    assert_eq!(figures[0].under, Some(case.entity("Guo Xiaoke")));
    // Karasahr the polity, as the sentence speaks of it, not the place.
    assert_eq!(
        details[1].of,
        [case.entity("Karasahr"), case.entity("Western Turks")]
    );
    assert!(details[1].doubted);
    assert_eq!(details[1].attestations.len(), 1);
    assert!(matches!(&details[2].value, DetailValue::Figures(f) if f[0].unit == "auxiliaries"));
    assert_eq!(case.slice(details[2].span), "with 100,000 auxiliaries");
}

#[test]
fn names_words_and_lengths() {
    let case = case(
        "644: Guo Xiaoke takes Karasahr. #fall\n  at Karasahr\n  by surprise\n  by Tang\n\
         \x20 called \"the fall\"\n  lasting 40 days\n  keeps subject to\n  from Nowhere\n  colour red\n\
         undated: Long Lipozhun captures Long Tuqizhi.\n  keeps ruler of\n",
    );
    assert_eq!(
        case.codes(),
        ["bad-detail 7", "undeclared-name 8", "unknown-detail 9"]
    );
    let details = &case.chronicle().claims[0].details;
    let keys: Vec<&str> = details.iter().map(|d| d.key.as_str()).collect();
    assert_eq!(keys, ["at", "by", "by", "called", "lasting"]);
    let DetailValue::Entities(Filler::Entities(at)) = &details[0].value else {
        panic!()
    };
    let kind = case.chronicle().entities[at[0].index()].kind;
    assert_eq!(
        case.chronicle().vocabulary.kinds[kind.index()].name,
        "place"
    );
    assert_eq!(details[1].value, DetailValue::Text("surprise".into()));
    assert!(matches!(details[2].value, DetailValue::Entities(_)));
    assert_eq!(details[3].value, DetailValue::Text("the fall".into()));
    assert_eq!(
        details[4].value,
        DetailValue::Length {
            least: 40,
            most: 40
        }
    );
    assert!(case.chronicle().events[case.event("fall").index()].lasting);
    let keeps = &case.chronicle().claims[1].details[0].value;
    assert!(
        matches!(keeps, DetailValue::Keeps(t) if t.arguments.len() == 2),
        "{keeps:?}"
    );
}

#[test]
fn part_of_places_a_claim_and_because_of_does_not() {
    let case = case(
        "644: Tang campaigns against Karasahr. #c\nundated: Guo Xiaoke takes Karasahr. #fall\n\
         #fall:\n  part of #c\n  because of #c\n  because of \"fear\"\n#none:\n  note x\n",
    );
    assert_eq!(case.codes(), ["unknown-label 7"]);
    let claim = &case.chronicle().claims[1];
    assert_eq!(claim.details.len(), 3);
    assert_eq!(claim.details[0].value, DetailValue::Event(case.event("c")));
    assert_eq!(claim.details[1].value, DetailValue::Event(case.event("c")));
    let [condition] = claim.when.conditions.as_slice() else {
        panic!()
    };
    assert_eq!(condition.origin, Origin::Detail(0));
    assert!(matches!(condition.alternatives[0], Point::During(a) if a.event == case.event("c")));
    // Said elsewhere, so by the file that says it.
    assert_eq!(claim.details[0].attestations.len(), 1);
}

#[test]
fn details_never_distribute_over_a_list() {
    let case = case(
        "632: Kashgar and Khotan submit to Tang.\n  force of Kashgar and Khotan: 300\n  note said of both\n",
    );
    assert_eq!(case.codes(), Vec::<String>::new());
    let keys = |i: usize| -> Vec<&str> {
        case.chronicle().claims[i]
            .details
            .iter()
            .map(|d| d.key.as_str())
            .collect()
    };
    assert_eq!(keys(0), ["note", "force of"]);
    assert_eq!(keys(1), ["note"]);
}

#[test]
fn an_unknown_key_is_reported_with_the_nearest() {
    let case = case("644: Tang takes Kucha.\n  loses of Tang: 30\n  wiht Khotan\n");
    assert_eq!(case.codes(), ["unknown-detail 2", "unknown-detail 3"]);
    let headlines: Vec<bool> = case
        .reports
        .iter()
        .filter(|r| r.code == "unknown-detail")
        .map(|r| r.headline.contains("`losses of`") || r.headline.contains("`with`"))
        .collect();
    assert_eq!(headlines, [true, true]);
}
